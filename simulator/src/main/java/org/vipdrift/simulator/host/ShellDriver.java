package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.kernel.EchoResult;
import org.vipdrift.simulator.shell.ShellReply;
import org.vipdrift.simulator.shell.ShellRun;
import org.vipdrift.simulator.shell.ShellStep;

/**
 * Takes one run of the interpreter through virtual time: waits where it waits, and asks the world
 * what it asks.
 */
final class ShellDriver {
  private final SimulatedHost host;
  private final long cause;
  private final ShellRun run;
  private final IntConsumer exited;
  private final Consumer<String> exceeded;
  private Optional<ScriptFetch> fetch = Optional.empty();
  private boolean killed;

  ShellDriver(
      SimulatedHost host, long cause, ShellRun run, IntConsumer exited, Consumer<String> exceeded) {
    this.host = host;
    this.cause = cause;
    this.run = run;
    this.exited = exited;
    this.exceeded = exceeded;
  }

  void begin() {
    resume(new ShellReply.Begin());
  }

  void kill() {
    if (!killed) {
      killed = true;
      fetch.ifPresent(ScriptFetch::kill);
      run.kill();
    }
  }

  private void resume(ShellReply reply) {
    if (killed || !host.kernel().isPoweredOn()) {
      return;
    }
    switch (run.resume(reply)) {
      case ShellStep.Exited(int code) -> {
        killed = true;
        exited.accept(code);
      }
      case ShellStep.Exceeded(String limit) -> exceeded.accept(limit);
      case ShellStep.Sleeping(Duration duration) -> after(duration, new ShellReply.Elapsed());
      case ShellStep.Pinging pinging ->
          ping(pinging.source(), pinging.target(), pinging.timeout(), ShellDriver::echo);
      case ShellStep.ArpPinging arping ->
          ping(Optional.empty(), arping.target(), arping.timeout(), ShellDriver::echo);
      case ShellStep.Connecting connecting ->
          fetch = Optional.of(ScriptFetch.begin(host, connecting, this::answered, cause));
      case ShellStep.Fetching fetching ->
          fetch = Optional.of(ScriptFetch.begin(host, fetching, this::answered, cause));
    }
  }

  /** Not from within the connection's own call: a script that goes on opens the next one. */
  private void answered(ShellReply.Answered reply) {
    fetch = Optional.empty();
    after(Duration.ZERO, reply);
  }

  private void after(Duration duration, ShellReply reply) {
    host.clock()
        .schedule(host.clock().monotonicNanos() + duration.toNanos(), () -> resume(reply), host);
  }

  private void ping(
      Optional<IpAddress> source,
      IpAddress target,
      Duration timeout,
      java.util.function.Function<EchoResult, ShellReply> reply) {
    host.kernel().ping(source, target, timeout, (result, _) -> resume(reply.apply(result)), cause);
  }

  private static ShellReply echo(EchoResult result) {
    return switch (result) {
      case EchoResult.Answered(var _, Duration after) -> new ShellReply.EchoReceived(after);
      case EchoResult.TimedOut _ -> new ShellReply.Failed(ShellReply.Failure.TIMED_OUT);
      case EchoResult.Unreachable _ -> new ShellReply.Failed(ShellReply.Failure.UNREACHABLE);
    };
  }
}
