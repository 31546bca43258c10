package org.vipdrift.model.frame;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes, compared by content. */
public final class Octets {
  public static final Octets EMPTY = new Octets(new byte[0]);

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Octets copyOf(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  /**
   * Takes the array over without copying it: the caller gives up every reference to it. For
   * encoders on the hot path only.
   */
  public static Octets adopt(byte[] bytes) {
    return new Octets(bytes);
  }

  /**
   * @param hex pairs of hexadecimal digits; blanks between them are ignored
   * @throws IllegalArgumentException if it is anything else
   */
  public static Octets ofHex(String hex) {
    return new Octets(HexFormat.of().parseHex(hex.replaceAll("\\s+", "")));
  }

  public int length() {
    return bytes.length;
  }

  /** The byte at an index as 0..255. */
  public int unsignedByte(int index) {
    return bytes[index] & 0xff;
  }

  /** The two bytes at an index, network order, as 0..65535. */
  public int unsignedShort(int index) {
    return (bytes[index] & 0xff) << 8 | (bytes[index + 1] & 0xff);
  }

  /** The four bytes at an index, network order. */
  public int int32(int index) {
    return unsignedShort(index) << 16 | unsignedShort(index + 2);
  }

  /** The eight bytes at an index, network order. */
  public long int64(int index) {
    return (long) int32(index) << 32 | int32(index + 4) & 0xffffffffL;
  }

  public Octets slice(int from, int to) {
    return new Octets(Arrays.copyOfRange(bytes, from, to));
  }

  /** Copies this run into a larger array that is being put together. */
  public void copyInto(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  /** Copies the octets {@code from..to-1} into a larger array that is being put together. */
  public void copyInto(int from, int to, byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, to - from);
  }

  /** The partial sum of RFC 1071 over {@code from..to-1}. */
  long sum(int from, int to) {
    return InternetChecksum.sum(bytes, from, to);
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
