package org.vipdrift.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.vipdrift.model.trace.TraceDetail.Ping;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;

class OutagesTest {
  private static final long EVERY = 200_000_000;
  private static final long TIMEOUT = 1_000_000_000;
  private static final long END = 60_000_000_000L;

  private record Reported(long at, Ping ping) {}

  @Property(tries = 500)
  void areTheGapsBetweenAnsweredRequestsHoweverLateTheLostOnesAreReported(
      @ForAll @Size(min = 1, max = 60) List<Boolean> answered) {
    List<Reported> reports = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      boolean ok = answered.get(i);
      Duration latency = Duration.ofNanos(ok ? 0 : TIMEOUT);
      Ping ping =
          new Ping(
              "test1",
              Story.VIP,
              ok ? PingOutcome.OK : PingOutcome.TIMEOUT,
              ok ? Optional.of("a") : Optional.empty(),
              latency);
      reports.add(new Reported(i * EVERY + latency.toNanos(), ping));
    }
    reports.sort(Comparator.comparingLong(Reported::at));
    Outages outages = new Outages(List.of());
    reports.forEach(report -> outages.accept(report.at, report.ping));

    List<Span> expected = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      if (answered.get(i) || i > 0 && !answered.get(i - 1)) {
        continue;
      }
      int next = answered.subList(i, answered.size()).indexOf(true);
      expected.add(new Span(Math.max(0, i - 1) * EVERY, next < 0 ? END : (i + next) * EVERY));
    }
    assertThat(outages.figures(END).getFirst().outages()).isEqualTo(expected);
  }
}
