package org.vipdrift.model.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vipdrift.model.frame.Octets;

/** Writes messages. */
final class MessageBytes {
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private MessageBytes() {}

  static Octets encodeHead(StringBuilder startLine, HttpHeaders headers) {
    return Octets.adopt(head(startLine, headers));
  }

  static Octets encode(StringBuilder startLine, HttpHeaders headers, Octets body, boolean chunked) {
    byte[] head = head(startLine, headers);
    if (chunked) {
      return chunked(head, body);
    }
    if (body.length() == 0) {
      return Octets.adopt(head);
    }
    byte[] bytes = java.util.Arrays.copyOf(head, head.length + body.length());
    body.copyInto(bytes, head.length);
    return Octets.adopt(bytes);
  }

  private static byte[] head(StringBuilder text, HttpHeaders headers) {
    text.append("\r\n");
    List<HttpHeaders.Field> fields = headers.fields();
    for (int at = 0; at < fields.size(); at++) {
      HttpHeaders.Field field = fields.get(at);
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** One chunk, and the last one; of no body the last one alone (RFC 9112 section 7.1). */
  private static Octets chunked(byte[] head, Octets body) {
    byte[] size =
        body.length() == 0
            ? new byte[0]
            : (Integer.toHexString(body.length()) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    int dataAt = head.length + size.length;
    int lineBreak = body.length() == 0 ? 0 : 2;
    int lastAt = dataAt + body.length() + lineBreak;
    byte[] bytes = java.util.Arrays.copyOf(head, lastAt + LAST_CHUNK.length);
    System.arraycopy(size, 0, bytes, head.length, size.length);
    body.copyInto(bytes, dataAt);
    if (lineBreak > 0) {
      bytes[lastAt - 2] = '\r';
      bytes[lastAt - 1] = '\n';
    }
    System.arraycopy(LAST_CHUNK, 0, bytes, lastAt, LAST_CHUNK.length);
    return Octets.adopt(bytes);
  }
}
