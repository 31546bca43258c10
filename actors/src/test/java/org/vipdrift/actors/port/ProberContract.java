package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.Prober.Answer;
import org.vipdrift.actors.port.Prober.Failed;
import org.vipdrift.actors.port.Prober.Failure;
import org.vipdrift.actors.port.Prober.Finished;
import org.vipdrift.actors.port.Prober.Opened;
import org.vipdrift.actors.port.Prober.Received;
import org.vipdrift.actors.port.Prober.Tls;
import org.vipdrift.actors.port.Prober.Transport;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** What every {@link Prober} does. */
public abstract class ProberContract extends PortContract {
  private static final int PORT = 7007;
  private static final long ID = 5;

  private ProbingHost checker() {
    return (ProbingHost) left;
  }

  private ProbingHost server() {
    return (ProbingHost) right;
  }

  private static Octets octets(String text) {
    return Octets.copyOf(text.getBytes(StandardCharsets.US_ASCII));
  }

  private Inbox<Answer> open(Transport transport, IpAddress address, int port) {
    return open(transport, address, port, Optional.empty());
  }

  private Inbox<Answer> open(Transport transport, IpAddress address, int port, Optional<Tls> tls) {
    Inbox<Answer> answers = world.inbox();
    checker()
        .prober()
        .tell(
            new Prober.Open(
                left.who(),
                ID,
                transport,
                Optional.empty(),
                address,
                port,
                tls,
                0,
                answers.ref(),
                0));
    settle();
    return answers;
  }

  private void send(String text) {
    checker().prober().tell(new Prober.Send(left.who(), ID, octets(text), 0));
    settle();
  }

  private void close(boolean reset) {
    checker().prober().tell(new Prober.Close(left.who(), ID, reset, 0));
    settle();
  }

  private static String textOf(Inbox<Answer> answers) {
    StringBuilder text = new StringBuilder();
    for (Answer answer : answers.received()) {
      if (answer instanceof Received received) {
        text.append(new String(received.data().toByteArray(), StandardCharsets.US_ASCII));
      }
    }
    return text.toString();
  }

  private static void assertFailed(Inbox<Answer> answers, Failure failure) {
    assertThat(answers.received().getLast())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure()).isEqualTo(failure));
  }

  @Test
  public void aPortWhereSomebodyListensIsOpened() {
    Runnable end = server().echoTcp(PORT, "");
    Inbox<Answer> answers = open(Transport.TCP, right.ipv4(), PORT);
    assertThat(answers.received()).singleElement().isInstanceOf(Opened.class);
    assertThat(answers.received().getFirst().id()).isEqualTo(ID);
    close(true);
    assertThat(answers.received()).hasSize(1);
    end.run();
  }

  @Test
  public void dataGoesBothWays() {
    Runnable end = server().echoTcp(PORT, "hello ");
    Inbox<Answer> answers = open(Transport.TCP, right.ipv4(), PORT);
    send("world");
    assertThat(textOf(answers)).isEqualTo("hello world");
    close(false);
    end.run();
  }

  @Test
  public void aPortWhereNobodyListensIsRefused() {
    Inbox<Answer> answers = open(Transport.TCP, right.ipv4(), PORT);
    assertThat(answers.received()).hasSize(1);
    assertFailed(answers, Failure.REFUSED);
  }

  @Test
  public void whoDoesNotAnswerArpIsUnreachable() {
    Inbox<Answer> answers = open(Transport.TCP, IpAddress.of("20.0.0.99"), PORT);
    assertThat(answers.received()).isEmpty();
    world.run(Duration.ofSeconds(4));
    assertFailed(answers, Failure.UNREACHABLE);
  }

  @Test
  public void theEndOfTheServersProcessIsFinishedOrReset() {
    server().echoTcp(PORT, "");
    Inbox<Answer> answers = open(Transport.TCP, right.ipv4(), PORT);
    right.killProcess();
    settle();
    assertThat(answers.received().getLast()).isInstanceOf(Finished.class);
    send("too late");
    assertFailed(answers, Failure.RESET);
  }

  @Test
  public void aClosedProbeIsSilent() {
    Runnable end = server().echoTcp(PORT, "");
    Inbox<Answer> answers = open(Transport.TCP, right.ipv4(), PORT);
    close(false);
    send("unheard");
    assertThat(answers.received()).hasSize(1);
    end.run();
  }

  @Test
  public void dataGoesBothWaysInTls() {
    Runnable end = server().echoTls(PORT, "www.example.com");
    Inbox<Answer> answers =
        open(Transport.TCP, right.ipv4(), PORT, Optional.of(new Tls(Optional.of("example.com"))));
    assertThat(answers.received()).singleElement().isInstanceOf(Opened.class);
    send("secret");
    assertThat(textOf(answers)).isEqualTo("secret");
    close(false);
    end.run();
  }

  @Test
  public void aServerThatDoesNotSpeakTlsFails() {
    Runnable end = server().echoTcp(PORT, "220 mail.example.com ESMTP");
    Inbox<Answer> answers =
        open(Transport.TCP, right.ipv4(), PORT, Optional.of(new Tls(Optional.empty())));
    assertThat(answers.received()).hasSize(1);
    assertFailed(answers, Failure.TLS);
    end.run();
  }

  @Test
  public void datagramsGoBothWays() {
    Runnable end = server().echoUdp(PORT);
    Inbox<Answer> answers = open(Transport.UDP, right.ipv4(), PORT);
    send("ping");
    assertThat(textOf(answers)).isEqualTo("ping");
    assertThat(answers.received().getFirst()).isInstanceOf(Opened.class);
    close(false);
    end.run();
  }

  @Test
  public void aDatagramToWhereNobodyListensIsRefused() {
    Inbox<Answer> answers = open(Transport.UDP, right.ipv4(), PORT);
    send("ping");
    assertFailed(answers, Failure.REFUSED);
  }

  @Test
  public void anEchoIsAnswered() {
    Inbox<Answer> answers = open(Transport.ICMP, right.ipv4(), 0);
    assertThat(answers.received()).singleElement().isInstanceOf(Opened.class);
  }

  @Test
  public void aDeadProcessProbesNothing() {
    Runnable end = server().echoTcp(PORT, "");
    left.killProcess();
    assertThat(open(Transport.TCP, right.ipv4(), PORT).received()).isEmpty();
    end.run();
  }
}
