package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.simulator.web.ProcessTimers;
import org.vipdrift.simulator.web.WebServer;

/** Any daemon that runs and listens: a web server, as far as it is asked for pages. */
public final class ServerDaemon extends Daemon implements ServerFaults {
  private final Host.ServerProcess specification;
  private Optional<Duration> slowness = Optional.empty();
  private Optional<Failing> failing = Optional.empty();
  private Optional<Running> running = Optional.empty();

  private record Running(WebServer server, ProcessTimers timers) {}

  ServerDaemon(SimulatedHost host, Host.ServerProcess specification, SplitRandom random) {
    super(host, specification.name(), random);
    this.specification = specification;
  }

  @Override
  public void slow(Optional<Duration> takes) {
    this.slowness = takes;
    running.ifPresent(this::applyFaults);
  }

  @Override
  public void fail(Optional<Failing> failing) {
    this.failing = failing;
    running.ifPresent(this::applyFaults);
  }

  private void applyFaults(Running to) {
    to.server().slow(slowness.orElse(Duration.ZERO));
    failing.ifPresentOrElse(
        f -> to.server().fail(f.status(), f.percent()), () -> to.server().recover());
  }

  @Override
  Optional<String> refusal() {
    return Optional.empty();
  }

  /** A port that is taken is left out; the program goes on with the others. */
  @Override
  void begin(long cause) {
    ProcessTimers timers = new ProcessTimers(host().clock());
    WebServer server =
        new WebServer(
            timers,
            host().name(),
            specification.body(),
            path -> host().kernel().files().read(path).map(Host.HostFile::text),
            specification.takes(),
            random().split("web"));
    List<Integer> open = new ArrayList<>();
    for (int port : specification.listens()) {
      boolean free =
          specification.isTls(port)
              ? server.listenTls(
                  host().kernel().sockets(), who(), port, specification.certificates())
              : server.listen(host().kernel().sockets(), who(), port);
      if (free) {
        open.add(port);
      }
    }
    host().kernel().processes().setListens(pid(), open);
    Running begun = new Running(server, timers);
    running = Optional.of(begun);
    applyFaults(begun);
    if (isFrozen()) {
      timers.freeze();
    }
  }

  @Override
  void leave(long cause) {
    if (!isFrozen()) {
      forget();
      exited(cause);
    }
  }

  private void forget() {
    running.ifPresent(r -> r.timers().close());
    running = Optional.empty();
  }

  @Override
  void die() {
    forget();
  }

  @Override
  void suspend() {
    running.ifPresent(r -> r.timers().freeze());
  }

  /** A SIGTERM that came while it was frozen takes effect now. */
  @Override
  void resume() {
    if (phase() == Phase.LEAVING) {
      forget();
      exited(0);
    } else {
      running.ifPresent(r -> r.timers().thaw());
    }
  }
}
