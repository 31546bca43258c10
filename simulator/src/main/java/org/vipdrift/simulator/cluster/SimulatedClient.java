package org.vipdrift.simulator.cluster;

import java.util.Optional;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.trace.TraceDetail.Ping;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;
import org.vipdrift.simulator.kernel.EchoResult;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.time.HostClock;

/** A machine that sends an echo request again and again, and notes who answers. */
final class SimulatedClient {
  private final Cluster cluster;
  private final Client specification;
  private final TraceSink trace;
  private final HostKernel kernel;

  SimulatedClient(Cluster cluster, Client specification, MacAddress mac, HostClock clock) {
    this.cluster = cluster;
    this.specification = specification;
    this.trace = cluster.trace().sink(specification.name());
    this.kernel = new HostKernel(specification.name(), clock, trace, cluster.random(), _ -> false);
    kernel.addInterface(
        "eth0",
        mac,
        java.util.List.of(specification.address()),
        cluster.segment(specification.segment()));
  }

  HostKernel kernel() {
    return kernel;
  }

  void start() {
    kernel.powerOn(0);
    ask();
  }

  private void ask() {
    kernel.ping(
        Optional.empty(),
        specification.target(),
        specification.timeout(),
        (result, cause) -> trace.emit(ping(result), cause),
        0);
    HostClock clock = kernel.clock();
    clock.schedule(clock.monotonicNanos() + specification.every().toNanos(), this::ask, this);
  }

  private Ping ping(EchoResult result) {
    PingOutcome outcome =
        switch (result) {
          case EchoResult.Answered _ -> PingOutcome.OK;
          case EchoResult.TimedOut _ -> PingOutcome.TIMEOUT;
          case EchoResult.Unreachable _ -> PingOutcome.UNREACHABLE;
        };
    Optional<String> holder =
        result instanceof EchoResult.Answered(MacAddress by, _)
            ? cluster.hostOf(by)
            : Optional.empty();
    return new Ping(specification.name(), specification.target(), outcome, holder, result.after());
  }
}
