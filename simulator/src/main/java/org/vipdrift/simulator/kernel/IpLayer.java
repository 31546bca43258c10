package org.vipdrift.simulator.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.IpTunnel;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.NeighborSolicitation;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.frame.QuotedPacket;
import org.vipdrift.model.route.NextHop;
import org.vipdrift.simulator.kernel.socket.HostNetwork;

/**
 * IP in both families: routes, firewall, forwarding, and to whom a packet that arrived is given.
 */
final class IpLayer {
  /** net.ipv4.ip_default_ttl. */
  static final int DEFAULT_HOP_LIMIT = 64;

  private static final String LOOPBACK = "lo";

  /** The device of the module ipip. */
  private static final String TUNNEL = "tunl0";

  private final HostKernel kernel;
  private final Map<IpFamily, IpAddress> gateways = new EnumMap<>(IpFamily.class);
  private FirewallChains firewall = FirewallChains.OPEN;

  /** Where a packet goes next. */
  record Route(NetworkInterface out, IpAddress nextHop, Optional<IpAddress> source) {
    Route(NetworkInterface out, IpAddress nextHop) {
      this(out, nextHop, Optional.empty());
    }
  }

  IpLayer(HostKernel kernel) {
    this.kernel = kernel;
  }

  FirewallChains firewall() {
    return firewall;
  }

  void setFirewall(FirewallChains chains) {
    firewall = chains;
  }

  void setGateway(IpAddress gateway) {
    gateways.put(gateway.family(), gateway);
  }

  // ---- out ----

  /**
   * Sends a packet where the routes lead.
   *
   * @return whether there is a route
   */
  boolean send(IpPacket packet, long cause) {
    Route route = find(packet.destination());
    if (route == null) {
      return false;
    }
    sendVia(route.out(), route.nextHop(), packet, cause);
    return true;
  }

  /** Sends a packet on the way to an address, which need not be its destination. */
  void sendTowards(IpAddress target, IpPacket packet, long cause) {
    Route route = find(target);
    if (route != null) {
      sendVia(route.out(), route.nextHop(), packet, cause);
    }
  }

