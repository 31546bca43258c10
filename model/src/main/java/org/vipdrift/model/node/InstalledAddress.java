package org.vipdrift.model.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.model.vrrp.AddressAttributes.Flag;
import org.vipdrift.model.vrrp.VirtualAddress;

/** What keepalived 2.2.7 was measured to install for a configured address. */
final class InstalledAddress {
  private static final String PREFERRED_LIFETIME = "preferred_lft ";

  private final VirtualAddress address;

  private InstalledAddress(VirtualAddress address) {
    this.address = address;
  }

  static InstalledAddress of(ConfiguredAddress configured) {
    Optional<IpAddress> peer = configured.peer().flatMap(IpAddress::parse);
    IpFamily family = configured.address().family();
    IpPrefix prefix =
        peer.isPresent() ? new IpPrefix(configured.address(), family.bits()) : configured.prefix();
    AddressAttributes attributes =
        new AddressAttributes(
            configured.label(),
            configured.scope().map(InstalledAddress::scope).orElse(AddressAttributes.GLOBAL),
            configured.broadcast().flatMap(b -> broadcast(prefix, b)),
            peer,
            family == IpFamily.IPV6 ? preferredLifetime(prefix, configured) : Optional.empty(),
            flags(family, configured));
    return new InstalledAddress(new VirtualAddress(prefix, configured.device(), attributes));
  }

  VirtualAddress address() {
    return address;
  }

  /** With a place, where the configuration names none. */
  VirtualAddress on(String defaultInterface) {
    return new VirtualAddress(
        address.prefix(),
        Optional.of(address.interfaceName().orElse(defaultInterface)),
        address.attributes());
  }

  private static int scope(String text) {
    return switch (text) {
      case "global" -> AddressAttributes.GLOBAL;
      case "site" -> 200;
      case "link" -> 253;
      case "host" -> 254;
      case "nowhere" -> 255;
      default -> Integer.parseInt(text);
    };
  }

  /** {@code +} sets all bits of the host part, {@code -} none. */
  private static Optional<IpAddress> broadcast(IpPrefix prefix, String text) {
    IpAddress network = prefix.address().mask(prefix.length());
    return switch (text) {
      case "-" -> Optional.of(network);
      case "+" ->
          network instanceof IpAddress.V4(int bits)
              ? Optional.of(new IpAddress.V4(bits | hostBits(prefix.length())))
              : Optional.empty();
      default -> IpAddress.parse(text);
    };
  }

  private static int hostBits(int length) {
    return length == 0 ? -1 : (int) ((1L << (32 - length)) - 1);
  }

  /** Alone in its network, an address is not to be a source, unless the file says otherwise. */
  private static Optional<Duration> preferredLifetime(
      IpPrefix prefix, ConfiguredAddress configured) {
    for (String option : configured.options()) {
      if (option.startsWith(PREFERRED_LIFETIME)) {
        String value = option.substring(PREFERRED_LIFETIME.length());
        return value.chars().allMatch(c -> c >= '0' && c <= '9') && value.length() < 10
            ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
            : Optional.empty();
      }
    }
    return prefix.length() == IpFamily.IPV6.bits() ? Optional.of(Duration.ZERO) : Optional.empty();
  }

  /** Only a route to the network can be done without in IPv4; IPv6 addresses are not probed. */
  private static List<Flag> flags(IpFamily family, ConfiguredAddress configured) {
    List<String> options = configured.options();
    List<Flag> flags = new ArrayList<>();
    if (family == IpFamily.IPV6 && options.contains("home")) {
      flags.add(Flag.HOME);
    }
    if (family == IpFamily.IPV6 && !options.contains("-nodad")) {
      flags.add(Flag.NO_DUPLICATE_DETECTION);
    }
    if (family == IpFamily.IPV6 && options.contains("mngtmpaddr")) {
      flags.add(Flag.MANAGE_TEMPORARY_ADDRESSES);
    }
    if (options.contains("noprefixroute")) {
      flags.add(Flag.NO_PREFIX_ROUTE);
    }
    if (options.contains("autojoin")) {
      flags.add(Flag.AUTO_JOIN);
    }
    return flags;
  }
}
