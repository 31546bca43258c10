package org.vipdrift.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ScriptResult;
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.Observation;

/** What curl and nc of a check script find out over the simulated network. */
class ScriptFetchTest {
  /** b has a web server at 20.0.0.22; a asks it every two seconds. */
  private static Experiment asking(String command) {
    String script =
        """
        vrrp_script check {
          script "/etc/check.sh"
          interval 2
          timeout 10
        }
        """
            + Experiment.configuration(150, "track_script {\n check\n }");
    return new Experiment()
        .host("a", script)
        .file("/etc/check.sh", "#!/bin/bash\n" + command + "\n")
        .host("b", Experiment.configuration(100));
  }

  private static int exit(Observation seen, double from) {
    return seen.between(from, from + 8, "a", ScriptResult.class).getFirst().exit().orElse(-1);
  }

  private static int exit(String command, Action... faults) {
    Experiment experiment = asking(command);
    for (Action fault : faults) {
      experiment.at(5, fault);
    }
    return exit(experiment.run(16), 7.5);
  }

  private static Action on(Action.ProcessVerb verb) {
    return new Action.OnProcess(verb, "b", "nginx");
  }

  @Test
  void aPageIsFetched() {
    assertThat(exit("test \"$(curl -s http://20.0.0.22/)\" = b")).isZero();
    assertThat(exit("test \"$(curl -s http://127.0.0.1/)\" = a")).isZero();
  }

  @Test
  void theStatusIsWritten() {
    String command = "test \"$(curl -s -o /dev/null -w '%{http_code}' http://20.0.0.22/x)\" = ";
    assertThat(exit(command + "404")).isZero();
    assertThat(exit(command + "200")).isEqualTo(1);
  }

  @Test
  void aClosedPortIsExit7() {
    assertThat(exit("curl -s http://20.0.0.22:81/")).isEqualTo(7);
    assertThat(exit("curl -s http://20.0.0.22/", on(Action.ProcessVerb.STOP))).isEqualTo(7);
  }

  @Test
  void nobodyThereIsExit7AfterArpGaveUp() {
    assertThat(exit("curl -s http://20.0.0.99/")).isEqualTo(7);
  }

  @Test
  void aFrozenServerIsExit28AtTheTimeout() {
    assertThat(exit("curl -s -m 2 http://20.0.0.22/", on(Action.ProcessVerb.FREEZE))).isEqualTo(28);
  }

  @Test
  void aSlowServerIsExit28Too() {
    assertThat(
            exit(
                "curl -s -m 1 http://20.0.0.22/",
                new Action.ServerSlow("b", "nginx", Duration.ofSeconds(3))))
        .isEqualTo(28);
  }

  @Test
  void anErrorIsExit22WithFAlone() {
    Action error = new Action.ServerError("b", "nginx", 503, 100);
    assertThat(exit("curl -sf http://20.0.0.22/", error)).isEqualTo(22);
    assertThat(exit("curl -s http://20.0.0.22/", error)).isZero();
  }

  @Test
  void aConnectionIsTried() {
    assertThat(exit("nc -z -w 1 20.0.0.22 80")).isZero();
    assertThat(exit("nc -z -w 1 20.0.0.22 81")).isEqualTo(1);
    assertThat(exit("nc -z -w 1 20.0.0.22 80", on(Action.ProcessVerb.FREEZE))).isZero();
  }

  @Test
  void aScriptThatIsKilledAtItsTimeoutLeavesNoConnectionBehind() {
    Observation seen =
        asking("curl -s http://20.0.0.22/")
            .at(5, new Action.ServerSlow("b", "nginx", Duration.ofSeconds(60)))
            .run(30);
    assertThat(seen.between(16, 30, "a", ScriptResult.class))
        .extracting(ScriptResult::outcome)
        .contains(TraceDetail.ScriptOutcome.TIMEOUT);
  }
}
