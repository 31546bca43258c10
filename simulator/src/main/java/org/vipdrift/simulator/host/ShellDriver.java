package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.kernel.EchoResult;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.shell.ShellReply;
import org.vipdrift.simulator.shell.ShellRun;
import org.vipdrift.simulator.shell.ShellStep;

/**
 * Takes one run of the interpreter through virtual time: waits where it waits, and asks the world
 * what it asks.
 *
 * <p>Until there is TCP in the simulation, a connection succeeds when the address answers an echo
 * request and a process that is not frozen listens there.
 */
final class ShellDriver {
  private final Surroundings surroundings;
  private final SimulatedHost host;
  private final long cause;
  private final ShellRun run;
  private final IntConsumer exited;
  private final Consumer<String> exceeded;
  private boolean killed;

  ShellDriver(
      Surroundings surroundings,
      SimulatedHost host,
      long cause,
      ShellRun run,
      IntConsumer exited,
      Consumer<String> exceeded) {
    this.surroundings = surroundings;
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
          reach(
              connecting.target(),
              connecting.port(),
              connecting.timeout(),
              _ -> new ShellReply.Connected());
      case ShellStep.Fetching fetching ->
          reach(
              fetching.target(),
              fetching.port(),
              fetching.connectTimeout(),
              daemon ->
                  new ShellReply.Fetched(
                      200, daemon instanceof ServerDaemon server ? server.body().orElse("") : ""));
    }
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

  private void reach(
      IpAddress target,
      int port,
      Duration timeout,
      java.util.function.Function<Daemon, ShellReply> success) {
    if (isLoopback(target) || host.kernel().hasAddress(target)) {
      answer(Optional.of(host), port, timeout, Duration.ofNanos(50_000), success);
      return;
    }
    host.kernel()
        .ping(
            Optional.empty(),
            target,
            timeout,
            (result, _) -> {
              if (result instanceof EchoResult.Answered answered) {
                Duration left = timeout.minus(answered.after());
                answer(serverAt(target, answered), port, left, Duration.ZERO, success);
              } else {
                resume(echo(result));
              }
            },
            cause);
  }

  private static boolean isLoopback(IpAddress target) {
    return switch (target) {
      case IpAddress.V4(int bits) -> bits >>> 24 == 127;
      case IpAddress.V6(long high, long low) -> high == 0 && low == 1;
    };
  }

  /** Who answered: the neighbour itself, or, behind a gateway, the one machine with the address. */
  private Optional<SimulatedHost> serverAt(IpAddress target, EchoResult.Answered answered) {
    Optional<SimulatedHost> neighbour =
        surroundings
            .hostOf(answered.by())
            .flatMap(n -> surroundings.hosts().stream().filter(h -> h.name().equals(n)).findFirst())
            .filter(h -> h.kernel().hasAddress(target));
    return neighbour.or(
        () -> surroundings.hosts().stream().filter(h -> h.kernel().hasAddress(target)).findFirst());
  }

  private void answer(
      Optional<SimulatedHost> server,
      int port,
      Duration timeout,
      Duration takes,
      java.util.function.Function<Daemon, ShellReply> success) {
    Optional<Daemon> listener = server.flatMap(s -> listener(s, port));
    if (listener.isEmpty()) {
      after(takes, new ShellReply.Failed(ShellReply.Failure.REFUSED));
    } else if (listener.get().isFrozen()) {
      after(timeout, new ShellReply.Failed(ShellReply.Failure.TIMED_OUT));
    } else {
      after(takes, success.apply(listener.get()));
    }
  }

  private static Optional<Daemon> listener(SimulatedHost server, int port) {
    HostKernel kernel = server.kernel();
    return kernel
        .processes()
        .listener(port)
        .flatMap(p -> server.daemons().stream().filter(d -> d.pid() == p.pid()).findFirst());
  }
}
