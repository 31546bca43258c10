package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/**
 * How a server's name becomes an address.
 *
 * @param initAddress {@code init-addr} methods in order: last, libc, none or an address
 * @param resolvers a resolvers section that answers at run time
 */
public record Resolution(List<String> initAddress, Optional<String> resolvers, boolean preferIpv4) {
  public static final Resolution DEFAULT = new Resolution(List.of(), Optional.empty(), false);

  public Resolution {
    initAddress = List.copyOf(initAddress);
  }
}
