package org.vipdrift.netio.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VirtualInterfaces.Outcome;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.RouteOutcome;
import org.vipdrift.netio.link.VirtualLinks;

/** Interfaces of virtual routers in a Linux kernel; one takes it about a millisecond to make. */
public final class LinuxVirtualInterfaces
    extends AbstractMatchingBehavior<VirtualInterfaces.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxVirtualInterfaces.class);

  private final VirtualLinks links;
  private final Owners<String, String> names = new Owners<>();

  private LinuxVirtualInterfaces(
      ActorContext<VirtualInterfaces.Command> context, VirtualLinks links) {
    super(context);
    this.links = links;
  }

  /**
   * @param links opened in the namespace that is meant; stays the caller's
   */
  public static Behavior<VirtualInterfaces.Command> create(VirtualLinks links) {
    return Behaviors.setup(context -> new LinuxVirtualInterfaces(context, links));
  }

  @Override
  public Behavior<VirtualInterfaces.Command> onMessage(VirtualInterfaces.Command command) {
    switch (command) {
      case VirtualInterfaces.Ensure ensure -> {
        VirtualInterface wanted = ensure.wanted();
        Outcome outcome = ask(wanted.name(), Outcome.NO_SUCH_PARENT, () -> links.ensure(wanted));
        if (outcome == Outcome.DONE || outcome == Outcome.ALREADY_THERE) {
          names.put(wanted.name(), ensure.who(), wanted.name());
        }
        ensure.replyTo().tell(new VirtualInterfaces.Answer(wanted.name(), outcome, ensure.cause()));
      }
      case VirtualInterfaces.Remove remove ->
          remove
              .replyTo()
              .tell(
                  new VirtualInterfaces.Answer(
                      remove.name(), remove(remove.name()), remove.cause()));
      case VirtualInterfaces.ReleaseAll release -> names.of(release.who()).forEach(this::remove);
    }
    return this;
  }

  private Outcome remove(String name) {
    names.remove(name);
    return ask(name, Outcome.NOT_THERE, () -> links.remove(name));
  }

  private static Outcome ask(String name, Outcome nowhere, Kernel kernel) {
    RouteOutcome outcome;
    try {
      outcome = kernel.ask();
    } catch (NativeException e) {
      outcome = new RouteOutcome.Refused(e.errno(), e.getMessage());
    }
    return switch (outcome) {
      case RouteOutcome.Settled.DONE -> Outcome.DONE;
      case RouteOutcome.Settled.ALREADY_THERE -> Outcome.ALREADY_THERE;
      case RouteOutcome.Settled.NOT_THERE -> Outcome.NOT_THERE;
      case RouteOutcome.Settled.NO_SUCH_INTERFACE -> nowhere;
      case RouteOutcome.Refused(_, String text) -> {
        LOG.warn("{}: {}", name, text);
        yield Outcome.REFUSED;
      }
    };
  }

  /** A request. */
  @FunctionalInterface
  private interface Kernel {
    RouteOutcome ask() throws NativeException;
  }
}
