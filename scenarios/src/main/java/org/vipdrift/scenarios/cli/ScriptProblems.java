package org.vipdrift.scenarios.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.VrrpScript;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.simulator.shell.ShellProgram;
import org.vipdrift.simulator.shell.command.StandardCommands;
import org.vipdrift.simulator.shell.syntax.Unsupported;

/** What the interpreter of check scripts will stumble over, as far as it can be seen beforehand. */
final class ScriptProblems {
  private static final String CODE = "script-not-modelled";

  private ScriptProblems() {}

  /**
   * Of the host's script files and of the commands in its configuration; declared ones excepted.
   */
  static List<Problem> of(Host host, KeepalivedConfiguration configuration) {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, Host.HostFile> file : host.files().entrySet()) {
      if (file.getValue().executable() && !host.scripts().containsKey(file.getKey())) {
        ShellProgram.parse(file.getKey(), file.getValue().text(), StandardCommands.ALL)
            .unsupported()
            .forEach(u -> problems.add(inFile(host, u)));
      }
    }
    for (VrrpScript script : configuration.scripts()) {
      if (!isDeclared(host, script)) {
        for (Unsupported each :
            ShellProgram.check(script.command().words(), StandardCommands.ALL)) {
          problems.add(problem(host, each, script.command().span()));
        }
      }
    }
    return problems;
  }

  private static boolean isDeclared(Host host, VrrpScript script) {
    return host.scripts().containsKey(script.name())
        || host.scripts().containsKey(script.command().words().getFirst())
        || host.scripts().containsKey(String.join(" ", script.command().words()));
  }

  private static Problem inFile(Host host, Unsupported construct) {
    SourcePosition place =
        new SourcePosition(
            construct.file(), Math.max(1, construct.line()), Math.max(1, construct.column()));
    return problem(host, construct, SourceSpan.of(place, 1));
  }

  private static Problem problem(Host host, Unsupported construct, SourceSpan span) {
    String message = "on " + host.name() + " the simulation cannot run " + construct.construct();
    return Problem.of(Severity.WARNING, CODE, message, span)
        .withSuggestion(
            "declare the script's result in the scenario: scripts: { PATH: { exit: 0, takes: 20ms }"
                + " }");
  }
}
