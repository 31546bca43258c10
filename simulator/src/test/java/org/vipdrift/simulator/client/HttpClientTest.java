package org.vipdrift.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.HostVerb;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Client.Fetches;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;

class HttpClientTest {
  private static Fetches keepingAlive(int concurrency) {
    Fetches get = WebScenario.get();
    return new Fetches(
        get.url(), get.address(), get.method(), get.headers(), concurrency, true, false, false);
  }

  private static Client every(Client client, Duration every) {
    return new Client(
        client.name(),
        client.segment(),
        client.address(),
        client.count(),
        client.gateway(),
        client.start(),
        client.activity(),
        every,
        client.timeout(),
        client.requests());
  }

  private static Client crowd(int count, Duration to, int requests) {
    Client one = WebScenario.client(WebScenario.get());
    return new Client(
        "crowd",
        one.segment(),
        IpPrefix.parse("20.0.0.100/24").orElseThrow(),
        count,
        Optional.empty(),
        new Client.Start(Duration.ofSeconds(1), to),
        one.activity(),
        Duration.ofSeconds(1),
        one.timeout(),
        Optional.of(requests));
  }

  private static List<RequestOutcome> outcomes(List<Request> requests) {
    return requests.stream().map(Request::outcome).distinct().toList();
  }

  private static Action process(ProcessVerb verb) {
    return new Action.OnProcess(verb, "web", "nginx");
  }

  @Nested
  class ARequest {
    @Test
    void tellsStatusHolderServerAndLatency() {
      List<Request> requests = WebScenario.with(WebScenario.get()).requests(2.1);
      assertThat(requests).hasSize(6);
      Request request = requests.get(1);
      assertThat(request.outcome()).isEqualTo(RequestOutcome.OK);
      assertThat(request.status()).contains(200);
      assertThat(request.holder()).contains("web");
      assertThat(request.server()).contains("web");
      assertThat(request.source()).isEqualTo(IpAddress.of("20.0.0.10"));
      // Two round trips of four times 50 us, and the time between switch and cards.
      assertThat(request.latency()).isBetween(Duration.ofNanos(100_000), Duration.ofMillis(1));
    }

    @Test
    void isAnHttpErrorIfTheStatusSaysSo() {
      Fetches missing = Fetches.get("http://20.0.0.21/none", WebScenario.SERVER);
      assertThat(WebScenario.with(missing).requests(2))
          .allSatisfy(
              request -> {
                assertThat(request.outcome()).isEqualTo(RequestOutcome.HTTP_ERROR);
                assertThat(request.status()).contains(404);
                assertThat(request.holder()).contains("web");
                assertThat(request.server()).isEmpty();
              });
    }

    @Test
    void isRefusedWhereNobodyListens() {
      List<Request> requests =
          WebScenario.with(WebScenario.get()).at(0.5, process(ProcessVerb.STOP)).requests(2);
      assertThat(outcomes(requests)).containsExactly(RequestOutcome.REFUSED);
      assertThat(requests.getFirst().holder()).contains("web");
    }

    @Test
    void timesOutIfTheServerIsFrozen() {
      List<Request> requests =
          WebScenario.with(WebScenario.get()).at(0.5, process(ProcessVerb.FREEZE)).requests(4.5);
      assertThat(outcomes(requests)).containsExactly(RequestOutcome.TIMEOUT);
      assertThat(requests.getFirst().latency()).isEqualTo(Duration.ofSeconds(1));
      assertThat(requests.getFirst().holder()).contains("web");
    }

    @Test
    void cannotReachAMachineWithoutPower() {
      List<Request> requests =
          WebScenario.with(WebScenario.get())
              .at(0.5, new Action.OnHost(HostVerb.POWER_OFF, "web"))
              .edit(c -> withTimeout(c, Duration.ofSeconds(5)))
              .requests(10);
      assertThat(requests.getFirst().outcome()).isEqualTo(RequestOutcome.UNREACHABLE);
      assertThat(requests.getFirst().holder()).isEmpty();
    }

    @Test
    void endsEarlyIfTheServerIsKilledWhileItWorksOnIt() {
      List<Request> requests =
          WebScenario.with(WebScenario.get())
              .takes(Duration.ofMillis(500))
              .at(1.2, process(ProcessVerb.KILL))
              .requests(1.45);
      assertThat(requests.getFirst().outcome()).isIn(RequestOutcome.CLOSED, RequestOutcome.RESET);
    }

