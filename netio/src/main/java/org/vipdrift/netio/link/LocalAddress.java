package org.vipdrift.netio.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.model.vrrp.AddressAttributes.Flag;

/**
 * An address of an interface, as the kernel keeps it.
 *
 * @param interfaceIndex the {@link Link#index} of its interface
 * @param peer the other end, where that is another address
 * @param label of IPv4 only
 * @param scope as in {@link AddressAttributes}
 * @param flags {@code IFA_F_...}
 * @param preferredSeconds unsigned; all ones for ever
 * @param created when, in hundredths of a second since the machine started; wraps round
 */
public record LocalAddress(
    int interfaceIndex,
    IpPrefix prefix,
    Optional<IpAddress> peer,
    Optional<IpAddress> broadcast,
    Optional<String> label,
    int scope,
    int flags,
    int preferredSeconds,
    int created) {

  /** What tells addresses of a namespace apart. */
  record Key(int interfaceIndex, IpPrefix prefix, Optional<IpAddress> peer) {}

  Key key() {
    return new Key(interfaceIndex, prefix, peer);
  }

  public IpAddress address() {
    return prefix.address();
  }

  /**
   * Whether sockets can be bound to it: an IPv6 address is not before duplicate address detection
   * has found nobody else (RFC 4862 section 5.4).
   */
  public boolean isUsable() {
    boolean tentative =
        (flags & Rtnetlink.IFA_F_TENTATIVE) != 0 && (flags & Rtnetlink.IFA_F_OPTIMISTIC) == 0;
    return !tentative && !isDuplicate();
  }

  /** Whether duplicate address detection found that somebody else has it. */
  public boolean isDuplicate() {
    return (flags & Rtnetlink.IFA_F_DADFAILED) != 0;
  }

  /** Whether another address of the interface stands for this one's network. */
  public boolean isSecondary() {
    return address().family() == IpFamily.IPV4 && (flags & Rtnetlink.IFA_F_SECONDARY) != 0;
  }

  /** What it was added with; a label that is the interface's name is told too. */
  public AddressAttributes attributes() {
    List<Flag> asked = new ArrayList<>();
    for (Flag flag : Flag.values()) {
      if ((flags & bit(flag)) != 0) {
        asked.add(flag);
      }
    }
    return new AddressAttributes(
        label,
        scope,
        broadcast,
        peer,
        preferredSeconds == -1
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(Integer.toUnsignedLong(preferredSeconds))),
        asked);
  }

  static int bit(Flag flag) {
    return switch (flag) {
      case HOME -> Rtnetlink.IFA_F_HOMEADDRESS;
      case NO_DUPLICATE_DETECTION -> Rtnetlink.IFA_F_NODAD;
      case MANAGE_TEMPORARY_ADDRESSES -> Rtnetlink.IFA_F_MANAGETEMPADDR;
      case NO_PREFIX_ROUTE -> Rtnetlink.IFA_F_NOPREFIXROUTE;
      case AUTO_JOIN -> Rtnetlink.IFA_F_MCAUTOJOIN;
    };
  }
}
