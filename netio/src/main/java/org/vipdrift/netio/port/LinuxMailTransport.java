package org.vipdrift.netio.port;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.MailTransport;
import org.vipdrift.netio.mail.Mail;
import org.vipdrift.netio.mail.SmtpTransaction;

/** Mails from this machine; two at a time, each on a named thread, the others wait. */
public final class LinuxMailTransport extends AbstractMatchingBehavior<LinuxMailTransport.Message> {
  private static final int THREADS = 2;
  private static final long NO_CAUSE = 0;

  /** What this actor is told. */
  sealed interface Message {}

  private record Asked(MailTransport.Command command) implements Message {}

  /** A mail was taken, or was not for a reason. */
  private record Done(long number, Optional<String> why) implements Message {}

  private record UnderWay(MailTransport.Send asked, SmtpTransaction transaction) {}

  private final ExecutorService threads = NamedThreads.pool("vipdrift-mail", THREADS);
  private final Map<Long, UnderWay> mails = new LinkedHashMap<>();
  private long lastNumber;

  private LinuxMailTransport(ActorContext<Message> context) {
    super(context);
  }

  /** The port of this machine. */
  public static Behavior<MailTransport.Command> create() {
    Behavior<Message> transport = Behaviors.setup(LinuxMailTransport::new);
    return Behaviors.transformMessages(
        MailTransport.Command.class,
        transport,
        commands -> commands.match(MailTransport.Command.class, Asked::new));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Asked(MailTransport.Send send) -> send(send);
      case Asked(MailTransport.AbandonAll(String who)) ->
          mails.values().removeIf(mail -> abandoned(mail, who));
      case Done(long number, Optional<String> why) -> done(mails.remove(number), why);
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      mails.values().forEach(mail -> mail.transaction.close());
      threads.shutdownNow();
    }
    return this;
  }

  private void send(MailTransport.Send send) {
    MailTransport.Server server = send.server();
    SmtpTransaction transaction =
        new SmtpTransaction(server.host(), server.port(), server.connectTimeout());
    long number = ++lastNumber;
    mails.put(number, new UnderWay(send, transaction));
    ActorRef<Message> self = getContext().getSelf();
    threads.execute(() -> self.tell(new Done(number, transact(send, transaction))));
  }

  private static Optional<String> transact(MailTransport.Send send, SmtpTransaction transaction) {
    if (send.to().isEmpty()) {
      return Optional.of("nobody is to have it");
    }
    try {
      Mail mail = new Mail(send.from(), send.to(), send.subject(), send.body());
      transaction.send(send.heloName(), mail, ZonedDateTime.now());
      return Optional.empty();
    } catch (IOException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  private static boolean abandoned(UnderWay mail, String who) {
    boolean theirs = mail.asked.who().equals(who);
    if (theirs) {
      mail.transaction.close();
    }
    return theirs;
  }

  private static void done(@Nullable UnderWay mail, Optional<String> why) {
    if (mail == null) {
      return; // abandoned
    }
    long id = mail.asked.id();
    mail.asked
        .replyTo()
        .tell(
            why.isPresent()
                ? new MailTransport.Failed(id, why.get(), NO_CAUSE)
                : new MailTransport.Sent(id, NO_CAUSE));
  }
}