  /** Sends a packet on this interface and no other; lost when no route leads there. */
  void sendOn(NetworkInterface out, IpPacket packet, long cause) {
    IpAddress destination = packet.destination();
    if (destination.isMulticast()) {
      sendTo(out, MacAddress.ofMulticast(destination), packet, cause);
    } else if (isOnLink(out, destination)) {
      sendVia(out, destination, packet, cause);
    } else {
      gatewayOn(out, destination.family())
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

  /** Nobody has the next hop's address. */
  void undeliverable(IpPacket packet, long cause) {
    if (kernel.localAddresses().contains(packet.source())) {
      kernel.pings().undeliverable(packet, cause);
      tellTransport(IcmpUnreachable.about(packet, IcmpUnreachable.Reason.HOST), cause);
    } else {
      complain(packet, IcmpUnreachable.Reason.HOST, cause);
    }
  }

  // ---- routes ----

  /** The longest prefix wins, an earlier interface before a later one, the gateway last. */
  Optional<Route> route(IpAddress destination) {
    return Optional.ofNullable(find(destination));
  }

  /** As {@link #route}, for every packet that is sent. */
  private @Nullable Route find(IpAddress destination) {
    NetworkInterface best = null;
    int longest = -1;
    for (NetworkInterface candidate : kernel.interfaceList()) {
      int length = onLinkLength(candidate, destination);
      if (length > longest) {
        longest = length;
        best = candidate;
      }
    }
    if (!kernel.routing().isEmpty()) {
      org.vipdrift.model.route.Route added = kernel.routing().find(destination);
      if (added != null && added.destination().length() >= longest) {
        return through(added, destination);
      }
    }
    if (best != null) {
      return new Route(best, destination);
    }
    IpAddress gateway = gateways.get(destination.family());
    if (gateway != null) {
      for (NetworkInterface candidate : kernel.interfaceList()) {
        if (isOnLink(candidate, gateway)) {
          return new Route(candidate, gateway);
        }
      }
    }
    return null;
  }

  /**
   * Where an added route leads; null where it leads nowhere. Departs from Linux: whoever sends into
   * a blackhole is told as if there were no route.
   */
  private @Nullable Route through(org.vipdrift.model.route.Route added, IpAddress destination) {
    if (added.kind() != org.vipdrift.model.route.Route.Kind.UNICAST) {
      return null;
    }
    if (added.nextHops().isEmpty()) {
      return through(added.interfaceName(), added.gateway(), added.source(), destination);
    }
    for (NextHop hop : added.nextHops()) {
      Route way = through(hop.interfaceName(), hop.gateway(), added.source(), destination);
      if (way != null) {
        return way;
      }
    }
    return null;
  }

  private @Nullable Route through(
      Optional<String> name,
      Optional<IpAddress> gateway,
      Optional<IpAddress> source,
      IpAddress destination) {
    for (NetworkInterface candidate : kernel.interfaceList()) {
      boolean leads =
          name.isPresent()
              ? name.get().equals(candidate.name()) && candidate.isAdministrativelyUp()
              : gateway.isPresent() && isOnLink(candidate, gateway.get());
      if (leads) {
        return new Route(candidate, gateway.orElse(destination), source);
      }
    }
    return null;
  }

  /** What a packet of our own comes from when it takes a route. */
  Optional<IpAddress> sourceFor(Route route) {
    return route
        .source()
        .filter(kernel.localAddresses()::contains)
        .or(() -> sourceFor(route.out(), route.nextHop()));
  }

  /** The source that Linux picks for a next hop: the first address of its network. */
  Optional<IpAddress> sourceFor(NetworkInterface out, IpAddress nextHop) {
    Optional<IpAddress> first = out.networks().firstAddressFor(nextHop);
    if (first.isPresent()) {
      return first;
    }
    for (LocalAddress address : out.addressList()) {
      IpAddress candidate = address.prefix().address();
      if (candidate.family() == nextHop.family()
          && candidate.isLinkLocal() == nextHop.isLinkLocal()) {
        return Optional.of(candidate);
      }
    }
    return anySource(out, nextHop.family());
  }

  /** Any address of the interface; of IPv6 the link-local one first. */
  Optional<IpAddress> anySource(NetworkInterface out, IpFamily family) {
    Optional<IpAddress> first = Optional.empty();
    for (LocalAddress address : out.addressList()) {
      IpAddress candidate = address.prefix().address();
      if (candidate.family() == family
          && (first.isEmpty() || (family == IpFamily.IPV6 && candidate.isLinkLocal()))) {
        first = Optional.of(candidate);
      }
    }
    return first;
  }

  private Optional<IpAddress> gatewayOn(NetworkInterface out, IpFamily family) {
    return Optional.ofNullable(gateways.get(family)).filter(gateway -> isOnLink(out, gateway));
  }

  private boolean isOnLink(NetworkInterface out, IpAddress destination) {
    return onLinkLength(out, destination) >= 0;
  }

  /** The longest network of the interface that holds the destination; -1 for none. */
  private static int onLinkLength(NetworkInterface out, IpAddress destination) {
    return out.isAdministrativelyUp() ? out.networks().longestMatch(destination) : -1;
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
    Optional<Route> route = route(next.destination());
    if (route.isPresent()) {
      route.get().out().neighbors().send(route.get().nextHop(), next, cause);
    } else {
      complain(packet, IcmpUnreachable.Reason.NETWORK, cause);
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
          complain(packet, IcmpUnreachable.Reason.PORT, cause);
        }
      }
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> {
        if (IcmpMessage.decode(packet)
                instanceof Decoded.Ok<? extends IcmpMessage>(IcmpMessage message)
            && message instanceof IcmpUnreachable unreachable) {
          tellTransport(unreachable, cause);
        }
      }
      default -> {}
    }
  }

  /** Whoever sent the packet that an ICMP error quotes is told. */
  private void tellTransport(IcmpUnreachable unreachable, long cause) {
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

  private void deliver(
      NetworkInterface in, IpPacket packet, IcmpMessage message, Octets frame, long cause) {
    MacAddress sender = new MacAddress(FrameFacts.source(frame));
    switch (message) {
      case IcmpEcho echo when echo.request() -> answer(in, packet, echo, cause);
      case IcmpEcho echo -> kernel.pings().answered(in, packet, echo, sender, cause);
      case IcmpUnreachable unreachable -> {
        kernel.pings().refused(unreachable, cause);
        tellTransport(unreachable, cause);
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
      case IN -> complain(packet, IcmpUnreachable.Reason.PORT, cause);
      case OUT -> {
        kernel.pings().undeliverable(packet, cause);
        tellTransport(IcmpUnreachable.about(packet, IcmpUnreachable.Reason.PORT), cause);
      }
    }
  }

  void refusePort(IpPacket packet, long cause) {
    complain(packet, IcmpUnreachable.Reason.PORT, cause);
  }

  /** Tells the sender of a packet, unless it was an error itself or for many (RFC 1122). */
  private void complain(IpPacket packet, IcmpUnreachable.Reason reason, long cause) {
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
      tellTransport(IcmpUnreachable.about(packet, reason), cause);
      return;
    }
    Optional<Route> route = route(packet.source());
    Optional<IpAddress> source =
        kernel.localAddresses().contains(packet.destination())
            ? Optional.of(packet.destination())
            : route.flatMap(this::sourceFor);
    source.ifPresent(
        from ->
            send(
                IcmpUnreachable.about(packet, reason)
                    .toPacket(from, packet.source(), DEFAULT_HOP_LIMIT),
                cause));
  }
}
