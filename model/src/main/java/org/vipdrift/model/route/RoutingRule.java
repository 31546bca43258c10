package org.vipdrift.model.route;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;

/**
 * A routing rule: which packets ask which table, or have no way at all.
 *
 * @param inverted {@code not}: those that do not match
 * @param from empty for all
 * @param to empty for all
 * @param inInterface {@code iif}
 * @param outInterface {@code oif}
 * @param mark packets marked so
 * @param typeOfService 0 for any
 * @param users {@code uidrange}
 * @param table of a {@link Action#LOOKUP}
 * @param target the priority that a {@link Action#GOTO} goes to
 * @param suppressPrefixLength routes of at most this length do not count
 * @param priority 0..2^31-1, the lowest is asked first
 * @param protocol who installed it, 0..255
 */
public record RoutingRule(
    IpFamily family,
    boolean inverted,
    Optional<IpPrefix> from,
    Optional<IpPrefix> to,
    Optional<String> inInterface,
    Optional<String> outInterface,
    Optional<Mark> mark,
    int typeOfService,
    Optional<Users> users,
    Action action,
    int table,
    int target,
    OptionalInt suppressPrefixLength,
    int priority,
    int protocol)
    implements RouteEntry {
  /** What becomes of a packet that matches. */
  public enum Action {
    LOOKUP,
    GOTO,
    NOP,
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT
  }

  /** A firewall mark, both 32 bits without sign. */
  public record Mark(int value, int mask) {}

  /** A range of user ids, both ends included, without sign. */
  public record Users(int first, int last) {}

  @Override
  public String text() {
    StringBuilder text = new StringBuilder().append(priority).append(": ");
    text.append(inverted ? "not from " : "from ");
    text.append(from.map(IpPrefix::toString).orElse("all"));
    to.ifPresent(t -> text.append(" to ").append(t));
    mark.ifPresent(m -> text.append(" fwmark 0x").append(Integer.toHexString(m.value)));
    inInterface.ifPresent(i -> text.append(" iif ").append(i));
    outInterface.ifPresent(o -> text.append(" oif ").append(o));
    switch (action) {
      case LOOKUP -> text.append(" lookup ").append(table);
      case GOTO -> text.append(" goto ").append(target);
      case NOP, BLACKHOLE, UNREACHABLE, PROHIBIT ->
          text.append(' ').append(action.name().toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
