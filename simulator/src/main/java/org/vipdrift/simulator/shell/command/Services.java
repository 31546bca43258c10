package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.ShellHost.HostProcess;
import org.vipdrift.simulator.shell.ShellHost.ServiceAction;
import org.vipdrift.simulator.shell.ShellHost.ServiceState;
import org.vipdrift.simulator.shell.ShellHost.StartOutcome;
import org.vipdrift.simulator.shell.ShellStep;
import org.vipdrift.simulator.shell.Task;

/** {@code systemctl}, {@code service} and the daemons that scripts start by their program. */
final class Services {
  private static final Duration CONTROL = Duration.ofMillis(20);

  private Services() {}

  static Task<Integer> systemctl(Invocation call) {
    Options options =
        Options.parse(call.arguments(), "q", "--quiet", "--no-pager", "--now", "--no-block");
    List<String> operands = options.operands();
    if (options.unknown().isPresent() || operands.isEmpty()) {
      return call.unsupported(options.unknown().orElse("without a verb"));
    }
    if (operands.getFirst().equals("daemon-reload")) {
      return Task.of(0);
    }
    if (operands.size() != 2) {
      return call.unsupported(String.join(" ", operands));
    }
    return verb(call, operands.getFirst(), operands.get(1), options.has("-q", "--quiet"), true);
  }

  static Task<Integer> service(Invocation call) {
    return call.arguments().size() == 2
        ? verb(call, call.arguments().get(1), call.arguments().getFirst(), false, false)
        : call.unsupported(String.join(" ", call.arguments()));
  }

  private static Task<Integer> verb(
      Invocation call, String verb, String unit, boolean quiet, boolean systemd) {
    String service = unit.replaceFirst("\\.service$", "");
    return switch (verb) {
      case "start" -> control(call, service, ServiceAction.START, systemd);
      case "stop" -> control(call, service, ServiceAction.STOP, systemd);
      case "restart", "force-reload" -> control(call, service, ServiceAction.RESTART, systemd);
      case "reload" -> control(call, service, ServiceAction.RELOAD, systemd);
      case "status" -> status(call, service);
      case "is-active" -> {
        Optional<ServiceState> state = call.host().serviceState(service);
        if (!quiet) {
          call.printLine(state.map(s -> s.name().toLowerCase(Locale.ROOT)).orElse("inactive"));
        }
        yield Task.of(state.isEmpty() ? 4 : state.get() == ServiceState.ACTIVE ? 0 : 3);
      }
      case "is-failed" ->
          Task.of(
              call.host().serviceState(service).filter(s -> s == ServiceState.FAILED).isPresent()
                  ? 0
                  : 1);
      case "kill" -> call.call(List.of("killall", service));
      default -> call.unsupported(verb);
    };
  }

  private static Task<Integer> control(
      Invocation call, String service, ServiceAction action, boolean systemd) {
    return Task.await(new ShellStep.Sleeping(CONTROL))
        .map(
            _ ->
                switch (call.host().control(service, action)) {
                  case DONE -> 0;
                  case FAILED -> {
                    call.complain("Job for " + service + ".service failed.");
                    yield 1;
                  }
                  case UNKNOWN_SERVICE -> {
                    call.complain("Unit " + service + ".service not found.");
                    yield systemd && action != ServiceAction.STOP ? 5 : systemd ? 5 : 1;
                  }
                });
  }

  private static Task<Integer> status(Invocation call, String service) {
    Optional<ServiceState> state = call.host().serviceState(service);
    if (state.isEmpty()) {
      call.complain("Unit " + service + ".service could not be found.");
      return Task.of(4);
    }
    boolean active = state.get() == ServiceState.ACTIVE;
    call.printLine("● " + service + ".service - " + service);
    call.printLine("     Loaded: loaded (/lib/systemd/system/" + service + ".service; enabled)");
    call.printLine(
        "     Active: "
            + switch (state.get()) {
              case ACTIVE -> "active (running)";
              case ACTIVATING -> "activating (start)";
              case INACTIVE -> "inactive (dead)";
              case FAILED -> "failed (Result: exit-code)";
            });
    return Task.of(active ? 0 : 3);
  }

  /** {@code nginx}: starts, or with {@code -s} signals the running one, or tests with -t. */
  static Task<Integer> nginx(Invocation call) {
    Options options = Options.parse(call.arguments(), "s:tqc:p:g:vV");
    if (options.unknown().isPresent()) {
      return call.unsupported(options.unknown().get());
    }
    if (options.has("-t", "-v", "-V")) {
      return Task.of(0);
    }
    Optional<String> signal = options.value("-s");
    return signal.isEmpty() ? daemon(call) : nginxSignal(call, signal.get());
  }

  private static Task<Integer> nginxSignal(Invocation call, String signal) {
    String name =
        switch (signal) {
          case "stop" -> "TERM";
          case "quit" -> "QUIT";
          case "reload" -> "HUP";
          case "reopen" -> "USR1";
          default -> "";
        };
    if (name.isEmpty()) {
      call.complain("invalid option: \"-s " + signal + "\"");
      return Task.of(1);
    }
    Optional<HostProcess> master =
        call.host().processes().stream()
            .filter(p -> p.name().equals("nginx") && p.pid() != call.pid())
            .findFirst();
    if (master.isEmpty() || !call.host().signal(master.get().pid(), name)) {
      call.complain("[error] open() \"/run/nginx.pid\" failed (2: No such file or directory)");
      return Task.of(1);
    }
    return Task.of(0);
  }

  /** A daemon started by its program: 0 if it runs now, 1 if it could not. */
  static Task<Integer> daemon(Invocation call) {
    StartOutcome outcome = call.host().startDaemon(call.name(), call.arguments());
    return Task.of(
        switch (outcome) {
          case STARTED -> 0;
          case ADDRESS_IN_USE -> {
            call.complain("[emerg] bind() failed (98: Address already in use)");
            yield 1;
          }
          case BROKEN_CONFIGURATION -> {
            call.complain("[emerg] configuration is broken");
            yield 1;
          }
          case NOT_INSTALLED -> {
            call.complain("command not found");
            yield 127;
          }
        });
  }
}
