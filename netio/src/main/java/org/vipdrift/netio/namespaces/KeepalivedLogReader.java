package org.vipdrift.netio.namespaces;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.ScriptOutcome;
import org.vipdrift.model.trace.TraceDetail.ScriptResult;
import org.vipdrift.model.trace.TraceDetail.SyncGroupChanged;
import org.vipdrift.model.trace.TraceDetail.VrrpPriorityChanged;
import org.vipdrift.model.trace.TraceDetail.VrrpStateChanged;
import org.vipdrift.model.trace.TraceEvent;

/** Reads out of what keepalived 2.2.7 logs what happened to it. */
final class KeepalivedLogReader implements HostedProcess.Listener {
  private static final Pattern DATED =
      Pattern.compile("\\w{3} \\w{3} +\\d+ \\d\\d:\\d\\d:\\d\\d \\d{4}: (.*)");
  private static final Pattern OF_INSTANCE = Pattern.compile("\\(([^)]+)\\) (.*)");
  private static final Pattern ENTERING = Pattern.compile("Entering (\\w+) STATE.*");
  private static final Pattern PRIORITY =
      Pattern.compile("Changing effective priority from (\\d+) to (\\d+)");
  private static final Pattern GROUP =
      Pattern.compile("VRRP_Group\\(([^)]+)\\) Syncing instances to (\\w+) state");
  private static final Pattern SCRIPT =
      Pattern.compile("VRRP_Script\\(([^)]+)\\) (succeeded|failed|timed out|timed_out)(.*)");
  private static final Pattern STATUS = Pattern.compile(".*exited with status (\\d+).*");
  private static final String INITIAL = "INIT";
  private static final String TIMEOUT = "Receive advertisement timeout";

  /** How long after a script's result a change of state is put down to it. */
  private static final long SOON = 200_000_000L;

  private final String host;
  private final String process;
  private final TraceRecorder trace;
  private final Map<String, String> states = new LinkedHashMap<>();
  private final Map<String, String> groupStates = new LinkedHashMap<>();
  private final Map<String, String> lastLines = new LinkedHashMap<>();
  private String lastMember = "";
  private long scriptEvent;
  private long scriptAt = Long.MIN_VALUE / 2;
  private String scriptReason = "";
  private volatile long lastChange;

  KeepalivedLogReader(String host, String process, TraceRecorder trace) {
    this.host = host;
    this.process = process;
    this.trace = trace;
  }

  /** The event of the last change of state; 0 before the first. */
  long lastChange() {
    return lastChange;
  }

  @Override
  public boolean line(String raw, long started) {
    Matcher dated = DATED.matcher(raw);
    String text = dated.matches() ? dated.group(1) : raw;
    trace.emit(host, new LogLine(process, text), TraceEvent.NO_CAUSE);
    script(text);
    group(text);
    boolean ready = text.equals("Startup complete");
    Matcher instance = OF_INSTANCE.matcher(text);
    if (instance.matches()) {
      String name = instance.group(1);
      Matcher entering = ENTERING.matcher(instance.group(2));
      if (entering.matches()) {
        entered(name, entering.group(1), started);
        ready = true;
      } else {
        priority(name, instance.group(2));
        lastLines.put(name, instance.group(2));
      }
    }
    return ready;
  }

  private void script(String text) {
    Matcher matcher = SCRIPT.matcher(text);
    if (!matcher.matches()) {
      return;
    }
    String name = matcher.group(1);
    boolean up = matcher.group(2).equals("succeeded");
    Matcher status = STATUS.matcher(matcher.group(3));
    ScriptOutcome outcome =
        up
            ? ScriptOutcome.OK
            : matcher.group(2).startsWith("timed") ? ScriptOutcome.TIMEOUT : ScriptOutcome.FAILED;
    Optional<Integer> exit =
        up
            ? Optional.of(0)
            : status.matches() ? Optional.of(Integer.parseInt(status.group(1))) : Optional.empty();
    scriptEvent = trace.emit(host, new ScriptResult(name, outcome, exit, up), TraceEvent.NO_CAUSE);
    scriptAt = trace.nowNanos();
    scriptReason = up ? "tracked scripts succeeded" : "script " + name;
  }

  /** Keepalived says it after the member that the others follow has changed, and before they do. */
  private void group(String text) {
    Matcher matcher = GROUP.matcher(text);
    if (matcher.matches()) {
      String name = matcher.group(1);
      String to = matcher.group(2);
      String from = groupStates.getOrDefault(name, INITIAL);
      if (!from.equals(to)) {
        groupStates.put(name, to);
        lastChange = trace.emit(host, new SyncGroupChanged(name, from, to, lastMember), lastChange);
      }
    }
  }

  private void priority(String instance, String text) {
    Matcher matcher = PRIORITY.matcher(text);
    if (matcher.matches()) {
      boolean byScript = byScript();
      trace.emit(
          host,
          new VrrpPriorityChanged(
              instance,
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              byScript ? scriptReason : "not told"),
          byScript ? scriptEvent : TraceEvent.NO_CAUSE);
    }
  }

  /** A script's result is so near that a change is put down to it. */
  private boolean byScript() {
    return trace.nowNanos() - scriptAt < SOON;
  }

  private void entered(String instance, String state, long started) {
    String last = Optional.ofNullable(lastLines.remove(instance)).orElse("");
    String before = states.getOrDefault(instance, INITIAL);
    String reason = last;
    long cause = TraceEvent.NO_CAUSE;
    if (last.equals(TIMEOUT)) {
      reason = "master down timer expired";
    } else if (byScript()) {
      reason = scriptReason;
      cause = scriptEvent;
    } else if (before.equals(INITIAL)) {
      reason = "started";
      cause = started;
    }
    change(instance, before, state, reason, cause);
  }

  private void change(String instance, String from, String to, String reason, long cause) {
    if (!from.equals(to)) {
      states.put(instance, to);
      lastMember = instance + " " + to.toLowerCase(Locale.ROOT);
      lastChange = trace.emit(host, new VrrpStateChanged(instance, from, to, reason), cause);
    }
  }

  @Override
  public void stopping(long cause) {
    Map<String, String> now = new LinkedHashMap<>(states);
    now.forEach((instance, state) -> change(instance, state, INITIAL, "shutdown requested", cause));
  }

  @Override
  public void ended() {
    states.clear();
    groupStates.clear();
    lastLines.clear();
  }
}
