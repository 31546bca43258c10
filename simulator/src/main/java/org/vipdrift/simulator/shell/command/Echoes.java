package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.ShellReply;
import org.vipdrift.simulator.shell.ShellStep;
import org.vipdrift.simulator.shell.Task;

/** {@code ping} and {@code arping} of iputils. */
final class Echoes {
  /** iputils waits so long for an answer unless -W says otherwise. */
  private static final Duration LINGER = Duration.ofSeconds(10);

  private Echoes() {}

  /** One run of ping; counts are changed as echoes come back. */
  private static final class Pings {
    final Invocation call;
    final String name;
    final IpAddress target;
    final int count;
    final Duration interval;
    final Duration linger;
    final Optional<Long> deadlineNanos;
    final Optional<String> interfaceName;
    final Optional<IpAddress> source;
    final boolean quiet;
    int sent;
    int received;

    Pings(Invocation call, Options options, String name, IpAddress target) {
      this.call = call;
      this.name = name;
      this.target = target;
      quiet = options.has("-q");
      interval = options.seconds("-i", Duration.ofSeconds(1));
      linger = options.seconds("-W", LINGER);
      deadlineNanos =
          options
              .value("-w")
              .flatMap(Options::duration)
              .map(w -> call.host().nowNanos() + w.toNanos());
      count = options.number("-c", Integer.MAX_VALUE);
      Optional<String> from = options.value("-I");
      source = from.flatMap(IpAddress::parse);
      interfaceName = source.isPresent() ? Optional.empty() : from;
    }
  }

  /** {@code ping}: 1 without any reply, or with fewer than -c within -w; 2 on other errors. */
  static Task<Integer> ping(Invocation call) {
    Options options = Options.parse(call.arguments(), "c:w:W:i:I:qn46s:t:AfbD");
    if (options.unknown().isPresent() || options.operands().size() != 1) {
      return call.unsupported(options.unknown().orElse("without one destination"));
    }
    if (!options.has("-c", "-w")) {
      return call.unsupported("without -c or -w, which never ends");
    }
    String name = options.operands().getFirst();
    Optional<IpAddress> target = IpAddress.parse(name).or(() -> call.host().resolve(name));
    if (target.isEmpty()) {
      call.complain(name + ": Name or service not known");
      return Task.of(2);
    }
    Pings pings = new Pings(call, options, name, target.get());
    if (pings.interfaceName.isPresent()
        && call.host().interfaces().stream()
            .noneMatch(i -> i.name().equals(pings.interfaceName.get()))) {
      call.complain("unknown iface: " + pings.interfaceName.get());
      return Task.of(2);
    }
    if (pings.source.isPresent()
        && call.host().interfaces().stream()
            .flatMap(i -> i.addresses().stream())
            .noneMatch(a -> a.prefix().address().equals(pings.source.get()))) {
      call.complain("bind: Cannot assign requested address");
      return Task.of(2);
    }
    call.printLine("PING " + name + " (" + target.get() + ") 56(84) bytes of data.");
    return echo(pings);
  }

  private static Task<Integer> echo(Pings pings) {
    long now = pings.call.host().nowNanos();
    long left = pings.deadlineNanos.map(d -> d - now).orElse(Long.MAX_VALUE);
    if (pings.received >= pings.count
        || left <= 0
        || pings.deadlineNanos.isEmpty() && pings.sent >= pings.count) {
      return Task.of(summary(pings));
    }
    pings.sent++;
    boolean last = pings.deadlineNanos.isEmpty() && pings.sent >= pings.count;
    Duration wait = last ? pings.linger : pings.interval;
    Duration timeout = Duration.ofNanos(Math.min(left, wait.toNanos()));
    return Task.await(
            new ShellStep.Pinging(pings.target, timeout, pings.interfaceName, pings.source))
        .then(
            reply -> {
              if (reply instanceof ShellReply.EchoReceived(Duration roundTrip)) {
                pings.received++;
                if (!pings.quiet) {
                  pings.call.printLine(
                      String.format(
                          Locale.ROOT,
                          "64 bytes from %s: icmp_seq=%d ttl=64 time=%.3f ms",
                          pings.target,
                          pings.sent,
                          roundTrip.toNanos() / 1e6));
                }
              } else if (reply instanceof ShellReply.Failed(ShellReply.Failure failure)
                  && failure == ShellReply.Failure.UNREACHABLE
                  && !pings.quiet) {
                pings.call.printLine(
                    "From "
                        + pings.target
                        + " icmp_seq="
                        + pings.sent
                        + " Destination Host Unreachable");
              }
              return untilNext(pings, now, last);
            });
  }

