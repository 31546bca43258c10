package org.vipdrift.model.ipvs;

import java.time.Duration;

/**
 * The times that {@code ipvsadm --set} changes.
 *
 * @param tcp of an established connection, 15 min by default
 * @param tcpFin of one that the client or server has finished, 2 min by default
 * @param udp 5 min by default
 */
public record Timeouts(Duration tcp, Duration tcpFin, Duration udp) {
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofMinutes(15), Duration.ofMinutes(2), Duration.ofMinutes(5));

  long nanos(TcpState state) {
    return switch (state) {
      case ESTABLISHED -> tcp.toNanos();
      case FIN_WAIT -> tcpFin.toNanos();
      default -> state.timeoutSeconds() * 1_000_000_000L;
    };
  }
}
