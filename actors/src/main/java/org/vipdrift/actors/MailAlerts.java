package org.vipdrift.actors;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.MailTransport;
import org.vipdrift.model.node.MailSettings;
import org.vipdrift.model.node.ProcessSettings;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.vrrp.NotifyKind;

/**
 * Mails what changed, with the subjects and bodies that keepalived 2.2.7 was measured to send; it
 * sends none about an instance that stops.
 */
final class MailAlerts extends AbstractMatchingBehavior<MailAlerts.Command> {
  /** What it is told. */
  sealed interface Command {}

  /** Something changed that {@code smtp_alert} asks to be told. */
  record Changed(NotifyScripts.Changed what) implements Command {}

  /** The configuration was read again. */
  record Configure(ProcessSettings process) implements Command {}

  private record Answered(MailTransport.Answer answer) implements Command {}

  private final NodePorts ports;
  private final ActorRef<MailTransport.Answer> answers;
  private ProcessSettings process;
  private long mails;

  private MailAlerts(ActorContext<Command> context, ProcessSettings process, NodePorts ports) {
    super(context);
    this.ports = ports;
    this.process = process;
    this.answers = context.messageAdapter(MailTransport.Answer.class, Answered::new);
  }

  static Behavior<Command> create(ProcessSettings process, NodePorts ports) {
    return Behaviors.setup(context -> new MailAlerts(context, process, ports));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Changed(NotifyScripts.Changed what) -> changed(what);
      case Configure(ProcessSettings next) -> process = next;
      case Answered(MailTransport.Answer answer) -> answered(answer);
    }
    return this;
  }

  private record Mail(String subject, String body) {}

  private void changed(NotifyScripts.Changed what) {
    MailSettings settings = process.mail();
    boolean wanted = settings.faults() || what.kind() != NotifyKind.FAULT;
    if (settings.isComplete() && wanted) {
      mail(what).ifPresent(mail -> send(settings, mail, what.cause()));
    }
  }

  private static Optional<Mail> mail(NotifyScripts.Changed what) {
    boolean group = what.type().equals("GROUP");
    String who = (group ? "VRRP Group " : "VRRP Instance ") + what.name();
    String state = what.kind().name();
    return switch (what.kind()) {
      case MASTER, BACKUP, FAULT ->
          Optional.of(
              new Mail(
                  who + " - Entering " + state + " state",
                  group
                      ? "=> All VRRP group instances are now in " + state + " state <="
                      : what.kind() == NotifyKind.MASTER
                          ? "=> VRRP Instance is now owning VRRP VIPs <="
                          : "=> VRRP Instance is no longer owning VRRP VIPs <="));
      case DELETED -> Optional.of(new Mail(who + " - Deleted", "=> VRRP Deleted at reload <="));
      case STOP, MASTER_RX_LOWER_PRIORITY -> Optional.empty();
    };
  }

  private void send(MailSettings settings, Mail mail, long cause) {
    ports
        .mails()
        .tell(
            new MailTransport.Send(
                ports.who(),
                ++mails,
                new MailTransport.Server(
                    settings.server().orElseThrow(), settings.port(), settings.connectTimeout()),
                settings.heloName(),
                settings.sender().orElse("root@" + ports.hostName()),
                settings.recipients(),
                "[" + process.routerId().orElse(ports.hostName()) + "] " + mail.subject,
                mail.body,
                answers,
                cause));
  }

  private void answered(MailTransport.Answer answer) {
    switch (answer) {
      case MailTransport.Sent _ -> {}
      case MailTransport.Failed(long _, String why, long cause) ->
          ports
              .trace()
              .emit(new TraceDetail.LogLine(ports.process(), "mail not sent: " + why), cause);
    }
  }
}
