package org.vipdrift.scenarios.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeReading;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.verdict.Circumstances;
import org.vipdrift.model.verdict.Judge;
import org.vipdrift.model.verdict.Outcome;
import org.vipdrift.model.verdict.Verdict;
import org.vipdrift.model.vrrp.VrrpState;
import org.vipdrift.simulator.SimulatedTestbed;

/**
 * Measures, on the calling thread.
 *
 * <p>A figure begins with a warm-up of half its time, which is not counted; then come {@link
 * #ROUNDS} rounds. Every run is judged, and one that does not do what it should is an error, so
 * that nothing is measured that does not work.
 */
public final class Bench {
  static final int ROUNDS = 5;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration QUIET = Duration.ofSeconds(50_000);
  private static final Duration CROWDED = Duration.ofSeconds(60);
  private static final Duration START_UP = Duration.ofMillis(100);
  private static final Duration SLOWEST_TAKEOVER = Duration.ofSeconds(5);

  private final CpuClock clock = new CpuClock();
  private final long nanosPerFigure;
  private final Consumer<String> progress;
  private long seed;

  /**
   * @param timePerFigure processor time for the rounds of one figure, of the simulation and of the
   *     bare loop each
   * @param progress told what is measured next
   */
  public Bench(Duration timePerFigure, Consumer<String> progress) {
    this.nanosPerFigure = timePerFigure.toNanos();
    this.progress = progress;
  }

  /** Takes all figures. */
  public List<Figure> measure() {
    try (SimulatedTestbed testbed = SimulatedTestbed.open()) {
      return List.of(
          figure(
              testbed,
              "steady-state",
              "pair, adverts every second",
              "simulated s",
              250_000,
              QUIET.toSeconds(),
              BenchScenarios.quietPair(QUIET)),
          figure(
              testbed,
              "short-runs",
              "120 s with kill and return",
              "runs",
              1_000,
              1,
              BenchScenarios.killAndReturn()),
          figure(
              testbed,
              "crowd",
              "1,000 routers on 2 hosts",
              "simulated s",
              100,
              CROWDED.toSeconds(),
              BenchScenarios.crowd(CROWDED)));
    }
  }

  private Figure figure(
      SimulatedTestbed testbed,
      String key,
      String title,
      String unit,
      double target,
      double unitsPerRun,
      Scenario scenario) {
    progress.accept(title);
    Rate simulation = rate(unitsPerRun, () -> simulate(testbed, scenario));
    progress.accept(title + ", bare loop");
    List<NodeConfiguration> nodes = configurations(scenario);
    Rate bareLoop = rate(unitsPerRun, () -> loop(scenario, nodes));
    return new Figure(key, title, unit, target, simulation, bareLoop);
  }

  private Rate rate(double unitsPerRun, Runnable run) {
    repeat(nanosPerFigure / 2, run);
    List<Double> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long before = clock.nanos();
      long runs = repeat(nanosPerFigure / ROUNDS, run);
      rounds.add(runs * unitsPerRun * NANOS_PER_SECOND / (clock.nanos() - before));
    }
    return new Rate(rounds);
  }

  private long repeat(long nanos, Runnable run) {
    long before = clock.nanos();
    long runs = 0;
    do {
      run.run();
      runs++;
    } while (clock.nanos() - before < nanos);
    return runs;
  }

  /** Each run has another seed, as in a search. */
  private void simulate(SimulatedTestbed testbed, Scenario scenario) {
    seed++;
    Judge judge = Judge.of(scenario, new Circumstances(seed, SLOWEST_TAKEOVER, List.of()));
    testbed.run(scenario, seed, judge::accept);
    Verdict verdict = judge.finish(scenario.until());
    if (verdict.overall() != Outcome.HOLDS) {
      throw new IllegalStateException(scenario.name() + " does not do what it should: " + verdict);
    }
  }

  static BareLoop loop(Scenario scenario, List<NodeConfiguration> nodes) {
    BareLoop loop = new BareLoop();
    List<NodeConfiguration.Instance> first = nodes.getFirst().instances();
    List<NodeConfiguration.Instance> second = nodes.getLast().instances();
    for (int i = 0; i < first.size(); i++) {
      loop.addPair(
          first.get(i).settings(),
          IpAddress.v4(10, 0, 255, 1),
          second.get(i).settings(),
          IpAddress.v4(10, 0, 255, 2),
          START_UP);
    }
    if (!scenario.timeline().isEmpty()) {
      loop.killAt(scenario.timeline().getFirst().at(), loop.routers().getFirst());
      loop.startAt(scenario.timeline().getLast().at().plus(START_UP), loop.routers().getFirst());
    }
    loop.runUntil(scenario.until());
    if (loop.routers().getFirst().state().state() != VrrpState.MASTER) {
      throw new IllegalStateException("the bare loop does not do what it should");
    }
    return loop;
  }

  static List<NodeConfiguration> configurations(Scenario scenario) {
    return scenario.hosts().stream().map(Bench::configuration).toList();
  }

  private static NodeConfiguration configuration(Host host) {
    if (host.processes().getFirst() instanceof Host.KeepalivedProcess keepalived
        && NodeReading.of(
                keepalived.configurationFile(),
                keepalived.texts(),
                host.interfaces().stream().map(Host.HostInterface::name).toList())
            instanceof NodeReading.Accepted(NodeConfiguration configuration)) {
      return configuration;
    }
    throw new IllegalStateException("the configuration of " + host.name() + " is refused");
  }
}
