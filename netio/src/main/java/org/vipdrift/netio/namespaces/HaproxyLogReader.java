package org.vipdrift.netio.namespaces;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.health.Announcement;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.ServerChange;
import org.vipdrift.model.trace.TraceDetail.ServerChanged;
import org.vipdrift.model.trace.TraceEvent;

/** Reads out of what HAProxy 2.6 prints how it regards its servers. */
record HaproxyLogReader(String host, String process, TraceRecorder trace)
    implements HostedProcess.Listener {
  private static final Pattern MARKED =
      Pattern.compile("\\[(?:ALERT|WARNING|NOTICE)\\]\\s+\\(\\d+\\) : (.*)");
  private static final Pattern OF_SERVER =
      Pattern.compile("(?:Backup )?Server ([^/ ]+)/(\\S+)( .*)");
  private static final Pattern SESSIONS =
      Pattern.compile("\\.(?: \\d+ active and \\d+ backup servers .*)?$");

  @Override
  public boolean line(String raw, long started) {
    Matcher marked = MARKED.matcher(raw);
    String text = marked.matches() ? marked.group(1) : raw;
    trace.emit(host, new LogLine(process, text), server(text));
    return false;
  }

  /** The event of what a line tells of a server. */
  private long server(String text) {
    Matcher line = OF_SERVER.matcher(text);
    if (!line.matches()) {
      return TraceEvent.NO_CAUSE;
    }
    String told = line.group(3);
    Optional<Announcement> announced = Announcement.of(told);
    Optional<ServerChange> change = announced.flatMap(Announcement::change);
    if (change.isEmpty()) {
      return TraceEvent.NO_CAUSE;
    }
    String reason =
        SESSIONS
            .matcher(told.substring(announced.get().words().length()))
            .replaceFirst("")
            .replaceFirst("^[, ]+(reason: )?", "");
    return trace.emit(
        host,
        new ServerChanged(process, line.group(1), line.group(2), change.get(), reason),
        TraceEvent.NO_CAUSE);
  }

  @Override
  public void stopping(long cause) {}

  @Override
  public void ended() {}
}
