package org.vipdrift.model.haproxy;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.ServerSettings;

/**
 * Where a connection to a server goes, and what is said on it before anything else.
 *
 * @param source to connect from; empty for any
 * @param serverName sent as SNI, if the server speaks TLS
 * @param preamble sent before all else, even before a TLS handshake: a PROXY header; mostly empty
 */
public record Destination(
    ServerSettings server,
    IpAddress address,
    int port,
    Optional<IpAddress> source,
    Optional<String> serverName,
    Octets preamble) {
  /** Whether a connection to the one may carry requests for the other, as HAProxy 2.6 sees it. */
  boolean isSharedWith(Destination other) {
    return port == other.port
        && serverName.equals(other.serverName)
        && preamble.equals(other.preamble);
  }
}
