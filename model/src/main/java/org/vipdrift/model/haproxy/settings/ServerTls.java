package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/** TLS towards a server. */
public record ServerTls(
    boolean verify,
    Optional<String> verifyHost,
    Optional<SampleExpression> sni,
    List<String> alpn,
    TlsVersions versions) {
  public ServerTls {
    alpn = List.copyOf(alpn);
  }
}
