package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.Tracking.TrackedStatus;
import org.vipdrift.model.trace.TraceDetail.AdvertDropped;
import org.vipdrift.model.trace.TraceDetail.AdvertReceived;
import org.vipdrift.model.trace.TraceDetail.AdvertSent;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.VrrpPriorityChanged;
import org.vipdrift.model.trace.TraceDetail.VrrpStateChanged;
import org.vipdrift.model.vrrp.GroupCommand;
import org.vipdrift.model.vrrp.MemberReport;
import org.vipdrift.model.vrrp.NotifyKind;
import org.vipdrift.model.vrrp.Unicast;

class VrrpInstanceTest {
  private static final Duration MASTER_DOWN = Duration.ofMillis(3_610);
  private static final Tracked SCRIPT = new Tracked(TrackedKind.SCRIPT, "check", 0, false);
  private static final Tracked WEIGHTED = new Tracked(TrackedKind.SCRIPT, "check", -30, false);

  private static VrrpInstance.TrackedChanged script(boolean up) {
    return new VrrpInstance.TrackedChanged(
        TrackedKind.SCRIPT, "check", new TrackedStatus.Working(up), 9);
  }

  @Nested
  class BeforeItStarts {
    @Test
    void itDoesNothingUntilItKnowsItsInterface() {
      InstanceBench bench = InstanceBench.of(b -> b);
      assertThat(bench.heard()).isEmpty();
      assertThat(bench.node.alarms()).isZero();
      bench.see("eth0", true, "20.0.0.21/24");
      assertThat(bench.states()).containsExactly("BACKUP");
    }

    @Test
    void itWaitsForEveryTrackedInterfaceFileAndProcess() {
      InstanceBench bench =
          InstanceBench.started(
              b -> b,
              new Tracked(TrackedKind.INTERFACE, "eth1", 0, false),
              new Tracked(TrackedKind.FILE, "f", 1, false),
              new Tracked(TrackedKind.PROCESS, "nginx", 0, false));
      bench.see("eth1", true);
      bench.tell(
          new VrrpInstance.TrackedChanged(TrackedKind.FILE, "f", new TrackedStatus.Value(0), 0));
      assertThat(bench.states()).isEmpty();
      bench.tell(
          new VrrpInstance.TrackedChanged(
              TrackedKind.PROCESS, "nginx", new TrackedStatus.Working(true), 0));
      assertThat(bench.states()).containsExactly("BACKUP");
    }

    @Test
    void itStartsWithoutTheResultOfAWeightedScript() {
      assertThat(InstanceBench.started(b -> b, WEIGHTED).states()).containsExactly("BACKUP");
    }

    @Test
    void itStaysInInitUntilAScriptWithoutWeightHasRun() {
      InstanceBench bench = InstanceBench.started(b -> b, SCRIPT);
      bench.pass(Duration.ofSeconds(10));
      assertThat(bench.states()).isEmpty();
      bench.tell(script(true));
      assertThat(bench.states()).containsExactly("BACKUP");
    }

    @Test
    void itGoesToFaultWhenTheFirstRunOfTheScriptFails() {
      InstanceBench bench = InstanceBench.started(b -> b, SCRIPT);
      bench.tell(script(false));
      assertThat(bench.states()).last().isEqualTo("FAULT");
    }

    @Test
    void stoppingItLeavesNothingBehind() {
      InstanceBench bench = InstanceBench.of(b -> b);
      bench.tell(new VrrpInstance.Shutdown(1));
      assertThat(bench.kit.isAlive()).isFalse();
      assertThat(bench.heard()).isEmpty();
    }

    @Test
    void aGroupCannotOrderItAround() {
      InstanceBench bench = InstanceBench.of(b -> b.syncGroup("G"));
      bench.tell(new VrrpInstance.GroupOrdered(GroupCommand.BECOME_MASTER, 1));
      assertThat(bench.heard()).isEmpty();
    }
  }

  @Nested
  class Starting {
    @Test
    void itJoinsTheGroupOfItsFamilyOnItsInterface() {
      VrrpNetwork.Join join = InstanceBench.started().all(VrrpNetwork.Join.class).getFirst();
      assertThat(join.networkInterface()).isEqualTo("eth0");
      assertThat(join.group()).isEqualTo(IpAddress.VRRP_GROUP_V4);
      assertThat(join.vrid()).isEqualTo(51);
      assertThat(join.who()).isEqualTo(FakeNode.WHO);
    }

