package org.vipdrift.simulator.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.scenario.Host;

/** The scripts that run on one host. */
public final class ScriptExecutor {
  private final Surroundings surroundings;
  private final SimulatedHost host;
  private final Map<String, Host.DeclaredScript> declared;
  private final ScriptFaults faults = new ScriptFaults();
  private final List<ScriptExecution> running = new ArrayList<>();

  /**
   * @param declared results by path or by command as configured
   */
  public ScriptExecutor(
      Surroundings surroundings, SimulatedHost host, Map<String, Host.DeclaredScript> declared) {
    this.surroundings = surroundings;
    this.host = host;
    this.declared = declared;
  }

  /** The port that processes reach it by. */
  public static Behavior<ScriptRunner.Command> port(ScriptExecutor executor) {
    return ScriptPort.create(executor);
  }

  public ScriptFaults faults() {
    return faults;
  }

  void start(ScriptRunner.Run request) {
    if (host.kernel().isOpen(request.who())) {
      ScriptExecution execution =
          new ScriptExecution(
              surroundings, host, request, faults, declaredFor(request), this::ended);
      running.add(execution);
      execution.begin();
    }
  }

  private Optional<Host.DeclaredScript> declaredFor(ScriptRunner.Run request) {
    String whole = String.join(" ", request.command());
    return Optional.ofNullable(declared.get(whole))
        .or(() -> Optional.ofNullable(declared.get(request.command().getFirst())))
        .or(() -> Optional.ofNullable(declared.get(request.name())));
  }

  private void ended(ScriptExecution execution) {
    running.remove(execution);
  }

  /** Ends every script of a process, without answers. */
  public void abandon(String who) {
    for (ScriptExecution execution : List.copyOf(running)) {
      if (execution.belongsTo(who)) {
        execution.abandon();
        running.remove(execution);
      }
    }
  }

  /** Everything is gone. */
  public void losePower() {
    running.forEach(ScriptExecution::abandon);
    running.clear();
  }
}
