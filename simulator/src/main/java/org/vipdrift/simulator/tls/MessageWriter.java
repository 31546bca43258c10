package org.vipdrift.simulator.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes what RFC 8446 section 3 describes: numbers and vectors with their length before them. */
final class MessageWriter {
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  MessageWriter number(int length, int value) {
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      octets.write(value >> shift);
    }
    return this;
  }

  MessageWriter zeros(int count) {
    octets.writeBytes(new byte[count]);
    return this;
  }

  MessageWriter text(String text) {
    octets.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  MessageWriter vector(int lengthLength, Consumer<MessageWriter> contents) {
    MessageWriter inner = new MessageWriter();
    contents.accept(inner);
    number(lengthLength, inner.octets.size());
    octets.writeBytes(inner.octets());
    return this;
  }

  /** A handshake message: its type and its length before it. */
  void handshake(int type, Consumer<MessageWriter> contents) {
    number(1, type).vector(3, contents);
  }

  byte[] octets() {
    return octets.toByteArray();
  }
}
