package org.vipdrift.simulator.kernel;

import java.util.Optional;
import org.vipdrift.model.firewall.FirewallChains;
import org.vipdrift.model.firewall.FirewallRule.Direction;
import org.vipdrift.model.firewall.FirewallVerdict;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.FrameFacts;
import org.vipdrift.model.frame.GroupMessage;
import org.vipdrift.model.frame.GroupQuery;
import org.vipdrift.model.frame.GroupReport;
import org.vipdrift.model.frame.IcmpEcho;
import org.vipdrift.model.frame.IcmpMessage;
import org.vipdrift.model.frame.IcmpOther;
import org.vipdrift.model.frame.IcmpUnreachable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.IpTunnel;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.NeighborSolicitation;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.socket.HostNetwork;

/** IP in both families: firewall, forwarding, and to whom a packet that arrived is given. */
final class IpLayer {
  /** net.ipv4.ip_default_ttl. */
  static final int DEFAULT_HOP_LIMIT = 64;

  private static final String LOOPBACK = "lo";

  /** The device of the module ipip. */
  private static final String TUNNEL = "tunl0";

  private final HostKernel kernel;
  private final RouteLookup routes;
  private final IcmpErrors errors;
  private FirewallChains firewall = FirewallChains.OPEN;

  IpLayer(HostKernel kernel, RouteLookup routes) {
    this.kernel = kernel;
    this.routes = routes;
    this.errors = new IcmpErrors(kernel, routes, this);
  }

  IcmpErrors errors() {
    return errors;
  }

  FirewallChains firewall() {
    return firewall;
  }

  void setFirewall(FirewallChains chains) {
    firewall = chains;
  }

  // ---- out ----

  /**
   * Sends a packet where the routes lead.
   *
   * @return whether there is a route
   */
  boolean send(IpPacket packet, long cause) {
    RouteLookup.Route route = routes.find(packet.destination());
    if (route == null) {
      return false;
    }
    sendVia(route.out(), route.nextHop(), packet, cause);
    return true;
  }

  /** Sends a packet on the way to an address, which need not be its destination. */
  void sendTowards(IpAddress target, IpPacket packet, long cause) {
    RouteLookup.Route route = routes.find(target);
    if (route != null) {
      sendVia(route.out(), route.nextHop(), packet, cause);
    }
  }

  /** Sends a packet on this interface and no other; lost when no route leads there. */
  void sendOn(NetworkInterface out, IpPacket packet, long cause) {
    IpAddress destination = packet.destination();
    if (destination.isMulticast()) {
      sendTo(out, MacAddress.ofMulticast(destination), packet, cause);
    } else if (routes.isOnLink(out, destination)) {
      sendVia(out, destination, packet, cause);
    } else {
      routes
          .gatewayOn(out, destination.family())
          .ifPresent(gateway -> sendVia(out, gateway, packet, cause));
    }
  }

  /** Sends a packet to a known MAC address. */
  void sendTo(NetworkInterface out, MacAddress to, IpPacket packet, long cause) {
    if (mayPass(Direction.OUT, out, packet, cause)) {
      out.transmit(to, packet, cause);
    }
  }

  private void sendVia(NetworkInterface out, IpAddress nextHop, IpPacket packet, long cause) {
    if (mayPass(Direction.OUT, out, packet, cause)) {
      out.neighbors().send(nextHop, packet, cause);
    }
  }

  // ---- in ----

  void receive(NetworkInterface in, IpPacket packet, Octets frame, boolean toUs, long cause) {
    IpAddress destination = packet.destination();
    if (destination.isMulticast()) {
      if (in.groups().receives(destination) && mayPass(Direction.IN, in, packet, cause)) {
        if (!kernel.virtualServing().daemons().receive(in.name(), packet)) {
          deliver(in, packet, frame, cause);
        }
      }
    } else if (!toUs) {
      return;
    } else if (kernel.localAddresses().contains(destination)) {
      if (!isMartian(packet.source())
          && !kernel.refusals().refuses(packet)
          && mayPass(Direction.IN, in, packet, cause)
          && !kernel.virtualServing().receive(packet, FrameFacts.source(frame), cause)) {
        deliver(in, packet, frame, cause);
      }
    } else if (kernel.isForwarding() && packet.hopLimit() > 1 && !destination.isLinkLocal()) {
      forward(packet, cause);
    }
  }

  /**
   * The short way of a TCP segment to one of our addresses, read in its frame.
   *
   * @return false when the packet has to go the long way
   */
  boolean receivePlainTcp(Octets frame, long cause) {
    if (!firewall.rules().isEmpty()
        || !kernel.refusals().isEmpty()
        || !kernel.virtualServing().isIdle()) {
      return false;
    }
    int at = FrameFacts.plainTcp(frame);
    if (at < 0) {
      return false;
    }
    IpAddress destination = FrameFacts.ipDestination(frame);
    if (!kernel.localAddresses().contains(destination)) {
      return false;
    }
    IpAddress source = FrameFacts.ipSource(frame);
    if (!isMartian(source)) {
      kernel
          .tcp()
          .receive(
              frame,
              at,
              FrameFacts.ipEnd(frame),
              source,
              destination,
              FrameFacts.source(frame),
              cause);
    }
    return true;
  }

  /** A packet that this host sent to itself. */
  void receiveOwn(IpPacket packet, long cause) {
    if (mayPass(Direction.OUT, LOOPBACK, packet, cause)
        && mayPass(Direction.IN, LOOPBACK, packet, cause)
        && !kernel.virtualServing().receive(packet, HostNetwork.NO_MAC, cause)) {
      deliverTransport(packet, HostNetwork.NO_MAC, cause);
    }
  }

