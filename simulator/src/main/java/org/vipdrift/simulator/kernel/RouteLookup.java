package org.vipdrift.simulator.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.route.NextHop;

/** Which way a packet leaves the host, and where it then comes from. */
final class RouteLookup {
  private final HostKernel kernel;
  private final Map<IpFamily, IpAddress> gateways = new EnumMap<>(IpFamily.class);

  /** Where a packet goes next. */
  record Route(NetworkInterface out, IpAddress nextHop, Optional<IpAddress> source) {
    Route(NetworkInterface out, IpAddress nextHop) {
      this(out, nextHop, Optional.empty());
    }
  }

  RouteLookup(HostKernel kernel) {
    this.kernel = kernel;
  }

  void setGateway(IpAddress gateway) {
    gateways.put(gateway.family(), gateway);
  }

  /** The longest prefix wins, an earlier interface before a later one, the gateway last. */
  Optional<Route> route(IpAddress destination) {
    return Optional.ofNullable(find(destination));
  }

  /** As {@link #route}, for every packet that is sent. */
  @Nullable Route find(IpAddress destination) {
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

  /** The gateway of the family, if it is reached through this interface. */
  Optional<IpAddress> gatewayOn(NetworkInterface out, IpFamily family) {
    return Optional.ofNullable(gateways.get(family)).filter(gateway -> isOnLink(out, gateway));
  }

  boolean isOnLink(NetworkInterface out, IpAddress destination) {
    return onLinkLength(out, destination) >= 0;
  }

  /** The longest network of the interface that holds the destination; -1 for none. */
  private static int onLinkLength(NetworkInterface out, IpAddress destination) {
    return out.isAdministrativelyUp() ? out.networks().longestMatch(destination) : -1;
  }
}
