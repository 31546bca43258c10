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
 * Sequences of {@code tcp-check} and {@code http-check}, their timeouts, and servers that track,
 * against a real HAProxy 2.6: the same lines of the health log the same time apart.
 */
class CheckSequencesAgreeWithHaproxyTest {
  private static final long SEED = Long.getLong("vipdrift.seed", 1);
  private static final int ATTEMPTS = 3;
  private static final double FAILS = 2;

  @TempDir private Path directory;

  private final StringBuilder text =
      new StringBuilder(
          """
          global
              log @{log} local0
          defaults
              mode http
              option log-health-checks
              timeout connect 5s
              timeout client 5s
              timeout server 5s
          frontend web
              bind @{bind:web}
          """);

  /** A backend of one server that is checked so. */
  private void backend(String name, String server, String checks, String... lines) {
    text.append("backend ").append(name).append("\n    log global\n");
    for (String line : lines) {
      text.append("    ").append(line).append('\n');
    }
    text.append("    server s @{" + server + "} check " + checks + "\n");
  }

  private void agree(HaproxyTrial trial, double until) throws Exception {
    assumeTrue(RealTrial.isInstalled(), "needs HAProxy 2.6");
    Findings simulated = SimulatedTrial.run(trial, SEED, until);
    List<String> differences = List.of();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // The real program's own times are late on a busy machine; its words never differ.
      Findings real = RealTrial.run(trial, directory, until);
      assertThat(real.log()).as("HAProxy's log").isNotEmpty();
      differences = trial.differences(real, simulated, 0);
      if (differences.isEmpty()) {
        return;
      }
    }
    assertThat(String.join("\n", differences)).as("seed %d", SEED).isEmpty();
  }

  private static final String ASK = "tcp-check send GET\\ /\\ HTTP/1.0\\r\\n\\r\\n";

  @Test
  void sequencesOfTcpChecks() throws Exception {
    String often = "inter 400ms fastinter 300ms";
    String tcp = "option tcp-check";
    for (String server : List.of("page", "dying", "hanging")) {
      backend("bare-" + server, server, often, tcp);
      backend("connect-" + server, server, often, tcp, "tcp-check connect");
      backend("string-" + server, server, often, tcp, ASK, "tcp-check expect string 200\\ OK");
      backend(
          "steps-" + server,
          server,
          often,
          tcp,
          "tcp-check comment one",
          "tcp-check connect",
          "tcp-check comment asking",
          ASK,
          "tcp-check expect comment sees string HTTP/1.1");
      backend(
          "rstring-" + server,
          server,
          often,
          tcp,
          "tcp-check connect",
          ASK,
          "tcp-check expect rstring ^HTTP/1\\.[01]\\ [23]..");
      backend(
          "binary-" + server,
          server,
          often,
          tcp,
          "tcp-check send-binary 474554202f20485454502f312e300d0a0d0a",
          "tcp-check expect binary 323030");
      backend(
          "rbinary-" + server,
          server,
          often,
          tcp,
          "tcp-check send-binary 474554202f20485454502f312e300d0a0d0a",
          "tcp-check expect rbinary ^485454502F");
      backend("wrong-" + server, server, often, tcp, ASK, "tcp-check expect string nothing\\ like");
      backend("wrong-regex-" + server, server, often, tcp, ASK, "tcp-check expect rstring ^x+$");
      backend("wrong-binary-" + server, server, often, tcp, ASK, "tcp-check expect binary 00ff00");
      backend("negated-" + server, server, often, tcp, ASK, "tcp-check expect ! string Error");
      backend("negated-hit-" + server, server, often, tcp, ASK, "tcp-check expect ! string HTTP");
      backend("negated-regex-" + server, server, often, tcp, ASK, "tcp-check expect ! rstring 2..");
      backend("negated-binary-" + server, server, often, tcp, ASK, "tcp-check expect ! binary 48");
      backend(
          "two-" + server,
          server,
          often,
          tcp,
          "tcp-check connect",
          ASK,
          "tcp-check expect string 200",
          "tcp-check connect",
          ASK,
          "tcp-check expect string OK");
      backend(
          "statuses-" + server,
          server,
          often,
          tcp,
          ASK,
          "tcp-check expect min-recv 10 ok-status L6OK error-status L6RSP tout-status L6TOUT"
              + " string 200");
      backend(
          "words-" + server,
          server,
          often,
          tcp,
          ASK,
          "tcp-check expect on-success fine on-error bad string 200");
      backend("silent-" + server, server, often, tcp, "tcp-check expect string banner");
      backend(
          "late-" + server,
          server,
          "inter 400ms fastinter 300ms",
          "timeout check 600ms",
          tcp,
          "tcp-check connect",
          ASK,
          "tcp-check expect string 200\\ OK");
    }
    agree(
        new HaproxyTrial(text.toString())
            .at(FAILS, "dying", Fate.KILLED)
            .at(FAILS, "hanging", Fate.HANGING)
            .at(5, "dying", Fate.STARTED)
            .at(5, "hanging", Fate.AWAKE),
        8);
  }

  @Test
  void sequencesOfHttpChecks() throws Exception {
    String often = "inter 400ms fastinter 300ms";
    String http = "option httpchk GET /";
    for (String server : List.of("page", "failing", "hanging")) {
      backend("plain-" + server, server, often, http);
      backend("status-" + server, server, often, http, "http-check expect status 200");
      backend("range-" + server, server, often, http, "http-check expect status 200-299,301");
      backend("other-" + server, server, often, http, "http-check expect status 404");
      backend("rstatus-" + server, server, often, http, "http-check expect rstatus ^2");
      backend("rstatus-other-" + server, server, often, http, "http-check expect rstatus 40[0-9]");
      backend("not-" + server, server, often, http, "http-check expect ! status 500");
      backend("rnot-" + server, server, often, http, "http-check expect ! rstatus ^5");
      backend("string-" + server, server, often, http, "http-check expect string " + server);
      backend("rstring-" + server, server, often, http, "http-check expect rstring ^[a-z]+$");
      backend("nostring-" + server, server, often, http, "http-check expect ! string " + server);
      backend("norstring-" + server, server, often, http, "http-check expect ! rstring pa.e");
      backend("other-string-" + server, server, often, http, "http-check expect string nowhere");
      backend(
          "send-" + server,
          server,
          often,
          "option httpchk",
          "http-check send meth GET uri / ver HTTP/1.1 hdr Host example.org",
          "http-check expect status 200");
      backend(
          "head-" + server,
          server,
          often,
          "option httpchk HEAD / HTTP/1.1\\r\\nHost:\\ x",
          "http-check expect fhdr name content-length");
      backend(
          "hdr-" + server, server, often, http, "http-check expect hdr name x-none value -m beg a");
      backend(
          "connects-" + server,
          server,
          often,
          "option httpchk",
          "http-check connect",
          "http-check send meth GET uri /",
          "http-check expect comment status-wanted status 200",
          "http-check connect",
          "http-check send meth GET uri /",
          "http-check expect string " + server);
      backend(
          "statuses-" + server,
          server,
          often,
          http,
          "http-check expect ok-status L7OKC error-status L7RSP tout-status L4TOUT status 200");
      backend("gone-" + server, server, often, http, "http-check disable-on-404");
      backend("late-" + server, server, "inter 400ms fastinter 300ms", "timeout check 600ms", http);
    }
    agree(
        new HaproxyTrial(text.toString())
            .at(FAILS, "failing", Fate.FAILING)
            .at(FAILS, "hanging", Fate.HANGING)
            .at(5, "failing", Fate.RECOVERED)
            .at(5, "hanging", Fate.AWAKE),
        8);
  }

  @Test
  void connectionsThatNobodyAnswers() throws Exception {
    for (String server : List.of("mute", "page")) {
      backend("plain-" + server, server, "inter 500ms fastinter 300ms");
      backend("bounded-" + server, server, "inter 500ms", "timeout check 200ms");
      backend(
          "connect-" + server,
          server,
          "inter 600ms",
          "timeout connect 250ms",
          "timeout check 400ms");
      backend("sequence-" + server, server, "inter 500ms", "option tcp-check", "tcp-check connect");
      backend(
          "steps-" + server,
          server,
          "inter 500ms",
          "option tcp-check",
          ASK,
          "tcp-check expect string 200");
      backend("pages-" + server, server, "inter 500ms fall 2", "option httpchk GET /");
    }
    agree(
        new HaproxyTrial(text.toString()).at(2.5, "mute", Fate.MUTE).at(6, "mute", Fate.HEARD), 9);
  }

  @Test
  void serversThatTrackOthers() throws Exception {
    backend("one", "dying", "inter 400ms");
    backend("two", "failing", "inter 500ms rise 1 fall 2", "option httpchk GET /");
    // One backend for each tracked server: when two checks meet their faults is chance.
    text.append(
        """
        backend chain
            log global
            server t1 @{page} track one/s
            server t2 @{page} track chain/t1
            server t3 @{page} track one/s backup slowstart 2s
        backend other
            log global
            server t4 @{page} track two/s
            server t5 @{page} track two/s disabled
            server t6 @{page} track other/t4
        """);
    text.append("backend lonely\n    log global\n    server l @{page} track one/s\n");
    agree(
        new HaproxyTrial(text.toString())
            .at(2, "dying", Fate.KILLED)
            .at(2.1, "failing", Fate.FAILING)
            .at(5, "dying", Fate.STARTED)
            .at(5.1, "failing", Fate.RECOVERED),
        8);
  }
}
