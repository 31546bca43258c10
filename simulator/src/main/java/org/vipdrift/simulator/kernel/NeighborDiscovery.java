package org.vipdrift.simulator.kernel;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.NeighborSolicitation;

/**
 * Neighbour discovery (RFC 4861), without routers and prefixes; unlike ARP it is ICMP, so a
 * firewall sees it.
 */
final class NeighborDiscovery {
  private static final int HOP_LIMIT = 255;

  private final HostKernel kernel;

  NeighborDiscovery(HostKernel kernel) {
    this.kernel = kernel;
  }

  void solicited(
      NetworkInterface in, IpPacket packet, NeighborSolicitation solicitation, long cause) {
    if (!kernel.localAddresses().contains(solicitation.target())) {
      return;
    }
    boolean probing = packet.source().equals(new IpAddress.V6(0, 0));
    if (!probing) {
      solicitation
          .sourceLinkLayer()
          .ifPresent(mac -> in.neighbors().learn(packet.source(), mac, false, true, true, true));
    }
    NeighborAdvertisement answer =
        new NeighborAdvertisement(
            solicitation.target(), kernel.isForwarding(), !probing, true, Optional.of(in.mac()));
    IpAddress to = probing ? NeighborAdvertisement.ALL_NODES : packet.source();
    kernel.ip().sendOn(in, answer.toPacket(solicitation.target(), to, HOP_LIMIT), cause);
  }

  void advertised(NetworkInterface in, NeighborAdvertisement advertisement, MacAddress sender) {
    boolean failed =
        in.neighbors()
            .find(advertisement.target())
            .map(neighbor -> neighbor.state == NeighborState.FAILED)
            .orElse(true);
    if (!failed) {
      in.neighbors()
          .learn(
              advertisement.target(),
              advertisement.targetLinkLayer().orElse(sender),
              advertisement.solicited(),
              false,
              advertisement.override(),
              true);
    }
  }

  void solicit(NetworkInterface out, Neighbor neighbor, IpAddress.V6 target, long cause) {
    IpAddress source =
        kernel
            .routes()
            .sourceFor(out, target)
            .orElse(LocalAddresses.linkLocal(out.mac()).address());
    NeighborSolicitation solicitation = new NeighborSolicitation(target, Optional.of(out.mac()));
    if (neighbor.state == NeighborState.PROBE) {
      IpPacket probe = solicitation.toPacket(source, target, HOP_LIMIT);
      kernel.ip().sendTo(out, neighbor.mac, probe, cause);
    } else {
      IpAddress group = NeighborSolicitation.groupOf(target);
      kernel.ip().sendOn(out, solicitation.toPacket(source, group, HOP_LIMIT), cause);
    }
  }

  /** As keepalived sends it: from the address itself, past the firewall. */
  void announce(NetworkInterface out, IpAddress.V6 address, long cause) {
    NeighborAdvertisement announcement =
        NeighborAdvertisement.unsolicited(address, out.mac(), kernel.isForwarding());
    out.transmit(
        MacAddress.ofMulticast(NeighborAdvertisement.ALL_NODES),
        announcement.toPacket(address, NeighborAdvertisement.ALL_NODES, HOP_LIMIT),
        cause);
  }
}
