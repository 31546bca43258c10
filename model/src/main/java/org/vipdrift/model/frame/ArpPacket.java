package org.vipdrift.model.frame;

/**
 * An ARP packet for IPv4 over Ethernet (RFC 826).
 *
 * @param targetMac meaningless in a request; most senders leave it zero
 */
public record ArpPacket(
    Operation operation,
    MacAddress senderMac,
    IpAddress.V4 senderAddress,
    MacAddress targetMac,
    IpAddress.V4 targetAddress)
    implements FramePayload {
  public static final int LENGTH = 28;

  /** What an ARP packet wants. */
  public enum Operation {
    REQUEST,
    REPLY
  }

  /** Who has the target? Tell the sender. */
  public static ArpPacket request(
      MacAddress senderMac, IpAddress.V4 senderAddress, IpAddress.V4 targetAddress) {
    return new ArpPacket(
        Operation.REQUEST, senderMac, senderAddress, MacAddress.ZERO, targetAddress);
  }

  /** Asks without claiming an address (RFC 5227 section 2.1.1). */
  public static ArpPacket probe(MacAddress senderMac, IpAddress.V4 targetAddress) {
    return request(senderMac, new IpAddress.V4(0), targetAddress);
  }

  /**
   * A gratuitous announcement as keepalived 2.2.7 sends it: a request in which sender and target
   * are the address announced and the target's MAC is all ones.
   */
  public static ArpPacket gratuitous(MacAddress mac, IpAddress.V4 address) {
    return new ArpPacket(Operation.REQUEST, mac, address, MacAddress.BROADCAST, address);
  }

  /** The answer to a request for an address that lives at {@code mac}. */
  public ArpPacket reply(MacAddress mac) {
    return new ArpPacket(Operation.REPLY, mac, targetAddress, senderMac, senderAddress);
  }

  /** Request or reply in which sender and target address are the same. */
  public boolean isGratuitous() {
    return senderAddress.bits() == targetAddress.bits();
  }

  @Override
  public int etherType() {
    return EthernetFrame.ETHER_TYPE_ARP;
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public void writeTo(byte[] target, int at) {
    WireBytes.putShort(target, at, 1);
    WireBytes.putShort(target, at + 2, EthernetFrame.ETHER_TYPE_IPV4);
    target[at + 4] = 6;
    target[at + 5] = 4;
    WireBytes.putShort(target, at + 6, operation == Operation.REQUEST ? 1 : 2);
    senderMac.writeTo(target, at + 8);
    senderAddress.writeTo(target, at + 14);
    targetMac.writeTo(target, at + 18);
    targetAddress.writeTo(target, at + 24);
  }

  /**
   * @param at where the packet begins: 0, or {@link EthernetFrame#HEADER_LENGTH} in a whole frame
   */
  public static Decoded<ArpPacket> decode(Octets octets, int at) {
    if (octets.length() - at < LENGTH) {
      return Decoded.malformed(
          "an ARP packet has " + LENGTH + " octets, not " + (octets.length() - at));
    }
    if (octets.unsignedShort(at) != 1
        || octets.unsignedShort(at + 2) != EthernetFrame.ETHER_TYPE_IPV4
        || octets.unsignedShort(at + 4) != 0x0604) {
      return Decoded.malformed("ARP for something else than IPv4 over Ethernet");
    }
    int code = octets.unsignedShort(at + 6);
    if (code != 1 && code != 2) {
      return Decoded.malformed("ARP operation " + code + " is neither request (1) nor reply (2)");
    }
    return Decoded.ok(
        new ArpPacket(
            code == 1 ? Operation.REQUEST : Operation.REPLY,
            MacAddress.read(octets, at + 8),
            new IpAddress.V4(octets.int32(at + 14)),
            MacAddress.read(octets, at + 18),
            new IpAddress.V4(octets.int32(at + 24))));
  }
}
