package org.vipdrift.model.health;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.vipdrift.model.trace.TraceDetail.ServerChange;

/** What HAProxy announces of a server, and its words. */
public enum Announcement {
  DOWN(" is DOWN", true, false),
  UP(" is UP", false, true),
  STOPPING(" is stopping", false, true),
  MAINTENANCE(" is going DOWN for maintenance", true, false),
  MAINTENANCE_WHEN_DOWN(" was DOWN and now enters maintenance", false, false),
  READY_UP(" is UP/READY", false, false),
  READY_DOWN(" is DOWN/READY", false, false),
  READY_DRAINING_UP(" is UP/DRAIN", false, false),
  READY_DRAINING_DOWN(" is DOWN/DRAIN", false, false),
  DRAIN(" enters drain state", false, true),
  DRAIN_WHEN_DOWN(" enters drain state", true, false),
  DRAIN_ENDED_UP(" is UP (leaving forced drain)", false, false),
  DRAIN_ENDED_DOWN(" is DOWN (leaving forced drain)", false, false),
  /** Its words are all in the cause. */
  REMAINS("", false, false);

  private final String words;
  private final boolean left;
  private final boolean online;

  Announcement(String words, boolean left, boolean online) {
    this.words = words;
    this.left = left;
    this.online = online;
  }

  /**
   * What a line of HAProxy's announces, if anything.
   *
   * @param text of the line behind the server's name, with its leading blank
   */
  public static Optional<Announcement> of(String text) {
    return Arrays.stream(values())
        .filter(each -> each != REMAINS && text.startsWith(each.words))
        .max(Comparator.comparingInt(each -> each.words.length()));
  }

  /** The words that follow the server's name. */
  public String words() {
    return words;
  }

  /** How the server is regarded from now on; empty where nothing changes. */
  public Optional<ServerChange> change() {
    return switch (this) {
      case DOWN -> Optional.of(ServerChange.DOWN);
      case UP -> Optional.of(ServerChange.UP);
      case STOPPING, DRAIN, DRAIN_WHEN_DOWN -> Optional.of(ServerChange.DRAIN);
      case MAINTENANCE, MAINTENANCE_WHEN_DOWN -> Optional.of(ServerChange.MAINT);
      case READY_UP,
          READY_DOWN,
          READY_DRAINING_UP,
          READY_DRAINING_DOWN,
          DRAIN_ENDED_UP,
          DRAIN_ENDED_DOWN ->
          Optional.of(ServerChange.READY);
      case REMAINS -> Optional.empty();
    };
  }

  /** What happened to the sessions of a server. */
  public record Sessions(int active, int requeued, int queued) {}

  /**
   * Whether the requests that wait are to be given to others or to this server, and the line tells
   * of it.
   */
  public boolean countsSessions() {
    return left || online;
  }

  /** Whether the server takes no clients any more. */
  public boolean leaves() {
    return left;
  }

  /**
   * The line of the log.
   *
   * @param cause as {@link HealthEffect.Announce} has it
   * @param active usable active servers of the backend now
   * @param backup usable backup servers of the backend now
   */
  public String line(
      HealthSettings settings, String cause, int active, int backup, Sessions sessions) {
    StringBuilder text = new StringBuilder(160);
    text.append(settings.backup() ? "Backup Server " : "Server ")
        .append(settings.backend())
        .append('/')
        .append(settings.server())
        .append(words)
        .append(cause)
        .append('.');
    if (!countsSessions()) {
      return text.toString();
    }
    text.append(' ')
        .append(active)
        .append(" active and ")
        .append(backup)
        .append(left ? " backup servers left." : " backup servers online.")
        .append(backup > 0 && active == 0 ? " Running on backup." : "");
    if (left) {
      text.append(' ')
          .append(sessions.active())
          .append(" sessions active, ")
          .append(sessions.requeued())
          .append(" requeued, ")
          .append(sessions.queued())
          .append(" remaining in queue.");
    } else {
      text.append(' ')
          .append(sessions.requeued())
          .append(" sessions requeued, ")
          .append(sessions.queued())
          .append(" total in queue.");
    }
    return text.toString();
  }
}
