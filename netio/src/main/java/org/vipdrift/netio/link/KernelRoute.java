package org.vipdrift.netio.link;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;

/**
 * A route as the kernel keeps it, interfaces by index, the kernel's own included.
 *
 * @param destination a prefix of length 0 is the default route
 * @param hops one, or several of a multipath route, or none of a route that refuses
 * @param preferredSource of packets that this machine sends
 * @param table 1 or more; {@link #MAIN}
 * @param scope 0 global, 253 link, 254 host; IPv4 only
 * @param metric 0 for the kernel's choice
 * @param protocol who installed it: {@link #KEEPALIVED}
 * @param typeOfService 0 for any
 * @param mtu in octets
 */
public record KernelRoute(
    Kind kind,
    IpPrefix destination,
    List<Hop> hops,
    Optional<IpAddress> preferredSource,
    int table,
    int scope,
    int metric,
    int protocol,
    int typeOfService,
    Optional<Integer> mtu) {
  public static final int MAIN = 254;
  public static final int LOCAL = 255;

  /** RTPROT_KEEPALIVED, what keepalived 2.2.7 marks its own with. */
  public static final int KEEPALIVED = 18;

  /** What becomes of packets ({@code RTN_...}). */
  public enum Kind {
    UNICAST(1),
    LOCAL(2),
    BROADCAST(3),
    ANYCAST(4),
    MULTICAST(5),
    BLACKHOLE(6),
    UNREACHABLE(7),
    PROHIBIT(8),
    THROW(9);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /**
   * Where packets go next.
   *
   * @param interfaceIndex 0 for the one towards the gateway
   * @param gateway empty for a neighbour
   * @param weight 1..256, among several
   * @param onLink the gateway is reachable there whatever the addresses say
   */
  public record Hop(int interfaceIndex, Optional<IpAddress> gateway, int weight, boolean onLink) {
    public Hop {
      if (weight < 1 || weight > 256) {
        throw new IllegalArgumentException("a weight is 1..256, not " + weight);
      }
    }

    public static Hop via(IpAddress gateway, int interfaceIndex) {
      return new Hop(interfaceIndex, Optional.of(gateway), 1, false);
    }

    public static Hop direct(int interfaceIndex) {
      return new Hop(interfaceIndex, Optional.empty(), 1, false);
    }
  }

  public KernelRoute {
    hops = List.copyOf(hops);
  }

  /** A plain route of the main table, marked as keepalived's. */
  public static KernelRoute of(IpPrefix destination, Hop hop) {
    return new KernelRoute(
        Kind.UNICAST,
        destination,
        List.of(hop),
        Optional.empty(),
        MAIN,
        0,
        0,
        KEEPALIVED,
        0,
        Optional.empty());
  }

  public IpFamily family() {
    return destination.address().family();
  }
}