    @Test
    void withUnicastPeersItJoinsNoGroup() {
      VrrpNetwork.Join join =
          InstanceBench.started(b -> b.unicast(Unicast.to(InstanceBench.PEER)))
              .all(VrrpNetwork.Join.class)
              .getFirst();
      assertThat(join.group()).isEqualTo(IpAddress.of("0.0.0.0"));
    }

    @Test
    void withoutAnAddressOnItsInterfaceItHasAFault() {
      InstanceBench bench = InstanceBench.of(b -> b);
      bench.see("eth0", true);
      VrrpStateChanged change = bench.traced(VrrpStateChanged.class).getLast();
      assertThat(change.to()).isEqualTo("FAULT");
      bench.see("eth0", true, "20.0.0.21/24");
      assertThat(bench.states()).containsExactly("BACKUP");
    }

    @Test
    void withItsInterfaceDownItHasAFault() {
      InstanceBench bench = InstanceBench.of(b -> b);
      bench.see("eth0", false, "20.0.0.21/24");
      assertThat(bench.states()).containsExactly("FAULT");
      bench.pass(Duration.ofSeconds(30));
      assertThat(bench.states()).isEmpty();
    }
  }

  @Nested
  class AsBackup {
    @Test
    void itBecomesMasterWhenTheMasterDownTimerExpires() {
      InstanceBench bench = InstanceBench.started();
      bench.pass(Duration.ofNanos(3_609_374_999L));
      assertThat(bench.states()).containsExactly("BACKUP");
      bench.pass(Duration.ofNanos(1));
      assertThat(bench.states()).containsExactly("MASTER");
    }

    @Test
    void becomingMasterItAdvertisesInstallsAndAnnounces() {
      InstanceBench bench = InstanceBench.started();
      bench.heard();
      bench.pass(MASTER_DOWN);
      List<Object> messages = bench.heard();
      assertThat(InstanceBench.addressChanges(messages)).containsExactly("+20.0.0.100/24");
      VrrpNetwork.SendPacket advert = first(messages, VrrpNetwork.SendPacket.class);
      assertThat(bench.priorityOf(advert)).isEqualTo(100);
      assertThat(advert.source()).isEqualTo(IpAddress.of("20.0.0.21"));
      assertThat(advert.destination()).isEqualTo(IpAddress.VRRP_GROUP_V4);
      assertThat(advert.ttl()).isEqualTo(255);
      assertThat(messages.stream().filter(NeighborAnnouncer.Announce.class::isInstance)).hasSize(5);
    }

    @Test
    void theMasterIsMissedFromWhenTheKernelHadItsAdvert() {
      InstanceBench bench = InstanceBench.started();
      bench.pass(Duration.ofSeconds(1));
      bench.hearLate(200, Duration.ofMillis(2));
      bench.pass(MASTER_DOWN.minusMillis(3));
      assertThat(bench.states()).isEmpty();
      bench.pass(Duration.ofMillis(1));
      assertThat(bench.states()).containsExactly("MASTER");
    }

    @Test
    void whatFollowsAChangeOfStateHasItAsItsCause() {
      InstanceBench bench = InstanceBench.started();
      bench.heard();
      bench.pass(MASTER_DOWN);
      List<Object> messages = bench.heard();
      long change =
          messages.stream()
              .filter(FakeNode.Traced.class::isInstance)
              .map(FakeNode.Traced.class::cast)
              .filter(t -> t.detail() instanceof VrrpStateChanged)
              .findFirst()
              .orElseThrow()
              .id();
      assertThat(first(messages, AddressTable.Add.class).cause()).isEqualTo(change);
      assertThat(first(messages, NeighborAnnouncer.Announce.class).cause()).isEqualTo(change);
    }

    @Test
    void anAdvertOfAHigherPriorityKeepsItBackup() {
      InstanceBench bench = InstanceBench.started();
      for (int i = 0; i < 10; i++) {
        bench.hear(150);
        bench.pass(Duration.ofSeconds(1));
      }
      assertThat(bench.states()).isEmpty();
    }

    @Test
    void anAcceptedAdvertIsTracedWithThePacketAsItsCause() {
      InstanceBench bench = InstanceBench.started();
      bench.hear(150);
      FakeNode.Traced traced = bench.all(FakeNode.Traced.class).getLast();
      assertThat(traced.detail())
          .isEqualTo(new AdvertReceived("VI_1", 51, 2, 150, InstanceBench.PEER));
      assertThat(traced.cause()).isEqualTo(7);
    }

