package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfiguration.CheckScript;
import org.vipdrift.model.node.NodeConfiguration.Group;
import org.vipdrift.model.node.NodeConfiguration.Instance;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.NodeConfigurationReader;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.SyncGroupChanged;
import org.vipdrift.model.trace.TraceDetail.VrrpStateChanged;
import org.vipdrift.model.tracking.ScriptSettings;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/** The whole process: real children on a real actor system, hand-written ports, time by hand. */
class KeepalivedTest {
  private static ActorTestKit system;

  @BeforeAll
  static void open() {
    system = CallersThread.system("keepalived-test");
  }

  @AfterAll
  static void close() {
    system.shutdownTestKit();
  }

  private final TestProbe<Object> world = system.createTestProbe();
  private final FakeNode node = new FakeNode(world.getRef());
  private final List<ActorRef<?>> running = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    running.forEach(system::stop);
  }

  private <T> ActorRef<T> run(Behavior<T> behavior) {
    ActorRef<T> process = system.spawn(behavior);
    running.add(process);
    return process;
  }

  private static Instance instance(String name, int vrid, String vip, Tracked... tracked) {
    return InstanceBench.instance(
        VirtualRouterSettings.builder(name, "eth0", vrid).virtualAddresses(vip).build(),
        List.of(tracked));
  }

  private static final Instance ONE = instance("VI_1", 51, "20.0.0.100/24");
  private static final Instance TWO = instance("VI_2", 52, "20.0.0.200/24");

  private static NodeConfiguration node(Instance... instances) {
    return new NodeConfiguration(List.of(instances), List.of(), List.of(), List.of(), List.of());
  }

  /** The next message of this sort that is meant; what comes before it is forgotten. */
  private <T> T await(Class<T> sort, Predicate<T> meant) {
    return sort.cast(
        world
            .fishForMessage(
                Duration.ofSeconds(5),
                message ->
                    sort.isInstance(message) && meant.test(sort.cast(message))
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore())
            .getLast());
  }

  /** Everything up to the next message of this sort that is meant. */
  private <T> List<Object> allUntil(Class<T> sort, Predicate<T> meant) {
    return world.fishForMessage(
        Duration.ofSeconds(5),
        message ->
            sort.isInstance(message) && meant.test(sort.cast(message))
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndCollect());
  }

  private <T extends TraceDetail> T awaitTraced(Class<T> sort, Predicate<T> meant) {
    return sort.cast(
        await(
                FakeNode.Traced.class,
                t -> sort.isInstance(t.detail()) && meant.test(sort.cast(t.detail())))
            .detail());
  }

  private void awaitState(String instance, String state) {
    awaitTraced(VrrpStateChanged.class, c -> c.instance().equals(instance) && c.to().equals(state));
  }

  private Interfaces.Watch interfacesUp() {
    Interfaces.Watch watch = await(Interfaces.Watch.class, _ -> true);
    watch.subscriber().tell(FakeNode.networkInterface("eth0", true, 0, "20.0.0.21/24"));
    return watch;
  }

  /** As {@link #interfacesUp}, and an interface is asked for: by another actor, before or after. */
  private Map.Entry<VirtualInterfaces.Ensure, Interfaces.Watch> interfacesUpAndOneWanted() {
    List<VirtualInterfaces.Ensure> wanted = new ArrayList<>();
    List<Interfaces.Watch> watches = new ArrayList<>();
    world.fishForMessage(
        Duration.ofSeconds(5),
        message -> {
          switch (message) {
            case VirtualInterfaces.Ensure ensure -> wanted.add(ensure);
            case Interfaces.Watch watch -> watches.add(watch);
            default -> {}
          }
          return wanted.isEmpty() || watches.isEmpty()
              ? FishingOutcomes.continueAndIgnore()
              : FishingOutcomes.complete();
        });
    Interfaces.Watch watch = watches.getFirst();
    watch.subscriber().tell(FakeNode.networkInterface("eth0", true, 0, "20.0.0.21/24"));
    return Map.entry(wanted.getFirst(), watch);
  }

  /** Both instances are masters, the first one first. */
  private void becomeMasters(String... names) {
    for (String _ : names) {
      await(VrrpNetwork.Join.class, _ -> true);
    }
    node.pass(Duration.ofMillis(3_610));
    List<String> waiting = new ArrayList<>(List.of(names));
    while (!waiting.isEmpty()) {
      waiting.remove(awaitTraced(VrrpStateChanged.class, c -> c.to().equals("MASTER")).instance());
    }
  }

  @Nested
  class Stopping {
    @Test
    void itEndsOnlyWhenEveryInstanceHasLeft() {
      ActorRef<Keepalived.Command> process = run(Keepalived.create(node(ONE, TWO), node.ports()));
      interfacesUp();
      becomeMasters("VI_1", "VI_2");
      process.tell(new Keepalived.Stop(1));
      List<Object> messages = allUntil(PacketFilter.ReleaseAll.class, _ -> true);
      assertThat(messages.stream().filter(VrrpNetwork.Leave.class::isInstance)).hasSize(2);
      assertThat(InstanceBench.addressChanges(messages))
          .contains("-20.0.0.100/24", "-20.0.0.200/24");
      int lastLeave = messages.lastIndexOf(last(messages, VrrpNetwork.Leave.class));
      assertThat(messages.indexOf(new Interfaces.Unwatch(FakeNode.WHO))).isGreaterThan(lastLeave);
      assertThat(messages)
          .contains(
              new ScriptRunner.AbandonAll(FakeNode.WHO),
              new FileWatch.Unwatch(FakeNode.WHO),
              new ProcessWatch.Unwatch(FakeNode.WHO));
      world.expectTerminated(process, Duration.ofSeconds(5));
      assertThat(node.alarms()).isZero();
    }

    @Test
    void withoutInstancesItEndsAtOnce() {
      ActorRef<Keepalived.Command> process = run(Keepalived.create(node(), node.ports()));
      process.tell(new Keepalived.Stop(1));
      world.expectTerminated(process, Duration.ofSeconds(5));
    }

    @Test
    void itEndsWhileItsInterfacesAreStillUnknown() {
      ActorRef<Keepalived.Command> process = run(Keepalived.create(node(ONE, TWO), node.ports()));
      process.tell(new Keepalived.Stop(1));
      world.expectTerminated(process, Duration.ofSeconds(5));
    }
  }

  @Nested
  class AFailingInstance {
    @Test
    void isReportedAsFaultItsAddressesAreRemovedAndTheRestRunsOn() {
      ActorRef<Keepalived.Command> process = run(Keepalived.create(node(ONE, TWO), node.ports()));
      interfacesUp();
      becomeMasters("VI_1", "VI_2");
      node.failAt(d -> d instanceof TraceDetail.AdvertSent sent && sent.instance().equals("VI_1"));
      node.pass(Duration.ofMillis(1_100));
      VrrpStateChanged fault =
          awaitTraced(VrrpStateChanged.class, c -> c.instance().equals("VI_1"));
      assertThat(fault.to()).isEqualTo("FAULT");
      assertThat(fault.reason()).contains("internal error", "a bug for the test");
      await(
          AddressTable.Remove.class,
          r -> r.address().toString().equals("20.0.0.100/24") && r.who().equals(FakeNode.WHO));
      int before = node.traced().size();
      node.pass(Duration.ofSeconds(1));
      assertThat(node.traced().stream().skip(before))
          .anyMatch(
              t ->
                  t.detail() instanceof TraceDetail.AdvertSent sent
                      && sent.instance().equals("VI_2"));
      process.tell(new Keepalived.Stop(1));
      world.expectTerminated(process, Duration.ofSeconds(5));
    }
  }

  @Nested
  class WhatAConfigurationInstalls {
    private static final String INSTANCE =
        """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 100
          %s
          virtual_ipaddress { 20.0.0.100/24 }
          virtual_routes { 10.1.0.0/16 via 20.0.0.254 dev eth0 }
          virtual_rules { from 10.1.0.0/16 table 77 priority 1000 }
          notify_fault /bin/fault
        }
        """;
    private static final String STATIC =
        """
        static_ipaddress { 20.0.0.22/24 dev eth0 label eth0:s }
        static_routes { 10.2.0.0/16 via 20.0.0.254 dev eth0 }
        """;

    private static NodeConfiguration read(String text) {
      return NodeConfigurationReader.read(KeepalivedParser.parse("k.conf", text).configuration());
    }

    /** In the order of the messages to the address table and the route table. */
    private List<String> changes(List<Object> messages) {
      List<String> changes = new ArrayList<>();
      for (Object message : messages) {
        switch (message) {
          case AddressTable.Add add -> changes.add("+" + add.address());
          case AddressTable.Remove remove -> changes.add("-" + remove.address());
          case RouteTable.Add add -> changes.add("+" + add.entry().text());
          case RouteTable.Remove remove -> changes.add("-" + remove.entry().text());
          default -> {}
        }
      }
      return changes;
    }

    @Test
    void routesFollowTheAddressesAndGoBeforeThemStaticOnesLast() {
      ActorRef<Keepalived.Command> process =
          run(Keepalived.create(read(STATIC + INSTANCE.formatted("")), node.ports()));
      AddressTable.Add first = await(AddressTable.Add.class, _ -> true);
      assertThat(first.address()).hasToString("20.0.0.22/24");
      assertThat(first.attributes().label()).contains("eth0:s");
      await(
          RouteTable.Add.class,
          a -> a.entry().text().equals("10.2.0.0/16 via 20.0.0.254 dev eth0"));
      interfacesUp();
      await(VrrpNetwork.Join.class, _ -> true);
      node.pass(Duration.ofMillis(3_610));
      List<Object> up = allUntil(NeighborAnnouncer.Announce.class, _ -> true);
      assertThat(changes(up))
          .endsWith(
              "+20.0.0.100/24",
              "+10.1.0.0/16 via 20.0.0.254 dev eth0",
              "+1000: from 10.1.0.0/16 lookup 77");
      process.tell(new Keepalived.Stop(1));
      List<Object> down = allUntil(PacketFilter.ReleaseAll.class, _ -> true);
      assertThat(changes(down))
          .containsExactly(
              "-1000: from 10.1.0.0/16 lookup 77",
              "-10.1.0.0/16 via 20.0.0.254 dev eth0",
              "-20.0.0.100/24",
              "-10.2.0.0/16 via 20.0.0.254 dev eth0",
              "-20.0.0.22/24");
    }

    @Test
    void aFailedInstanceLosesItsRoutesAndItsScriptsHearOfFault() {
      ActorRef<Keepalived.Command> process =
          run(Keepalived.create(read(INSTANCE.formatted("")), node.ports()));
      interfacesUp();
      becomeMasters("VI_1");
      node.failAt(d -> d instanceof TraceDetail.AdvertSent);
      node.pass(Duration.ofMillis(1_100));
      List<Object> messages =
          allUntil(ScriptRunner.Run.class, r -> r.command().equals(List.of("/bin/fault")));
      assertThat(changes(messages))
          .endsWith(
              "-1000: from 10.1.0.0/16 lookup 77",
              "-10.1.0.0/16 via 20.0.0.254 dev eth0",
              "-20.0.0.100/24");
      assertThat(messages).hasAtLeastOneElementOfType(VrrpNetwork.Leave.class);
      process.tell(new Keepalived.Stop(1));
      world.expectTerminated(process, Duration.ofSeconds(5));
    }

    @Test
    void aVirtualRouterWithItsMacAddressWaitsForItsInterfaceAndSpeaksThere() {
      run(Keepalived.create(read(INSTANCE.formatted("use_vmac")), node.ports()));
      Map.Entry<VirtualInterfaces.Ensure, Interfaces.Watch> asked = interfacesUpAndOneWanted();
      assertThat(asked.getKey().wanted())
          .isEqualTo(
              new VirtualInterface.Macvlan(
                  "vrrp.51", "eth0", MacAddress.parse("00:00:5e:00:01:33").orElseThrow()));
      asked.getValue().subscriber().tell(FakeNode.networkInterface("vrrp.51", true, 0));
      VrrpNetwork.Join join = await(VrrpNetwork.Join.class, _ -> true);
      assertThat(join.networkInterface()).isEqualTo("vrrp.51");
      node.pass(Duration.ofMillis(3_610));
      VrrpNetwork.SendPacket advert = await(VrrpNetwork.SendPacket.class, _ -> true);
      assertThat(advert.networkInterface()).isEqualTo("vrrp.51");
      assertThat(advert.source()).hasToString("20.0.0.21");
      assertThat(await(AddressTable.Add.class, _ -> true).networkInterface()).isEqualTo("vrrp.51");
    }

    @Test
    void aVirtualRouterWhoseInterfaceCannotBeMadeIsInFault() {
      run(Keepalived.create(read(INSTANCE.formatted("use_vmac")), node.ports()));
      VirtualInterfaces.Ensure ensure = interfacesUpAndOneWanted().getKey();
      ensure
          .replyTo()
          .tell(new VirtualInterfaces.Answer("vrrp.51", VirtualInterfaces.Outcome.REFUSED, 0));
      awaitState("VI_1", "FAULT");
    }
  }

  @Nested
  class Reloading {
    @Test
    void whatIsNewStartsAndWhatIsGoneLeaves() {
      ActorRef<Keepalived.Command> process = run(Keepalived.create(node(ONE), node.ports()));
      interfacesUp();
      becomeMasters("VI_1");
      process.tell(new Keepalived.Reload(node(TWO), 2));
      List<Object> messages =
          allUntil(
              FakeNode.Traced.class,
              t -> t.detail() instanceof VrrpStateChanged c && c.instance().equals("VI_2"));
      assertThat(messages).hasAtLeastOneElementOfType(VrrpNetwork.Join.class);
      if (!InstanceBench.addressChanges(messages).contains("-20.0.0.100/24")) {
        await(AddressTable.Remove.class, r -> r.address().toString().equals("20.0.0.100/24"));
      }
      process.tell(new Keepalived.Stop(1));
      world.expectTerminated(process, Duration.ofSeconds(5));
    }

    @Test
    void whatStaysGoesOnWithItsNewSettings() {
      ActorRef<Keepalived.Command> process = run(Keepalived.create(node(ONE), node.ports()));
      interfacesUp();
      becomeMasters("VI_1");
      process.tell(new Keepalived.Reload(node(instance("VI_1", 51, "20.0.0.101/24")), 2));
      await(AddressTable.Add.class, a -> a.address().toString().equals("20.0.0.101/24"));
    }

    @Test
    void anInstanceThatReturnsWhileItStillLeavesStartsAnew() {
      ActorRef<Keepalived.Command> process = run(Keepalived.create(node(ONE), node.ports()));
      interfacesUp();
      awaitState("VI_1", "BACKUP");
      process.tell(new Keepalived.Reload(node(TWO), 2));
      process.tell(new Keepalived.Reload(node(TWO, ONE), 3));
      assertThat(node.traced())
          .filteredOn(
              t ->
                  t.detail() instanceof VrrpStateChanged c
                      && c.instance().equals("VI_1")
                      && c.to().equals("BACKUP"))
          .hasSize(2);
    }
  }

  @Nested
  class Tracking {
    private static final Tracked CHECK = new Tracked(TrackedKind.SCRIPT, "check", 0, false);

    private NodeConfiguration withScript(Duration interval, Instance... instances) {
      return new NodeConfiguration(
          List.of(instances),
          List.of(
              new CheckScript(
                  new ScriptSettings("check", interval, interval, 1, 1, false),
                  List.of("/bin/check"))),
          List.of(),
          List.of(),
          List.of());
    }

    @Test
    void oneRunOfAScriptServesEveryInstanceThatTracksIt() {
      run(
          Keepalived.create(
              withScript(
                  Duration.ofSeconds(1),
                  instance("VI_1", 51, "20.0.0.100/24", CHECK),
                  instance("VI_2", 52, "20.0.0.200/24", CHECK)),
              node.ports()));
      interfacesUp();
      ScriptRunner.Run script = await(ScriptRunner.Run.class, _ -> true);
      script.replyTo().tell(new ScriptRunner.Finished(script.id(), new ScriptRunner.Exited(1), 0));
      List<String> faulty = new ArrayList<>();
      while (faulty.size() < 2) {
        faulty.add(awaitTraced(VrrpStateChanged.class, c -> c.to().equals("FAULT")).instance());
      }
      assertThat(faulty).containsExactlyInAnyOrder("VI_1", "VI_2");
    }

    @Test
    void aScriptThatNobodyTracksIsNotRun() {
      ActorRef<Keepalived.Command> process =
          run(Keepalived.create(withScript(Duration.ofSeconds(1), ONE), node.ports()));
      process.tell(new Keepalived.Stop(1));
      List<Object> messages = allUntil(PacketFilter.ReleaseAll.class, _ -> true);
      assertThat(messages.stream().filter(ScriptRunner.Run.class::isInstance)).isEmpty();
    }

    @Test
    void aScriptWhoseSettingsChangeIsStartedAnew() {
      Instance tracking = instance("VI_1", 51, "20.0.0.100/24", CHECK);
      ActorRef<Keepalived.Command> process =
          run(Keepalived.create(withScript(Duration.ofSeconds(1), tracking), node.ports()));
      await(ScriptRunner.Run.class, r -> r.timeout().equals(Optional.of(Duration.ofSeconds(1))));
      process.tell(new Keepalived.Reload(withScript(Duration.ofSeconds(7), tracking), 2));
      await(ScriptRunner.Run.class, r -> r.timeout().equals(Optional.of(Duration.ofSeconds(7))));
    }
  }

  @Nested
  class ASyncGroup {
    private NodeConfiguration grouped() {
      Instance one =
          InstanceBench.instance(
              VirtualRouterSettings.builder("VI_1", "eth0", 51)
                  .virtualAddresses("20.0.0.100/24")
                  .syncGroup("G")
                  .build(),
              List.of());
      Instance two =
          InstanceBench.instance(
              VirtualRouterSettings.builder("VI_2", "eth1", 52)
                  .virtualAddresses("10.0.0.100/24")
                  .syncGroup("G")
                  .build(),
              List.of());
      return new NodeConfiguration(
          List.of(one, two),
          List.of(),
          List.of(),
          List.of(),
          List.of(new Group("G", List.of("VI_1", "VI_2"), NotifyCommands.NONE)));
    }

    @Test
    void movesItsMembersTogether() {
      run(Keepalived.create(grouped(), node.ports()));
      Interfaces.Watch watch = await(Interfaces.Watch.class, _ -> true);
      watch.subscriber().tell(FakeNode.networkInterface("eth0", true, 0, "20.0.0.21/24"));
      watch.subscriber().tell(FakeNode.networkInterface("eth1", true, 0, "10.0.0.21/24"));
      becomeMasters("VI_1", "VI_2");
      watch.subscriber().tell(FakeNode.networkInterface("eth1", false, 0, "10.0.0.21/24"));
      List<Object> messages =
          allUntil(
              FakeNode.Traced.class,
              t ->
                  t.detail() instanceof VrrpStateChanged c
                      && c.instance().equals("VI_1")
                      && c.to().equals("FAULT"));
      assertThat(messages.stream().filter(FakeNode.Traced.class::isInstance))
          .anySatisfy(
              t -> assertThat(((FakeNode.Traced) t).detail()).isInstanceOf(SyncGroupChanged.class));
    }
  }

  @Nested
  class TheRuntime {
    @Test
    void endsWhenKeepalivedHasLeft() {
      ActorRef<NodeRuntime.Command> runtime = run(NodeRuntime.create(node(ONE), node.ports()));
      interfacesUp();
      becomeMasters("VI_1");
      runtime.tell(new NodeRuntime.Stop(1));
      await(AddressTable.Remove.class, r -> r.address().toString().equals("20.0.0.100/24"));
      world.expectTerminated(runtime, Duration.ofSeconds(5));
    }

    @Test
    void handsAReloadOn() {
      ActorRef<NodeRuntime.Command> runtime = run(NodeRuntime.create(node(ONE), node.ports()));
      interfacesUp();
      awaitState("VI_1", "BACKUP");
      runtime.tell(new NodeRuntime.Reload(node(ONE, TWO), 2));
      awaitState("VI_2", "BACKUP");
    }

    @Test
    void releasesEverythingAndSaysSoWhenTheProcessItselfFails() {
      node.failAt(
          d ->
              d instanceof VrrpStateChanged c && c.to().equals("FAULT")
                  || d instanceof TraceDetail.AdvertSent);
      ActorRef<NodeRuntime.Command> runtime = run(NodeRuntime.create(node(ONE), node.ports()));
      interfacesUp();
      await(VrrpNetwork.Join.class, _ -> true);
      node.pass(Duration.ofMillis(3_610));
      LogLine line = awaitTraced(LogLine.class, l -> l.text().startsWith("failed: "));
      assertThat(line.process()).isEqualTo("keepalived");
      await(AddressTable.ReleaseAll.class, r -> r.who().equals(FakeNode.WHO));
      await(ScriptRunner.AbandonAll.class, r -> r.who().equals(FakeNode.WHO));
      world.expectTerminated(runtime, Duration.ofSeconds(5));
    }
  }

  private static <T> T last(List<Object> messages, Class<T> sort) {
    return messages.reversed().stream()
        .filter(sort::isInstance)
        .map(sort::cast)
        .findFirst()
        .orElseThrow();
  }
}
