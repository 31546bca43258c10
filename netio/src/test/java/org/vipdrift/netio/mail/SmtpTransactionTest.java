package org.vipdrift.netio.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmtpTransactionTest {
  private static final ZonedDateTime DATE =
      ZonedDateTime.of(2026, 11, 2, 22, 34, 5, 0, ZoneOffset.ofHours(1));
  private static final Mail MAIL =
      new Mail(
          "ka@example.com",
          List.of("a@example.com", "b@example.com"),
          "[LVS_X] VRRP Instance i - Entering MASTER state",
          "=> VRRP Instance is now owning VRRP VIPs <=");

  private static void send(SmtpSink to, Mail mail, Duration timeout) throws IOException {
    new SmtpTransaction("127.0.0.1", to.port(), timeout)
        .send(Optional.of("test1.example.com"), mail, DATE);
  }

  private static List<String> heardOf(Mail mail) throws IOException {
    try (SmtpSink sink = SmtpSink.open(SmtpSink.Mood.WILLING)) {
      send(sink, mail, Duration.ofSeconds(10));
      return sink.heard();
    }
  }

  /** But for the name of the mailer these are the very lines of keepalived 2.2.7. */
  @Test
  void aMailGoesToEverybodyInOneTransaction() throws IOException {
    assertThat(heardOf(MAIL))
        .containsExactly(
            "HELO test1.example.com",
            "MAIL FROM:<ka@example.com>",
            "RCPT TO:<a@example.com>",
            "RCPT TO:<b@example.com>",
            "DATA",
            "Date: Mon, 02 Nov 2026 22:34:05 +0100",
            "From: ka@example.com",
            "Subject: [LVS_X] VRRP Instance i - Entering MASTER state",
            "X-Mailer: vipdrift",
            "To: a@example.com, b@example.com",
            "",
            "=> VRRP Instance is now owning VRRP VIPs <=",
            "",
            ".",
            "QUIT");
  }

  @Test
  void aLineWithADotAloneDoesNotEndTheMail() throws IOException {
    assertThat(heardOf(new Mail("a@b", List.of("c@d"), "s", "before\n.\nafter")))
        .containsSequence("before", "..", "after");
  }

  @Test
  void aHeaderCannotBeWrittenThroughTheSubject() throws IOException {
    assertThat(heardOf(new Mail("a@b", List.of("c@d"), "s\r\nBcc: e@f", "text")))
        .contains("Subject: s Bcc: e@f");
  }

  @Test
  void otherLettersAreEncoded() throws IOException {
    assertThat(heardOf(new Mail("a@b", List.of("c@d"), "Übernahme", "läuft")))
        .contains("Subject: =?UTF-8?B?w5xiZXJuYWhtZQ==?=")
        .contains("Content-Type: text/plain; charset=utf-8")
        .contains("läuft");
  }

  @Test
  void aRefusalIsToldInTheServersWords() {
    try (SmtpSink sink = SmtpSink.open(SmtpSink.Mood.REFUSING)) {
      assertThatThrownBy(() -> send(sink, MAIL, Duration.ofSeconds(10)))
          .isInstanceOf(IOException.class)
          .hasMessage("the server answered '550 no such user' to RCPT TO:<b@example.com>");
      assertThat(sink.heard()).doesNotContain("DATA");
    }
  }

  @Test
  void aSilentServerIsGivenUp() {
    try (SmtpSink sink = SmtpSink.open(SmtpSink.Mood.SILENT)) {
      assertThatThrownBy(() -> send(sink, MAIL, Duration.ofMillis(200)))
          .isInstanceOf(IOException.class)
          .hasMessage("no answer within 200 ms");
    }
  }

  @Test
  void nobodyListening() {
    SmtpSink sink = SmtpSink.open(SmtpSink.Mood.WILLING);
    sink.close();
    assertThatThrownBy(() -> send(sink, MAIL, Duration.ofSeconds(10)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void aMailNeedsARecipient() {
    assertThatThrownBy(() -> new Mail("a@b", List.of(), "s", "t"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
