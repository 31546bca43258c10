package org.vipdrift.simulator.client;

import java.util.Optional;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.trace.TraceDetail.Ping;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;
import org.vipdrift.simulator.host.Surroundings;
import org.vipdrift.simulator.kernel.EchoResult;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.time.HostClock;

/** A machine whose users send echo requests. */
final class PingClient implements SimulatedClient {
  private final Client specification;
  private final IpAddress target;
  private final HostKernel kernel;
  private final TraceSink trace;
  private final Surroundings surroundings;

  PingClient(
      Client specification,
      Client.Pings pings,
      HostKernel kernel,
      TraceSink trace,
      Surroundings surroundings) {
    this.specification = specification;
    this.target = pings.target();
    this.kernel = kernel;
    this.trace = trace;
    this.surroundings = surroundings;
  }

  @Override
  public HostKernel kernel() {
    return kernel;
  }

  @Override
  public void start() {
    kernel.powerOn(0);
    if (specification.start().equals(Client.Start.AT_ONCE)) {
      ask();
    } else {
      later(specification.start().from().toNanos());
    }
  }

  private void ask() {
    kernel.ping(
        Optional.empty(),
        target,
        specification.timeout(),
        (result, cause) -> trace.emit(ping(result), cause),
        0);
    later(specification.every().toNanos());
  }

  private void later(long nanos) {
    HostClock clock = kernel.clock();
    clock.schedule(clock.monotonicNanos() + nanos, this::ask, this);
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
            ? surroundings.hostOf(by)
            : Optional.empty();
    return new Ping(specification.name(), target, outcome, holder, result.after());
  }
}
