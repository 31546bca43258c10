package org.vipdrift.netio.port;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.trace.TraceDetail.AddressAnnounced;
import org.vipdrift.netio.link.NetworkNamespace;
import org.vipdrift.netio.link.PacketCount;
import org.vipdrift.netio.link.PacketCounters;
import org.vipdrift.netio.link.PacketSocket;

/**
 * Gratuitous ARP and unsolicited neighbour advertisements of this machine, one call of the kernel
 * each, which never waits.
 *
 * <p>Between two announcements of a family on an interface there is the configured distance
 * (keepalived's {@code garp_interval} and {@code gna_interval}); what is asked for earlier waits
 * its turn. An interface that is down or missing when the turn comes announces nothing.
 */
public final class LinuxNeighborAnnouncer
    extends AbstractMatchingBehavior<NeighborAnnouncer.Command> {
  /** Of one interface and family: 255 routers with 20 addresses, announced five times. */
  private static final int MOST_WAITING = 25_500;

  /**
   * Distances between two announcements on an interface; zero for none.
   *
   * @param arp keepalived's {@code garp_interval}
   * @param neighborAdvertisement keepalived's {@code gna_interval}
   */
  public record Spacing(Duration arp, Duration neighborAdvertisement) {
    public static final Spacing NONE = new Spacing(Duration.ZERO, Duration.ZERO);

    Duration of(IpFamily family) {
      return switch (family) {
        case IPV4 -> arp;
        case IPV6 -> neighborAdvertisement;
      };
    }
  }

  /** What an actor of this kind needs. */
  public record Settings(
      NetworkNamespace namespace,
      Function<String, Spacing> spacing,
      Clock clock,
      Alarms alarms,
      TraceSink trace,
      PacketCounters counters) {}

  private final Settings settings;
  private final Map<String, Outlet> outlets = new LinkedHashMap<>();

  private LinuxNeighborAnnouncer(
      ActorContext<NeighborAnnouncer.Command> context, Settings settings) {
    super(context);
    this.settings = settings;
  }

  /** Opens sockets as they are asked for; the actor fails when that is not allowed. */
  public static Behavior<NeighborAnnouncer.Command> create(Settings settings) {
    return Behaviors.setup(
        context -> {
          PacketSocket.rehearse(settings.namespace());
          return new LinuxNeighborAnnouncer(context, settings);
        });
  }

  @Override
  public Behavior<NeighborAnnouncer.Command> onMessage(NeighborAnnouncer.Command command)
      throws IOException {
    switch (command) {
      case NeighborAnnouncer.Announce announce -> outlet(announce).take(announce);
    }
    return this;
  }

  @Override
  public Behavior<NeighborAnnouncer.Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      outlets.values().forEach(Outlet::close);
    }
    return this;
  }

  private Outlet outlet(NeighborAnnouncer.Announce announce) throws IOException {
    Outlet outlet = outlets.get(announce.networkInterface());
    if (outlet == null) {
      outlet =
          new Outlet(
              PacketSocket.open(
                  settings.namespace(), announce.networkInterface(), settings.counters()));
      outlets.put(announce.networkInterface(), outlet);
    }
    return outlet;
  }

  /** One interface. */
  private final class Outlet {
    final PacketSocket socket;
    final Map<IpFamily, Line> lines = new EnumMap<>(IpFamily.class);

    Outlet(PacketSocket socket) {
      this.socket = socket;
    }

    void take(NeighborAnnouncer.Announce announce) {
      IpFamily family = announce.address().family();
      Duration distance = settings.spacing().apply(announce.networkInterface()).of(family);
      lines.computeIfAbsent(family, _ -> new Line(this)).take(announce, distance);
    }

    void send(NeighborAnnouncer.Announce announce) {
      Optional<MacAddress> mac = socket.senderMac();
      if (mac.isPresent()) {
        AddressAnnounced announced =
            new AddressAnnounced(announce.networkInterface(), announce.address(), mac.get());
        settings.trace().emit(announced, announce.cause());
        socket.announce(announce.address(), mac.get());
      }
    }

    void close() {
      lines.values().forEach(Line::close);
      socket.close();
    }
  }

  /** The announcements of one family on an interface that wait for their turn. */
  private final class Line {
    private final Outlet outlet;
    private final Queue<NeighborAnnouncer.Announce> waiting = new ArrayDeque<>();
    private Optional<Alarms.Alarm> alarm = Optional.empty();
    private Optional<Long> lastNanos = Optional.empty();

    Line(Outlet outlet) {
      this.outlet = outlet;
    }

    void take(NeighborAnnouncer.Announce announce, Duration distance) {
      boolean isItsTurn = announce == waiting.peek();
      if (isItsTurn) {
        waiting.remove();
        alarm = Optional.empty();
      }
      long now = settings.clock().monotonicNanos();
      long due = lastNanos.map(last -> last + distance.toNanos()).orElse(now);
      if (isItsTurn || waiting.isEmpty() && due - now <= 0) {
        lastNanos = Optional.of(now);
        outlet.send(announce);
      } else if (waiting.size() < MOST_WAITING) {
        waiting.add(announce);
      } else {
        settings.counters().add(PacketCount.LOST_BUFFER_FULL);
      }
      callNext(distance);
    }

    private void callNext(Duration distance) {
      NeighborAnnouncer.Announce next = waiting.peek();
      if (next != null && alarm.isEmpty()) {
        long due = lastNanos.orElseThrow() + distance.toNanos();
        var self = getContext().getSelf();
        alarm = Optional.of(settings.alarms().set(due, () -> self.tell(next)));
      }
    }

    void close() {
      alarm.ifPresent(Alarms.Alarm::cancel);
    }
  }
}
