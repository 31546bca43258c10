package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.actors.port.DirectorTable.SyncRole;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.ipvs.DestinationKey;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfigurationReader;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ServerChange;

/** A whole keepalived with virtual servers alone: real children, hand-written ports. */
class VirtualServerTest {
  private static ActorTestKit system;

  @BeforeAll
  static void open() {
    system = CallersThread.system("virtual-server-test");
  }

  @AfterAll
  static void close() {
    system.shutdownTestKit();
  }

  private final TestProbe<Object> world = system.createTestProbe();
  private final FakeNode node = new FakeNode(world.getRef());

  private static NodeConfiguration configuration(String lines, String... servers) {
    StringBuilder text =
        new StringBuilder(
            "virtual_server 20.0.0.100 80 {\ndelay_loop 6\nlvs_sched rr\nlvs_method DR\n"
                + "protocol TCP\nwarmup 0\n");
    text.append(lines).append('\n');
    for (String server : servers) {
      text.append("real_server ").append(server).append(" 80 {\nTCP_CHECK {\n}\n}\n");
    }
    return read(text + "}\n");
  }

  private static NodeConfiguration read(String text) {
    return NodeConfigurationReader.read(KeepalivedParser.parse("k.conf", text).configuration());
  }

  private ActorRef<Keepalived.Command> start(NodeConfiguration configuration) {
    return system.spawn(Keepalived.create(configuration, node.ports()));
  }

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

  private <T> T await(Class<T> sort) {
    return await(sort, _ -> true);
  }

  private void awaitServer(ServerChange change, String server) {
    await(
        FakeNode.Traced.class,
        t ->
            t.detail() instanceof TraceDetail.ServerChanged s
                && s.change() == change
                && s.server().equals(server)
                && s.proxy().equals("20.0.0.100:80"));
  }

  /** Lets so much time pass, for which an alarm must be set. */
  private void pass(Duration time) {
    assertThat(node.alarms()).isPositive();
    node.pass(time);
  }

  private Prober.Open nextProbe(Duration after) {
    pass(after);
    return await(Prober.Open.class);
  }

  /** Of an actor that does nothing; virtual servers could be spawned in it. */
  private static ActorContext<Object> context() {
    List<ActorContext<Object>> made = new ArrayList<>();
    BehaviorTestKit.create(
        Behaviors.<Object>setup(
            context -> {
              made.add(context);
              return Behaviors.empty();
            }));
    return made.getFirst();
  }

  private static String address(DestinationKey key) {
    return key.address().toString();
  }

  @Test
  void putsItsServicesAndServersIntoTheTable() {
    start(configuration("", "20.0.0.51", "20.0.0.52"));

    assertThat(await(DirectorTable.PutService.class).service().key())
        .hasToString("tcp 20.0.0.100:80");
    assertThat(await(DirectorTable.PutDestination.class).destination()).hasToString("20.0.0.51:80");
    assertThat(await(DirectorTable.PutDestination.class).destination()).hasToString("20.0.0.52:80");
  }

  @Test
  void removesAServerThatFailsItsCheckAndTheRetry() {
    start(configuration("", "20.0.0.51"));
    await(DirectorTable.PutDestination.class);
    Prober.Open first = nextProbe(Duration.ofSeconds(1));
    assertThat(first.transport()).isEqualTo(Prober.Transport.TCP);
    assertThat(first.address()).hasToString("20.0.0.51");
    first.replyTo().tell(new Prober.Opened(first.id(), 0));
    assertThat(await(Prober.Close.class).id()).isEqualTo(first.id());

    Prober.Open second = nextProbe(Duration.ofSeconds(6));
    second.replyTo().tell(new Prober.Failed(second.id(), Prober.Failure.REFUSED, 0));
    await(Prober.Close.class);
    Prober.Open third = nextProbe(Duration.ofSeconds(1));
    third.replyTo().tell(new Prober.Failed(third.id(), Prober.Failure.REFUSED, 0));

    assertThat(address(await(DirectorTable.RemoveDestination.class).destination()))
        .isEqualTo("20.0.0.51");
    awaitServer(ServerChange.DOWN, "20.0.0.51:80");
  }

  @Test
  void aCheckThatIsNotAnsweredFailsAtItsTimeout() {
    start(configuration("retry 1\nconnect_timeout 2", "20.0.0.51"));
    await(DirectorTable.PutDestination.class);
    nextProbe(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(2));
    await(Prober.Close.class);
    nextProbe(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(2));

    awaitServer(ServerChange.DOWN, "20.0.0.51:80");
  }

