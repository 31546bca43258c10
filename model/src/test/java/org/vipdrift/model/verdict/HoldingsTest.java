package org.vipdrift.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.HostChange;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.HoldingHistory.Stretch;

class HoldingsTest {
  private static final long END = 60;
  private static final List<String> HOSTS = List.of("a", "b", "c");
  private static final List<IpAddress> VIPS =
      List.of(
          IpAddress.parse("20.0.0.100").orElseThrow(), IpAddress.parse("fd00::100").orElseThrow());

  /**
   * One thing that happens; {@code sort} below 6 adds, below 12 removes, the rest is the host's.
   */
  record Step(long at, int host, int vip, int networkInterface, int sort) {
    TraceDetail detail() {
      String name = "eth" + networkInterface;
      if (sort < 6) {
        return new TraceDetail.VipAdded(name, VIPS.get(vip), 24, "keepalived");
      }
      if (sort < 12) {
        return new TraceDetail.VipRemoved(name, VIPS.get(vip), 24, "keepalived");
      }
      return new TraceDetail.HostChanged(HostChange.values()[sort - 12]);
    }
  }

  @Provide
  Arbitrary<List<Step>> runs() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.longs().between(0, END - 1),
                Arbitraries.integers().between(0, 2),
                Arbitraries.integers().between(0, 1),
                Arbitraries.integers().between(0, 1),
                Arbitraries.integers().between(0, 15))
            .as(Step::new);
    return step.list()
        .ofMaxSize(40)
        .map(
            steps -> {
              List<Step> sorted = new ArrayList<>(steps);
              sorted.sort(Comparator.comparingLong(Step::at));
              return sorted;
            });
  }

  /** Who can act on the address at the end of that nanosecond, worked out from the start anew. */
  private static List<String> holders(List<Step> steps, int vip, long at) {
    List<String> result = new ArrayList<>();
    for (int host = 0; host < HOSTS.size(); host++) {
      TreeSet<Integer> interfaces = new TreeSet<>();
      boolean paused = false;
      for (Step step : steps) {
        if (step.at > at || step.host != host) {
          continue;
        }
        if (step.sort < 12 && step.vip == vip) {
          if (step.sort < 6) {
            interfaces.add(step.networkInterface);
          } else {
            interfaces.remove(step.networkInterface);
          }
        } else if (step.sort >= 12) {
          HostChange change = HostChange.values()[step.sort - 12];
          paused = change == HostChange.PAUSED;
          if (change == HostChange.POWERED_OFF) {
            interfaces.clear();
          }
        }
      }
      if (!interfaces.isEmpty() && !paused) {
        result.add(HOSTS.get(host));
      }
    }
    return result;
  }

  @Property(tries = 500)
  void agreeWithAModelThatLooksAtEachNanosecond(@ForAll("runs") List<Step> steps) {
    Holdings holdings = new Holdings();
    VIPS.forEach(holdings::expect);
    long id = 0;
    for (Step step : steps) {
      holdings.accept(new TraceEvent(++id, 0, step.at, HOSTS.get(step.host), step.detail()));
    }
    Span run = new Span(0, END);
    for (int vip = 0; vip < VIPS.size(); vip++) {
      HoldingHistory history = holdings.history(VIPS.get(vip));
      List<Span> splitBrain = history.splitBrain(run).stream().map(Stretch::span).toList();
      List<Span> unheld = history.unheld(run).stream().map(Stretch::span).toList();
      for (long at = 0; at < END; at++) {
        long now = at;
        List<String> expected = holders(steps, vip, at);
        assertThat(history.at(at).holders())
            .as("at %s", at)
            .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(splitBrain.stream().filter(span -> span.contains(now)).count())
            .as("split-brain at %s", at)
            .isEqualTo(expected.size() > 1 ? 1 : 0);
        assertThat(unheld.stream().filter(span -> span.contains(now)).count())
            .as("unheld at %s", at)
            .isEqualTo(expected.isEmpty() ? 1 : 0);
        for (String host : HOSTS) {
          assertThat(
                  history.holds(run).stream()
                      .filter(hold -> hold.host().equals(host) && hold.span().contains(now))
                      .count())
              .isEqualTo(expected.contains(host) ? 1 : 0);
        }
      }
    }
  }
}
