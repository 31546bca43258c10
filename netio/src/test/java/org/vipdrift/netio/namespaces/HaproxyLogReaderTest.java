package org.vipdrift.netio.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.ServerChange;
import org.vipdrift.model.trace.TraceDetail.ServerChanged;
import org.vipdrift.model.trace.TraceEvent;

/** Lines that HAProxy 2.6.12 printed. */
class HaproxyLogReaderTest {
  private static List<TraceEvent> read(String line) throws InterruptedException {
    List<TraceEvent> events = new ArrayList<>();
    Origin origin = new Origin(System.nanoTime());
    TraceRecorder trace = new TraceRecorder(origin, events::add);
    new HaproxyLogReader("balancer", "haproxy", trace).line(line, 0);
    trace.tellUntil(origin.nowNanos());
    return events;
  }

  @Test
  void aServerThatFailsItsChecksIsDown() throws InterruptedException {
    List<TraceEvent> events =
        read(
            "[WARNING]  (24) : Server app/nginx1 is DOWN, reason: Layer7 wrong status, code: 500,"
                + " info: \"Internal Server Error\", check duration: 3ms. 1 active and 0 backup"
                + " servers left. 0 sessions active, 0 requeued, 0 remaining in queue.");
    assertThat(events).hasSize(2);
    assertThat(events.getFirst().detail())
        .isEqualTo(
            new ServerChanged(
                "haproxy",
                "app",
                "nginx1",
                ServerChange.DOWN,
                "Layer7 wrong status, code: 500, info: \"Internal Server Error\", check duration:"
                    + " 3ms"));
    TraceEvent log = events.getLast();
    assertThat(log.cause()).isEqualTo(events.getFirst().id());
    assertThat(((LogLine) log.detail()).text()).startsWith("Server app/nginx1 is DOWN, reason");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Server app/a is UP, reason: Layer4 check passed, check duration: 0ms. 2 active and 0"
            + " backup servers online. 0 sessions requeued, 0 total in queue. | UP | Layer4 check"
            + " passed, check duration: 0ms",
        "Server app/a is going DOWN for maintenance. 1 active and 0 backup servers left. 0 sessions"
            + " active, 0 requeued, 0 remaining in queue. | MAINT | ''",
        "Server app/a was DOWN and now enters maintenance. | MAINT | ''",
        "Server app/a is UP/READY (leaving forced maintenance). | READY | (leaving forced"
            + " maintenance)",
        "Backup Server app/a enters drain state. 1 active and 0 backup servers left. 0 sessions"
            + " active, 0 requeued, 0 remaining in queue. | DRAIN | ''",
        "Server app/a is UP (leaving forced drain). | READY | ''"
      })
  void changesAreReadFromTheirWords(String line, ServerChange change, String reason)
      throws InterruptedException {
    TraceDetail first = read("[WARNING]  (7) : " + line).getFirst().detail();
    assertThat(first).isEqualTo(new ServerChanged("haproxy", "app", "a", change, reason));
  }

  @Test
  void anythingElseIsALineOfTheLog() throws InterruptedException {
    for (String line :
        List.of(
            "[NOTICE]   (22) : New worker (24) forked",
            "[ALERT]    (24) : backend 'app' has no server available!",
            "[WARNING]  (24) : Server app/a remains in forced drain mode.",
            "Proxy web started.")) {
      assertThat(read(line)).hasSize(1).allMatch(event -> event.detail() instanceof LogLine);
    }
  }
}
