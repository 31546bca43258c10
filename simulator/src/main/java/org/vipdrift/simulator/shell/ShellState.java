package org.vipdrift.simulator.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.vipdrift.simulator.shell.syntax.Command;

/** What one shell process knows: variables, functions, options, arguments. Changed in place. */
final class ShellState {
  /** The options of {@code set} that change anything. */
  enum Option {
    EXIT_ON_ERROR,
    UNSET_IS_ERROR,
    TRACE,
    PIPE_FAILS,
    NO_EXECUTION
  }

  /** A variable: its elements, of which a plain one has only number 0. */
  record Variable(TreeMap<Integer, String> elements, boolean array, boolean exported) {
    static Variable plain(String text, boolean exported) {
      TreeMap<Integer, String> elements = new TreeMap<>();
      elements.put(0, text);
      return new Variable(elements, false, exported);
    }

    Variable exported(boolean value) {
      return new Variable(elements, array, value);
    }
  }

  /** A call of a function, with the variables it has made local and what they hid. */
  record Scope(TreeMap<String, Optional<Variable>> hidden) {}

  /** A stream that {@code exec} put in the place of another. */
  private record Replacement(
      int descriptor, Optional<Streams.Stream> old, Optional<Streams.Stream> with) {}

  final ShellHost host;
  final String fileName;
  final String commandLine;
  final int pid;
  final int mainPid;
  final ShellLimits limits;
  final TreeMap<String, Variable> variables;
  final TreeMap<String, Command> functions;
  final TreeMap<String, String> traps;
  final EnumSet<Option> options;
  final Deque<Scope> scopes;
  List<String> arguments;
  Streams streams;
  String scriptName;
  int status;
  int lastBackgroundPid;
  OptionalInt substitutionStatus = OptionalInt.empty();
  private final List<Replacement> replacements = new ArrayList<>();
  final long startNanos;

  ShellState(
      ShellHost host,
      String fileName,
      String commandLine,
      int pid,
      ShellLimits limits,
      List<String> arguments,
      Streams streams) {
    this.host = host;
    this.fileName = fileName;
    this.commandLine = commandLine;
    this.pid = pid;
    this.mainPid = pid;
    this.limits = limits;
    this.arguments = List.copyOf(arguments);
    this.streams = streams;
    this.scriptName = fileName;
    this.startNanos = host.nowNanos();
    variables = new TreeMap<>();
    functions = new TreeMap<>();
    traps = new TreeMap<>();
    options = EnumSet.noneOf(Option.class);
    scopes = new ArrayDeque<>();
  }

  private ShellState(ShellState parent, int pid) {
    host = parent.host;
    fileName = parent.fileName;
    commandLine = parent.commandLine;
    this.pid = pid;
    mainPid = parent.mainPid;
    limits = parent.limits;
    arguments = parent.arguments;
    streams = parent.streams;
    scriptName = parent.scriptName;
    startNanos = parent.startNanos;
    status = parent.status;
    lastBackgroundPid = parent.lastBackgroundPid;
    variables = new TreeMap<>();
    parent.variables.forEach(
        (name, variable) ->
            variables.put(
                name,
                new Variable(
                    new TreeMap<>(variable.elements()), variable.array(), variable.exported())));
    functions = new TreeMap<>(parent.functions);
    replacements.addAll(parent.replacements);
    traps = new TreeMap<>();
    options = EnumSet.copyOf(parent.options);
    scopes = new ArrayDeque<>(parent.scopes);
  }

  /** What a subshell starts with; nothing it does comes back. */
  ShellState fork(int childPid) {
    return new ShellState(this, childPid);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(variables.get(name)).map(v -> v.elements().get(0));
  }

  List<String> elements(String name) {
    return Optional.ofNullable(variables.get(name))
        .map(v -> List.copyOf(v.elements().values()))
        .orElse(List.of());
  }

  void set(String name, String value) {
    setElement(name, 0, value);
  }

  void setElement(String name, int index, String value) {
    if (value.length() > limits.maxOutput()) {
      throw new LimitExceeded("variable size limit");
    }
    Variable before = variables.get(name);
    if (before == null) {
      Variable made = Variable.plain(value, false);
      if (index != 0) {
        made = new Variable(new TreeMap<>(), true, false);
        made.elements().put(index, value);
      }
      variables.put(name, made);
      return;
    }
    before.elements().put(index, value);
    if (index != 0 && !before.array()) {
      variables.put(name, new Variable(before.elements(), true, before.exported()));
    }
    if (before.elements().size() > 100_000) {
      throw new LimitExceeded("variable size limit");
    }
  }

  void setArray(String name, List<String> values, boolean append) {
    Variable before = variables.get(name);
    TreeMap<Integer, String> elements = new TreeMap<>();
    if (append && before != null) {
      elements.putAll(before.elements());
    }
    for (String value : values) {
      elements.put(elements.isEmpty() ? 0 : elements.lastKey() + 1, value);
    }
    variables.put(name, new Variable(elements, true, before != null && before.exported()));
  }

  void export(String name) {
    Variable before = variables.get(name);
    variables.put(name, before == null ? Variable.plain("", true) : before.exported(true));
  }

  /** Puts a variable back as it was, or away if it was not. */
  void restore(String name, Optional<Variable> variable) {
    variable.ifPresentOrElse(v -> variables.put(name, v), () -> variables.remove(name));
  }

  Optional<Variable> snapshot(String name) {
    return Optional.ofNullable(variables.get(name))
        .map(v -> new Variable(new TreeMap<>(v.elements()), v.array(), v.exported()));
  }

  Optional<String> exported(String name) {
    return Optional.ofNullable(variables.get(name))
        .filter(Variable::exported)
        .map(v -> v.elements().get(0));
  }

  /** Names and values that a child inherits. */
  TreeMap<String, String> environment() {
    TreeMap<String, String> environment = new TreeMap<>();
    variables.forEach(
        (name, variable) -> {
          if (variable.exported() && variable.elements().get(0) != null) {
            environment.put(name, variable.elements().get(0));
          }
        });
    return environment;
  }

  /** {@code exec} with redirections: what ran on the old streams now runs on the new ones. */
  void redirect(Streams before, Streams after) {
    for (int descriptor = 0; descriptor < 10; descriptor++) {
      Optional<Streams.Stream> old = before.get(descriptor);
      Optional<Streams.Stream> with = after.get(descriptor);
      if (!old.equals(with)) {
        replacements.add(new Replacement(descriptor, old, with));
      }
    }
  }

  /** Streams as {@code exec} has changed them since. */
  Streams redirected(Streams streams) {
    Streams changed = streams;
    for (Replacement replacement : replacements) {
      int descriptor = replacement.descriptor();
      if (changed.get(descriptor).equals(replacement.old())) {
        Streams current = changed;
        changed =
            replacement
                .with()
                .map(stream -> current.with(descriptor, stream))
                .orElseGet(() -> current.without(descriptor));
      }
    }
    return changed;
  }

  /** As {@code ps -o comm} shows a process. */
  static String shortName(String path) {
    String name = ShellCommands.baseName(path);
    return name.length() > 15 ? name.substring(0, 15) : name;
  }
}
