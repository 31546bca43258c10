package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {
  @Test
  @Requirement({"S2", "T5"})
  void startsAsBackupForAFullMasterDownInterval() {
    Router router = new Router(Router.settings(101).configuredMaster(true)).start();
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(3605.468);
    assertThat(router.log()).containsExactly("removing VIPs.", "Entering BACKUP STATE (init)");
    assertThat(router.notified()).containsExactly(NotifyKind.BACKUP);
    assertThat(router.sent()).isEmpty();
    assertThat(router.state.masterIntervalNanos()).isEqualTo(Router.millis(1000));
  }

  @Test
  void removesWhatAKilledPredecessorLeft() {
    Router router = new Router(Router.settings(100)).start();
    assertThat(router.last.effects())
        .contains(new VrrpEffect.RemoveVirtualAddresses(router.settings.installedAddresses()));
  }

  @Test
  @Requirement("S1")
  void ownerConfiguredAsMasterIsMasterAtOnce() {
    Router router = new Router(Router.settings(255).configuredMaster(true)).start();
    assertThat(router.state()).isEqualTo(VrrpState.MASTER);
    assertThat(router.sent()).containsExactly(255);
    assertThat(router.announced()).containsExactly(5);
    assertThat(router.deadline(VrrpTimer.ADVERTISEMENT)).isEqualTo(1000);
    assertThat(router.log())
        .containsExactly(
            "removing VIPs.",
            "Receive advertisement timeout",
            "Entering MASTER STATE",
            "setting VIPs.");
  }

  @Test
  @Requirement("S1")
  void ownerWithoutStateMasterStartsAsBackupInKeepalived() {
    // Departs from the RFCs, as measured with keepalived 2.2.7.
    Router router = new Router(Router.settings(255)).start();
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(3003.906);
    assertThat(new Router(Router.settings(255).dialect(Dialect.RFC_3768)).start().state())
        .isEqualTo(VrrpState.MASTER);
  }

  @Test
  void ownerInASyncGroupStartsAsBackup() {
    Router router = new Router(Router.settings(255).configuredMaster(true).syncGroup("G1")).start();
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.told()).containsExactly(MemberReport.BECAME_BACKUP);
  }

  @Test
  void waitsForTheFirstResultOfAnUnweightedScript() {
    Router router = new Router(Router.settings(100));
    router.on(new VrrpEvent.Started(0, Router.OWN, List.of(), true, 100));
    assertThat(router.state()).isEqualTo(VrrpState.INIT);
    router.on(new VrrpEvent.FirstResultsArrived(Router.millis(50)));
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.log()).containsExactly("Entering BACKUP STATE");
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(3659.375);
  }

  @Test
  void firstResultThatFailsMakesAFaultSilently() {
    Router router = new Router(Router.settings(100));
    router.on(new VrrpEvent.Started(0, Router.OWN, List.of(), true, 100));
    router.on(new VrrpEvent.FaultRaised(1, "script chk"));
    assertThat(router.state()).isEqualTo(VrrpState.INIT);
    router.on(new VrrpEvent.FirstResultsArrived(1));
    assertThat(router.state()).isEqualTo(VrrpState.FAULT);
    assertThat(router.log()).isEmpty();
    assertThat(router.notified()).containsExactly(NotifyKind.FAULT);
  }

  @Test
  void startsInFaultIfSomethingIsDown() {
    Router router = new Router(Router.settings(100));
    router.on(new VrrpEvent.Started(0, Router.OWN, List.of("interface eth0"), false, 100));
    assertThat(router.state()).isEqualTo(VrrpState.FAULT);
    assertThat(router.log()).containsExactly("removing VIPs.", "Entering FAULT STATE (init)");
  }

  @Test
  void startupDelayIsAddedToTheMasterDownInterval() {
    Router router = new Router(Router.settings(150).startupDelay(Duration.ofSeconds(4))).start();
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(7414.062);
  }

  @Test
  void advertDiscardedDuringTheStartupDelayMovesTheTimerByTheRestOfIt() {
    Router router = new Router(Router.settings(150).startupDelay(Duration.ofSeconds(4))).start();
    router.hear(1000, 100, Router.HIGHER);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(10_414.062);
    router.hear(3000, 100, Router.HIGHER);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(11_414.062);
    router.hear(4500, 100, Router.HIGHER);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isNaN();
  }

  @Test
  void stateMasterOverridesNopreemptAndPreemptDelay() {
    VirtualRouterSettings master =
        Router.settings(100)
            .configuredMaster(true)
            .preempt(false)
            .preemptDelay(Duration.ofSeconds(5))
            .build();
    assertThat(master.preempt()).isTrue();
    assertThat(master.preemptDelay()).isZero();
    assertThat(Router.settings(255).preempt(false).build().preempt()).isTrue();
  }
}