    private Client withTimeout(Client c, Duration timeout) {
      return new Client(
          c.name(),
          c.segment(),
          c.address(),
          c.count(),
          c.gateway(),
          c.start(),
          c.activity(),
          c.every(),
          timeout,
          c.requests());
    }
  }

  @Nested
  class ConcurrencyOfOne {
    @Test
    void sendsTheNextRequestAsSoonAsALateOneHasEnded() {
      List<Request> requests =
          WebScenario.with(WebScenario.get()).takes(Duration.ofMillis(500)).requests(3.2);
      assertThat(requests).hasSize(4);
      assertThat(requests).allMatch(r -> r.latency().compareTo(Duration.ofMillis(510)) < 0);
    }
  }

  @Nested
  class KeepAlive {
    @Test
    void needsOneHandshakeForManyRequests() {
      List<Request> requests = WebScenario.with(keepingAlive(1)).requests(2.1);
      assertThat(requests).hasSize(6);
      assertThat(requests.get(2).latency()).isLessThan(requests.get(0).latency());
      assertThat(requests.get(2).latency())
          .isLessThan(WebScenario.with(WebScenario.get()).requests(2.1).get(2).latency());
    }

    @Test
    void sendsARequestAgainIfItsConnectionHadDied() {
      List<Request> requests =
          WebScenario.with(every(WebScenario.client(keepingAlive(1)), Duration.ofSeconds(2)))
              .at(1.5, process(ProcessVerb.RESTART))
              .requests(6);
      assertThat(outcomes(requests)).containsExactly(RequestOutcome.OK);
      assertThat(requests).hasSize(3);
    }

    @Test
    void opensAsManyConnectionsAsRequestsAreOutstanding() {
      List<Request> requests =
          WebScenario.with(keepingAlive(4)).takes(Duration.ofMillis(500)).requests(3.2);
      assertThat(requests).hasSizeGreaterThanOrEqualTo(8);
      assertThat(outcomes(requests)).containsExactly(RequestOutcome.OK);
    }
  }

  @Nested
  class Https {
    private static Fetches https(String url, boolean insecure) {
      Fetches get = WebScenario.get();
      return new Fetches(
          url, get.address(), get.method(), get.headers(), 1, false, false, insecure);
    }

    @Test
    void needsARoundTripAndTheServersWorkMore() {
      Request plain = WebScenario.with(WebScenario.get()).requests(1.5).get(1);
      List<Request> requests = WebScenario.with(https("https://www.example/", false)).requests(1.5);
      Request hidden = requests.get(1);
      assertThat(outcomes(requests)).containsExactly(RequestOutcome.OK);
      assertThat(hidden.server()).contains("web");
      assertThat(hidden.latency().minus(plain.latency()))
          .isBetween(Duration.ofNanos(550_000), Duration.ofNanos(700_000));
    }

    @Test
    void failsIfTheCertificateIsForAnotherName() {
      assertThat(outcomes(WebScenario.with(https("https://other.example/", false)).requests(2)))
          .containsExactly(RequestOutcome.TLS_ERROR);
      assertThat(outcomes(WebScenario.with(https("https://20.0.0.21/", false)).requests(2)))
          .containsExactly(RequestOutcome.TLS_ERROR);
      assertThat(outcomes(WebScenario.with(https("https://other.example/", true)).requests(2)))
          .containsExactly(RequestOutcome.OK);
    }

    @Test
    void failsOnAPortWithoutTls() {
      assertThat(outcomes(WebScenario.with(https("https://www.example:80/", false)).requests(2)))
          .containsExactly(RequestOutcome.TLS_ERROR);
    }
  }

  @Nested
  class ACrowd {
    @Test
    void hasAnAddressForEachUserAndEndsAfterItsRequests() {
      List<Request> requests = WebScenario.with(crowd(50, Duration.ofSeconds(3), 2)).requests(10);
      assertThat(requests).hasSize(100);
      assertThat(outcomes(requests)).containsExactly(RequestOutcome.OK);
      assertThat(requests.stream().map(Request::source).distinct()).hasSize(50);
      assertThat(requests)
          .extracting(Request::source)
          .contains(IpAddress.of("20.0.0.100"), IpAddress.of("20.0.0.149"));
    }

    @Test
    void beginsSpreadOverItsWindow() {
      long early =
          WebScenario.with(crowd(50, Duration.ofSeconds(3), 1)).events(10).stream()
              .filter(e -> e.detail() instanceof Request)
              .filter(e -> e.atNanos() < 2_000_000_000L)
              .count();
      assertThat(early).isBetween(15L, 35L);
    }
  }
}