    @Test
    void garbageIsDroppedWithAReason() {
      InstanceBench bench = InstanceBench.started();
      bench.hear(Octets.copyOf(new byte[] {0x21, 51, 100}), 255);
      AdvertDropped dropped = bench.traced(AdvertDropped.class).getLast();
      assertThat(dropped.dropReason()).isEqualTo("too-short");
      assertThat(dropped.source()).isEqualTo(InstanceBench.PEER);
      assertThat(bench.kit.isAlive()).isTrue();
    }

    @Test
    void theGoodbyeOfTheMasterLetsItTakeOverAfterItsSkew() {
      InstanceBench bench = InstanceBench.started();
      bench.hear(150);
      bench.hear(0);
      bench.pass(Duration.ofMillis(600));
      assertThat(bench.states()).isEmpty();
      bench.pass(Duration.ofMillis(10));
      assertThat(bench.states()).containsExactly("MASTER");
    }

    @Test
    void stoppedItLeavesTheGroupAndTakesItsAlarmsBack() {
      InstanceBench bench = InstanceBench.started();
      bench.heard();
      bench.tell(new VrrpInstance.Shutdown(1));
      List<Object> messages = bench.heard();
      assertThat(messages).last().isInstanceOf(VrrpNetwork.Leave.class);
      assertThat(messages.stream().filter(VrrpNetwork.SendPacket.class::isInstance)).isEmpty();
      assertThat(bench.node.alarms()).isZero();
      assertThat(bench.kit.isAlive()).isFalse();
    }
  }

  @Nested
  class AsMaster {
    @Test
    void itAdvertisesEverySecond() {
      InstanceBench bench = InstanceBench.master();
      bench.heard();
      bench.pass(Duration.ofSeconds(5));
      assertThat(bench.all(VrrpNetwork.SendPacket.class)).hasSize(5);
    }

    @Test
    void theTracedAdvertIsTheCauseOfThePacket() {
      InstanceBench bench = InstanceBench.master();
      bench.heard();
      bench.pass(Duration.ofSeconds(1));
      List<Object> messages = bench.heard();
      FakeNode.Traced traced = first(messages, FakeNode.Traced.class);
      assertThat(traced.detail()).isInstanceOf(AdvertSent.class);
      assertThat(first(messages, VrrpNetwork.SendPacket.class).cause()).isEqualTo(traced.id());
    }

    @Test
    void withPeersEachGetsItsAdvert() {
      InstanceBench bench =
          InstanceBench.master(
              b -> b.unicast(Unicast.to(IpAddress.of("20.0.0.22"), IpAddress.of("20.0.0.23"))));
      bench.heard();
      bench.pass(Duration.ofSeconds(1));
      assertThat(bench.all(VrrpNetwork.SendPacket.class))
          .extracting(p -> p.destination().toString())
          .containsExactly("20.0.0.22", "20.0.0.23");
    }

    @Test
    void stoppedItSaysGoodbyeAndGivesTheAddressUp() {
      InstanceBench bench = InstanceBench.master();
      bench.heard();
      bench.tell(new VrrpInstance.Shutdown(3));
      List<Object> messages = bench.heard();
      assertThat(bench.priorityOf(first(messages, VrrpNetwork.SendPacket.class))).isZero();
      assertThat(InstanceBench.addressChanges(messages)).containsExactly("-20.0.0.100/24");
      assertThat(messages).last().isInstanceOf(VrrpNetwork.Leave.class);
      assertThat(bench.kit.isAlive()).isFalse();
      assertThat(bench.node.alarms()).isZero();
    }

    @Test
    void stoppedItNotifiesStopAndDeletedItNotifiesDeleted() {
      InstanceBench stopped = InstanceBench.master();
      stopped.notifications.getAllReceived();
      stopped.tell(new VrrpInstance.Shutdown(3));
      assertThat(kinds(stopped)).contains(NotifyKind.STOP);
      InstanceBench deleted = InstanceBench.master();
      deleted.notifications.getAllReceived();
      deleted.tell(new VrrpInstance.Delete(3));
      assertThat(kinds(deleted)).contains(NotifyKind.DELETED);
      assertThat(deleted.kit.isAlive()).isFalse();
    }

    @Test
    void aHigherPriorityMakesItGiveTheAddressUp() {
      InstanceBench bench = InstanceBench.master();
      bench.heard();
      bench.hear(150);
      List<Object> messages = bench.heard();
      assertThat(InstanceBench.addressChanges(messages)).containsExactly("-20.0.0.100/24");
      bench.pass(Duration.ofSeconds(2));
      assertThat(bench.all(VrrpNetwork.SendPacket.class)).isEmpty();
    }

