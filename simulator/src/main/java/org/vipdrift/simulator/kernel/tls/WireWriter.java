package org.vipdrift.simulator.kernel.tls;

import java.io.ByteArrayOutputStream;

/** Puts handshake messages together: numbers in network order, and vectors with their length. */
final class WireWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  WireWriter number(int octets, int value) {
    for (int i = octets - 1; i >= 0; i--) {
      bytes.write(value >>> (8 * i));
    }
    return this;
  }

  WireWriter octets(byte[] octets) {
    bytes.writeBytes(octets);
    return this;
  }

  /** A vector: its length in so many octets, and itself. */
  WireWriter vector(int lengthOctets, byte[] content) {
    return number(lengthOctets, content.length).octets(content);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
