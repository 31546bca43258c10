package org.vipdrift.netio.port;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.actors.port.VrrpNetwork.PacketReceived;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.link.NetworkNamespace;
import org.vipdrift.netio.link.PacketCounters;
import org.vipdrift.netio.link.VrrpSender;
import org.vipdrift.netio.link.VrrpSocket;

/**
 * The VRRP sockets of this machine, shared by the instances of an interface and a family.
 *
 * <p>A socket's thread tells whoever joined, without this actor in between. Sending is one call of
 * the kernel, made in this actor, that never waits. What cannot be sent is counted and otherwise
 * lost; so is what nobody joined for.
 *
 * <p>As with keepalived 2.2.7, whose sockets are bound to the group, who joined a group is not told
 * of packets to the host itself, and who joined none is told of no multicast.
 */
public final class LinuxVrrpNetwork extends AbstractMatchingBehavior<VrrpNetwork.Command> {
  private static final int VRIDS = 256;

  private final NetworkNamespace namespace;
  private final PacketCounters counters;
  private final Map<ReceiveKey, Subscriptions> receiving = new LinkedHashMap<>();
  private final Map<SendKey, VrrpSender> sending = new LinkedHashMap<>();

  private record ReceiveKey(String networkInterface, IpAddress group) {}

  private record SendKey(String networkInterface, IpFamily family) {}

  private record Subscription(String who, ActorRef<PacketReceived> subscriber) {}

  private LinuxVrrpNetwork(
      ActorContext<VrrpNetwork.Command> context,
      NetworkNamespace namespace,
      PacketCounters counters) {
    super(context);
    this.namespace = namespace;
    this.counters = counters;
  }

  /**
   * Opens sockets as they are asked for; the actor fails when raw sockets are not allowed.
   *
   * @param namespace whose interfaces are meant; stays the caller's to close
   * @param counters what became of every packet
   */
  public static Behavior<VrrpNetwork.Command> create(
      NetworkNamespace namespace, PacketCounters counters) {
    return Behaviors.setup(context -> new LinuxVrrpNetwork(context, namespace, counters));
  }

  @Override
  public Behavior<VrrpNetwork.Command> onMessage(VrrpNetwork.Command command) throws IOException {
    switch (command) {
      case VrrpNetwork.SendPacket send ->
          sender(send.networkInterface(), send.source().family())
              .send(send.source(), send.destination(), send.ttl(), send.message());
      case VrrpNetwork.Join join -> join(join);
      case VrrpNetwork.Leave leave -> leave(leave);
    }
    return this;
  }

  @Override
  public Behavior<VrrpNetwork.Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      receiving.values().forEach(Subscriptions::close);
      sending.values().forEach(VrrpSender::close);
    }
    return this;
  }

  private VrrpSender sender(String networkInterface, IpFamily family) throws IOException {
    SendKey key = new SendKey(networkInterface, family);
    VrrpSender sender = sending.get(key);
    if (sender == null) {
      sender = VrrpSender.open(namespace, networkInterface, family, counters);
      sending.put(key, sender);
    }
    return sender;
  }

  private void join(VrrpNetwork.Join join) throws IOException {
    // Now, and not at the first advertisement of a new master.
    sender(join.networkInterface(), join.group().family());
    ReceiveKey key = new ReceiveKey(join.networkInterface(), join.group());
    Subscriptions subscriptions = receiving.get(key);
    if (subscriptions == null) {
      subscriptions = new Subscriptions();
      subscriptions.add(join);
      subscriptions.open(namespace, key, counters);
      receiving.put(key, subscriptions);
    } else {
      subscriptions.add(join);
    }
  }

  private void leave(VrrpNetwork.Leave leave) {
    ReceiveKey key = new ReceiveKey(leave.networkInterface(), leave.group());
    Subscriptions subscriptions = receiving.get(key);
    if (subscriptions == null) {
      return;
    }
    subscriptions.remove(leave.who(), leave.vrid());
    if (subscriptions.isEmpty()) {
      subscriptions.close();
      receiving.remove(key);
    }
  }

  /** One socket and who joined through it; written by the actor, read by the socket's thread. */
  private static final class Subscriptions implements VrrpSocket.Receiver {
    private final AtomicReferenceArray<List<Subscription>> byVrid =
        new AtomicReferenceArray<>(VRIDS);
    private Optional<VrrpSocket> socket = Optional.empty();
    private int count;

    Subscriptions() {
      for (int vrid = 0; vrid < VRIDS; vrid++) {
        byVrid.set(vrid, List.of());
      }
    }

    void open(NetworkNamespace namespace, ReceiveKey key, PacketCounters counters)
        throws IOException {
      socket =
          Optional.of(
              VrrpSocket.open(namespace, key.networkInterface(), key.group(), this, counters));
    }

    void add(VrrpNetwork.Join join) {
      remove(join.who(), join.vrid());
      List<Subscription> before = byVrid.get(join.vrid());
      Subscription added = new Subscription(join.who(), join.subscriber());
      byVrid.set(join.vrid(), Stream.concat(before.stream(), Stream.of(added)).toList());
      count++;
    }

    void remove(String who, int vrid) {
      List<Subscription> before = byVrid.get(vrid);
      List<Subscription> after = before.stream().filter(each -> !each.who().equals(who)).toList();
      byVrid.set(vrid, after);
      count -= before.size() - after.size();
    }

    boolean isEmpty() {
      return count == 0;
    }

    @Override
    public boolean wants(int vrid) {
      return !byVrid.get(vrid).isEmpty();
    }

    @Override
    public void received(
        int vrid,
        Octets message,
        IpAddress source,
        IpAddress destination,
        int hopLimit,
        long ageNanos) {
      PacketReceived packet =
          new PacketReceived(message, source, destination, hopLimit, ageNanos, TraceEvent.NO_CAUSE);
      for (Subscription each : byVrid.get(vrid)) {
        each.subscriber().tell(packet);
      }
    }

    void close() {
      socket.ifPresent(VrrpSocket::close);
    }
  }
}
