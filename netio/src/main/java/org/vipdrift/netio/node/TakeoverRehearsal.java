package org.vipdrift.netio.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.NodePorts;
import org.vipdrift.actors.NodeRuntime;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfiguration.Instance;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.AdvertisementCodec;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/**
 * Plays a takeover and a leave through actors, machine and codec on ports that do nothing, so that
 * the first real one finds every class loaded.
 *
 * <p>Measured without it: 5 ms from the deadline to the first advert, once 67. Stops by itself.
 */
final class TakeoverRehearsal {
  private static final String WHO = "rehearsal";
  private static final String INTERFACE = "rehearsal0";

  /** Its time passes this much faster than that of the node, which waits for it. */
  private static final int SPEED = 20;

  private static final Duration LENGTH = Duration.ofMillis(400);
  private static final Duration HEARD_AT = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final IpAddress RIVAL = address("192.0.2.2");

  private TakeoverRehearsal() {}

  /** What it tells itself. */
  private enum Cue {
    JOINED,
    ADVERT_ARRIVES,
    END
  }

  static Behavior<Void> create(Clock clock, Alarms alarms) {
    HurriedTime time = new HurriedTime(clock, alarms, clock.monotonicNanos());
    return Behaviors.<Object>setup(context -> play(context, time, time)).unsafeCast();
  }

  private static Behavior<Object> play(ActorContext<Object> context, Clock clock, Alarms alarms) {
    VirtualRouterSettings settings =
        VirtualRouterSettings.builder("rehearsal", INTERFACE, 1)
            .version(3)
            .advertisementInterval(Duration.ofMillis(10))
            .virtualAddresses("192.0.2.100/24")
            .build();
    NodeConfiguration configuration =
        new NodeConfiguration(
            List.of(new Instance(settings, List.of(), true, NotifyCommands.NONE)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    Subscriber subscriber = new Subscriber();
    ActorRef<NodeRuntime.Command> runtime =
        context.spawn(
            NodeRuntime.create(configuration, ports(context, clock, alarms, subscriber)),
            "runtime",
            DispatcherSelector.sameAsParent());
    context.watch(runtime);
    long now = clock.monotonicNanos();
    ActorRef<Object> self = context.getSelf();
    alarms.set(now + LONGEST.toNanos(), () -> self.tell(Cue.END));
    return Behaviors.receive(Object.class)
        .onMessageEquals(
            Cue.JOINED,
            () -> {
              long joined = clock.monotonicNanos();
              alarms.set(joined + HEARD_AT.toNanos(), () -> self.tell(Cue.ADVERT_ARRIVES));
              alarms.set(joined + LENGTH.toNanos(), () -> self.tell(Cue.END));
              return Behaviors.same();
            })
        .onMessageEquals(
            Cue.ADVERT_ARRIVES,
            () -> {
              subscriber.tell(advert(settings));
              return Behaviors.same();
            })
        .onMessageEquals(
            Cue.END,
            () -> {
              runtime.tell(new NodeRuntime.Stop(TraceEvent.NO_CAUSE));
              return Behaviors.same();
            })
        .onSignal(Terminated.class, _ -> Behaviors.stopped())
        .build();
  }

  /** A time that passes {@link #SPEED} times as fast, from the same moment. */
  private record HurriedTime(Clock clock, Alarms alarms, long fromNanos) implements Clock, Alarms {
    @Override
    public long monotonicNanos() {
      return fromNanos + (clock.monotonicNanos() - fromNanos) * SPEED;
    }

    @Override
    public long wallNanos() {
      return clock.wallNanos();
    }

    @Override
    public Alarm set(long monotonicDeadlineNanos, Runnable wake) {
      return alarms.set(fromNanos + (monotonicDeadlineNanos - fromNanos) / SPEED, wake);
    }
  }

  /** Whom packets go to, once it has joined; written and read by actors of one dispatcher. */
  private static final class Subscriber {
    private volatile Optional<ActorRef<VrrpNetwork.PacketReceived>> joined = Optional.empty();

    void tell(VrrpNetwork.PacketReceived packet) {
      joined.ifPresent(to -> to.tell(packet));
    }
  }

  /** From a router that gives way: received and checked, and the state does not change. */
  private static VrrpNetwork.PacketReceived advert(VirtualRouterSettings settings) {
    IpAddress group = settings.multicastGroup();
    Octets message =
        AdvertisementCodec.encode(
            settings.advertisement(1), RIVAL, group, settings.dialect().checksumMode());
    return new VrrpNetwork.PacketReceived(message, RIVAL, group, 255, 0, TraceEvent.NO_CAUSE);
  }

  private static NodePorts ports(
      ActorContext<Object> context, Clock clock, Alarms alarms, Subscriber subscriber) {
    AtomicLong ids = new AtomicLong();
    TraceSink nowhere = (_, _) -> ids.incrementAndGet();
    InertPorts inert = new InertPorts(_ -> {});
    return new NodePorts(
        WHO,
        WHO,
        WHO,
        clock,
        alarms,
        nowhere,
        context.spawn(
            network(subscriber, context.getSelf()), "network", DispatcherSelector.sameAsParent()),
        context.spawn(interfaces(), "interfaces", DispatcherSelector.sameAsParent()),
        context.spawn(inert.addresses(), "addresses", DispatcherSelector.sameAsParent()),
        context.spawn(inert.announcer(), "announcer", DispatcherSelector.sameAsParent()),
        context.spawn(
            Behaviors.<ScriptRunner.Command>ignore(), "scripts", DispatcherSelector.sameAsParent()),
        context.spawn(
            Behaviors.<FileWatch.Command>ignore(), "files", DispatcherSelector.sameAsParent()),
        context.spawn(
            Behaviors.<ProcessWatch.Command>ignore(),
            "processes",
            DispatcherSelector.sameAsParent()),
        context.spawn(inert.packetFilter(), "packet-filter", DispatcherSelector.sameAsParent()),
        context.spawn(
            Behaviors.<Prober.Command>ignore(), "prober", DispatcherSelector.sameAsParent()),
        context.spawn(InertPorts.director(), "director", DispatcherSelector.sameAsParent()),
        context.spawn(inert.routes(), "routes", DispatcherSelector.sameAsParent()),
        context.spawn(
            inert.virtualInterfaces(), "virtual-interfaces", DispatcherSelector.sameAsParent()),
        context.spawn(inert.fifos(), "fifos", DispatcherSelector.sameAsParent()),
        context.spawn(inert.mails(), "mails", DispatcherSelector.sameAsParent()),
        SplitRandom.ofSeed(1));
  }

  private static Behavior<VrrpNetwork.Command> network(
      Subscriber subscriber, ActorRef<Object> whoPlays) {
    return Behaviors.receiveMessage(
        command -> {
          if (command instanceof VrrpNetwork.Join join) {
            subscriber.joined = Optional.of(join.subscriber());
            whoPlays.tell(Cue.JOINED);
          }
          return Behaviors.same();
        });
  }

  private static Behavior<Interfaces.Command> interfaces() {
    return Behaviors.receiveMessage(
        command -> {
          if (command instanceof Interfaces.Watch watch) {
            watch
                .subscriber()
                .tell(
                    new Interfaces.InterfaceStatus(
                        INTERFACE,
                        true,
                        MacAddress.parse("02:00:00:00:00:01").orElseThrow(),
                        List.of(new IpPrefix(address("192.0.2.1"), 24)),
                        TraceEvent.NO_CAUSE));
          }
          return Behaviors.same();
        });
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
