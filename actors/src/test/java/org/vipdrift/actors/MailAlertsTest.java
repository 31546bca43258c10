package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vipdrift.actors.port.MailTransport;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.node.ProcessSettings;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.vrrp.NotifyKind;

/** Subjects and bodies are those that a local SMTP server got of keepalived 2.2.7. */
class MailAlertsTest {
  private final TestInbox<Object> world = TestInbox.create();
  private final FakeNode node = new FakeNode(world.getRef());

  private BehaviorTestKit<MailAlerts.Command> kit(String... more) {
    List<String> globals =
        new java.util.ArrayList<>(
            List.of(
                "notification_email {",
                "a@x.example",
                "b@x.example",
                "}",
                "smtp_server mail 2525"));
    globals.addAll(List.of(more));
    ProcessSettings process = KeepalivedParserSettings.of(globals.toArray(String[]::new));
    return BehaviorTestKit.create(MailAlerts.create(process, node.ports()));
  }

  private List<MailTransport.Send> mails(
      BehaviorTestKit<MailAlerts.Command> kit, String type, String name, NotifyKind kind) {
    kit.run(
        new MailAlerts.Changed(
            new NotifyScripts.Changed(NotifyCommands.NONE, type, name, kind, 100, 6)));
    return world.getAllReceived().stream().map(MailTransport.Send.class::cast).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "INSTANCE, MASTER, VRRP Instance N - Entering MASTER state,"
        + " => VRRP Instance is now owning VRRP VIPs <=",
    "INSTANCE, FAULT, VRRP Instance N - Entering FAULT state,"
        + " => VRRP Instance is no longer owning VRRP VIPs <=",
    "GROUP, BACKUP, VRRP Group N - Entering BACKUP state,"
        + " => All VRRP group instances are now in BACKUP state <=",
    "INSTANCE, DELETED, VRRP Instance N - Deleted, => VRRP Deleted at reload <="
  })
  void aChangeIsMailedInKeepalivedsWords(
      String type, NotifyKind kind, String subject, String body) {
    MailTransport.Send mail = mails(kit("router_id R"), type, "N", kind).getFirst();
    assertThat(mail.subject()).isEqualTo("[R] " + subject);
    assertThat(mail.body()).isEqualTo(body);
    assertThat(mail.to()).containsExactly("a@x.example", "b@x.example");
    assertThat(mail.server().host()).isEqualTo("mail");
    assertThat(mail.server().port()).isEqualTo(2525);
  }

  @Test
  void theHostStandsInForWhatIsNotConfigured() {
    MailTransport.Send mail = mails(kit(), "INSTANCE", "N", NotifyKind.MASTER).getFirst();
    assertThat(mail.subject()).startsWith("[test] ");
    assertThat(mail.heloName()).isEmpty();
    assertThat(mail.from()).isEqualTo("root@test");
  }

  @ParameterizedTest
  @EnumSource(names = {"STOP", "MASTER_RX_LOWER_PRIORITY"})
  void stoppingAndLowerPrioritiesAreNotMailed(NotifyKind kind) {
    assertThat(mails(kit(), "INSTANCE", "N", kind)).isEmpty();
  }

  @Test
  void faultsAreNotMailedWhereTheConfigurationSaysSo() {
    BehaviorTestKit<MailAlerts.Command> kit = kit("no_email_faults");
    assertThat(mails(kit, "INSTANCE", "N", NotifyKind.FAULT)).isEmpty();
    assertThat(mails(kit, "INSTANCE", "N", NotifyKind.MASTER)).hasSize(1);
  }

  @Test
  void withoutAServerNothingIsMailed() {
    BehaviorTestKit<MailAlerts.Command> kit =
        BehaviorTestKit.create(MailAlerts.create(ProcessSettings.DEFAULT, node.ports()));
    assertThat(mails(kit, "INSTANCE", "N", NotifyKind.MASTER)).isEmpty();
  }

  @Test
  void aFailureIsLogged() {
    BehaviorTestKit<MailAlerts.Command> kit = kit();
    MailTransport.Send mail = mails(kit, "INSTANCE", "N", NotifyKind.MASTER).getFirst();
    mail.replyTo().tell(new MailTransport.Failed(mail.id(), "refused", 6));
    kit.runOne();
    assertThat(node.traced().getLast().detail())
        .isEqualTo(new TraceDetail.LogLine("keepalived", "mail not sent: refused"));
  }
}
