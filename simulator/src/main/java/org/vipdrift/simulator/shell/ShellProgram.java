package org.vipdrift.simulator.shell;

import java.util.List;
import org.vipdrift.simulator.shell.syntax.Command;
import org.vipdrift.simulator.shell.syntax.ShellParser;
import org.vipdrift.simulator.shell.syntax.Unsupported;

/** Something that can be run: a script, or the words of one command. */
public sealed interface ShellProgram {
  /** What stands for it in messages. */
  String fileName();

  /** A parsed script. */
  record Script(String fileName, String interpreter, Command.Sequence body)
      implements ShellProgram {}

  /**
   * The words of a keepalived {@code script}: executed directly if the first one is a program or a
   * script file, else given to a shell.
   */
  record CommandLine(List<String> words) implements ShellProgram {
    public CommandLine {
      words = List.copyOf(words);
      if (words.isEmpty()) {
        throw new IllegalArgumentException("a command has at least one word");
      }
    }

    @Override
    public String fileName() {
      return words.getFirst();
    }
  }

  /** The program and what in it a run would stumble over, by place. */
  record ShellParse(Script program, List<Unsupported> unsupported) {
    public ShellParse {
      unsupported = List.copyOf(unsupported);
    }
  }

  /** Parses a script; it never fails, but a syntax error is reported and ends the run there. */
  static ShellParse parse(String fileName, String text, ShellCommands commands) {
    Script script = script(fileName, text);
    return new ShellParse(script, new SupportCheck(fileName, commands).check(script.body()));
  }

  /** A command as keepalived splits it into words. */
  static ShellProgram ofCommand(List<String> words) {
    return new CommandLine(words);
  }

  /** What the words of a command would stumble over, as far as that is visible without a host. */
  static List<Unsupported> check(List<String> words, ShellCommands commands) {
    if (commands.find(words.getFirst()).isPresent()) {
      int dashC = words.indexOf("-c");
      return words.getFirst().matches("(.*/)?(ba|da)?sh") && dashC > 0 && words.size() > dashC + 1
          ? parse(words.getFirst(), words.get(dashC + 1), commands).unsupported()
          : List.of();
    }
    return words.getFirst().startsWith("/")
        ? List.of()
        : parse(words.getFirst(), String.join(" ", words), commands).unsupported();
  }

  /** A script without the check of its commands. */
  static Script script(String fileName, String text) {
    String firstLine = text.lines().findFirst().orElse("");
    String interpreter = firstLine.startsWith("#!") ? firstLine.substring(2).strip() : "/bin/bash";
    return new Script(
        fileName, interpreter.isEmpty() ? "/bin/bash" : interpreter, ShellParser.parse(text));
  }
}
