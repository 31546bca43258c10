package org.vipdrift.model.frame;

/** Writing numbers in network order. */
final class WireBytes {
  private WireBytes() {}

  static void putShort(byte[] target, int at, int value) {
    target[at] = (byte) (value >> 8);
    target[at + 1] = (byte) value;
  }

  static void putInt(byte[] target, int at, int value) {
    putShort(target, at, value >>> 16);
    putShort(target, at + 2, value);
  }
}
