package org.vipdrift.netio.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.UnixDatagram;

/** Tells the service manager how the node is doing (sd_notify); nobody, where there is none. */
public final class ServiceNotifier implements AutoCloseable {
  private final Optional<UnixDatagram> socket;
  private final String path;
  private final Optional<Duration> watchdog;

  private ServiceNotifier(Optional<UnixDatagram> socket, String path, Optional<Duration> watchdog) {
    this.socket = socket;
    this.path = path;
    this.watchdog = watchdog;
  }

  /**
   * As the environment says: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC}, {@code WATCHDOG_PID}.
   *
   * @param pid of this process
   */
  public static ServiceNotifier of(Map<String, String> environment, long pid)
      throws NativeException {
    String path = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (path.isEmpty()) {
      return new ServiceNotifier(Optional.empty(), path, Optional.empty());
    }
    String period = environment.getOrDefault("WATCHDOG_USEC", "");
    String whose = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
    Optional<Duration> watchdog =
        period.matches("[1-9][0-9]{0,17}") && whose.equals(Long.toString(pid))
            ? Optional.of(Duration.ofNanos(Math.multiplyExact(Long.parseLong(period), 1000L)))
            : Optional.empty();
    return new ServiceNotifier(Optional.of(UnixDatagram.open()), path, watchdog);
  }

  /** How often {@link #alive} is to be told: half of what the manager waits. */
  public Optional<Duration> watchdogPeriod() {
    return watchdog.map(period -> period.dividedBy(2));
  }

  /** It is up, or up again after a reload. */
  public void ready(String status) {
    send("READY=1\nSTATUS=" + status);
  }

  /**
   * It reads its configuration again.
   *
   * @param monotonicNanos now, for {@code Type=notify-reload}
   */
  public void reloading(long monotonicNanos) {
    send("RELOADING=1\nMONOTONIC_USEC=" + monotonicNanos / 1000);
  }

  public void stopping() {
    send("STOPPING=1");
  }

  /** The watchdog need not bite. */
  public void alive() {
    send("WATCHDOG=1");
  }

  private void send(String state) {
    socket.ifPresent(s -> s.send(path, state.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    socket.ifPresent(UnixDatagram::close);
  }
}
