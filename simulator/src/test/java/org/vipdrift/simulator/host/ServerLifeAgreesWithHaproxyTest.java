package org.vipdrift.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.simulator.host.HaproxyTrial.Fate;
import org.vipdrift.simulator.host.HaproxyTrial.Findings;

/**
 * What traffic tells of servers, slow starts, and what becomes of sessions, against a real HAProxy
 * 2.6: the same lines of the log the same time apart, the same servers, the same weights.
 */
class ServerLifeAgreesWithHaproxyTest {
  private static final long SEED = Long.getLong("vipdrift.seed", 1);
  private static final int ATTEMPTS = 3;

  @TempDir private Path directory;

  private static final String DEFAULTS =
      """
      global
          log @{log} local0
          max-spread-checks 500ms
      defaults
          mode http
          retries 0
          timeout connect 5s
          timeout client 5s
          timeout server 5s
      """;

  private void agree(HaproxyTrial trial, double until) throws Exception {
    assumeTrue(RealTrial.isInstalled(), "needs HAProxy 2.6");
    Findings simulated = SimulatedTrial.run(trial, SEED, until);
    List<String> differences = List.of();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Findings real = RealTrial.run(trial, directory, until);
      differences = trial.differences(real, simulated, 0);
      for (int at = 0; at < real.answers().size(); at++) {
        String expected = figures(real.answers().get(at));
        if (!figures(simulated.answers().get(at)).equals(expected)) {
          differences.add(
              "answer %d: HAProxy %s%nsimulated %s"
                  .formatted(at, expected, figures(simulated.answers().get(at))));
        }
      }
      if (differences.isEmpty()) {
        return;
      }
    }
    assertThat(String.join("\n", differences)).as("seed %d", SEED).isEmpty();
  }

  /** Name, state and weight of each server, and how much of a slow start counts. */
  private static String figures(String answer) {
    StringBuilder text = new StringBuilder();
    for (String line : answer.split("\n")) {
      String[] columns = line.split(",", -1);
      if (columns.length > 30 && !line.startsWith("#")) {
        text.append(columns[0] + "/" + columns[1] + " " + columns[17] + " " + columns[18]);
        text.append(" throttle " + columns[29] + "; ");
      }
    }
    return text.toString();
  }

  private static String observing(String name, String server, String checks) {
    return """
    frontend %1$s
        bind @{bind:%1$s}
        default_backend b-%1$s
    backend b-%1$s
        log global
        option log-health-checks
        server s @{%2$s} check %3$s
    """
        .formatted(name, server, checks);
  }

  @Test
  void errorsThatTrafficSees() throws Exception {
    String slow = " inter 10s fastinter 400ms";
    StringBuilder text = new StringBuilder(DEFAULTS);
    HaproxyTrial[] trial = new HaproxyTrial[1];
    List<String> reactions = List.of("mark-down", "fastinter", "sudden-death", "fail-check");
    for (String reaction : reactions) {
      String on = " error-limit 3 on-error " + reaction + slow;
      text.append(observing("l4-" + reaction, "dying", "observe layer4" + on));
      text.append(observing("l7-" + reaction, "failing", "observe layer7" + on));
      text.append(observing("l7-dead-" + reaction, "dying", "observe layer7" + on + " fall 5"));
      text.append(observing("none-" + reaction, "failing", "observe layer4" + on));
    }
    trial[0] =
        new HaproxyTrial(text.toString())
            .at(3.5, "dying", Fate.KILLED)
            .at(3.5, "failing", Fate.FAILING);
    for (String reaction : reactions) {
      trial[0]
          .visit("l4-" + reaction, 3.55, 0.1, 8)
          .visit("l7-" + reaction, 3.57, 0.1, 8)
          .visit("l7-dead-" + reaction, 3.52, 0.1, 8)
          .visit("none-" + reaction, 3.59, 0.1, 8);
    }
    agree(trial[0], 5.5);
  }

  @Test
  void slowStartsRaiseTheWeightInSteps() throws Exception {
    StringBuilder text = new StringBuilder(DEFAULTS);
    text.append(
        """
        frontend web
            bind @{bind:web}
            default_backend slow
        backend slow
            log global
            server a @{one}
            server b @{two} slowstart 4s
        frontend heavy
            bind @{bind:heavy}
            default_backend heavy-slow
        backend heavy-slow
            log global
            server a @{one} weight 100
            server b @{two} weight 50 slowstart 3s
        backend checked
            log global
            option log-health-checks
            server s @{dying} check inter 300ms slowstart 2s
        backend silent
            log global
            server s @{dying} check inter 300ms slowstart 2s
        """);
    HaproxyTrial trial =
        new HaproxyTrial(text.toString())
            .at(1, "dying", Fate.KILLED)
            .say(1.5, "set server slow/b state maint")
            .say(1.6, "set server heavy-slow/b state maint")
            .say(2, "set server slow/b state ready")
            .say(2.01, "set server heavy-slow/b state ready")
            .at(2.9, "dying", Fate.STARTED)
            // Weights change at whole seconds, and requests stay away from them.
            .visit("web", 2.375, 0.25, 22)
            .visit("heavy", 2.375, 0.25, 22);
    for (double at = 2.5; at < 6.9; at += 1) {
      trial.say(at, "show stat slow 4 -1").say(at + 0.01, "show stat heavy-slow 4 -1");
    }
    agree(trial, 8);
  }

  @Test
  void sessionsOfAServerMarkedDownAreShutDown() throws Exception {
    String text =
        DEFAULTS
            + """
            frontend ending
                bind @{bind:ending}
                default_backend ended
            backend ended
                log global
                server s @{hanging} on-marked-down shutdown-sessions
            frontend staying
                bind @{bind:staying}
                default_backend stayed
            backend stayed
                log global
                timeout server 1500ms
                server s @{hanging}
            """;
    agree(
        new HaproxyTrial(text)
            .at(1, "hanging", Fate.HANGING)
            .visit("ending", 1.2, 0.2, 1)
            .visit("staying", 1.2, 0.2, 1)
            .say(1.8, "set server ended/s health down")
            .say(1.9, "set server stayed/s health down"),
        4);
  }
}
