package org.vipdrift.simulator.shell;

import java.util.List;
import java.util.Optional;
import org.vipdrift.simulator.shell.ShellProgram.CommandLine;
import org.vipdrift.simulator.shell.ShellProgram.Script;
import org.vipdrift.simulator.shell.ShellReply.Answered;
import org.vipdrift.simulator.shell.ShellStep.Waiting;
import org.vipdrift.simulator.shell.syntax.Command;

/**
 * One execution of a program in virtual time: resumed by its caller with what the world answered.
 *
 * <p>The caller that wants it dead just stops resuming it and calls {@link #kill()}.
 */
public final class ShellRun {
  private final ShellHost host;
  private final TaskMachine machine;
  private final Task<Integer> task;
  private final int pid;
  private final Streams.Sink output;
  private final Streams.Sink errors;
  private Optional<ShellStep> last = Optional.empty();

  private ShellRun(
      ShellHost host,
      Task<Integer> task,
      int pid,
      Streams.Sink output,
      Streams.Sink errors,
      ShellLimits limits) {
    this.host = host;
    this.task = task;
    this.pid = pid;
    this.output = output;
    this.errors = errors;
    this.machine = new TaskMachine(host::nowNanos, limits.maxSteps());
  }

  /** Puts a process for the program into the host's table; nothing runs before the first resume. */
  public static ShellRun start(
      ShellProgram program,
      List<String> arguments,
      ShellHost host,
      ShellCommands commands,
      ShellLimits limits) {
    Streams.Sink output = new Streams.Sink(limits.maxOutput());
    Streams.Sink errors = new Streams.Sink(limits.maxOutput());
    Streams streams = Streams.of(Streams.Stream.NOTHING, output, errors);
    Interpreter interpreter = new Interpreter(host, commands, limits);
    Launcher launcher = new Launcher(interpreter, host, limits);
    Launcher.Launch launch =
        switch (program) {
          case Script script -> launcher.script(script, arguments, streams);
          case CommandLine(List<String> words) -> launcher.commandLine(words, arguments, streams);
        };
    return new ShellRun(host, launch.task(), launch.pid(), output, errors, limits);
  }

  /** A command that goes on beside its script. */
  static ShellRun detached(
      Interpreter interpreter, Command command, ShellState state, boolean program) {
    Streams.Sink output = new Streams.Sink(state.limits.maxOutput());
    Streams.Sink errors = new Streams.Sink(state.limits.maxOutput());
    Task<Integer> task = interpreter.detached(command, state, program);
    return new ShellRun(state.host, task, state.pid, output, errors, state.limits);
  }

  /**
   * Goes on until the next wait or the end.
   *
   * @param reply {@link ShellReply.Begin} first, then the answer to the last step
   * @throws IllegalStateException if the run is over, or the reply does not fit the last step
   */
  public ShellStep resume(ShellReply reply) {
    ShellStep step;
    try {
      step = outcome(advance(reply));
    } catch (LimitExceeded exceeded) {
      machine.abandon();
      step = new ShellStep.Exceeded(exceeded.getMessage());
    }
    last = Optional.of(step);
    if (!(step instanceof Waiting)) {
      host.processEnded(pid);
    }
    return step;
  }

  private TaskMachine.Stop advance(ShellReply reply) {
    return switch (reply) {
      case ShellReply.Begin _ when last.isEmpty() -> machine.start(task);
      case Answered answered
          when last.isPresent()
              && last.get() instanceof Waiting waiting
              && fits(waiting, answered) ->
          machine.resume(answered);
      case ShellReply.Begin _, Answered _ ->
          throw new IllegalStateException(reply + " does not answer " + last);
    };
  }

  private ShellStep outcome(TaskMachine.Stop stop) {
    if (stop instanceof TaskMachine.Stop.Waits(Waiting waiting)) {
      if (alive()) {
        return waiting;
      }
      machine.abandon();
      return new ShellStep.Exited(143);
    }
    int code =
        switch (stop) {
          case TaskMachine.Stop.Finished(Object value) -> (Integer) value;
          case TaskMachine.Stop.Left(Task.Leaving leaving) ->
              leaving instanceof Task.Leaving.Exit(int exit) ? exit : 0;
          case TaskMachine.Stop.Waits _ -> 0;
        };
    return new ShellStep.Exited(code & 255);
  }

  private boolean alive() {
    return host.processes().stream().anyMatch(process -> process.pid() == pid);
  }

  private static boolean fits(Waiting step, Answered reply) {
    return switch (reply) {
      case ShellReply.Elapsed _ -> step instanceof ShellStep.Sleeping;
      case ShellReply.EchoReceived _ ->
          step instanceof ShellStep.Pinging || step instanceof ShellStep.ArpPinging;
      case ShellReply.Connected _ -> step instanceof ShellStep.Connecting;
      case ShellReply.Fetched _ -> step instanceof ShellStep.Fetching;
      case ShellReply.Failed _ -> !(step instanceof ShellStep.Sleeping);
    };
  }

  /** The process id of the program itself. */
  public int processId() {
    return pid;
  }

  /** What it has written to its standard output so far. */
  public String output() {
    return output.text();
  }

  /** What it has written to its standard error so far. */
  public String errors() {
    return errors.text();
  }

  /** The steps of evaluation it has taken. */
  public int steps() {
    return machine.steps();
  }

  /** Takes it and the commands it is running out of the process table. */
  public void kill() {
    machine.abandon();
    host.processEnded(pid);
    last = Optional.of(new ShellStep.Exited(137));
  }
}
