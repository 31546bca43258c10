package org.vipdrift.model.vrrp;

import static org.vipdrift.model.vrrp.VirtualRouterSettings.OWNER_PRIORITY;

/** The two intervals that decide when a silent master is gone, in nanoseconds. */
public final class VrrpTimers {
  private static final long NANOS_PER_MICROSECOND = 1_000L;
  private static final long NANOS_PER_CENTISECOND = 10_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private VrrpTimers() {}

  /**
   * How much later than the owner a router of this priority takes over: version 2 (256 - priority)
   * / 256 s (RFC 3768 section 6.1), version 3 (256 - priority) / 256 of the master's interval (RFC
   * 9568 section 6.1). keepalived cuts it to whole microseconds.
   *
   * @param priority effective, 1..255
   * @param masterIntervalNanos learned from the master; of no account in version 2
   */
  public static long skewTimeNanos(
      VirtualRouterSettings settings, int priority, long masterIntervalNanos) {
    int distance = OWNER_PRIORITY + 1 - priority;
    if (!settings.dialect().cutsTimersToMicroseconds()) {
      return distance * (settings.version() == 2 ? NANOS_PER_SECOND : masterIntervalNanos) / 256;
    }
    long microseconds =
        settings.version() == 2
            ? distance * 1_000_000L / 256
            : distance * (masterIntervalNanos / NANOS_PER_CENTISECOND) * 625 / 16;
    return microseconds * NANOS_PER_MICROSECOND;
  }

  /**
   * How long a backup of this priority listens to silence: three intervals (or {@code
   * down_timer_adverts}) and the skew.
   *
   * @param priority effective, 1..255
   * @param masterIntervalNanos configured in version 2, learned from the master in version 3
   */
  public static long masterDownIntervalNanos(
      VirtualRouterSettings settings, int priority, long masterIntervalNanos) {
    return settings.downTimerAdverts() * masterIntervalNanos
        + skewTimeNanos(settings, priority, masterIntervalNanos);
  }
}
