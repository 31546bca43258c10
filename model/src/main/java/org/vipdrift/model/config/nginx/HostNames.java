package org.vipdrift.model.config.nginx;

import java.util.List;
import java.util.Map;
import org.vipdrift.model.frame.IpAddress;

/** What names resolve to when nginx starts. */
@FunctionalInterface
public interface HostNames {
  /** Nothing but {@code localhost}. */
  HostNames LOCALHOST =
      name -> name.equals("localhost") ? List.of(IpAddress.v4(127, 0, 0, 1)) : List.of();

  /** The addresses of a name; none if it is unknown. */
  List<IpAddress> resolve(String name);

  /** {@code localhost} and the given ones. */
  static HostNames of(Map<String, IpAddress> addresses) {
    return name -> {
      IpAddress address = addresses.get(name);
      return address == null ? LOCALHOST.resolve(name) : List.of(address);
    };
  }
}
