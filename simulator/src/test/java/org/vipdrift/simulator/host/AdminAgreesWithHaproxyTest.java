package org.vipdrift.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.simulator.host.HaproxyTrial.Findings;

/**
 * What is said on the stats socket is answered as a real HAProxy 2.6 answers it, and has the same
 * effects: on the tables that the socket shows, and in the log.
 *
 * <p>Left out of the comparison are times, numbers of processes, and what HAProxy suggests in the
 * place of a command it does not know.
 */
class AdminAgreesWithHaproxyTest {
  private static final long SEED = Long.getLong("vipdrift.seed", 1);
  private static final int ATTEMPTS = 2;
  private static final int GENERATED = Integer.getInteger("vipdrift.cases", 20);

  private static final String CONFIGURATION =
      """
      global
          log @{log} local0
          max-spread-checks 100ms
          maxconn 1000
      defaults
          mode http
          timeout connect 1s
          timeout client 5s
          timeout server 5s
      frontend web
          bind @{bind:web}
          maxconn 500
          default_backend app
      listen both
          bind @{bind:both}
          mode tcp
          log global
          server x @{one} weight 5 maxconn 10
      backend app
          log global
          option httpchk GET /
          server a @{one} check inter 20s
          server b @{two} check inter 20s weight 20 backup rise 3 fall 2
          server t @{one} track app/a
          server u @{one} track app/t
          server d @{two} disabled
          server n @{two} cookie zz maxconn 7
          server w @{two} weight 0
      backend fixed
          log global
          balance static-rr
          server a @{one} weight 10
          server b @{two} weight 20
      backend sourced
          log global
          balance source
          server a @{one} weight 10
      backend empty
      """;

  private static final List<String> COMMANDS =
      List.of(
          "show servers state nope",
          "set server app/a state foo",
          "set server app/a state",
          "set server app/a",
          "set server app",
          "set server",
          "set server nope/a state ready",
          "set server app/nope state ready",
          "set server app/a health foo",
          "set server app/t health up",
          "set server app/n health down",
          "set server app/n health up",
          "set server app/a weight 300",
          "set server app/a weight -1",
          "set server app/a weight -1%",
          "set server app/a weight",
          "set server app/a weight abc",
          "set server app/a weight 10x",
          "set server app/b weight 250%",
          "set server fixed/a weight 5",
          "set server fixed/a weight 50%",
          "set server fixed/a weight 0",
          "set server fixed/a weight 100%",
          "set server sourced/a weight 5",
          "set weight app/a 5",
          "set weight app/a",
          "set weight app",
          "set weight app/nope 5",
          "get weight app/a",
          "get weight app/w",
          "get weight app",
          "get weight app/x",
          "disable server app",
          "disable server",
          "enable server app/x",
          "disable health app/a",
          "enable health app/a",
          "disable health app/n",
          "enable health app/n",
          "disable health app",
          "disable agent app/a",
          "enable agent app/a",
          "set server app/a agent up",
          "set server app/a agent-send x",
          "set server app/a nonsense",
          "set maxconn server app/a 10",
          "set maxconn server app/a",
          "set maxconn server app/a x",
          "shutdown sessions server app/a",
          "shutdown sessions server app",
          "shutdown frontend nope",
          "shutdown frontend",
          "shutdown session",
          "disable frontend web",
          "disable frontend web",
          "enable frontend web",
          "enable frontend web",
          "enable frontend nope",
          "enable frontend",
          "show backend",
          "show version",
          "show info",
          "show stat nope 7 -1",
          "show stat app 4 2",
          "foo",
          "set",
          "set maxconn",
          "shutdown sessions");

  @TempDir private Path directory;

