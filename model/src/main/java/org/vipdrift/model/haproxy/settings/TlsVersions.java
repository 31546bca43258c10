package org.vipdrift.model.haproxy.settings;

import java.util.Optional;

/**
 * The TLS versions one side accepts.
 *
 * @param minimum absent: what the library allows
 * @param maximum absent: what the library allows
 */
public record TlsVersions(Optional<TlsVersion> minimum, Optional<TlsVersion> maximum) {
  public static final TlsVersions DEFAULT = new TlsVersions(Optional.empty(), Optional.empty());
}
