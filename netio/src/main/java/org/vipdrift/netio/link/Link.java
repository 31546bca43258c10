package org.vipdrift.netio.link;

import java.util.Optional;
import org.vipdrift.model.frame.MacAddress;

/**
 * An interface of a network namespace, as the kernel describes it.
 *
 * @param index 1 or more, unique in its namespace
 * @param mac all zero where the interface has no Ethernet address
 * @param flags {@code IFF_...}
 * @param hardwareType {@code ARPHRD_...}: 1 Ethernet, 772 loopback
 * @param kind as {@code macvlan}, {@code veth}, {@code bridge}; empty for a real card
 * @param parent the index of the interface below or, of a veth, the other end, which may lie in
 *     another namespace
 * @param master the index of the bridge or bond it belongs to
 * @param mtu in octets
 */
public record Link(
    int index,
    String name,
    MacAddress mac,
    int flags,
    OperationalState state,
    int hardwareType,
    Optional<String> kind,
    Optional<Integer> parent,
    Optional<Integer> master,
    int mtu) {
  /** RFC 2863, in the numbering of linux/if.h. */
  public enum OperationalState {
    UNKNOWN,
    NOT_PRESENT,
    DOWN,
    LOWER_LAYER_DOWN,
    TESTING,
    DORMANT,
    UP
  }

  /** Somebody set it up. */
  public boolean isAdministrativelyUp() {
    return (flags & Rtnetlink.IFF_UP) != 0;
  }

  /** It has carrier and is not dormant: {@code RUNNING}. */
  public boolean isRunning() {
    return (flags & Rtnetlink.IFF_RUNNING) != 0;
  }

  /** It has carrier: {@code LOWER_UP}. */
  public boolean hasCarrier() {
    return (flags & Rtnetlink.IFF_LOWER_UP) != 0;
  }

  /** Set up, with carrier: what keepalived 2.2.7 takes for up. */
  public boolean isUp() {
    return isAdministrativelyUp() && isRunning();
  }

  public boolean isLoopback() {
    return (flags & Rtnetlink.IFF_LOOPBACK) != 0;
  }
}