  private static HaproxyTrial trial() {
    HaproxyTrial trial = new HaproxyTrial(CONFIGURATION);
    List<String> commands = new ArrayList<>();
    for (String command : COMMANDS) {
      commands.add(command);
    }
    commands.add("show servers state");
    commands.add("show stat");
    Random random = new Random(SEED);
    List<String> servers =
        List.of("app/a", "app/a", "app/t", "app/u", "app/b", "app/n", "app/d", "fixed/a", "both/x");
    List<String> words =
        List.of(
            "state maint",
            "state maint",
            "state drain",
            "state ready",
            "state ready",
            "health up",
            "health down",
            "health stopping",
            "weight 30",
            "weight 100%");
    for (int i = 0; i < GENERATED; i++) {
      String server = servers.get(random.nextInt(servers.size()));
      commands.add("set server " + server + " " + words.get(random.nextInt(words.size())));
      commands.add("show servers state " + server.substring(0, server.indexOf('/')));
      commands.add("show stat " + server.substring(0, server.indexOf('/')) + " -1 -1");
    }
    for (int i = 0; i < commands.size(); i++) {
      trial.say(1.5 + 0.02 * i, commands.get(i));
    }
    return trial;
  }

  @Test
  void answersAndTheirEffectsAreTheSame() throws Exception {
    assumeTrue(RealTrial.isInstalled(), "needs HAProxy 2.6");
    HaproxyTrial trial = trial();
    double until = 2 + 0.02 * trial.deeds.size();
    Findings simulated = SimulatedTrial.run(trial, SEED, until);
    List<String> differences = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Findings real = RealTrial.run(trial, directory, until);
      differences = new ArrayList<>();
      for (int at = 0; at < real.answers().size(); at++) {
        compare(
            trial.deeds.get(at).deed().toString(),
            real.answers().get(at),
            simulated.answers().get(at),
            differences);
      }
      differences.addAll(trial.differences(real, simulated, 1.4));
      if (differences.isEmpty()) {
        return;
      }
    }
    assertThat(String.join("\n", differences)).as("seed %d", SEED).isEmpty();
  }

  private static void compare(
      String deed, String real, String simulated, List<String> differences) {
    List<String> head = List.of();
    List<String> expected = lines(real);
    List<String> found = lines(simulated);
    if (deed.contains("show info")) {
      expected.retainAll(found);
      found.removeIf(line -> line.startsWith("CumConns"));
    }
    if (expected.size() != found.size()) {
      differences.add(deed + ": HAProxy " + expected + ", simulated " + found);
      return;
    }
    for (int line = 0; line < found.size(); line++) {
      if (deed.contains("show info") && found.get(line).startsWith("Uptime")) {
        continue;
      }
      String separator = deed.contains("show stat") ? "," : " ";
      String[] expectedWords = expected.get(line).split(separator, -1);
      String[] words = found.get(line).split(separator, -1);
      if (expected.get(line).startsWith("# ")) {
        head = List.of(expectedWords);
        if (separator.equals(" ")) {
          head = head.subList(1, head.size());
        }
      }
      for (int at = 0; at < Math.max(words.length, expectedWords.length); at++) {
        String column = at < head.size() ? head.get(at) : "";
        if (!isTime(column)
            && (at >= Math.min(words.length, expectedWords.length)
                || !words[at].equals(expectedWords[at]))) {
          differences.add(
              "%s: column %d %s%n  HAProxy   %s%n  simulated %s"
                  .formatted(deed, at, column, expected.get(line), found.get(line)));
          return;
        }
      }
    }
  }

  private static boolean isTime(String column) {
    return column.startsWith("h1_")
        || List.of(
                "lastchg",
                "downtime",
                "check_duration",
                "srv_time_since_last_change",
                "need_conn_est")
            .contains(column);
  }

  private static List<String> lines(String answer) {
    List<String> lines = new ArrayList<>();
    boolean unknown = answer.startsWith("Unknown command");
    for (String line : answer.split("\n")) {
      if (!line.isBlank() && !(unknown && line.startsWith("  "))) {
        lines.add(
            line.replaceAll("(127|20)\\.0\\.0\\.\\d+(:\\d+)?", "ADDRESS")
                .replaceAll(" - \\d+ - 0 0 - - 0$", " - PORT - 0 0 - - 0")
                .replaceAll("2\\.6\\.12\\S*", "2.6.12"));
      }
    }
    return lines;
  }
}
