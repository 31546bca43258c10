package org.vipdrift.simulator.host;

import java.util.Optional;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Host;

/** Any daemon that runs and listens. */
public final class ServerDaemon extends Daemon {
  private final Host.ServerProcess specification;

  ServerDaemon(SimulatedHost host, Host.ServerProcess specification, SplitRandom random) {
    super(host, specification.name(), random);
    this.specification = specification;
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
