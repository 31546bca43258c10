package org.vipdrift.model.http;

import java.nio.charset.StandardCharsets;
import org.vipdrift.model.frame.Octets;

/** Writes messages. */
final class MessageBytes {
  private MessageBytes() {}

  static Octets encode(StringBuilder startLine, HttpHeaders headers, Octets body) {
    startLine.append("\r\n");
    for (HttpHeaders.Field field : headers.fields()) {
      startLine.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    startLine.append("\r\n");
    byte[] head = startLine.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = java.util.Arrays.copyOf(head, head.length + body.length());
    body.copyInto(bytes, head.length);
    return Octets.adopt(bytes);
  }
}
