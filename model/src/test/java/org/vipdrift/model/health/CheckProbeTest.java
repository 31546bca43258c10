package org.vipdrift.model.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.CheckExpectation;
import org.vipdrift.model.haproxy.settings.CheckMethod;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.LogFormat;

class CheckProbeTest {
  private static final long MS = 1_000_000L;
  private static final CheckStep OPTIONS =
      new CheckStep.SendHttp(
          "OPTIONS", LogFormat.text("/"), "HTTP/1.0", List.of(), Optional.empty());

  private final List<String> sent = new ArrayList<>();
  private String result = "";

  @Test
  void aPlainCheckIsSatisfiedByTheConnection() {
    assertThat(outcome(new CheckMethod.TcpConnect(), ""))
        .isEqualTo("reason: Layer4 check passed, check duration: 1ms");
  }

  @Test
  void anHttpCheckSendsWhatHaproxySendsAndPassesOnSuccess() {
    CheckMethod http = new CheckMethod.Http(List.of(OPTIONS), false, false);
    assertThat(outcome(http, "HTTP/1.0 200 OK\r\n\r\n"))
        .isEqualTo("reason: Layer7 check passed, code: 200, check duration: 1ms");
    assertThat(sent).containsExactly("OPTIONS / HTTP/1.0\r\n\r\n");
    assertThat(outcome(http, "HTTP/1.0 500 Whatever\r\nContent-Length: 5\r\n\r\nhello"))
        .isEqualTo(
            "reason: Layer7 wrong status, code: 500, info: \"Whatever\", check duration: 1ms");
    assertThat(outcome(http, "garbage\r\n\r\n"))
        .isEqualTo("reason: Layer7 invalid response, check duration: 1ms");
  }

  @Test
  void anAnswer404MayMeanThatTheServerIsLeaving() {
    CheckMethod http = new CheckMethod.Http(List.of(OPTIONS), true, false);
    assertThat(outcome(http, "HTTP/1.0 404 Whatever\r\n\r\n"))
        .isEqualTo("reason: Layer7 check conditionally passed, code: 404, check duration: 1ms");
  }

  @Test
  void expectedContentMustCome() {
    CheckMethod http =
        new CheckMethod.Http(
            List.of(OPTIONS, expect(false, new CheckExpectation.Text("foo"))), false, false);
    assertThat(outcome(http, "HTTP/1.0 500 Whatever\r\nContent-Length: 5\r\n\r\nhello"))
        .isEqualTo(
            "reason: Layer7 invalid response, info: \"HTTP content check did not match\", check"
                + " duration: 1ms");
  }

  @Test
  void aConversationSaysAtWhichStepItFailed() {
    CheckMethod tcp =
        new CheckMethod.Tcp(
            List.of(
                new CheckStep.Send(octets("PING\r\n")),
                expect(false, new CheckExpectation.Text("+PONG"))));
    CheckProbe probe = probe(tcp);
    perform(probe.start(0));
    perform(probe.failed(MS, CheckProbe.Failure.REFUSED));
    assertThat(result)
        .isEqualTo(
            "reason: Layer4 connection problem, info: \"Connection refused at initial connection"
                + " step of tcp-check\", check duration: 1ms");
    probe = probe(tcp);
    perform(probe.start(0));
    perform(probe.opened(0));
    perform(probe.timedOut(400 * MS));
    assertThat(result)
        .isEqualTo(
            "reason: Layer7 timeout, info: \" at step 2 of tcp-check (expect string '+PONG')\","
                + " check duration: 400ms");
    assertThat(outcome(tcp, "+PONG\r\n"))
        .isEqualTo(
            "reason: Layer7 check passed, code: 0, info: \"(tcp-check)\", check duration: 1ms");
  }

  @Test
  void theOtherKindsSendTheBytesThatHaproxySends() {
    outcome(new CheckMethod.Redis(), "+PONG\r\n");
    outcome(new CheckMethod.Smtp("HELO", "localhost"), "220 x\r\n");
    outcome(new CheckMethod.Postgresql("pgu"), "R");
    outcome(new CheckMethod.SslHello(), "\u0016");
    assertThat(sent.subList(0, 3))
        .containsExactly(
            "*1\r\n$4\r\nPING\r\n", "HELO localhost\r\n", "\0\0\0\u0012\0\3\0\0user\0pgu\0\0");
    assertThat(sent.getLast()).startsWith("\u0016\3\0\0y\1\0\0u\3\0k\3D\u009eHAPROXYSSLCHK\n");
    assertThat(sent.getLast()).hasSize(0x79 + 5);
  }

  private String outcome(CheckMethod method, String answer) {
    CheckProbe probe = probe(method);
    perform(probe.start(0));
    perform(probe.opened(MS));
    if (!answer.isEmpty()) {
      perform(probe.received(MS, octets(answer)));
    }
    return result;
  }

  private static CheckProbe probe(CheckMethod method) {
    return new CheckProbe(
        new ProbeSettings(method, Duration.ofSeconds(2), Optional.empty(), Optional.empty()));
  }

  private void perform(List<ProbeEffect> effects) {
    for (ProbeEffect effect : effects) {
      switch (effect) {
        case ProbeEffect.Send(Octets data) ->
            sent.add(new String(data.toByteArray(), StandardCharsets.ISO_8859_1));
        case ProbeEffect.Conclude conclude -> result = conclude.result().reason();
        case ProbeEffect.Open _, ProbeEffect.Close _, ProbeEffect.SetDeadline _ -> {}
      }
    }
  }

  private static Octets octets(String text) {
    return Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static CheckStep expect(boolean negated, CheckExpectation expectation) {
    return new CheckStep.Expect(
        negated,
        expectation,
        -1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
