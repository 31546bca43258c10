package org.vipdrift.netio.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.route.RoutingRule;

/** Routes and rules in rtnetlink's messages. */
final class RouteMessages {
  private static final int HEADER = 12;
  private static final int HOP_HEADER = 8;

  /** On removal: whatever the scope is. */
  private static final int ANY_SCOPE = 255;

  private RouteMessages() {}

  static NetlinkRequest dump(int type) {
    return new NetlinkRequest(type, Rtnetlink.NLM_F_DUMP).int32(0).int32(0).int32(0);
  }

  static NetlinkRequest addRoute(KernelRoute route, boolean append) {
    return route(
        Rtnetlink.RTM_NEWROUTE,
        Rtnetlink.NLM_F_ACK | Rtnetlink.NLM_F_CREATE | (append ? Rtnetlink.NLM_F_APPEND : 0),
        route,
        route.scope());
  }

  static NetlinkRequest removeRoute(KernelRoute route) {
    return route(Rtnetlink.RTM_DELROUTE, Rtnetlink.NLM_F_ACK, route, ANY_SCOPE);
  }

  private static NetlinkRequest route(int type, int flags, KernelRoute route, int scope) {
    boolean single = route.hops().size() == 1;
    boolean onLink = single && route.hops().getFirst().onLink();
    NetlinkRequest request =
        new NetlinkRequest(type, flags)
            .int8(IpAddresses.number(route.family()))
            .int8(route.destination().length())
            .int8(0)
            .int8(route.typeOfService())
            .int8(smallTable(route.table()))
            .int8(route.protocol())
            .int8(route.family() == IpFamily.IPV4 ? scope : 0)
            .int8(route.kind().number())
            .int32(onLink ? Rtnetlink.RTNH_F_ONLINK : 0);
    if (route.destination().length() > 0) {
      IpPrefix to = route.destination();
      request.attribute(Rtnetlink.RTA_DST, to.address().mask(to.length()));
    }
    request.attribute32(Rtnetlink.RTA_TABLE, route.table());
    route.preferredSource().ifPresent(s -> request.attribute(Rtnetlink.RTA_PREFSRC, s));
    if (route.metric() != 0) {
      request.attribute32(Rtnetlink.RTA_PRIORITY, route.metric());
    }
    route
        .mtu()
        .ifPresent(
            mtu ->
                request.nested(Rtnetlink.RTA_METRICS, m -> m.attribute32(Rtnetlink.RTAX_MTU, mtu)));
    if (single) {
      KernelRoute.Hop hop = route.hops().getFirst();
      gateway(request, route.family(), hop);
      if (hop.interfaceIndex() != 0) {
        request.attribute32(Rtnetlink.RTA_OIF, hop.interfaceIndex());
      }
    } else if (!route.hops().isEmpty()) {
      request.nested(
          Rtnetlink.RTA_MULTIPATH,
          r -> route.hops().forEach(hop -> multipathHop(r, route.family(), hop)));
    }
    return request;
  }

  private static void multipathHop(NetlinkRequest request, IpFamily family, KernelRoute.Hop hop) {
    int start = request.position();
    request
        .int16(0)
        .int8(hop.onLink() ? Rtnetlink.RTNH_F_ONLINK : 0)
        .int8(hop.weight() - 1)
        .int32(hop.interfaceIndex());
    gateway(request, family, hop);
    request.setInt16(start, request.position() - start);
  }

  /** An IPv4 route may have an IPv6 gateway (RFC 5549), which is written with its family. */
  private static void gateway(NetlinkRequest request, IpFamily family, KernelRoute.Hop hop) {
    hop.gateway()
        .ifPresent(
            gateway -> {
              if (gateway.family() == family) {
                request.attribute(Rtnetlink.RTA_GATEWAY, gateway);
              } else {
                byte[] via = new byte[2 + gateway.family().octets()];
                Octets number =
                    new NetlinkRequest(0, 0).int16(IpAddresses.number(gateway.family())).encode(0);
                number.copyInto(NetlinkMessage.HEADER, NetlinkMessage.HEADER + 2, via, 0);
                gateway.writeTo(via, 2);
                request.attribute(Rtnetlink.RTA_VIA, via);
              }
            });
  }

  private static int smallTable(int table) {
    return table < 256 ? table : 0;
  }

