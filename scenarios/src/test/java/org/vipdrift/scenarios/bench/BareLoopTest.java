package org.vipdrift.scenarios.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.verdict.Circumstances;
import org.vipdrift.model.verdict.Judge;
import org.vipdrift.model.verdict.Outcome;
import org.vipdrift.simulator.SimulatedTestbed;

class BareLoopTest {
  /** Of each virtual router, one may be sent before the end here and after it there. */
  private static final double TOLERANCE = 0.02;

  static Stream<Scenario> whatIsMeasured() {
    return Stream.of(
        BenchScenarios.quietPair(Duration.ofSeconds(1_000)),
        BenchScenarios.killAndReturn(),
        BenchScenarios.crowd(Duration.ofSeconds(60)));
  }

  @ParameterizedTest
  @MethodSource("whatIsMeasured")
  void sendsAsManyAdvertsAsTheSimulation(Scenario scenario) {
    AtomicLong simulated = new AtomicLong();
    try (SimulatedTestbed testbed = SimulatedTestbed.open()) {
      testbed.run(
          scenario,
          1,
          event -> {
            if (event.detail() instanceof TraceDetail.AdvertSent) {
              simulated.incrementAndGet();
            }
          });
    }

    BareLoop loop = Bench.loop(scenario, Bench.configurations(scenario));

    assertThat((double) loop.adverts())
        .isCloseTo(simulated.get(), Offset.offset(simulated.get() * TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("whatIsMeasured")
  void whatIsMeasuredDoesWhatItShould(Scenario scenario) {
    Judge judge = Judge.of(scenario, new Circumstances(2, Duration.ofSeconds(5), List.of()));
    try (SimulatedTestbed testbed = SimulatedTestbed.open()) {
      testbed.run(scenario, 2, judge::accept);
    }

    assertThat(judge.finish(scenario.until()).overall()).isEqualTo(Outcome.HOLDS);
  }
}
