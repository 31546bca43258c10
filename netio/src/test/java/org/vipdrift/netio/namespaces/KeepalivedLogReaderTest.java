package org.vipdrift.netio.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.ScriptResult;
import org.vipdrift.model.trace.TraceDetail.SyncGroupChanged;
import org.vipdrift.model.trace.TraceDetail.VrrpPriorityChanged;
import org.vipdrift.model.trace.TraceDetail.VrrpStateChanged;
import org.vipdrift.model.trace.TraceEvent;

/** Lines that keepalived 2.2.7 printed. */
class KeepalivedLogReaderTest {
  private static final String DATE = "Mon Nov 23 08:31:07 2026: ";

  private final List<TraceEvent> events = new ArrayList<>();
  private final Origin origin = new Origin(System.nanoTime());
  private final TraceRecorder trace = new TraceRecorder(origin, events::add);
  private final KeepalivedLogReader log = new KeepalivedLogReader("test2", "keepalived", trace);

  /** What they tell beside themselves. */
  private List<TraceEvent> read(String... lines) throws InterruptedException {
    for (String line : lines) {
      log.line(DATE + line, 0);
    }
    trace.tellUntil(origin.nowNanos());
    return events.stream().filter(e -> !(e.detail() instanceof LogLine)).toList();
  }

  @Test
  void aSilentMasterIsTheReasonOfItsSuccessor() throws InterruptedException {
    List<TraceEvent> told =
        read(
            "(VI_1) Entering BACKUP STATE (init)",
            "(VI_1) Receive advertisement timeout",
            "(VI_1) Entering MASTER STATE");
    assertThat(told)
        .extracting(TraceEvent::detail)
        .containsExactly(
            new VrrpStateChanged("VI_1", "INIT", "BACKUP", "started"),
            new VrrpStateChanged("VI_1", "BACKUP", "MASTER", "master down timer expired"));
  }

  @Test
  void aPriorityChangesBecauseOfTheScriptThatWasJustTold() throws InterruptedException {
    List<TraceEvent> told =
        read(
            "VRRP_Script(chk) failed (exited with status 1)",
            "(VI_1) Changing effective priority from 110 to 80");
    assertThat(told.getFirst().detail()).isInstanceOf(ScriptResult.class);
    assertThat(told.getLast().detail())
        .isEqualTo(new VrrpPriorityChanged("VI_1", 110, 80, "script chk"));
    assertThat(told.getLast().cause()).isEqualTo(told.getFirst().id());
  }

  @Test
  void aGroupFollowsTheMemberThatChangedFirst() throws InterruptedException {
    List<TraceEvent> told =
        read(
            "(VI_1) Entering MASTER STATE",
            "VRRP_Group(G) Syncing instances to MASTER state",
            "(VI_2) Entering MASTER STATE");
    TraceEvent group = told.get(1);
    assertThat(group.detail())
        .isEqualTo(new SyncGroupChanged("G", "INIT", "MASTER", "VI_1 master"));
    assertThat(group.cause()).isEqualTo(told.getFirst().id());
    assertThat(told).hasSize(3);
  }
}
