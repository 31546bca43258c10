package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Host;

/** Any daemon that runs and listens. */
public final class ServerDaemon extends Daemon implements ServerFaults {
  private final Host.ServerProcess specification;
  private Optional<Duration> slowness = Optional.empty();
  private Optional<Failing> failing = Optional.empty();

  ServerDaemon(SimulatedHost host, Host.ServerProcess specification, SplitRandom random) {
    super(host, specification.name(), random);
    this.specification = specification;
  }

  /** Some program of which no more is known than where it listens. */
  static ServerDaemon of(
      SimulatedHost host,
      Host.ProcessSpecification process,
      List<Integer> ports,
      SplitRandom random) {
    return new ServerDaemon(
        host,
        new Host.ServerProcess(process.name(), process.start(), ports, Optional.empty()),
        random);
  }

  @Override
  public void slow(Optional<Duration> takes) {
    this.slowness = takes;
  }

  @Override
  public void fail(Optional<Failing> failing) {
    this.failing = failing;
  }

  /** How long it works on a request now. */
  public Duration takes() {
    return slowness.orElse(specification.takes());
  }

  /** What it answers with errors now. */
  public Optional<Failing> failing() {
    return failing;
  }

  /** What its web page says. */
  public Optional<String> body() {
    return specification.body();
  }

  @Override
  Optional<String> refusal() {
    return Optional.empty();
  }

  @Override
  void begin(long cause) {
    host().kernel().processes().setListens(pid(), specification.listens());
  }

  @Override
  void leave(long cause) {
    if (!isFrozen()) {
      exited(cause);
    }
  }

  @Override
  void die() {}

  @Override
  void suspend() {}

  /** A SIGTERM that came while it was frozen takes effect now. */
  @Override
  void resume() {
    if (phase() == Phase.LEAVING) {
      exited(0);
    }
  }
}