  @Test
  void aScriptSetsTheWeight() {
    start(
        read(
            """
            virtual_server 20.0.0.100 80 {
              delay_loop 6
              lvs_sched wlc
              lvs_method DR
              protocol TCP
              real_server 20.0.0.51 80 {
                MISC_CHECK {
                  misc_path "/bin/load web"
                  misc_dynamic
                  warmup 0
                }
              }
            }
            """));
    await(DirectorTable.PutDestination.class);
    pass(Duration.ofSeconds(1));
    ScriptRunner.Run run = await(ScriptRunner.Run.class);
    assertThat(run.command()).containsExactly("/bin/load", "web");
    run.replyTo().tell(new ScriptRunner.Finished(run.id(), new ScriptRunner.Exited(12), 0));

    assertThat(await(DirectorTable.PutDestination.class).destination().weight()).isEqualTo(10);
  }

  @Test
  void aReloadTouchesOnlyWhatChanged() {
    ActorRef<Keepalived.Command> keepalived = start(configuration("", "20.0.0.51", "20.0.0.52"));
    await(DirectorTable.PutDestination.class, p -> p.destination().toString().contains(".52"));
    keepalived.tell(new Keepalived.Reload(configuration("", "20.0.0.51", "20.0.0.53"), 9));

    List<String> asked = new ArrayList<>();
    world.fishForMessage(
        Duration.ofSeconds(5),
        message -> {
          if (message instanceof DirectorTable.RemoveDestination r) {
            asked.add("- " + address(r.destination()));
          } else if (message instanceof DirectorTable.RemoveService) {
            asked.add("service removed");
          } else if (message instanceof DirectorTable.PutDestination p) {
            asked.add("+ " + p.destination());
            return p.destination().toString().contains(".53")
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore();
          }
          return FishingOutcomes.continueAndIgnore();
        });
    assertThat(asked).containsExactly("- 20.0.0.52", "+ 20.0.0.51:80", "+ 20.0.0.53:80");
  }

  @Test
  void aVirtualServerThatIsGoneIsRemoved() {
    ActorRef<Keepalived.Command> keepalived = start(configuration("", "20.0.0.51"));
    await(DirectorTable.PutDestination.class);
    keepalived.tell(new Keepalived.Reload(read("global_defs {\n}\n"), 9));

    assertThat(await(DirectorTable.RemoveService.class).service()).hasToString("tcp 20.0.0.100:80");
  }

  @Test
  void stoppingEmptiesTheTableAndEndsTheProcess() {
    ActorRef<Keepalived.Command> keepalived = start(configuration("", "20.0.0.51"));
    await(DirectorTable.PutDestination.class);
    keepalived.tell(new Keepalived.Stop(9));

    await(DirectorTable.RemoveDestination.class);
    await(DirectorTable.RemoveService.class);
    world.expectTerminated(keepalived, Duration.ofSeconds(5));
  }

  @Test
  void haSuspendChecksOnlyWhereTheAddressIs() {
    start(configuration("ha_suspend", "20.0.0.51"));
    Interfaces.Watch watch = await(Interfaces.Watch.class, w -> w.who().contains("/"));
    watch.subscriber().tell(FakeNode.networkInterface("eth0", true, 0, "20.0.0.20/24"));
    await(
        FakeNode.Traced.class,
        t -> t.detail() instanceof TraceDetail.LogLine l && l.text().startsWith("Suspending"));
    assertThat(node.alarms()).isZero();
    watch
        .subscriber()
        .tell(FakeNode.networkInterface("eth0", true, 0, "20.0.0.20/24", "20.0.0.100/24"));
    await(
        FakeNode.Traced.class,
        t -> t.detail() instanceof TraceDetail.LogLine l && l.text().startsWith("Activating"));
    nextProbe(Duration.ofMillis(1));
  }

  @Test
  void theSynchronisationDaemonsFollowTheInstance() {
    NodeConfiguration configured =
        read(
            "global_defs {\nlvs_sync_daemon eth0 VI_1 id 7\n}\nvrrp_instance VI_1 {\n"
                + "interface eth0\nvirtual_router_id 51\npriority 100\nstate BACKUP\n"
                + "advert_int 1\nvirtual_ipaddress {\n20.0.0.100\n}\n}\n");
    VirtualServers servers = new VirtualServers(context(), node.ports());
    servers.start(configured);
    assertThat(await(DirectorTable.StartSync.class))
        .extracting(DirectorTable.StartSync::role, DirectorTable.StartSync::syncId)
        .containsExactly(SyncRole.BACKUP, 7);
    servers.instanceChanged("VI_1", true, 3);
    assertThat(await(DirectorTable.StopSync.class).role()).isEqualTo(SyncRole.BACKUP);
    assertThat(await(DirectorTable.StartSync.class).role()).isEqualTo(SyncRole.MASTER);
    servers.instanceChanged("VI_1", true, 4);
    servers.instanceChanged("VI_1", false, 5);
    assertThat(await(DirectorTable.StopSync.class).role()).isEqualTo(SyncRole.MASTER);
    assertThat(await(DirectorTable.StartSync.class).role()).isEqualTo(SyncRole.BACKUP);
  }
}
