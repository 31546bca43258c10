package org.vipdrift.model.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.Octets;

class ProbeMachineTest {
  private CheckerSettings settings = CheckerMachineTest.settings(new Check.Tcp(), false);
  private ProbeState state = ProbeState.initial(0);
  private final List<String> done = new ArrayList<>();

  private void begin(Check check) {
    settings = CheckerMachineTest.settings(check, false);
    state = ProbeState.initial(0);
    done.clear();
    on(new ProbeEvent.Started(0, 0x1234));
    assertThat(done).containsExactly("open");
    done.clear();
  }

  private void on(ProbeEvent event) {
    ProbeMachine.Transition transition = ProbeMachine.on(settings, state, event);
    state = transition.next();
    for (ProbeEffect effect : transition.effects()) {
      switch (effect) {
        case ProbeEffect.Open _ -> done.add("open");
        case ProbeEffect.Send(Octets data) -> done.add(ProbeMachine.text(data));
        case ProbeEffect.SetTimeout _ -> {}
        case ProbeEffect.Succeed _ -> done.add("good");
        case ProbeEffect.Fail(String why) -> done.add("bad: " + why);
      }
    }
  }

  private void receive(String text) {
    on(new ProbeEvent.Received(0, ProbeMachine.ascii(text)));
  }

  private static Check http(Optional<String> digest, Optional<String> pattern) {
    return new Check.Http(
        false,
        false,
        Check.Protocol.HTTP_1_0,
        false,
        Optional.of("www.example.org"),
        List.of(
            new Check.Url(
                "/check",
                Optional.empty(),
                digest,
                List.of(Check.StatusRange.SUCCESS),
                pattern,
                false,
                false)));
  }

  @Test
  void tcpIsContentWithTheHandshake() {
    begin(new Check.Tcp());
    on(new ProbeEvent.Opened(1));
    assertThat(done).containsExactly("good");

    begin(new Check.Tcp());
    on(new ProbeEvent.Failed(1, ProbeEvent.Failure.REFUSED));
    assertThat(done).containsExactly("bad: TCP_CHECK [10.0.0.2]:tcp:80: connection refused");
  }

  @Test
  void httpAsksForThePathAndJudgesTheStatus() {
    begin(http(Optional.empty(), Optional.empty()));
    on(new ProbeEvent.Opened(1));
    assertThat(done)
        .containsExactly(
            "GET /check HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: www.example.org\r\n\r\n");
    receive("HTTP/1.1 200 OK\r\n\r\nhe");
    receive("llo");
    on(new ProbeEvent.Finished(2));
    assertThat(done.getLast()).isEqualTo("good");

    begin(http(Optional.empty(), Optional.empty()));
    receive("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    assertThat(done.getLast()).endsWith("HTTP status code 503");
  }

  @Test
  void httpComparesTheDigestAndSearchesThePattern() {
    begin(http(Optional.of("5d41402abc4b2a76b9719d911017c592"), Optional.of("h.llo")));
    receive("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    assertThat(done.getLast()).isEqualTo("good");

    begin(http(Optional.of("5d41402abc4b2a76b9719d911017c592"), Optional.empty()));
    receive("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhullo");
    assertThat(done.getLast()).contains("MD5 digest error");
  }

  @Test
  void udpIsContentWithSilenceUnlessAReplyIsRequired() {
    begin(new Check.Udp(Optional.empty(), Optional.empty()));
    on(new ProbeEvent.Opened(1));
    on(new ProbeEvent.TimedOut(3));
    assertThat(done.getLast()).isEqualTo("good");

    Check.Reply reply = new Check.Reply(Octets.ofHex("6162"), Octets.ofHex("ff0f"), 0, 255);
    begin(new Check.Udp(Optional.empty(), Optional.of(reply)));
    on(new ProbeEvent.TimedOut(3));
    assertThat(done.getLast()).endsWith("timeout");
    begin(new Check.Udp(Optional.empty(), Optional.of(reply)));
    receive("aRest");
    assertThat(done.getLast()).isEqualTo("good");
    begin(new Check.Udp(Optional.empty(), Optional.of(reply)));
    receive("xy");
    assertThat(done.getLast()).endsWith("reply data mismatch");
  }

  @Test
  void dnsWantsAnAnswerToItsOwnQueryWithoutAnError() {
    begin(new Check.Dns(6, "example.org"));
    on(new ProbeEvent.Opened(1));
    assertThat(ProbeMachine.ascii(done.getFirst()).toHex())
        .isEqualTo("123401000001000000000000076578616d706c65036f72670000060001");
    on(new ProbeEvent.Received(1, Octets.ofHex("1234 8180 0001 0000 0000 0000")));
    assertThat(done.getLast()).isEqualTo("good");

    begin(new Check.Dns(6, "."));
    on(new ProbeEvent.Received(1, Octets.ofHex("1234 8182 0001 0000 0000 0000")));
    assertThat(done.getLast()).endsWith("rcode = 2");
  }

  @Test
  void smtpGreetsAndTakesItsLeave() {
    begin(new Check.Smtp("me.example.org"));
    on(new ProbeEvent.Opened(1));
    receive("220 ready\r\n");
    receive("250 hello\r\n");
    receive("221 bye\r\n");
    assertThat(done).containsExactly("HELO me.example.org\r\n", "QUIT\r\n", "good");

    begin(new Check.Smtp("me"));
    receive("554 no\r\n");
    assertThat(done.getLast()).startsWith("bad: SMTP_CHECK Bad greeting banner");
  }
}
