package org.vipdrift.netio.link;

import java.util.Optional;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;

/**
 * A rule that chooses a routing table.
 *
 * @param from empty for every source; {@code to} likewise
 * @param mask of the mark; empty for all bits
 * @param table where packets are looked up; 0 with another action
 * @param protocol who installed it, as of a {@link Route}
 */
public record RoutingRule(
    IpFamily family,
    Optional<IpPrefix> from,
    Optional<IpPrefix> to,
    Optional<String> incoming,
    Optional<String> outgoing,
    Optional<Integer> mark,
    Optional<Integer> mask,
    boolean inverted,
    Action action,
    int table,
    Optional<Integer> gotoPriority,
    int typeOfService,
    int priority,
    int protocol) {
  /** What becomes of packets that match ({@code FR_ACT_...}). */
  public enum Action {
    LOOK_UP(1),
    GO_TO(2),
    NOTHING(3),
    BLACKHOLE(6),
    UNREACHABLE(7),
    PROHIBIT(8);

    private final int number;

    Action(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** A rule about sources, marked as keepalived's. */
  public static RoutingRule from(IpPrefix source, int table, int priority) {
    return new RoutingRule(
        source.address().family(),
        Optional.of(source),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Action.LOOK_UP,
        table,
        Optional.empty(),
        0,
        priority,
        Route.KEEPALIVED);
  }
}
