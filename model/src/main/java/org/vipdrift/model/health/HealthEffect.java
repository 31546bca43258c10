package org.vipdrift.model.health;

/** What is to be done about a server. */
public sealed interface HealthEffect {
  /** Start a check, whose end is told by {@link HealthEvent.CheckConcluded}. */
  record StartCheck() implements HealthEffect {}

  /** Send {@link HealthEvent.CheckDue} then; spread checks may shift it. */
  record SetCheckTimer(long deadlineNanos) implements HealthEffect {}

  /** Send {@link HealthEvent.CheckDue} no later than then. */
  record HastenCheck(long deadlineNanos) implements HealthEffect {}

  /** Send {@link HealthEvent.RampDue} then. */
  record SetRampTimer(long deadlineNanos) implements HealthEffect {}

  /** The snapshot changed: tell the data plane and those that track it. */
  record Publish() implements HealthEffect {}

  /**
   * The server changed, which {@link Announcement#line} words once the figures are known.
   *
   * @param cause as HAProxy adds it: {@code , reason: ...}, {@code via b/s}, {@code (leaving ...)},
   *     or nothing
   */
  record Announce(Announcement announcement, String cause) implements HealthEffect {}

  /** Those that track it are told this, in the order of {@link HealthBoard#trackers}. */
  record TellTrackers(HealthEvent event) implements HealthEffect {}

  /** {@code on-marked-down shutdown-sessions}. */
  record ShutdownSessions() implements HealthEffect {}

  /** {@code on-marked-up shutdown-backup-sessions}. */
  record ShutdownBackupSessions() implements HealthEffect {}

  /** Log a line. */
  record Log(String line) implements HealthEffect {}
}
