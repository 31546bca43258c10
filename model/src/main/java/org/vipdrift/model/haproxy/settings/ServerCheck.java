package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Health checks of one server.
 *
 * @param enabled {@code check}
 * @param address {@code addr}: another address to check
 * @param port {@code port}: another port to check
 * @param interval {@code inter}
 * @param fastInterval {@code fastinter}, absent: interval
 * @param downInterval {@code downinter}, absent: interval
 * @param errorLimit {@code error-limit}: errors observed before {@code onError}
 * @param sendProxy whether checks begin with the PROXY protocol's header
 * @param tls whether checks speak TLS
 */
public record ServerCheck(
    boolean enabled,
    Optional<ServerAddress> address,
    Optional<Integer> port,
    Duration interval,
    Optional<Duration> fastInterval,
    Optional<Duration> downInterval,
    int rise,
    int fall,
    Observe observe,
    int errorLimit,
    OnError onError,
    boolean shutdownSessionsOnDown,
    boolean shutdownBackupSessionsOnUp,
    boolean sendProxy,
    boolean tls,
    Optional<String> sni,
    List<String> alpn) {
  /** Which traffic counts as a check. */
  public enum Observe {
    NONE,
    LAYER4,
    LAYER7
  }

  /** What {@code error-limit} observed errors in a row do. */
  public enum OnError {
    FASTINTER,
    FAIL_CHECK,
    SUDDEN_DEATH,
    MARK_DOWN
  }

  public ServerCheck {
    alpn = List.copyOf(alpn);
  }
}
