package org.vipdrift.model.route;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;

/**
 * A route.
 *
 * @param destination length 0 for the default route
 * @param gateway of a route with one way; may be IPv6 in an IPv4 route
 * @param interfaceName empty where the gateway decides
 * @param source the preferred source of packets that go this way
 * @param metric empty for the kernel's default: 0 in IPv4, 1024 in IPv6
 * @param protocol who installed it, 0..255
 * @param scope 0..255 as rtnetlink counts; 0 is global
 * @param typeOfService 0..255
 * @param onLink {@code onlink}: the gateway is a neighbour, whatever the addresses say
 * @param append after the routes that are alike, not before them
 * @param nextHops the ways of a route with several, else none
 */
public record Route(
    Kind kind,
    IpPrefix destination,
    Optional<IpAddress> gateway,
    Optional<String> interfaceName,
    Optional<IpAddress> source,
    int table,
    OptionalInt metric,
    int protocol,
    int scope,
    int typeOfService,
    OptionalInt mtu,
    boolean onLink,
    boolean append,
    List<NextHop> nextHops)
    implements RouteEntry {
  /** What becomes of a packet that takes it. */
  public enum Kind {
    UNICAST,
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT,
    THROW
  }

  public Route {
    nextHops = List.copyOf(nextHops);
  }

  /** A route of keepalived through a gateway, in the main table. */
  public static Route via(IpPrefix destination, IpAddress gateway, String interfaceName) {
    return new Route(
        Kind.UNICAST,
        destination,
        Optional.of(gateway),
        Optional.of(interfaceName),
        Optional.empty(),
        MAIN_TABLE,
        OptionalInt.empty(),
        KEEPALIVED_PROTOCOL,
        0,
        0,
        OptionalInt.empty(),
        false,
        false,
        List.of());
  }

  @Override
  public IpFamily family() {
    return destination.address().family();
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    if (kind != Kind.UNICAST) {
      text.append(kind.name().toLowerCase(Locale.ROOT)).append(' ');
    }
    text.append(destination.length() == 0 ? "default" : destination.toString());
    gateway.ifPresent(g -> text.append(" via ").append(g));
    interfaceName.ifPresent(i -> text.append(" dev ").append(i));
    if (table != MAIN_TABLE) {
      text.append(" table ").append(table);
    }
    source.ifPresent(s -> text.append(" src ").append(s));
    metric.ifPresent(m -> text.append(" metric ").append(m));
    if (onLink) {
      text.append(" onlink");
    }
    nextHops.forEach(hop -> text.append(' ').append(hop.text()));
    return text.toString();
  }
}
