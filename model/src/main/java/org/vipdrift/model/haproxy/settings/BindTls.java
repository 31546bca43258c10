package org.vipdrift.model.haproxy.settings;

import java.util.List;

/**
 * TLS on a {@code bind} line.
 *
 * @param certificates in the order they are loaded; the first is served where no name matches,
 *     unless strictSni
 * @param alpn protocols in order of preference; empty where none is announced
 */
public record BindTls(
    List<CertificateSettings> certificates,
    boolean strictSni,
    List<String> alpn,
    TlsVersions versions,
    ClientVerification clientVerification) {
  /** Whether a client must show a certificate. */
  public enum ClientVerification {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  public BindTls {
    certificates = List.copyOf(certificates);
    alpn = List.copyOf(alpn);
  }
}
