package org.vipdrift.netio.link;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.foreign.Constants;

/** Addresses and families as netlink writes them. */
final class IpAddresses {
  private IpAddresses() {}

  static int number(IpFamily family) {
    return switch (family) {
      case IPV4 -> Constants.AF_INET;
      case IPV6 -> Constants.AF_INET6;
    };
  }

  static Optional<IpFamily> family(int number) {
    return switch (number) {
      case Constants.AF_INET -> Optional.of(IpFamily.IPV4);
      case Constants.AF_INET6 -> Optional.of(IpFamily.IPV6);
      default -> Optional.empty();
    };
  }

  /** Empty for another family, or if the length does not fit it. */
  static Optional<IpAddress> read(int family, Octets octets) {
    return family(family).flatMap(known -> read(known, octets));
  }

  static Optional<IpAddress> read(IpFamily family, Octets octets) {
    if (octets.length() != family.octets()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (family) {
          case IPV4 -> new IpAddress.V4(octets.int32(0));
          case IPV6 -> new IpAddress.V6(octets.int64(0), octets.int64(8));
        });
  }

  static IpAddress any(IpFamily family) {
    return switch (family) {
      case IPV4 -> new IpAddress.V4(0);
      case IPV6 -> new IpAddress.V6(0, 0);
    };
  }
}