    @Test
    void theFallOfItsInterfaceIsAFaultAndItsRiseEndsIt() {
      InstanceBench bench = InstanceBench.master();
      bench.heard();
      bench.see("eth0", false, "20.0.0.21/24");
      List<Object> fallen = bench.heard();
      assertThat(InstanceBench.addressChanges(fallen)).containsExactly("-20.0.0.100/24");
      bench.see("eth0", true, "20.0.0.21/24");
      List<Object> risen = bench.heard();
      assertThat(risen).hasAtLeastOneElementOfType(VrrpNetwork.Join.class);
      bench.pass(MASTER_DOWN);
      assertThat(bench.states()).containsExactly("MASTER");
    }

    @Test
    void aFailingScriptWithoutWeightIsAFault() {
      InstanceBench bench = InstanceBench.started(b -> b, SCRIPT);
      bench.tell(script(true));
      bench.pass(MASTER_DOWN);
      assertThat(bench.states()).containsExactly("BACKUP", "MASTER");
      bench.tell(script(false));
      assertThat(bench.states()).containsExactly("FAULT");
      bench.tell(script(true));
      assertThat(bench.states()).containsExactly("BACKUP");
    }

    @Test
    void aFailingScriptWithAWeightLowersWhatItAdvertises() {
      InstanceBench bench = InstanceBench.master(b -> b, WEIGHTED);
      bench.heard();
      bench.tell(script(false));
      assertThat(bench.traced(VrrpPriorityChanged.class))
          .containsExactly(new VrrpPriorityChanged("VI_1", 100, 70, "script check"));
      bench.pass(Duration.ofSeconds(1));
      assertThat(bench.all(VrrpNetwork.SendPacket.class))
          .last()
          .satisfies(p -> assertThat(bench.priorityOf(p)).isEqualTo(70));
    }

    @Test
    void newsThatChangeNothingAreNoNews() {
      InstanceBench bench = InstanceBench.master(b -> b, WEIGHTED);
      bench.tell(script(true));
      bench.heard();
      bench.tell(script(true));
      bench.see("eth0", true, "20.0.0.21/24");
      assertThat(bench.heard()).isEmpty();
    }

    @Test
    void withoutAcceptModeTrafficIsRefusedBeforeTheAddressIsThereAndUntilItIsGone() {
      InstanceBench bench = InstanceBench.master(b -> b.acceptMode(false));
      List<Object> taken = portMessages(bench.heard());
      assertThat(taken.indexOf(new PacketFilter.RefuseTraffic(FakeNode.WHO, vip())))
          .isNotNegative()
          .isLessThan(indexOf(taken, AddressTable.Add.class));
      bench.tell(new VrrpInstance.Shutdown(1));
      List<Object> left = portMessages(bench.heard());
      assertThat(left.indexOf(new PacketFilter.AcceptTraffic(FakeNode.WHO, vip())))
          .isGreaterThan(indexOf(left, AddressTable.Remove.class));
    }

    @Test
    void anAddressForAMissingInterfaceIsLogged() {
      InstanceBench bench = InstanceBench.master();
      AddressTable.Add add = first(bench.heard(), AddressTable.Add.class);
      add.replyTo()
          .tell(
              new AddressTable.Answer(
                  "eth9",
                  IpPrefix.parse("20.0.0.100/24").orElseThrow(),
                  AddressTable.Outcome.NO_SUCH_INTERFACE,
                  4));
      bench.kit.runOne();
      assertThat(bench.traced(LogLine.class))
          .singleElement()
          .satisfies(l -> assertThat(l.text()).contains("eth9", "20.0.0.100/24"));
    }
  }

  @Nested
  class InASyncGroup {
    @Test
    void itAsksItsGroupInsteadOfBecomingMaster() {
      InstanceBench bench = InstanceBench.started(b -> b.syncGroup("G"));
      bench.group.getAllReceived();
      bench.pass(MASTER_DOWN);
      assertThat(bench.states()).containsExactly("BACKUP");
      assertThat(bench.group.getAllReceived())
          .anySatisfy(
              m ->
                  assertThat(m)
                      .isInstanceOfSatisfying(
                          SyncGroupCoordinator.MemberReported.class,
                          r -> assertThat(r.report()).isEqualTo(MemberReport.WANTS_MASTER)));
    }

    @Test
    void itDoesAsTheGroupOrders() {
      InstanceBench bench = InstanceBench.started(b -> b.syncGroup("G"));
      bench.heard();
      bench.tell(new VrrpInstance.GroupOrdered(GroupCommand.BECOME_MASTER, 5));
      assertThat(bench.states()).containsExactly("MASTER");
      bench.tell(new VrrpInstance.GroupOrdered(GroupCommand.BECOME_BACKUP, 6));
      assertThat(bench.states()).containsExactly("BACKUP");
      bench.tell(new VrrpInstance.GroupOrdered(GroupCommand.ENTER_FAULT, 7));
      assertThat(bench.states()).containsExactly("FAULT");
    }
  }

