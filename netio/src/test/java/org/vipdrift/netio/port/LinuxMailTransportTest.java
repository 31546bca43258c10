package org.vipdrift.netio.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.MailTransport;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.netio.mail.SmtpSink;

class LinuxMailTransportTest {
  private static final String WHO = "keepalived#1";

  private final LocalWorld world = new LocalWorld();
  private final ActorRef<MailTransport.Command> mails = world.spawn(LinuxMailTransport.create());
  private final Inbox<MailTransport.Answer> answers = world.inbox();

  @AfterEach
  void close() {
    world.close();
  }

  private void send(long id, SmtpSink to, String... recipients) {
    mails.tell(
        new MailTransport.Send(
            WHO,
            id,
            new MailTransport.Server("127.0.0.1", to.port(), Duration.ofSeconds(20)),
            Optional.of("test1"),
            "ka@example.com",
            List.of(recipients),
            "subject",
            "body",
            answers.ref(),
            0));
  }

  private List<MailTransport.Answer> answers(int count) {
    for (int i = 0; i < 200 && answers.received().size() < count; i++) {
      world.run(Duration.ofMillis(20));
    }
    return answers.received();
  }

  @Test
  void aMailThatIsTakenIsAnswered() {
    try (SmtpSink sink = SmtpSink.open(SmtpSink.Mood.WILLING)) {
      send(7, sink, "a@example.com");
      assertThat(answers(1)).containsExactly(new MailTransport.Sent(7, 0));
      assertThat(sink.heard()).contains("RCPT TO:<a@example.com>", "Subject: subject", "body");
    }
  }

  @Test
  void aMailThatIsRefusedIsAnsweredWithTheReason() {
    try (SmtpSink sink = SmtpSink.open(SmtpSink.Mood.REFUSING)) {
      send(8, sink, "a@example.com", "b@example.com");
      assertThat(answers(1))
          .containsExactly(
              new MailTransport.Failed(
                  8, "the server answered '550 no such user' to RCPT TO:<b@example.com>", 0));
    }
  }

  @Test
  void aMailToNobodyFails() {
    try (SmtpSink sink = SmtpSink.open(SmtpSink.Mood.WILLING)) {
      send(9, sink);
      assertThat(answers(1)).hasOnlyElementsOfType(MailTransport.Failed.class);
    }
  }

  @Test
  void anAbandonedMailIsNotAnswered() {
    try (SmtpSink silent = SmtpSink.open(SmtpSink.Mood.SILENT);
        SmtpSink willing = SmtpSink.open(SmtpSink.Mood.WILLING)) {
      send(1, silent, "a@example.com");
      mails.tell(new MailTransport.AbandonAll(WHO));
      send(2, willing, "a@example.com");
      assertThat(answers(1)).containsExactly(new MailTransport.Sent(2, 0));
    }
  }
}