  /** Reads {@code RTM_NEWROUTE} or {@code RTM_DELROUTE}; empty if it is none of IPv4 or IPv6. */
  static Optional<KernelRoute> route(NetlinkMessage message) {
    Octets body = message.body();
    if (body.length() < HEADER) {
      return Optional.empty();
    }
    Optional<IpFamily> family = IpAddresses.family(body.unsignedByte(0));
    Optional<KernelRoute.Kind> kind = kind(body.unsignedByte(7));
    if (family.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    NetlinkAttributes attributes = NetlinkAttributes.read(body, HEADER);
    return prefix(family.get(), attributes.get(Rtnetlink.RTA_DST), body.unsignedByte(1))
        .map(
            destination ->
                new KernelRoute(
                    kind.get(),
                    destination,
                    hops(family.get(), attributes, HostOrder.int32(body, 8)),
                    address(family.get(), attributes, Rtnetlink.RTA_PREFSRC),
                    attributes.number(Rtnetlink.RTA_TABLE).orElse(body.unsignedByte(4)),
                    body.unsignedByte(6),
                    attributes.number(Rtnetlink.RTA_PRIORITY).orElse(0),
                    body.unsignedByte(5),
                    body.unsignedByte(3),
                    attributes
                        .nested(Rtnetlink.RTA_METRICS)
                        .flatMap(m -> m.number(Rtnetlink.RTAX_MTU))));
  }

  private static Optional<KernelRoute.Kind> kind(int number) {
    for (KernelRoute.Kind kind : KernelRoute.Kind.values()) {
      if (kind.number() == number) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static List<KernelRoute.Hop> hops(
      IpFamily family, NetlinkAttributes attributes, int flags) {
    Optional<Octets> several = attributes.get(Rtnetlink.RTA_MULTIPATH);
    if (several.isPresent()) {
      return multipathHops(family, several.get());
    }
    Optional<IpAddress> gateway = gateway(family, attributes);
    int index = attributes.number(Rtnetlink.RTA_OIF).orElse(0);
    return gateway.isEmpty() && index == 0
        ? List.of()
        : List.of(new KernelRoute.Hop(index, gateway, 1, (flags & Rtnetlink.RTNH_F_ONLINK) != 0));
  }

  private static List<KernelRoute.Hop> multipathHops(IpFamily family, Octets octets) {
    List<KernelRoute.Hop> hops = new ArrayList<>();
    int at = 0;
    while (octets.length() - at >= HOP_HEADER) {
      int length = HostOrder.unsignedShort(octets, at);
      if (length < HOP_HEADER || length > octets.length() - at) {
        break;
      }
      Octets hop = octets.slice(at, at + length);
      hops.add(
          new KernelRoute.Hop(
              HostOrder.int32(hop, 4),
              gateway(family, NetlinkAttributes.read(hop, HOP_HEADER)),
              hop.unsignedByte(3) + 1,
              (hop.unsignedByte(2) & Rtnetlink.RTNH_F_ONLINK) != 0));
      at += NetlinkMessage.aligned(length);
    }
    return hops;
  }

  private static Optional<IpAddress> gateway(IpFamily family, NetlinkAttributes attributes) {
    return address(family, attributes, Rtnetlink.RTA_GATEWAY)
        .or(
            () ->
                attributes
                    .get(Rtnetlink.RTA_VIA)
                    .filter(via -> via.length() > 2)
                    .flatMap(
                        via ->
                            IpAddresses.read(
                                HostOrder.unsignedShort(via, 0), via.slice(2, via.length()))));
  }

  private static Optional<IpAddress> address(
      IpFamily family, NetlinkAttributes attributes, int type) {
    return attributes.get(type).flatMap(octets -> IpAddresses.read(family, octets));
  }

  /** Empty if the length does not fit. */
  private static Optional<IpPrefix> prefix(IpFamily family, Optional<Octets> octets, int length) {
    IpAddress address =
        octets.flatMap(o -> IpAddresses.read(family, o)).orElse(IpAddresses.any(family));
    return length > family.bits() ? Optional.empty() : Optional.of(new IpPrefix(address, length));
  }

  static NetlinkRequest addRule(RoutingRule rule) {
    return rule(
        Rtnetlink.RTM_NEWRULE,
        Rtnetlink.NLM_F_ACK | Rtnetlink.NLM_F_CREATE | Rtnetlink.NLM_F_EXCL,
        rule);
  }

  static NetlinkRequest removeRule(RoutingRule rule) {
    return rule(Rtnetlink.RTM_DELRULE, Rtnetlink.NLM_F_ACK, rule);
  }

  private static NetlinkRequest rule(int type, int flags, RoutingRule rule) {
    NetlinkRequest request =
        new NetlinkRequest(type, flags)
            .int8(IpAddresses.number(rule.family()))
            .int8(rule.to().map(IpPrefix::length).orElse(0))
            .int8(rule.from().map(IpPrefix::length).orElse(0))
            .int8(rule.typeOfService())
            .int8(smallTable(rule.table()))
            .int8(0)
            .int8(0)
            .int8(number(rule.action()))
            .int32(rule.inverted() ? Rtnetlink.FIB_RULE_INVERT : 0)
            .attribute32(Rtnetlink.FRA_PRIORITY, rule.priority())
            .attribute8(Rtnetlink.FRA_PROTOCOL, rule.protocol());
    rule.from().ifPresent(p -> request.attribute(Rtnetlink.FRA_SRC, p.address().mask(p.length())));
    rule.to().ifPresent(p -> request.attribute(Rtnetlink.FRA_DST, p.address().mask(p.length())));
    rule.inInterface().ifPresent(name -> request.attribute(Rtnetlink.FRA_IIFNAME, name));
    rule.outInterface().ifPresent(name -> request.attribute(Rtnetlink.FRA_OIFNAME, name));
    rule.mark()
        .ifPresent(
            mark ->
                request
                    .attribute32(Rtnetlink.FRA_FWMARK, mark.value())
                    .attribute32(Rtnetlink.FRA_FWMASK, mark.mask()));
    rule.users()
        .ifPresent(
            users ->
                request.nested(
                    Rtnetlink.FRA_UID_RANGE, r -> r.int32(users.first()).int32(users.last())));
    rule.suppressPrefixLength()
        .ifPresent(length -> request.attribute32(Rtnetlink.FRA_SUPPRESS_PREFIXLEN, length));
    if (rule.action() == RoutingRule.Action.GOTO) {
      request.attribute32(Rtnetlink.FRA_GOTO, rule.target());
    }
    if (rule.table() != 0) {
      request.attribute32(Rtnetlink.FRA_TABLE, rule.table());
    }
    return request;
  }

  /** Reads {@code RTM_NEWRULE}; empty if it is none of IPv4 or IPv6. */
  static Optional<RoutingRule> rule(NetlinkMessage message) {
    Octets body = message.body();
    if (body.length() < HEADER) {
      return Optional.empty();
    }
    Optional<IpFamily> family = IpAddresses.family(body.unsignedByte(0));
    Optional<RoutingRule.Action> action = action(body.unsignedByte(7));
    if (family.isEmpty() || action.isEmpty()) {
      return Optional.empty();
    }
    NetlinkAttributes attributes = NetlinkAttributes.read(body, HEADER);
    return Optional.of(
        new RoutingRule(
            family.get(),
            (HostOrder.int32(body, 8) & Rtnetlink.FIB_RULE_INVERT) != 0,
            rulePrefix(family.get(), attributes.get(Rtnetlink.FRA_SRC), body.unsignedByte(2)),
            rulePrefix(family.get(), attributes.get(Rtnetlink.FRA_DST), body.unsignedByte(1)),
            attributes.text(Rtnetlink.FRA_IIFNAME),
            attributes.text(Rtnetlink.FRA_OIFNAME),
            attributes
                .number(Rtnetlink.FRA_FWMARK)
                .map(
                    mark ->
                        new RoutingRule.Mark(
                            mark, attributes.number(Rtnetlink.FRA_FWMASK).orElse(-1))),
            body.unsignedByte(3),
            attributes
                .get(Rtnetlink.FRA_UID_RANGE)
                .filter(range -> range.length() == 8)
                .map(
                    range ->
                        new RoutingRule.Users(
                            HostOrder.int32(range, 0), HostOrder.int32(range, 4))),
            action.get(),
            attributes.number(Rtnetlink.FRA_TABLE).orElse(body.unsignedByte(4)),
            attributes.number(Rtnetlink.FRA_GOTO).orElse(0),
            attributes.number(Rtnetlink.FRA_SUPPRESS_PREFIXLEN).stream()
                .mapToInt(Integer::intValue)
                .filter(length -> length >= 0)
                .findFirst(),
            attributes.number(Rtnetlink.FRA_PRIORITY).orElse(0),
            attributes.number(Rtnetlink.FRA_PROTOCOL).orElse(0)));
  }

  private static Optional<IpPrefix> rulePrefix(
      IpFamily family, Optional<Octets> octets, int length) {
    return octets.flatMap(_ -> prefix(family, octets, length));
  }

  private static Optional<RoutingRule.Action> action(int number) {
    for (RoutingRule.Action action : RoutingRule.Action.values()) {
      if (number(action) == number) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }

  /** {@code FR_ACT_...} */
  private static int number(RoutingRule.Action action) {
    return switch (action) {
      case LOOKUP -> 1;
      case GOTO -> 2;
      case NOP -> 3;
      case BLACKHOLE -> 6;
      case UNREACHABLE -> 7;
      case PROHIBIT -> 8;
    };
  }
}
