package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ProxyPlane;
import org.vipdrift.model.balance.BackendSnapshot;
import org.vipdrift.model.balance.ServerSnapshot;
import org.vipdrift.model.config.haproxy.HaproxyParser;
import org.vipdrift.model.haproxy.ProxyFigures;
import org.vipdrift.model.health.Observation;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ServerChange;

/** The control plane of an HAProxy with real checkers and hand-written ports. */
class LoadBalancerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static ActorTestKit system;

  @BeforeAll
  static void open() {
    system = CallersThread.system("load-balancer-test");
  }

  @AfterAll
  static void close() {
    system.shutdownTestKit();
  }

  private final TestProbe<Object> world = system.createTestProbe();
  private final TestProbe<LoadBalancer.AdminAnswer> asker = system.createTestProbe();
  private final FakeNode node = new FakeNode(world.getRef());
  private final ActorRef<LoadBalancer.Command> balancer =
      system.spawn(
          LoadBalancer.create(
              HaproxyParser.parse(
                      "haproxy.cfg",
                      """
                      defaults
                        mode http
                        timeout connect 1s
                        timeout client 1s
                        timeout server 1s
                      frontend web
                        bind :80
                        default_backend app
                      backend app
                        server a 10.0.0.1:80 check inter 2s
                        server b 10.0.0.2:80 observe layer4 error-limit 1 on-error mark-down check inter 2s
                      backend shadow
                        server t 10.0.0.1:80 track app/a
                      """)
                  .configuration(),
              node.proxyPorts()));
  private final ActorRef<ProxyPlane.Report> reports = await(ProxyPlane.Attach.class).reports();

  private <T> T await(Class<T> sort, Predicate<T> meant) {
    return sort.cast(
        world
            .fishForMessage(
                PATIENCE,
                message ->
                    sort.isInstance(message) && meant.test(sort.cast(message))
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore())
            .getLast());
  }

  private <T> T await(Class<T> sort) {
    return await(sort, _ -> true);
  }

  private String awaitLine() {
    return ((TraceDetail.LogLine)
            await(FakeNode.Traced.class, t -> t.detail() instanceof TraceDetail.LogLine).detail())
        .text();
  }

  private ServerChange awaitChange() {
    return ((TraceDetail.ServerChanged)
            await(FakeNode.Traced.class, t -> t.detail() instanceof TraceDetail.ServerChanged)
                .detail())
        .change();
  }

  private void say(String command) {
    balancer.tell(new LoadBalancer.Admin(command, asker.getRef(), 7));
  }

  /** Both checkers have set their timers. */
  private void passToFirstCheck() {
    assertThat(node.alarms()).isEqualTo(2);
    node.pass(Duration.ZERO);
  }

  private String answer() {
    return asker.expectMessageClass(LoadBalancer.AdminAnswer.class, PATIENCE).text();
  }

  private void published(ProxyPlane.PublishChange change, int active) {
    reports.tell(new ProxyPlane.Published(change.id(), active, 0, 0, change.cause()));
  }

  private static List<Boolean> maintenance(BackendSnapshot snapshot) {
    return snapshot.servers().stream().map(ServerSnapshot::maintenance).toList();
  }

  @Nested
  class AtTheStart {
    @Test
    void everyBackendIsPublishedInTheOrderOfTheFile() {
      assertThat(await(ProxyPlane.Publish.class).snapshot().backend()).isEqualTo("app");
      assertThat(await(ProxyPlane.Publish.class).snapshot().backend()).isEqualTo("shadow");
    }

    @Test
    void checksAreSpreadOverTheirInterval() {
      passToFirstCheck();
      assertThat(await(Prober.Open.class).address()).hasToString("10.0.0.1");
      node.pass(Duration.ofSeconds(1));
      assertThat(await(Prober.Open.class).address()).hasToString("10.0.0.2");
    }
  }

  @Nested
  class Checks {
    @Test
    void thatFailAreLoggedWithTheSessionsThatTheDataPlaneCounts() {
      passToFirstCheck();
      Prober.Open open = await(Prober.Open.class);
      open.replyTo().tell(new Prober.Failed(open.id(), Prober.Failure.REFUSED, 3));
      ProxyPlane.PublishChange change = await(ProxyPlane.PublishChange.class);
      assertThat(change.server()).isZero();
      assertThat(change.up()).isFalse();
      published(change, 4);
      assertThat(awaitLine())
          .startsWith("Server app/a is DOWN, reason: Layer4 connection problem")
          .contains("1 active and 0 backup servers left. 4 sessions active, 0 requeued");
    }
  }

  @Nested
  class Lines {
    @Test
    void areToldInOrderWhateverTheDataPlaneAnswersFirst() {
      say("set server app/a health down");
      ProxyPlane.PublishChange first = await(ProxyPlane.PublishChange.class);
      ProxyPlane.PublishChange tracker = await(ProxyPlane.PublishChange.class);
      say("set server shadow/t state maint");
      answer();
      answer();
      published(tracker, 0);
      published(first, 0);
      assertThat(awaitLine()).startsWith("Server app/a is DOWN, changed from CLI.");
      assertThat(awaitLine()).startsWith("Server shadow/t is DOWN via app/a.");
      assertThat(awaitLine()).isEqualTo("backend shadow has no server available!");
      assertThat(awaitLine()).isEqualTo("Server shadow/t was DOWN and now enters maintenance.");
    }
  }

  @Nested
  class Weights {
    @Test
    void ofNoneForEveryServerLeaveTheBackendWithoutServers() {
      say("set weight shadow/t 0");
      assertThat(awaitLine()).isEqualTo("backend shadow has no server available!");
    }
  }

  @Nested
  class Maintenance {
    @Test
    void isInheritedByThoseThatTrack() {
      say("set server app/a state maint");
      assertThat(answer()).isEqualTo("\n");
      ProxyPlane.PublishChange own = await(ProxyPlane.PublishChange.class);
      ProxyPlane.PublishChange inherited = await(ProxyPlane.PublishChange.class);
      assertThat(maintenance(own.snapshot())).containsExactly(true, false);
      assertThat(inherited.snapshot().backend()).isEqualTo("shadow");
      assertThat(maintenance(inherited.snapshot())).containsExactly(true);
    }

    @Test
    void isTracedWhenItBeginsAndEnds() {
      say("set server app/b state maint");
      assertThat(awaitChange()).isEqualTo(ServerChange.MAINT);
      say("set server app/b state ready");
      assertThat(awaitChange()).isEqualTo(ServerChange.READY);
    }
  }

  @Nested
  class Traffic {
    @Test
    void marksDownAServerWhoseConnectionsFail() {
      reports.tell(new ProxyPlane.Observed("app", 1, Observation.NOT_CONNECTED, 9));
      ProxyPlane.PublishChange change = await(ProxyPlane.PublishChange.class);
      assertThat(change.server()).isEqualTo(1);
      assertThat(change.snapshot().servers().get(1).usable()).isFalse();
    }
  }

  @Nested
  class StatsSocket {
    @Test
    void showsWhatTheDataPlaneHasCounted() {
      say("show stat");
      ProxyPlane.Count count = await(ProxyPlane.Count.class);
      asker.expectNoMessage();
      reports.tell(new ProxyPlane.Counted(count.id(), ProxyFigures.NONE, count.cause()));
      assertThat(answer()).startsWith("# pxname,svname,").contains("\napp,a,", "\nshadow,t,");
    }

    @Test
    void pausesFrontendsOfTheDataPlane() {
      say("disable frontend web");
      assertThat(awaitLine()).isEqualTo("Paused frontend web.");
      ProxyPlane.EnableFrontend paused = await(ProxyPlane.EnableFrontend.class);
      assertThat(paused.frontend() + paused.enabled()).isEqualTo("webfalse");
    }

    @Test
    void limitsServersOfTheDataPlane() {
      say("set maxconn server app/b 3");
      ProxyPlane.LimitServer limit = await(ProxyPlane.LimitServer.class);
      assertThat(limit.server()).isEqualTo(1);
      assertThat(limit.maxConnections()).isEqualTo(3);
    }

    @Test
    void shutsDownSessionsInTheDataPlane() {
      say("shutdown sessions server app/b");
      assertThat(await(ProxyPlane.ShutdownSessions.class).server()).isEqualTo(1);
    }

    @Test
    void answersOnceWhatItDoesNotUnderstand() {
      say("foo");
      assertThat(answer()).startsWith("Unknown command");
      asker.expectNoMessage();
    }
  }

  @Test
  void nothingIsCheckedAnyMoreAfterTheStop() {
    passToFirstCheck();
    await(Prober.Open.class);
    balancer.tell(new LoadBalancer.Stop(0));
    await(Prober.Close.class);
    asker.expectTerminated(balancer, PATIENCE);
    assertThat(node.alarms()).isZero();
  }
}