  /** From one of our own addresses, though it came from outside: Linux refuses that in IPv4. */
  private boolean isMartian(IpAddress source) {
    return source instanceof IpAddress.V4 && kernel.localAddresses().contains(source);
  }

  /** Departs from Linux: a packet whose hops are used up is dropped without telling its sender. */
  private void forward(IpPacket packet, long cause) {
    IpPacket next = kernel.virtualServing().passing(packet).forwarded();
    Optional<RouteLookup.Route> route = routes.route(next.destination());
    if (route.isPresent()) {
      route.get().out().neighbors().send(route.get().nextHop(), next, cause);
    } else {
      errors.complain(packet, IcmpUnreachable.Reason.NETWORK, cause);
    }
  }

  private void deliver(NetworkInterface in, IpPacket packet, Octets frame, long cause) {
    switch (packet.protocol()) {
      case IpProtocol.VRRP -> in.sockets().deliver(packet, cause);
      case IpProtocol.ICMP, IpProtocol.ICMPV6, IpProtocol.HOP_BY_HOP, IpProtocol.IGMP -> {
        if (IcmpMessage.decode(packet)
            instanceof Decoded.Ok<? extends IcmpMessage>(IcmpMessage message)) {
          deliver(in, packet, message, frame, cause);
        }
        if (GroupMessage.decode(packet)
            instanceof Decoded.Ok<? extends GroupMessage>(GroupMessage message)) {
          switch (message) {
            case GroupQuery query -> in.groups().queried(query);
            case GroupReport _ -> {}
          }
        }
      }
      case IpProtocol.IPIP, IpProtocol.IPV6 -> unwrap(in, packet, frame, cause);
      default -> deliverTransport(packet, FrameFacts.source(frame), cause);
    }
  }

  /** Out of a tunnel, if there is a device for it; else nobody here understands the protocol. */
  private void unwrap(NetworkInterface in, IpPacket packet, Octets frame, long cause) {
    boolean understood = kernel.networkInterface(TUNNEL).isPresent();
    if (understood
        && IpTunnel.decapsulate(packet) instanceof Decoded.Ok<? extends IpPacket>(IpPacket inner)
        && kernel.localAddresses().contains(inner.destination())
        && mayPass(Direction.IN, TUNNEL, inner, cause)) {
      deliver(in, inner, frame, cause);
    }
  }

  /** Gives a packet to the sockets of this host. */
  void deliverTransport(IpPacket packet, long senderMac, long cause) {
    if (packet instanceof Ipv4Packet ipv4 && ipv4.isFragment()) {
      return;
    }
    switch (packet.protocol()) {
      case IpProtocol.TCP -> {
        if (!packet.destination().isMulticast()) {
          Octets segment = packet.payload();
          kernel
              .tcp()
              .receive(
                  segment,
                  0,
                  segment.length(),
                  packet.source(),
                  packet.destination(),
                  senderMac,
                  cause);
        }
      }
      case IpProtocol.UDP -> {
        if (!kernel.udp().receive(packet, cause)) {
          errors.complain(packet, IcmpUnreachable.Reason.PORT, cause);
        }
      }
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> {
        if (IcmpMessage.decode(packet)
                instanceof Decoded.Ok<? extends IcmpMessage>(IcmpMessage message)
            && message instanceof IcmpUnreachable unreachable) {
          errors.tell(unreachable, cause);
        }
      }
      default -> {}
    }
  }

  private void deliver(
      NetworkInterface in, IpPacket packet, IcmpMessage message, Octets frame, long cause) {
    MacAddress sender = new MacAddress(FrameFacts.source(frame));
    switch (message) {
      case IcmpEcho echo when echo.request() -> answer(in, packet, echo, cause);
      case IcmpEcho echo -> kernel.pings().answered(in, packet, echo, sender, cause);
      case IcmpUnreachable unreachable -> {
        kernel.pings().refused(unreachable, cause);
        errors.tell(unreachable, cause);
      }
      case NeighborSolicitation solicitation ->
          kernel.neighborDiscovery().solicited(in, packet, solicitation, cause);
      case NeighborAdvertisement advertisement ->
          kernel.neighborDiscovery().advertised(in, advertisement, sender);
      case IcmpOther _ -> {}
    }
  }

  /** Linux does not answer requests to groups (icmp_echo_ignore_broadcasts). */
  private void answer(NetworkInterface in, IpPacket request, IcmpEcho echo, long cause) {
    if (request.destination().isMulticast()) {
      return;
    }
    IpPacket reply =
        echo.reply().toPacket(request.destination(), request.source(), DEFAULT_HOP_LIMIT);
    if (request.source().isLinkLocal()) {
      sendOn(in, reply, cause);
    } else {
      send(reply, cause);
    }
  }

  // ---- firewall ----

  private boolean mayPass(Direction direction, NetworkInterface at, IpPacket packet, long cause) {
    return firewall.rules().isEmpty() || mayPass(direction, at.name(), packet, cause);
  }

  private boolean mayPass(Direction direction, String at, IpPacket packet, long cause) {
    return switch (firewall.evaluate(direction, at, packet)) {
      case FirewallVerdict.Accept _ -> true;
      case FirewallVerdict.Drop _ -> false;
      case FirewallVerdict.Reject _ -> {
        reject(direction, packet, cause);
        yield false;
      }
    };
  }

  private void reject(Direction direction, IpPacket packet, long cause) {
    switch (direction) {
      case IN -> errors.complain(packet, IcmpUnreachable.Reason.PORT, cause);
      case OUT -> {
        kernel.pings().undeliverable(packet, cause);
        errors.tell(IcmpUnreachable.about(packet, IcmpUnreachable.Reason.PORT), cause);
      }
    }
  }
}
