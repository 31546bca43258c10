package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.ProxyPlane;
import org.vipdrift.model.haproxy.ProxyProcess;
import org.vipdrift.simulator.proxy.ProxyRegistry;
import org.vipdrift.simulator.proxy.SimulatedProxy;

/** The data planes of a simulated host; what is said to one that is gone is lost. */
public final class SimulatedProxyPlane extends AbstractMatchingBehavior<ProxyPlane.Command> {
  private final ProxyRegistry proxies;

  private SimulatedProxyPlane(ActorContext<ProxyPlane.Command> context, ProxyRegistry proxies) {
    super(context);
    this.proxies = proxies;
  }

  public static Behavior<ProxyPlane.Command> create(ProxyRegistry proxies) {
    return Behaviors.setup(context -> new SimulatedProxyPlane(context, proxies));
  }

  @Override
  public Behavior<ProxyPlane.Command> onMessage(ProxyPlane.Command command) {
    switch (command) {
      case ProxyPlane.Attach a ->
          proxies.find(a.who()).ifPresent(p -> p.attach(report -> a.reports().tell(report)));
      case ProxyPlane.Publish p ->
          proxies.find(p.who()).ifPresent(proxy -> proxy.process().publish(p.snapshot()));
      case ProxyPlane.PublishChange c -> proxies.find(c.who()).ifPresent(proxy -> change(proxy, c));
      case ProxyPlane.ShutdownSessions s ->
          proxies
              .find(s.who())
              .ifPresent(p -> p.process().shutdownSessions(s.backend(), s.server(), s.cause()));
      case ProxyPlane.ShutdownBackupSessions s ->
          proxies
              .find(s.who())
              .ifPresent(p -> p.process().shutdownBackupSessions(s.backend(), s.cause()));
      case ProxyPlane.EnableFrontend e ->
          proxies
              .find(e.who())
              .ifPresent(p -> p.process().enableFrontend(e.frontend(), e.enabled()));
      case ProxyPlane.LimitServer l ->
          proxies
              .find(l.who())
              .ifPresent(
                  p ->
                      p.process()
                          .limitServer(l.backend(), l.server(), l.maxConnections(), l.cause()));
      case ProxyPlane.Count c ->
          proxies
              .find(c.who())
              .ifPresent(
                  p -> p.report(new ProxyPlane.Counted(c.id(), p.process().count(), c.cause())));
    }
    return this;
  }

  private static void change(SimulatedProxy proxy, ProxyPlane.PublishChange change) {
    ProxyProcess.Changed changed =
        proxy
            .process()
            .publishChange(change.snapshot(), change.server(), change.up(), change.cause());
    proxy.report(
        new ProxyPlane.Published(
            change.id(), changed.active(), changed.requeued(), changed.queued(), change.cause()));
  }
}
