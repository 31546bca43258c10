package org.vipdrift.actors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.node.NodeConfiguration.Instance;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.VrrpStateChanged;
import org.vipdrift.model.vrrp.AdvertisementCodec;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.model.vrrp.VirtualRouterSettingsBuilder;

/** One {@link VrrpInstance} in a {@link FakeNode}; it runs when a test says so. */
final class InstanceBench {
  static final IpAddress PEER = IpAddress.of("20.0.0.22");

  final TestInbox<Object> world = TestInbox.create();
  final FakeNode node = new FakeNode(world.getRef());
  final TestInbox<SyncGroupCoordinator.Command> group = TestInbox.create();
  final TestInbox<NotifyScripts.Command> notifications = TestInbox.create();
  final BehaviorTestKit<VrrpInstance.Command> kit;
  final VirtualRouterSettings settings;

  private InstanceBench(VirtualRouterSettings settings, List<Tracked> tracked) {
    this.settings = settings;
    this.kit =
        BehaviorTestKit.create(
            VrrpInstance.create(
                instance(settings, tracked),
                node.ports(),
                settings.syncGroup().map(_ -> group.getRef()),
                notifications.getRef()));
  }

  static InstanceBench of(UnaryOperator<VirtualRouterSettingsBuilder> change, Tracked... tracked) {
    return new InstanceBench(change.apply(builder()).build(), List.of(tracked));
  }

  /** It has seen its interface and so has started. */
  static InstanceBench started(
      UnaryOperator<VirtualRouterSettingsBuilder> change, Tracked... tracked) {
    InstanceBench bench = of(change, tracked);
    bench.see("eth0", true, "20.0.0.21/24");
    return bench;
  }

  static InstanceBench started() {
    return started(b -> b);
  }

  /** Nobody else spoke for a master down interval. */
  static InstanceBench master() {
    return master(b -> b);
  }

  static InstanceBench master(
      UnaryOperator<VirtualRouterSettingsBuilder> change, Tracked... tracked) {
    InstanceBench bench = started(change, tracked);
    bench.pass(Duration.ofMillis(3_610));
    return bench;
  }

  static VirtualRouterSettingsBuilder builder() {
    return VirtualRouterSettings.builder("VI_1", "eth0", 51).virtualAddresses("20.0.0.100/24");
  }

  static Instance instance(VirtualRouterSettings settings, List<Tracked> tracked) {
    return new Instance(settings, tracked, true, NotifyCommands.NONE);
  }

  void tell(VrrpInstance.Command command) {
    kit.run(command);
  }

  void see(String networkInterface, boolean up, String... addresses) {
    tell(
        new VrrpInstance.InterfaceSeen(
            FakeNode.networkInterface(networkInterface, up, 0, addresses)));
  }

  /** Time passes, and the instance works off what that brings, timer by timer. */
  void pass(Duration time) {
    long end = node.monotonicNanos() + time.toNanos();
    while (kit.isAlive()
        && node.alarms() > 0
        && node.monotonicNanos() + node.untilNextAlarm().toNanos() <= end) {
      node.pass(node.untilNextAlarm());
      work();
    }
    node.pass(Duration.ofNanos(end - node.monotonicNanos()));
  }

  private void work() {
    while (kit.isAlive() && kit.selfInbox().hasMessages()) {
      kit.runOne();
    }
  }

  /** An advert of another router arrives at the socket that the instance joined. */
  void hear(int priority) {
    hear(advert(priority), 255);
  }

  void hear(Octets message, int ttl) {
    hear(message, ttl, Duration.ZERO);
  }

  /** An advert that the kernel has had for a while. */
  void hearLate(int priority, Duration age) {
    hear(advert(priority), 255, age);
  }

  private Octets advert(int priority) {
    return AdvertisementCodec.encode(
        settings.advertisement(priority),
        PEER,
        settings.multicastGroup(),
        settings.dialect().checksumMode());
  }

  private void hear(Octets message, int ttl, Duration age) {
    joins()
        .getLast()
        .subscriber()
        .tell(
            new VrrpNetwork.PacketReceived(
                message, PEER, settings.multicastGroup(), ttl, age.toNanos(), 7));
    work();
  }

  private final List<VrrpNetwork.Join> joins = new ArrayList<>();

  private List<VrrpNetwork.Join> joins() {
    joins.addAll(all(VrrpNetwork.Join.class));
    return joins;
  }

  /** Everything that came to the world since the last look. */
  List<Object> heard() {
    List<Object> messages = world.getAllReceived();
    messages.stream()
        .filter(VrrpNetwork.Join.class::isInstance)
        .map(VrrpNetwork.Join.class::cast)
        .forEach(joins::add);
    return messages;
  }

  /** What of this sort came since the last look; the rest is forgotten. */
  <T> List<T> all(Class<T> sort) {
    return heard().stream().filter(sort::isInstance).map(sort::cast).toList();
  }

  /** The traced events of this sort since the last look; the rest is forgotten. */
  <T extends TraceDetail> List<T> traced(Class<T> sort) {
    return all(FakeNode.Traced.class).stream()
        .map(FakeNode.Traced::detail)
        .filter(sort::isInstance)
        .map(sort::cast)
        .toList();
  }

  /** The states it came to since the last look. */
  List<String> states() {
    return traced(VrrpStateChanged.class).stream().map(VrrpStateChanged::to).toList();
  }

  /** The priority an advert carries. */
  int priorityOf(VrrpNetwork.SendPacket packet) {
    return packet.message().unsignedByte(2);
  }

  /** What it did to the addresses, in order: {@code +20.0.0.100/24}. */
  static List<String> addressChanges(List<Object> messages) {
    List<String> changes = new ArrayList<>();
    for (Object message : messages) {
      if (message instanceof AddressTable.Add add) {
        changes.add("+" + add.address());
      } else if (message instanceof AddressTable.Remove remove) {
        changes.add("-" + remove.address());
      }
    }
    return changes;
  }
}
