package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.MailTransport;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.simulator.kernel.HostKernel;

/** The mail server of a simulated host takes every mail at once, into the trace. */
public final class SimulatedMailTransport extends AbstractMatchingBehavior<MailTransport.Command> {
  private final HostKernel kernel;

  private SimulatedMailTransport(ActorContext<MailTransport.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<MailTransport.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedMailTransport(context, kernel));
  }

  @Override
  public Behavior<MailTransport.Command> onMessage(MailTransport.Command command) {
    switch (command) {
      case MailTransport.Send send -> {
        if (kernel.isOpen(send.who())) {
          kernel
              .calls()
              .report(
                  send.who(),
                  new TraceDetail.MailSent(
                      String.join(", ", send.to()), send.subject(), send.body() + "\n"),
                  send.cause());
          send.replyTo().tell(new MailTransport.Sent(send.id(), send.cause()));
        }
      }
      case MailTransport.AbandonAll _ -> {}
    }
    return this;
  }
}
