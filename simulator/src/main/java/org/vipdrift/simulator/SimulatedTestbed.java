package org.vipdrift.simulator;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.FrameSink;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.cluster.Cluster;
import org.vipdrift.simulator.fault.Timeline;
import org.vipdrift.simulator.host.NodeConfigurations;
import org.vipdrift.simulator.process.VirtualRun;
import org.vipdrift.simulator.process.VirtualSystem;

/**
 * Runs scenarios in virtual time: the real actors on simulated kernels and segments.
 *
 * <p>The same scenario and seed give the same events, whatever ran before. One instance serves many
 * runs, one after the other, on the thread that opened it.
 */
public final class SimulatedTestbed implements Testbed {
  private static final long PROGRESS_STEP_NANOS = 1_000_000_000L;

  private final VirtualSystem system;
  private final NodeConfigurations configurations = new NodeConfigurations();

  private SimulatedTestbed(VirtualSystem system) {
    this.system = system;
  }

  /** Starts the actor system that all runs share. */
  public static SimulatedTestbed open() {
    return new SimulatedTestbed(VirtualSystem.open());
  }

  @Override
  public String name() {
    return "sim";
  }

  @Override
  public boolean supports(Action action) {
    return true;
  }

  @Override
  public void run(
      Scenario scenario,
      long seed,
      Consumer<TraceEvent> sink,
      Optional<FrameSink> frames,
      LongConsumer progress) {
    long end = scenario.until().toNanos();
    try (VirtualRun run = system.begin(seed)) {
      Cluster cluster = new Cluster(run, scenario, seed, configurations, sink);
      frames.ifPresent(cluster::capture);
      new Timeline(cluster).schedule(scenario.timeline());
      cluster.boot();
      for (long at = 0; at < end && run.failure().isEmpty(); ) {
        at = Math.min(end, at + PROGRESS_STEP_NANOS);
        run.runUntil(at);
        progress.accept(at);
      }
      run.failure()
          .ifPresent(
              failure -> {
                throw new IllegalStateException(
                    "the simulation of " + scenario.name() + " failed with seed " + seed, failure);
              });
    }
  }

  @Override
  public void close() {
    system.close();
  }
}
