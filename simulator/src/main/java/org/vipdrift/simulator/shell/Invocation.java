package org.vipdrift.simulator.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.simulator.shell.syntax.Unsupported;

/** One call of a {@link ShellCommand}: its arguments, its streams and its machine. */
public final class Invocation {
  private final String name;
  private final List<String> arguments;
  private final ShellHost host;
  private final Streams streams;
  private final int pid;
  private final ShellLimits limits;
  private final Function<String, Unsupported> place;
  private final Function<Call, Task<Integer>> caller;
  private final Function<String, Optional<String>> variables;

  Invocation(
      String name,
      List<String> arguments,
      ShellHost host,
      Streams streams,
      int pid,
      ShellLimits limits,
      Function<String, Unsupported> place,
      Function<Call, Task<Integer>> caller,
      Function<String, Optional<String>> variables) {
    this.name = name;
    this.arguments = List.copyOf(arguments);
    this.host = host;
    this.streams = streams;
    this.pid = pid;
    this.limits = limits;
    this.place = place;
    this.caller = caller;
    this.variables = variables;
  }

  /** A command that this one runs. */
  record Call(List<String> words, Streams streams) {}

  /** The name it was called by, without directories. */
  public String name() {
    return name;
  }

  public List<String> arguments() {
    return arguments;
  }

  public ShellHost host() {
    return host;
  }

  /** The process id of the command itself. */
  public int pid() {
    return pid;
  }

  public ShellLimits limits() {
    return limits;
  }

  /** An exported variable. */
  public Optional<String> variable(String variable) {
    return variables.apply(variable);
  }

  /** Everything on the standard input. */
  public String input() {
    return streams.input().rest();
  }

  public void print(String text) {
    streams.output().write(text);
  }

  public void printLine(String text) {
    streams.output().write(text + "\n");
  }

  /** A line on the standard error, after the command's name. */
  public void complain(String text) {
    streams.errors().write(name + ": " + text + "\n");
  }

  /** Reports what this simulation does not know, and fails as if it were not installed. */
  public Task<Integer> unsupported(String what) {
    host.unsupported(place.apply(name + " " + what));
    complain(what + " is not simulated");
    return Task.of(127);
  }

  /** Runs another command with the same streams. */
  public Task<Integer> call(List<String> words) {
    return caller.apply(new Call(words, streams));
  }

  /** Runs another command that reads the given text. */
  public Task<Integer> call(List<String> words, String input) {
    return caller.apply(new Call(words, streams.with(0, new Streams.Source(input))));
  }

  /** Reads a file of the host or, for {@code -}, the input; complains if there is none. */
  public Optional<String> read(String path) {
    if (path.equals("-")) {
      return Optional.of(input());
    }
    if (path.equals("/dev/null")) {
      return Optional.of("");
    }
    Optional<ShellHost.HostFile> file = host.file(path);
    if (file.isEmpty()) {
      complain(path + ": No such file or directory");
      return Optional.empty();
    }
    if (file.get().directory()) {
      complain(path + ": Is a directory");
      return Optional.empty();
    }
    return file.map(ShellHost.HostFile::text);
  }
}