  @Nested
  class Reloaded {
    private VrrpInstance.Reconfigure with(
        java.util.function.UnaryOperator<org.vipdrift.model.vrrp.VirtualRouterSettingsBuilder>
            change,
        Tracked... tracked) {
      return new VrrpInstance.Reconfigure(
          InstanceBench.instance(change.apply(InstanceBench.builder()).build(), List.of(tracked)),
          Optional.empty(),
          2);
    }

    @Test
    void theSameConfigurationChangesNothing() {
      InstanceBench bench = InstanceBench.master();
      bench.heard();
      bench.tell(with(b -> b));
      assertThat(InstanceBench.addressChanges(bench.heard())).isEmpty();
      bench.pass(Duration.ofSeconds(3));
      assertThat(bench.all(VrrpNetwork.SendPacket.class)).hasSizeBetween(3, 4);
    }

    @Test
    void aMasterInstallsNewAddressesAndRemovesThoseThatAreGone() {
      InstanceBench bench = InstanceBench.master();
      bench.heard();
      bench.tell(with(b -> b.virtualAddresses("20.0.0.101/24", "20.0.0.102/24")));
      assertThat(InstanceBench.addressChanges(bench.heard()))
          .containsExactlyInAnyOrder("-20.0.0.100/24", "+20.0.0.101/24", "+20.0.0.102/24");
    }

    @Test
    void anotherVridMovesTheSocket() {
      InstanceBench bench = InstanceBench.started();
      bench.heard();
      bench.tell(
          new VrrpInstance.Reconfigure(
              InstanceBench.instance(
                  org.vipdrift.model.vrrp.VirtualRouterSettings.builder("VI_1", "eth0", 52)
                      .virtualAddresses("20.0.0.100/24")
                      .build(),
                  List.of()),
              Optional.empty(),
              2));
      List<Object> messages = bench.heard();
      assertThat(first(messages, VrrpNetwork.Leave.class).vrid()).isEqualTo(51);
      assertThat(first(messages, VrrpNetwork.Join.class).vrid()).isEqualTo(52);
    }

    @Test
    void whatIsKnownOfTrackedThingsIsKept() {
      InstanceBench bench = InstanceBench.master(b -> b, WEIGHTED);
      bench.tell(script(false));
      bench.heard();
      bench.tell(with(b -> b.basePriority(90), WEIGHTED));
      bench.pass(Duration.ofSeconds(1));
      assertThat(bench.all(VrrpNetwork.SendPacket.class))
          .last()
          .satisfies(p -> assertThat(bench.priorityOf(p)).isEqualTo(60));
    }

    @Test
    void aFaultOfSomethingNoLongerTrackedEnds() {
      InstanceBench bench = InstanceBench.started(b -> b, SCRIPT);
      bench.tell(script(false));
      assertThat(bench.states()).last().isEqualTo("FAULT");
      bench.tell(with(b -> b));
      bench.see("eth0", true, "20.0.0.21/24");
      assertThat(bench.states()).containsExactly("BACKUP");
    }

    @Test
    void beforeItHasStartedItStartsWithTheNewOne() {
      InstanceBench bench = InstanceBench.of(b -> b);
      bench.tell(with(b -> b.basePriority(200)));
      bench.see("eth0", true, "20.0.0.21/24");
      bench.pass(MASTER_DOWN);
      assertThat(bench.all(VrrpNetwork.SendPacket.class))
          .first()
          .satisfies(p -> assertThat(bench.priorityOf(p)).isEqualTo(200));
    }
  }

  private static IpAddress vip() {
    return IpAddress.of("20.0.0.100");
  }

  private static List<NotifyKind> kinds(InstanceBench bench) {
    return bench.notifications.getAllReceived().stream()
        .filter(NotifyScripts.Changed.class::isInstance)
        .map(c -> ((NotifyScripts.Changed) c).kind())
        .toList();
  }

  private static List<Object> portMessages(List<Object> messages) {
    return messages.stream().filter(m -> !(m instanceof FakeNode.Traced)).toList();
  }

  private static int indexOf(List<Object> messages, Class<?> sort) {
    return messages.indexOf(first(messages, sort));
  }

  private static <T> T first(List<Object> messages, Class<T> sort) {
    return messages.stream().filter(sort::isInstance).map(sort::cast).findFirst().orElseThrow();
  }
}
