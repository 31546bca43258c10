package org.vipdrift.simulator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The builtins that change variables and arguments. */
final class VariableBuiltins {
  private VariableBuiltins() {}

  static int changeDirectory(List<String> words, Frame frame) {
    ShellState state = frame.state();
    String to = words.isEmpty() ? state.get("HOME").orElse("/root") : words.getLast();
    boolean known =
        to.equals("/")
            || to.equals("..")
            || state.host.file(to).map(ShellHost.HostFile::directory).orElse(to.startsWith("/"));
    if (!known) {
      frame.complain("cd: " + to + ": No such file or directory");
      return 1;
    }
    state.set("PWD", to);
    return 0;
  }

  static int export(List<String> words, Frame frame) {
    for (String word : words) {
      if (word.startsWith("-")) {
        continue;
      }
      Optional<String> name = WordNames.assigned(word);
      name.ifPresent(n -> frame.state().set(n, word.substring(n.length() + 1)));
      if (name.isEmpty() && !WordNames.isName(word)) {
        frame.complain("export: `" + word + "': not a valid identifier");
        return 1;
      }
      frame.state().export(name.orElse(word));
    }
    return 0;
  }

  static int declare(String builtin, List<String> words, Frame frame) {
    ShellState state = frame.state();
    if (builtin.equals("local") && state.scopes.isEmpty()) {
      frame.complain("local: can only be used in a function");
      return 1;
    }
    boolean local = !builtin.equals("readonly") && !state.scopes.isEmpty();
    for (String word : words) {
      if (word.startsWith("-") || word.startsWith("+")) {
        continue;
      }
      Optional<String> assigned = WordNames.assigned(word);
      String name = assigned.orElse(word);
      if (!WordNames.isName(name)) {
        frame.complain(builtin + ": `" + word + "': not a valid identifier");
        return 1;
      }
      if (local && !state.scopes.peek().hidden().containsKey(name)) {
        state.scopes.peek().hidden().put(name, state.snapshot(name));
        state.variables.remove(name);
      }
      if (assigned.isPresent()) {
        state.set(name, word.substring(name.length() + 1));
      }
    }
    return 0;
  }

  static int unset(List<String> words, Frame frame) {
    for (String word : words) {
      if (!word.startsWith("-")) {
        if (frame.state().variables.remove(word) == null) {
          frame.state().functions.remove(word);
        }
      }
    }
    return 0;
  }

  static int shift(List<String> words, Frame frame) {
    ShellState state = frame.state();
    int count =
        words.isEmpty() || !words.getFirst().matches("[0-9]{1,6}")
            ? 1
            : Integer.parseInt(words.getFirst());
    if (count > state.arguments.size()) {
      return 1;
    }
    state.arguments = List.copyOf(state.arguments.subList(count, state.arguments.size()));
    return 0;
  }

  static int read(List<String> words, Frame frame) {
    List<String> names = new ArrayList<>();
    boolean raw = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.matches("-[a-z]*r[a-z]*")) {
        raw = true;
      } else if (word.matches("-[ptndu]")) {
        i++;
      } else if (!word.startsWith("-")) {
        names.add(word);
      }
    }
    if (names.isEmpty()) {
      names.add("REPLY");
    }
    for (String name : names) {
      if (!WordNames.isName(name)) {
        frame.complain("read: `" + name + "': not a valid identifier");
        return 1;
      }
    }
    Optional<String> read = frame.streams().input().line();
    boolean complete = read.map(line -> line.endsWith("\n")).orElse(false);
    String line = read.orElse("");
    line = complete ? line.substring(0, line.length() - 1) : line;
    if (!raw) {
      line = line.replaceAll("\\\\(.)", "$1");
    }
    distribute(line, names, frame.state());
    return complete ? 0 : 1;
  }

  private static void distribute(String line, List<String> names, ShellState state) {
    String separators = state.get("IFS").orElse(" \t\n");
    String rest = trim(line, separators);
    for (int i = 0; i < names.size(); i++) {
      if (i == names.size() - 1) {
        state.set(names.get(i), rest);
        return;
      }
      int end = 0;
      while (end < rest.length() && separators.indexOf(rest.charAt(end)) < 0) {
        end++;
      }
      state.set(names.get(i), rest.substring(0, end));
      boolean blank = end < rest.length() && Character.isWhitespace(rest.charAt(end));
      rest = end < rest.length() ? rest.substring(end + 1) : "";
      if (blank) {
        rest = trim(rest, separators);
      }
    }
  }

  private static String trim(String text, String separators) {
    int from = 0;
    int to = text.length();
    while (from < to
        && Character.isWhitespace(text.charAt(from))
        && separators.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from
        && Character.isWhitespace(text.charAt(to - 1))
        && separators.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}
