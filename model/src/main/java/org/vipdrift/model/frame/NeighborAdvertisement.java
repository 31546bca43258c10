package org.vipdrift.model.frame;

import java.util.Optional;

/**
 * "This IPv6 address lives here" (RFC 4861 section 4.4), asked for or not.
 *
 * @param router the sender forwards packets (R)
 * @param solicited it answers a solicitation (S)
 * @param override it replaces what a cache holds (O)
 */
public record NeighborAdvertisement(
    IpAddress.V6 target,
    boolean router,
    boolean solicited,
    boolean override,
    Optional<MacAddress> targetLinkLayer)
    implements IcmpMessage {
  static final int TYPE = 136;

  /** ff02::1, where an unsolicited advertisement goes. */
  public static final IpAddress.V6 ALL_NODES = new IpAddress.V6(0xff02L << 48, 1);

  /** Announces an address to everybody, as a new master does for a VIP. */
  public static NeighborAdvertisement unsolicited(
      IpAddress.V6 target, MacAddress mac, boolean router) {
    return new NeighborAdvertisement(target, router, false, true, Optional.of(mac));
  }

  static Decoded<? extends IcmpMessage> read(Ipv6Packet packet) {
    return NeighborBytes.problem(packet)
        .<Decoded<? extends IcmpMessage>>map(Decoded::<NeighborAdvertisement>malformed)
        .orElseGet(() -> Decoded.ok(read(packet.payload())));
  }

  private static NeighborAdvertisement read(Octets octets) {
    int flags = octets.unsignedByte(4);
    return new NeighborAdvertisement(
        NeighborBytes.target(octets),
        (flags & 0x80) != 0,
        (flags & 0x40) != 0,
        (flags & 0x20) != 0,
        NeighborBytes.linkLayer(octets, NeighborBytes.TARGET));
  }

  @Override
  public Octets encode(IpAddress source, IpAddress destination) {
    int flags = (router ? 0x80 : 0) | (solicited ? 0x40 : 0) | (override ? 0x20 : 0);
    byte[] bytes = NeighborBytes.write(flags, target, targetLinkLayer, NeighborBytes.TARGET);
    return IcmpBytes.finish(bytes, TYPE, 0, source, destination);
  }
}
