package org.vipdrift.model.frame;

/**
 * An Ethernet II frame without its check sequence.
 *
 * @param etherType 0..65535
 * @param payload with the padding, if the sender padded it
 */
public record EthernetFrame(
    MacAddress destination, MacAddress source, int etherType, Octets payload) {
  public static final int HEADER_LENGTH = 14;
  public static final int ETHER_TYPE_IPV4 = 0x0800;
  public static final int ETHER_TYPE_ARP = 0x0806;
  public static final int ETHER_TYPE_IPV6 = 0x86dd;

  /** Writes a whole frame into one array. */
  public static Octets encode(MacAddress destination, MacAddress source, FramePayload payload) {
    byte[] bytes = new byte[HEADER_LENGTH + payload.length()];
    writeHeader(bytes, destination, source, payload.etherType());
    payload.writeTo(bytes, HEADER_LENGTH);
    return Octets.adopt(bytes);
  }

  public Octets encode() {
    byte[] bytes = new byte[HEADER_LENGTH + payload.length()];
    writeHeader(bytes, destination, source, etherType);
    payload.copyInto(bytes, HEADER_LENGTH);
    return Octets.adopt(bytes);
  }

  private static void writeHeader(
      byte[] bytes, MacAddress destination, MacAddress source, int etherType) {
    destination.writeTo(bytes, 0);
    source.writeTo(bytes, 6);
    bytes[12] = (byte) (etherType >> 8);
    bytes[13] = (byte) etherType;
  }

  public static Decoded<EthernetFrame> decode(Octets frame) {
    if (frame.length() < HEADER_LENGTH) {
      return Decoded.malformed(
          "an Ethernet header has " + HEADER_LENGTH + " octets, not " + frame.length());
    }
    return Decoded.ok(
        new EthernetFrame(
            MacAddress.read(frame, 0),
            MacAddress.read(frame, 6),
            frame.unsignedShort(12),
            frame.slice(HEADER_LENGTH, frame.length())));
  }
}
