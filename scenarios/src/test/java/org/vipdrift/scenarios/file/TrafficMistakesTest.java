package org.vipdrift.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.config.Problem;

/** What is wrong with HTTP clients, and with actions and expectations about traffic. */
class TrafficMistakesTest {
  private static final String CLIENT_END = "ping: 20.0.0.100, every: 200ms, timeout: 1s";

  @TempDir Path directory;

  /** The good text with clients instead of the pinging one, further actions and expectations. */
  private ScenarioLoad load(String client, String action, String expectation) {
    String yaml =
        SampleFolder.TRAFFIC
            .replace(CLIENT_END, client)
            .replace("- { at: 30s, kill: a }", "- { at: 30s, " + action + " }")
            .replace("- outage: { client: c, longest: 5s }", "- " + expectation);
    return SampleFolder.in(directory).load(yaml);
  }

  private void expect(ScenarioLoad load, Mistake mistake, String message, String suggestion) {
    assertThat(load.problems())
        .as(() -> load.problems().toString())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.code()).isEqualTo(mistake.code());
              assertThat(p.message()).contains(message);
              assertThat(p.suggestion().orElse("")).contains(suggestion);
            });
    assertThat(load.scenario()).isEmpty();
  }

  private void client(String text, Mistake mistake, String message, String suggestion) {
    expect(load(text, "kill: a", "no-split-brain: 60ms"), mistake, message, suggestion);
  }

  private void action(String text, Mistake mistake, String message, String suggestion) {
    expect(load(CLIENT_END, text, "no-split-brain: 60ms"), mistake, message, suggestion);
  }

  private void expectation(String text, Mistake mistake, String message, String suggestion) {
    expect(load(CLIENT_END, "kill: a", text), mistake, message, suggestion);
  }

  @Nested
  class Clients {
    @Test
    void urlWithoutAScheme() {
      client(
          "get: 20.0.0.100", Mistake.WRONG_VALUE, "not a URL, '20.0.0.100'", "http://20.0.0.100");
    }

    @Test
    void urlWithANameThatNothingResolves() {
      client(
          "get: \"http://www.example/\"",
          Mistake.MISSING_KEY,
          "which address is 'www.example'?",
          "resolve:");
    }

    @Test
    void headersOfAClientThatPings() {
      client(
          "ping: 20.0.0.100, headers: { Host: a }",
          Mistake.CONFLICTING_KEYS,
          "'headers' is for clients that send HTTP requests",
          "get: URL");
    }

    @Test
    void twoActivities() {
      client(
          "ping: 20.0.0.100, get: \"http://20.0.0.100/\"",
          Mistake.CONFLICTING_KEYS,
          "pings or gets",
          "two clients");
    }

    @Test
    void misspeltKey() {
      client(
          "get: \"http://20.0.0.100/\", keepalive: true",
          Mistake.UNKNOWN_KEY,
          "unknown key 'keepalive'",
          "did you mean 'keep-alive'?");
    }

    @Test
    void noPause() {
      client(
          "get: \"http://20.0.0.100/\", every: 0s",
          Mistake.WRONG_VALUE,
          "a duration longer than 0",
          "");
    }

    @Test
    void crowdThatRunsIntoAHost() {
      ScenarioLoad load =
          SampleFolder.in(directory)
              .load(
                  SampleFolder.TRAFFIC.replace(
                      "first-address: 30.0.0.100", "first-address: 30.0.0.25"));
      expect(load, Mistake.ADDRESS_TAKEN, "30.0.0.30 is already taken by host 'b'", "elsewhere");
    }

    @Test
    void crowdThatDoesNotFitItsNetwork() {
      ScenarioLoad load =
          SampleFolder.in(directory)
              .load(SampleFolder.TRAFFIC.replace("count: 100,", "count: 1000,"));
      expect(load, Mistake.ADDRESS_OUTSIDE_SUBNET, "no room for 1000 addresses", "/16");
    }
  }

  @Nested
  class Actions {
    @Test
    void slowsNoProxy() {
      action(
          "server-slow: { host: b, process: haproxy, takes: 1s }",
          Mistake.WRONG_VALUE,
          "'haproxy' on host 'b' is no web server",
          "");
    }

    @Test
    void needsAWebServer() {
      action(
          "server-error: { host: b, status: 500 }",
          Mistake.MISSING_KEY,
          "there is no web server on host 'b'",
          "");
    }

    @Test
    void statusThatIsNoError() {
      action(
          "server-error: { host: a, status: 200 }",
          Mistake.WRONG_VALUE,
          "a status from 400 to 599",
          "");
    }

    @Test
    void adminOfAHostWithoutHaproxy() {
      action(
          "admin: { host: a, command: show stat }",
          Mistake.MISSING_KEY,
          "there is no haproxy with 'config' on host 'a'",
          "");
    }

    @Test
    void cacheOfAStranger() {
      action(
          "flush-arp: crwd",
          Mistake.UNKNOWN_NAME,
          "no host or client 'crwd'",
          "did you mean 'crowd'?");
    }
  }

  @Nested
  class Expectations {
    @Test
    void requestsOfAClientThatPings() {
      expectation(
          "sticky: c", Mistake.WRONG_VALUE, "'c' pings: it sends no HTTP requests", "get: URL");
    }

    @Test
    void unknownServer() {
      expectation(
          "served-by: { client: h, servers: [a, bb] }",
          Mistake.UNKNOWN_NAME,
          "there is no host 'bb'",
          "did you mean 'b'?");
    }

    @Test
    void nothingToBeServedBy() {
      expectation(
          "served-by: { client: h, alternating: true }",
          Mistake.MISSING_KEY,
          "needs 'servers', 'sequence' or 'shares'",
          "");
    }

    @Test
    void sharesOfMoreThanAll() {
      expectation(
          "served-by: { client: h, shares: { a: 60%, b: 60% } }",
          Mistake.WRONG_VALUE, "more than 100% together", "");
    }

    @Test
    void percentileOutOfRange() {
      expectation("latency: { client: h, p20: 5ms }", Mistake.WRONG_VALUE, "p50 to p100", "p99");
    }

    @Test
    void unknownOutcome() {
      expectation(
          "errors: { client: h, at-most: 1, outcomes: [time-out] }",
          Mistake.WRONG_VALUE,
          "'time-out' is not how a request fails",
          "did you mean 'timeout'?");
    }

    @Test
    void unknownBackendAndServer() {
      expectation(
          "server: { host: b, proxy: ap, server: s1, state: up, from: 1s }",
          Mistake.UNKNOWN_NAME,
          "there is no backend 'ap' on host 'b'",
          "did you mean 'app'?");
      expectation(
          "server: { host: b, proxy: app, server: s11, state: up, from: 1s }",
          Mistake.UNKNOWN_NAME,
          "there is no server 's11' in backend 'app' on host 'b'",
          "did you mean 's1'?");
    }

    @Test
    void allAtOnce() {
      ScenarioLoad load =
          load(
              "get: nonsense, every: 0s",
              "server-slow: { host: a, takes: soon }",
              "errors: { client: h }");
      assertThat(load.problems()).extracting(Problem::code).hasSize(4);
      assertThat(load.problems().stream().map(p -> p.span().line()).distinct().toList())
          .isEqualTo(
              load.problems().stream().map(p -> p.span().line()).distinct().sorted().toList());
      assertThat(List.copyOf(load.problems())).allMatch(Problem::isError);
    }
  }
}
