package org.vipdrift.model.tracking;

/** What is to be done about a check script. */
public sealed interface ScriptEffect {
  /** Start a run. */
  record StartRun(long run) implements ScriptEffect {}

  /** Send {@link ScriptEvent.RunDue} then. */
  record SetRunTimer(long deadlineNanos) implements ScriptEffect {}

  /** Tell the instances that track it. */
  record ReportStatus(ScriptState.Status status) implements ScriptEffect {}

  /** Log a line. */
  record Log(String line) implements ScriptEffect {}
}
