package org.vipdrift.model.haproxy.settings;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.frame.IpPrefix;

/**
 * The {@code option} lines of a proxy.
 *
 * @param flags those that are on
 * @param redispatch absent: off; else the number given, -1 (only the last retry) where none is
 */
public record ProxyOptions(
    Set<ProxyOption> flags,
    ConnectionMode connectionMode,
    Optional<ForwardFor> forwardFor,
    Optional<ForwardFor> originalTo,
    Optional<Integer> redispatch) {
  /** What becomes of connections after an answer. */
  public enum ConnectionMode {
    KEEP_ALIVE,
    /** {@code http-server-close}: only the client's side is kept. */
    SERVER_CLOSE,
    /** {@code httpclose}: both are closed. */
    CLOSE
  }

  /**
   * {@code option forwardfor} or {@code originalto}.
   *
   * @param except addresses for which nothing is added
   * @param header {@code X-Forwarded-For} by default
   * @param ifNone only where the header is missing
   */
  public record ForwardFor(Optional<IpPrefix> except, String header, boolean ifNone) {}

  public ProxyOptions {
    EnumSet<ProxyOption> on = EnumSet.noneOf(ProxyOption.class);
    on.addAll(flags);
    flags = Collections.unmodifiableSet(on);
  }

  public boolean has(ProxyOption option) {
    return flags.contains(option);
  }
}
