package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTest {
  private static final String LINK = "interface eth0";
  private static final String SCRIPT = "script chk";

  private static VrrpEvent raised(double millis, String fault) {
    return new VrrpEvent.FaultRaised(Router.millis(millis), fault);
  }

  private static VrrpEvent cleared(double millis, String fault) {
    return new VrrpEvent.FaultCleared(Router.millis(millis), fault);
  }

  @Test
  void masterReleasesTwiceAndRemovesItsAddresses() {
    Router router = new Router(Router.settings(100)).master().on(raised(6000, LINK));
    assertThat(router.state()).isEqualTo(VrrpState.FAULT);
    assertThat(router.sent()).containsExactly(0, 0);
    assertThat(router.log())
        .containsExactly("Entering FAULT STATE", "sent 0 priority", "removing VIPs.");
    assertThat(router.cancelled(VrrpTimer.ADVERTISEMENT)).isTrue();
    assertThat(router.notified()).containsExactly(NotifyKind.FAULT);
  }

  @Test
  void masterOfAStandardDialectReleasesOnce() {
    Router router =
        new Router(Router.settings(100).dialect(Dialect.RFC_3768)).master().on(raised(6000, LINK));
    assertThat(router.sent()).containsExactly(0);
  }

  @Test
  void backupSendsNothing() {
    Router router = new Router(Router.settings(100)).start().on(raised(1000, LINK));
    assertThat(router.state()).isEqualTo(VrrpState.FAULT);
    assertThat(router.sent()).isEmpty();
    assertThat(router.log()).containsExactly("Entering FAULT STATE");
    assertThat(router.cancelled(VrrpTimer.MASTER_DOWN)).isTrue();
  }

  @Test
  void recoversAsBackupWithAFullIntervalWhenTheLastFaultClears() {
    Router router = new Router(Router.settings(150)).start();
    router.on(raised(1000, LINK)).on(raised(1100, SCRIPT)).on(cleared(2000, LINK));
    assertThat(router.state()).isEqualTo(VrrpState.FAULT);
    router.on(cleared(3000, SCRIPT));
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.log()).containsExactly("Entering BACKUP STATE");
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(6414.062);
  }

  @Test
  void ownerConfiguredAsMasterRecoversAsMaster() {
    Router router = new Router(Router.settings(255).configuredMaster(true)).start();
    router.on(raised(1000, LINK)).on(cleared(2000, LINK));
    assertThat(router.state()).isEqualTo(VrrpState.MASTER);
    assertThat(router.sent()).containsExactly(255);
  }

  @Test
  void advertsAreIgnored() {
    Router router = new Router(Router.settings(100)).start().on(raised(1000, LINK));
    router.hear(1500, 0, Router.HIGHER);
    assertThat(router.last.effects()).isEmpty();
    assertThat(router.last.reason()).isEqualTo("AdvertisementReceived ignored in FAULT");
  }

  @Test
  void memberLeavesFaultOnlyWithItsGroup() {
    Router router = new Router(Router.settings(100).syncGroup("G1")).start();
    router.on(raised(1000, LINK));
    assertThat(router.told()).containsExactly(MemberReport.FAULTED);
    router.on(cleared(2000, LINK));
    assertThat(router.state()).isEqualTo(VrrpState.FAULT);
    assertThat(router.told()).containsExactly(MemberReport.RECOVERED);
    router.on(new VrrpEvent.GroupCommanded(Router.millis(3000), GroupCommand.LEAVE_FAULT));
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
  }

  @Test
  void memberWithAFaultOfItsOwnDoesNotFollowItsGroup() {
    Router router = new Router(Router.settings(100).syncGroup("G1")).start();
    router.on(new VrrpEvent.GroupCommanded(1, GroupCommand.ENTER_FAULT)).on(raised(2, LINK));
    assertThat(router.told()).containsExactly(MemberReport.FAULTED);
    router.on(new VrrpEvent.GroupCommanded(3, GroupCommand.LEAVE_FAULT));
    assertThat(router.state()).isEqualTo(VrrpState.FAULT);
  }

  @Test
  void priorityChangesAreRemembered() {
    Router router = new Router(Router.settings(100)).start().on(raised(1000, LINK));
    router.on(new VrrpEvent.PriorityChanged(2000, 60, SCRIPT));
    assertThat(router.state.effectivePriority()).isEqualTo(60);
  }
}
