package org.vipdrift.model.haproxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/**
 * The PROXY protocol, versions 1 (a line of text) and 2 (binary): what a load balancer sends first,
 * so that the next one knows whom it forwards. HAProxy 2.6 expects all of it in one piece.
 */
public final class ProxyHeader {
  private static final String TEXT_START = "PROXY ";
  private static final int LONGEST_TEXT = 107;
  private static final Octets SIGNATURE = Octets.ofHex("0d0a0d0a000d0a515549540a");
  private static final int VERSION_2_HEAD = 16;
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int TCP_4 = 0x11;
  private static final int TCP_6 = 0x21;

  private ProxyHeader() {}

  /** The ends of a client's connection. */
  public record Ends(
      IpAddress source, int sourcePort, IpAddress destination, int destinationPort) {}

  /** What the first octets of a connection are. */
  public sealed interface Found {
    /**
     * A header.
     *
     * @param ends empty if it leaves those of the connection
     * @param length in octets
     */
    record Header(Optional<Ends> ends, int length) implements Found {}

    /**
     * No header.
     *
     * @param why as HAProxy logs it
     */
    record Wrong(String why) implements Found {}
  }

  private static final Found FOREIGN =
      new Found.Wrong("Received something which does not look like a PROXY protocol header");
  private static final Found TRUNCATED =
      new Found.Wrong("Truncated PROXY protocol header received");
  private static final Found UNHANDLED =
      new Found.Wrong("Received an unhandled protocol in the PROXY protocol header");
  private static final Found INVALID = new Found.Wrong("Received an invalid PROXY protocol header");

  /** Reads what came first. */
  public static Found read(Octets first) {
    String text = new String(first.toByteArray(), StandardCharsets.ISO_8859_1);
    if (text.startsWith(TEXT_START)) {
      return line(text);
    }
    if (first.length() < VERSION_2_HEAD) {
      return TRUNCATED;
    }
    boolean signed = first.slice(0, SIGNATURE.length()).equals(SIGNATURE);
    return signed && first.unsignedByte(12) >> 4 == 2 ? binary(first) : FOREIGN;
  }

  private static Found line(String text) {
    int end = text.indexOf("\r\n");
    if (end < 0 || end + 2 > LONGEST_TEXT) {
      return text.length() < LONGEST_TEXT ? TRUNCATED : INVALID;
    }
    int length = end + 2;
    String[] words = text.substring(0, end).split(" ", -1);
    if (words.length == 2 && words[1].equals("UNKNOWN")) {
      return new Found.Header(Optional.empty(), length);
    }
    if (!(words[1].equals("TCP4") || words[1].equals("TCP6"))) {
      return UNHANDLED;
    }
    if (words.length != 6) {
      return INVALID;
    }
    Optional<IpAddress> source = IpAddress.parse(words[2]);
    Optional<IpAddress> destination = IpAddress.parse(words[3]);
    Optional<Integer> sourcePort = port(words[4]);
    Optional<Integer> destinationPort = port(words[5]);
    boolean v4 = words[1].equals("TCP4");
    if (source.isEmpty()
        || destination.isEmpty()
        || source.get() instanceof IpAddress.V4 != v4
        || destination.get() instanceof IpAddress.V4 != v4
        || sourcePort.isEmpty()
        || destinationPort.isEmpty()) {
      return INVALID;
    }
    return new Found.Header(
        Optional.of(
            new Ends(source.get(), sourcePort.get(), destination.get(), destinationPort.get())),
        length);
  }

  /** HAProxy does not mind ports that are too large. */
  private static Optional<Integer> port(String text) {
    return text.matches("[0-9]{1,9}")
        ? Optional.of(Integer.parseInt(text) & 0xffff)
        : Optional.empty();
  }

  private static Found binary(Octets first) {
    int length = VERSION_2_HEAD + first.unsignedShort(14);
    if (first.length() < length) {
      return TRUNCATED;
    }
    int command = first.unsignedByte(12);
    int family = first.unsignedByte(13);
    if (command == LOCAL) {
      return new Found.Header(Optional.empty(), length);
    }
    if (command != PROXY) {
      return INVALID;
    }
    if (family == TCP_4 && length >= VERSION_2_HEAD + 12) {
      return new Found.Header(
          Optional.of(
              new Ends(
                  new IpAddress.V4(first.int32(16)),
                  first.unsignedShort(24),
                  new IpAddress.V4(first.int32(20)),
                  first.unsignedShort(26))),
          length);
    }
    if (family == TCP_6 && length >= VERSION_2_HEAD + 36) {
      return new Found.Header(
          Optional.of(
              new Ends(
                  new IpAddress.V6(first.int64(16), first.int64(24)),
                  first.unsignedShort(48),
                  new IpAddress.V6(first.int64(32), first.int64(40)),
                  first.unsignedShort(50))),
          length);
    }
    return INVALID;
  }

  /**
   * The header to send.
   *
   * @param version 1 or 2
   */
  public static Octets write(int version, Ends ends) {
    boolean v4 = ends.source() instanceof IpAddress.V4;
    if (ends.destination() instanceof IpAddress.V4 != v4) {
      return version == 1
          ? octets(TEXT_START + "UNKNOWN\r\n")
          : joined(SIGNATURE, new byte[] {LOCAL, 0, 0, 0});
    }
    if (version == 1) {
      return octets(
          TEXT_START
              + (v4 ? "TCP4 " : "TCP6 ")
              + ends.source()
              + " "
              + ends.destination()
              + " "
              + ends.sourcePort()
              + " "
              + ends.destinationPort()
              + "\r\n");
    }
    int addresses = v4 ? 8 : 32;
    ByteBuffer rest = ByteBuffer.allocate(4 + addresses + 4);
    rest.put((byte) PROXY).put((byte) (v4 ? TCP_4 : TCP_6)).putShort((short) (addresses + 4));
    put(rest, ends.source());
    put(rest, ends.destination());
    rest.putShort((short) ends.sourcePort()).putShort((short) ends.destinationPort());
    return joined(SIGNATURE, rest.array());
  }

  private static void put(ByteBuffer to, IpAddress address) {
    switch (address) {
      case IpAddress.V4(int bits) -> to.putInt(bits);
      case IpAddress.V6(long high, long low) -> to.putLong(high).putLong(low);
    }
  }

  private static Octets octets(String text) {
    return Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Octets joined(Octets head, byte[] rest) {
    byte[] all = new byte[head.length() + rest.length];
    head.copyInto(all, 0);
    System.arraycopy(rest, 0, all, head.length(), rest.length);
    return Octets.adopt(all);
  }
}