  private static Task<Integer> untilNext(Pings pings, long sentNanos, boolean last) {
    if (last || pings.received >= pings.count) {
      return echo(pings);
    }
    long now = pings.call.host().nowNanos();
    long next = sentNanos + pings.interval.toNanos();
    long until = Math.min(next, pings.deadlineNanos.orElse(Long.MAX_VALUE));
    return until <= now
        ? echo(pings)
        : Task.await(new ShellStep.Sleeping(Duration.ofNanos(until - now))).then(_ -> echo(pings));
  }

  private static int summary(Pings pings) {
    int loss = pings.sent == 0 ? 100 : 100 * (pings.sent - pings.received) / pings.sent;
    pings.call.printLine("");
    pings.call.printLine("--- " + pings.name + " ping statistics ---");
    pings.call.printLine(
        pings.sent
            + " packets transmitted, "
            + pings.received
            + " received, "
            + loss
            + "% packet loss");
    boolean tooFew =
        pings.deadlineNanos.isPresent()
            && pings.count != Integer.MAX_VALUE
            && pings.received < pings.count;
    return pings.received == 0 || tooFew ? 1 : 0;
  }

  /** {@code arping}: announces with -U or -A, else asks; -D turns the answer round. */
  static Task<Integer> arping(Invocation call) {
    Options options = Options.parse(call.arguments(), "UADqfbc:w:I:i:s:S:");
    if (options.unknown().isPresent() || options.operands().size() > 1) {
      return call.unsupported(options.unknown().orElse("with several destinations"));
    }
    Optional<IpAddress> target =
        options.operands().stream()
            .findFirst()
            .or(() -> options.value("-s"))
            .flatMap(IpAddress::parse);
    Optional<String> name = options.value("-I", "-i");
    if (target.isEmpty() || name.isEmpty()) {
      call.complain("Interface and destination are needed");
      return Task.of(2);
    }
    if (call.host().interfaces().stream().noneMatch(i -> i.name().equals(name.get()))) {
      call.complain("Interface \"" + name.get() + "\" not found");
      return Task.of(2);
    }
    int count = options.number("-c", 1);
    boolean announces = options.has("-U", "-A");
    return ask(call, options, target.get(), name.get(), count, 0, announces);
  }

  private static Task<Integer> ask(
      Invocation call,
      Options options,
      IpAddress target,
      String interfaceName,
      int left,
      int answers,
      boolean announces) {
    if (left == 0 || answers > 0 && options.has("-f", "-D")) {
      boolean good = options.has("-D") == (answers == 0);
      return Task.of(announces || good ? 0 : 1);
    }
    if (announces) {
      call.host().announce(interfaceName, target);
      return Task.await(new ShellStep.Sleeping(Duration.ofSeconds(1)))
          .then(_ -> ask(call, options, target, interfaceName, left - 1, answers, true));
    }
    Duration timeout = options.seconds("-w", Duration.ofSeconds(1));
    return Task.await(new ShellStep.ArpPinging(target, interfaceName, options.has("-D"), timeout))
        .then(
            reply -> {
              boolean answered = reply instanceof ShellReply.EchoReceived;
              if (answered) {
                call.printLine("Unicast reply from " + target);
              }
              return ask(
                  call,
                  options,
                  target,
                  interfaceName,
                  left - 1,
                  answers + (answered ? 1 : 0),
                  false);
            });
  }
}
