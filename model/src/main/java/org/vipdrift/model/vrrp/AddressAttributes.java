package org.vipdrift.model.vrrp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/**
 * What a kernel keeps beside a local address and its prefix length.
 *
 * @param label of IPv4 only, at most 15 characters; empty for the interface's name
 * @param scope 0..255 as rtnetlink counts: {@link #GLOBAL}, 200 site, 253 link, 254 host, 255
 *     nowhere; IPv6 addresses have that of their kind
 * @param broadcast of IPv4 only; empty for none
 * @param peer the other end of a point-to-point link, with a full-length prefix
 * @param preferredLifetime after which the address is deprecated; zero for at once, empty for never
 */
public record AddressAttributes(
    Optional<String> label,
    int scope,
    Optional<IpAddress> broadcast,
    Optional<IpAddress> peer,
    Optional<Duration> preferredLifetime,
    List<Flag> flags) {
  /** RT_SCOPE_UNIVERSE. */
  public static final int GLOBAL = 0;

  public static final AddressAttributes NONE =
      new AddressAttributes(
          Optional.empty(),
          GLOBAL,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** The IFA_F flags that a configuration can ask for. */
  public enum Flag {
    /** {@code home}, Mobile IPv6's home address. */
    HOME,
    /** No duplicate address detection: usable at once. */
    NO_DUPLICATE_DETECTION,
    /** {@code mngtmpaddr}, the template of temporary addresses. */
    MANAGE_TEMPORARY_ADDRESSES,
    /** {@code noprefixroute}: no route to the network of the address. */
    NO_PREFIX_ROUTE,
    /** {@code autojoin}: the group of a multicast address is joined. */
    AUTO_JOIN
  }

  public AddressAttributes {
    if (scope < 0 || scope > 255) {
      throw new IllegalArgumentException("a scope is 0..255, not " + scope);
    }
    flags = List.copyOf(flags);
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }
}
