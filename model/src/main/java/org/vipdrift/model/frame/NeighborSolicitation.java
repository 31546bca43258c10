package org.vipdrift.model.frame;

import java.util.Optional;

/**
 * "Who has this IPv6 address?" (RFC 4861 section 4.3).
 *
 * @param sourceLinkLayer who asks; none while probing for a duplicate
 */
public record NeighborSolicitation(IpAddress.V6 target, Optional<MacAddress> sourceLinkLayer)
    implements IcmpMessage {
  static final int TYPE = 135;

  /** ff02::1:ffXX:XXXX, the group that a solicitation for an address goes to (RFC 4291). */
  public static IpAddress.V6 groupOf(IpAddress.V6 target) {
    return new IpAddress.V6(0xff02L << 48, 0x1_ff00_0000L | target.low() & 0xff_ffffL);
  }

  static Decoded<? extends IcmpMessage> read(Ipv6Packet packet) {
    return NeighborBytes.problem(packet)
        .<Decoded<? extends IcmpMessage>>map(Decoded::<NeighborSolicitation>malformed)
        .orElseGet(
            () ->
                Decoded.ok(
                    new NeighborSolicitation(
                        NeighborBytes.target(packet.payload()),
                        NeighborBytes.linkLayer(packet.payload(), NeighborBytes.SOURCE))));
  }

  @Override
  public Octets encode(IpAddress source, IpAddress destination) {
    byte[] bytes = NeighborBytes.write(0, target, sourceLinkLayer, NeighborBytes.SOURCE);
    return IcmpBytes.finish(bytes, TYPE, 0, source, destination);
  }
}
