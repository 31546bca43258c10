package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.route.NextHop;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;

/** Reads one line of {@code virtual_routes} or {@code static_routes}. */
final class RouteReader {
  /** Known to keepalived; what they set stays the kernel's. */
  private static final List<String> UNUSED =
      List.of(
          "hoplimit",
          "advmss",
          "rtt",
          "rttvar",
          "reordering",
          "window",
          "cwnd",
          "ssthresh",
          "realms",
          "rto_min",
          "initcwnd",
          "initrwnd",
          "vrf",
          "features",
          "quickack",
          "congctl",
          "pref",
          "ttl-propagate",
          "fastopen_no_cookie",
          "from",
          "as",
          "encap",
          "expires",
          "track_group");

  private final RouteWords words;
  private final Values values;
  private Route.Kind kind = Route.Kind.UNICAST;
  private Optional<IpPrefix> destination = Optional.empty();
  private IpFamily family = IpFamily.IPV4;
  private Optional<IpAddress> gateway = Optional.empty();
  private Optional<String> device = Optional.empty();
  private Optional<IpAddress> source = Optional.empty();
  private int table = RouteEntry.MAIN_TABLE;
  private OptionalInt metric = OptionalInt.empty();
  private OptionalInt protocol = OptionalInt.empty();
  private int scope;
  private int typeOfService;
  private OptionalInt mtu = OptionalInt.empty();
  private boolean onLink;
  private boolean append;
  private boolean tracked = true;
  private final List<NextHop> nextHops = new ArrayList<>();

  private RouteReader(Statement line, Values values, Interfaces interfaces) {
    this.values = values;
    this.words = new RouteWords(line, values, interfaces);
  }

  /** Empty, and reported, where keepalived leaves the route out. */
  static Optional<Route> read(Statement line, Values values, Interfaces interfaces) {
    RouteReader reader = new RouteReader(line, values, interfaces);
    while (reader.words.more()) {
      if (!reader.option(reader.words.next())) {
        return Optional.empty();
      }
    }
    return reader.finish(line);
  }

  private boolean option(Word word) {
    switch (word.text()) {
      case "blackhole" -> kind = Route.Kind.BLACKHOLE;
      case "unreachable" -> kind = Route.Kind.UNREACHABLE;
      case "prohibit" -> kind = Route.Kind.PROHIBIT;
      case "throw" -> kind = Route.Kind.THROW;
      case "unicast", "to" -> {}
      case "inet6" -> family = IpFamily.IPV6;
      case "inet" -> family = IpFamily.IPV4;
      case "onlink" -> onLink = true;
      case "append" -> append = true;
      case "no_track" -> tracked = false;
      case "nexthop" -> {
        return nextHop();
      }
      default -> {
        return withValue(word);
      }
    }
    return true;
  }

  private boolean withValue(Word word) {
    switch (word.text()) {
      case "via", "gw" -> {
        if (word.text().equals("gw")) {
          deprecated(word, "via");
        }
        gateway = words.address(word);
        return gateway.isPresent();
      }
      case "or" -> {
        deprecated(word, "nexthop");
        Optional<IpAddress> other = words.address(word);
        gateway.ifPresent(
            g -> nextHops.add(new NextHop(Optional.of(g), Optional.empty(), 1, false)));
        gateway = Optional.empty();
        other.ifPresent(g -> nextHops.add(new NextHop(Optional.of(g), Optional.empty(), 1, false)));
        return other.isPresent();
      }
      case "dev", "oif" -> device = words.device(word);
      case "src" -> {
        source = words.address(word);
        return source.isPresent();
      }
      case "table" -> {
        OptionalInt read = words.table(word);
        table = read.orElse(table);
        return read.isPresent();
      }
      case "metric", "priority", "preference" -> metric = words.number(word, 0, Integer.MAX_VALUE);
      case "proto", "protocol" -> {
        if (word.text().equals("proto")) {
          return destination(word);
        }
        protocol = words.protocol(word);
      }
      case "scope" -> scope = words.scope(word).orElse(scope);
      case "tos", "dsfield" -> typeOfService = words.number(word, 0, 255).orElse(0);
      case "mtu" -> mtu = words.number(word, 0, 65_535);
      default -> {
        if (UNUSED.contains(word.text())) {
          words.notUsed(word);
        } else {
          return destination(word);
        }
      }
    }
    return true;
  }

  private void deprecated(Word word, String instead) {
    values
        .log()
        .warning(
            "deprecated",
            "'" + word.text() + "' in a route is deprecated: write " + instead,
            word.span());
  }

  private boolean destination(Word word) {
    if (word.text().equals("default")) {
      destination = Optional.of(words.all(family));
      return true;
    }
    if (destination.isPresent()) {
      words.unknown(word);
      return false;
    }
    destination = words.prefix(word);
    if (destination.isEmpty()) {
      words.unknown(word);
    }
    return destination.isPresent();
  }

  private boolean nextHop() {
    Optional<IpAddress> via = Optional.empty();
    Optional<String> dev = Optional.empty();
    int weight = 1;
    boolean isNeighbour = false;
    while (words.more() && !words.peek().equals("nexthop")) {
      Word word = words.next();
      switch (word.text()) {
        case "via" -> via = words.address(word);
        case "dev" -> dev = words.device(word);
        case "weight" -> weight = words.number(word, 1, 256).orElse(weight);
        case "onlink" -> isNeighbour = true;
        default -> {
          words.unknown(word);
          return false;
        }
      }
    }
    nextHops.add(new NextHop(via, dev, weight, isNeighbour));
    return true;
  }

  private Optional<Route> finish(Statement line) {
    if (destination.isEmpty()) {
      values
          .log()
          .warning("invalid-address", "the route has no destination; it is left out", line.span());
      return Optional.empty();
    }
    IpPrefix to = destination.get();
    if (to.length() == 0 && family == IpFamily.IPV6) {
      to = words.all(family);
    }
    boolean mixed =
        source.isPresent() && source.get().family() != to.address().family()
            || gateway.isPresent() && gateway.get().family() != to.address().family();
    if (mixed && to.length() == 0 && to.address().family() == IpFamily.IPV4) {
      to = words.all(IpFamily.IPV6);
    } else if (mixed) {
      values
          .log()
          .warning("family-mismatch", "the route mixes IPv4 and IPv6; it is left out", line.span());
      return Optional.empty();
    }
    trackable(line, to);
    return Optional.of(
        new Route(
            kind,
            to,
            gateway,
            device,
            source,
            table,
            metric,
            tracked ? RouteEntry.KEEPALIVED_PROTOCOL : protocol.orElse(0),
            scope,
            typeOfService,
            mtu,
            onLink,
            append,
            onDevice()));
  }

  /** The device of an old {@code or} stands behind both gateways. */
  private List<NextHop> onDevice() {
    return nextHops.stream()
        .map(
            hop ->
                new NextHop(
                    hop.gateway(),
                    hop.interfaceName().or(() -> device),
                    hop.weight(),
                    hop.onLink()))
        .toList();
  }

  private void trackable(Statement line, IpPrefix to) {
    if (!tracked) {
      return;
    }
    if (protocol.isPresent() && protocol.getAsInt() != RouteEntry.KEEPALIVED_PROTOCOL) {
      values
          .log()
          .warning(
              "protocol-reset",
              "a tracked route has keepalived's protocol; this one is reset",
              line.span());
    }
    if (device.isEmpty()) {
      values
          .log()
          .warning(
              "untracked-route",
              "a route without an interface cannot be tracked: " + to,
              line.span(),
              Optional.of("name its dev, or write no_track"));
    }
  }
}
