package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.simulator.shell.ShellLimits;
import org.vipdrift.simulator.shell.ShellProgram;
import org.vipdrift.simulator.shell.ShellRun;
import org.vipdrift.simulator.shell.command.StandardCommands;

/** One run of one script, from its start to its end or its timeout. */
final class ScriptExecution {
  private final Surroundings surroundings;
  private final SimulatedHost host;
  private final ScriptRunner.Run request;
  private final Duration delay;
  private final Optional<Integer> forced;
  private final Optional<Host.DeclaredScript> declared;
  private final Consumer<ScriptExecution> ended;
  private final long startedAt;
  private boolean over;
  private Optional<ShellDriver> driver = Optional.empty();

  /**
   * @param faults as they are now; what changes later is for later runs
   */
  ScriptExecution(
      Surroundings surroundings,
      SimulatedHost host,
      ScriptRunner.Run request,
      ScriptFaults faults,
      Optional<Host.DeclaredScript> declared,
      Consumer<ScriptExecution> ended) {
    this.surroundings = surroundings;
    this.host = host;
    this.request = request;
    this.delay = faults.delay(request.name());
    this.forced = faults.exit(request.name());
    this.declared = declared;
    this.ended = ended;
    this.startedAt = host.clock().monotonicNanos();
  }

  void begin() {
    request.timeout().ifPresent(t -> at(startedAt + t.toNanos(), this::timedOut));
    if (delay.isZero()) {
      work();
    } else {
      at(startedAt + delay.toNanos(), () -> forced.ifPresentOrElse(this::exited, this::work));
    }
  }

  private void work() {
    if (declared.isPresent()) {
      Host.DeclaredScript result = declared.get();
      at(host.clock().monotonicNanos() + result.takes().toNanos(), () -> exited(result.exit()));
      return;
    }
    HostShell shell = new HostShell(surroundings, host, request.cause(), this::startDetached);
    ShellDriver started =
        new ShellDriver(
            host,
            request.cause(),
            ShellRun.start(
                new ShellProgram.CommandLine(request.command()),
                List.of(),
                shell,
                StandardCommands.ALL,
                ShellLimits.DEFAULT),
            this::exited,
            this::exceeded);
    driver = Optional.of(started);
    started.begin();
  }

  /** What a script leaves in the background lives on by itself. */
  private void startDetached(ShellRun run) {
    new ShellDriver(host, request.cause(), run, _ -> {}, _ -> {}).begin();
  }

  private void exited(int code) {
    finish(new ScriptRunner.Exited(forced.orElse(code)));
  }

  /** It goes on for ever: only its timeout, if it has one, ends it. */
  private void exceeded(String limit) {
    host.trace()
        .emit(
            new TraceDetail.LogLine(request.name(), "goes on for ever: more than " + limit),
            request.cause());
  }

  private void timedOut() {
    driver.ifPresent(ShellDriver::kill);
    finish(new ScriptRunner.TimedOut());
  }

  private void finish(ScriptRunner.Ending ending) {
    if (!over) {
      over = true;
      ended.accept(this);
      request.replyTo().tell(new ScriptRunner.Finished(request.id(), ending, request.cause()));
    }
  }

  boolean belongsTo(String who) {
    return request.who().equals(who);
  }

  void abandon() {
    over = true;
    driver.ifPresent(ShellDriver::kill);
  }

  private void at(long deadlineNanos, Runnable action) {
    host.clock()
        .schedule(
            deadlineNanos,
            () -> {
              if (!over) {
                action.run();
              }
            },
            host);
  }
}
