package org.vipdrift.simulator.kernel;

import java.util.Optional;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.IcmpEcho;
import org.vipdrift.model.frame.IcmpMessage;
import org.vipdrift.model.frame.IcmpUnreachable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.QuotedPacket;

/** Who is told of a packet that did not arrive: its sender elsewhere, or a socket of this host. */
final class IcmpErrors {
  private final HostKernel kernel;
  private final RouteLookup routes;
  private final IpLayer ip;

  IcmpErrors(HostKernel kernel, RouteLookup routes, IpLayer ip) {
    this.kernel = kernel;
    this.routes = routes;
    this.ip = ip;
  }

  /** Nobody has the next hop's address. */
  void undeliverable(IpPacket packet, long cause) {
    if (kernel.localAddresses().contains(packet.source())) {
      kernel.pings().undeliverable(packet, cause);
      tell(IcmpUnreachable.about(packet, IcmpUnreachable.Reason.HOST), cause);
    } else {
      complain(packet, IcmpUnreachable.Reason.HOST, cause);
    }
  }

  /** Tells the sender of a packet, unless it was an error itself or for many (RFC 1122). */
  void complain(IpPacket packet, IcmpUnreachable.Reason reason, long cause) {
    boolean silent =
        packet.destination().isMulticast()
            || IcmpMessage.decode(packet)
                    instanceof Decoded.Ok<? extends IcmpMessage>(IcmpMessage message)
                && !(message instanceof IcmpEcho);
    if (silent) {
      return;
    }
    if (KernelNetwork.isLoopback(packet.source())
        || kernel.localAddresses().contains(packet.source())) {
      tell(IcmpUnreachable.about(packet, reason), cause);
      return;
    }
    Optional<RouteLookup.Route> route = routes.route(packet.source());
    Optional<IpAddress> source =
        kernel.localAddresses().contains(packet.destination())
            ? Optional.of(packet.destination())
            : route.flatMap(routes::sourceFor);
    source.ifPresent(
        from ->
            ip.send(
                IcmpUnreachable.about(packet, reason)
                    .toPacket(from, packet.source(), IpLayer.DEFAULT_HOP_LIMIT),
                cause));
  }

  /** Whoever sent the packet that an ICMP error quotes is told. */
  void tell(IcmpUnreachable unreachable, long cause) {
    if (QuotedPacket.read(unreachable.quoted())
        instanceof Decoded.Ok<QuotedPacket>(QuotedPacket quoted)) {
      boolean nobodyListens = unreachable.reason() == IcmpUnreachable.Reason.PORT;
      switch (quoted.protocol()) {
        case IpProtocol.TCP ->
            kernel
                .tcp()
                .unreachable(
                    quoted.source(),
                    quoted.sourcePort(),
                    quoted.destination(),
                    quoted.destinationPort(),
                    quoted.nextWord(),
                    nobodyListens,
                    cause);
        case IpProtocol.UDP ->
            kernel
                .udp()
                .unreachable(
                    quoted.source(),
                    quoted.sourcePort(),
                    quoted.destination(),
                    quoted.destinationPort(),
                    nobodyListens,
                    cause);
        default -> {}
      }
    }
  }
}
