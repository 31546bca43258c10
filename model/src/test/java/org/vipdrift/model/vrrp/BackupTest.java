package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BackupTest {
  private static Router backup(VirtualRouterSettingsBuilder builder) {
    return new Router(builder).start();
  }

  @Test
  @Requirement({"S5", "S19"})
  void becomesMasterWhenTheMasterDownTimerExpires() {
    Router router = backup(Router.settings(100)).masterDown(3609.375);
    assertThat(router.state()).isEqualTo(VrrpState.MASTER);
    assertThat(router.last.effects())
        .containsExactly(
            new VrrpEffect.Log("Receive advertisement timeout"),
            new VrrpEffect.CancelTimer(VrrpTimer.MASTER_DOWN),
            new VrrpEffect.ReportTransition(
                VrrpState.BACKUP, VrrpState.MASTER, "master down timer expired"),
            new VrrpEffect.SendAdvertisement(100),
            new VrrpEffect.Log("Entering MASTER STATE"),
            new VrrpEffect.Log("setting VIPs."),
            new VrrpEffect.AddVirtualAddresses(router.settings.virtualAddresses()),
            new VrrpEffect.Log("Sending/queueing gratuitous ARPs on eth0 for 20.0.0.100"),
            new VrrpEffect.AnnounceAddresses(5, router.settings.virtualAddresses()),
            new VrrpEffect.SetTimer(VrrpTimer.ADVERTISEMENT, Router.millis(4609.375)),
            new VrrpEffect.SetTimer(VrrpTimer.GARP_DELAY, Router.millis(8609.375)),
            new VrrpEffect.Notify(NotifyKind.MASTER, 100));
  }

  @Test
  @Requirement("S6")
  void priorityZeroLeavesOnlyTheSkew() {
    Router router = backup(Router.settings(100)).hear(1000, 0, Router.HIGHER);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(1609.375);
    assertThat(router.log()).containsExactly("Backup received priority 0 advertisement");
  }

  @Test
  @Requirement("S6")
  void priorityZeroCountsEvenWithNopreempt() {
    Router router = backup(Router.settings(100).preempt(false)).hear(1000, 0, Router.HIGHER);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(1609.375);
  }

  @Test
  @Requirement({"S7", "S9"})
  void higherOrEqualPriorityRestartsTheTimerWhateverTheAddress() {
    Router router = backup(Router.settings(100));
    assertThat(router.hear(1000, 101, Router.LOWER).deadline(VrrpTimer.MASTER_DOWN))
        .isEqualTo(4609.375);
    assertThat(router.hear(2000, 100, Router.LOWER).deadline(VrrpTimer.MASTER_DOWN))
        .isEqualTo(5609.375);
    assertThat(router.hear(3000, 100, Router.HIGHER).deadline(VrrpTimer.MASTER_DOWN))
        .isEqualTo(6609.375);
    assertThat(router.state.master()).contains(new VrrpRouterState.HeardMaster(Router.HIGHER, 100));
  }

  @Test
  @Requirement("S7")
  void nopreemptFollowsALowerPriority() {
    Router router = backup(Router.settings(150).preempt(false)).hear(1000, 1, Router.HIGHER);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(4414.062);
    assertThat(router.log()).isEmpty();
  }

  @Test
  @Requirement("S8")
  void lowerPriorityIsDiscardedWhileTheTimerRunsOn() {
    Router router = backup(Router.settings(100)).hear(1000, 90, Router.OWN);
    assertThat(router.last.effects())
        .containsExactly(
            new VrrpEffect.Log("received lower priority (90) advert from 20.0.0.21 - discarding"));
    assertThat(router.state.masterDownDeadlineNanos()).isEqualTo(Router.millis(3609.375));
  }

  @Test
  @Requirement("S4")
  void shutdownSendsNothing() {
    Router router = backup(Router.settings(100)).on(new VrrpEvent.ShutdownRequested(1));
    assertThat(router.state()).isEqualTo(VrrpState.INIT);
    assertThat(router.cancelled(VrrpTimer.MASTER_DOWN)).isTrue();
    assertThat(router.sent()).isEmpty();
    assertThat(router.notified()).containsExactly(NotifyKind.STOP);
  }

  @Test
  @Requirement("S3")
  void holdsNoAddressThatItCouldAnswerFor() {
    Router router = new Router(Router.settings(100)).master().hear(6000, 150, Router.HIGHER);
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.last.effects())
        .contains(new VrrpEffect.RemoveVirtualAddresses(router.settings.installedAddresses()));
  }

  @Test
  void droppedAdvertsLeaveTheTimerAlone() {
    Router router = backup(Router.settings(100));
    router.on(new VrrpEvent.AdvertisementDropped(5, DropReason.PASSWORD, Router.HIGHER));
    assertThat(router.last.effects()).isEmpty();
  }

  @Nested
  class IntervalsTest {
    private final Duration second = Duration.ofSeconds(1);

    @Test
    @Requirement({"T4", "S7", "C10"})
    void version3LearnsTheMastersInterval() {
      Router router = backup(Router.version3(100, Duration.ofMillis(200)));
      router.hear(500, 150, Router.HIGHER, second);
      assertThat(router.log())
          .containsExactly("advertisement interval updated from 200ms to 1000ms by master");
      assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(500 + 3609.375);
      router.hear(600, 0, Router.HIGHER);
      assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(600 + 609.375);
    }

    @Test
    void masterReturnsToItsOwnInterval() {
      Router router = backup(Router.version3(100, Duration.ofMillis(200)));
      router.hear(500, 150, Router.HIGHER, second).masterDown(5000);
      assertThat(router.log())
          .contains("changing advert interval from 1000ms to locally configured 200ms");
      assertThat(router.deadline(VrrpTimer.ADVERTISEMENT)).isEqualTo(5200);
    }

    @Test
    void discardedAdvertTeachesNothing() {
      Router router = backup(Router.version3(150, second));
      router.hear(500, 100, Router.HIGHER, Duration.ofMillis(200));
      assertThat(router.state.masterIntervalNanos()).isEqualTo(second.toNanos());
    }
  }

  @Nested
  class PreemptDelayTest {
    private final VirtualRouterSettingsBuilder settings =
        Router.settings(150).preemptDelay(Duration.ofSeconds(5));

    @Test
    void startsAtTheFirstLowerPriorityAndThenTheDownIntervalRunsOut() {
      Router router = backup(settings);
      router.hear(781, 100, Router.HIGHER);
      assertThat(router.log()).containsExactly("start preempt delay (5.000000)");
      assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(4195.062);
      router.hear(4783, 100, Router.HIGHER);
      assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(8197.062);
      router.hear(5784, 100, Router.HIGHER);
      assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isNaN();
      assertThat(router.log())
          .containsExactly("received lower priority (100) advert from 20.0.0.22 - discarding");
    }

    @Test
    void isForgottenWhenAHigherPriorityIsHeard() {
      Router router = backup(settings).hear(781, 100, Router.HIGHER);
      router.hear(1000, 150, Router.HIGHER);
      assertThat(router.log()).containsExactly("stop preempt delay");
      router.hear(9000, 100, Router.HIGHER);
      assertThat(router.log()).containsExactly("start preempt delay (5.000000)");
    }
  }

  @Nested
  class PriorityTest {
    @Test
    void changeShiftsTheRunningTimer() {
      Router router = backup(Router.settings(90)).hear(6000, 100, Router.HIGHER);
      assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(9648.437);
      router.on(new VrrpEvent.PriorityChanged(Router.millis(7000), 150, "script chk"));
      assertThat(router.log()).containsExactly("Changing effective priority from 90 to 150");
      assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(9414.062);
    }

    @Test
    void changeNeverMovesTheTimerIntoThePast() {
      Router router = backup(Router.settings(1)).hear(0, 0, Router.HIGHER);
      router.on(new VrrpEvent.PriorityChanged(Router.millis(990), 254, "script chk"));
      assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(990);
    }

    @Test
    void ownerHasNoOtherPriority() {
      Router router = backup(Router.settings(255));
      router.on(new VrrpEvent.PriorityChanged(1, 100, "script chk"));
      assertThat(router.state.effectivePriority()).isEqualTo(255);
    }
  }

  @Nested
  class SyncGroupTest {
    private final Router member = backup(Router.settings(100).syncGroup("G1"));

    @Test
    void asksTheGroupAndWaitsThreeIntervals() {
      member.masterDown(3609.375);
      assertThat(member.state()).isEqualTo(VrrpState.BACKUP);
      assertThat(member.told()).containsExactly(MemberReport.WANTS_MASTER);
      assertThat(member.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(6609.375);
      member.on(new VrrpEvent.GroupCommanded(Router.millis(4000), GroupCommand.BECOME_MASTER));
      assertThat(member.state()).isEqualTo(VrrpState.MASTER);
      assertThat(member.told()).containsExactly(MemberReport.BECAME_MASTER);
    }

    @Test
    void takesItBackWhenItHearsAMaster() {
      member.masterDown(3609.375).hear(4000, 150, Router.HIGHER);
      assertThat(member.told()).containsExactly(MemberReport.HEARS_MASTER);
      assertThat(member.hear(5000, 150, Router.HIGHER).told()).isEmpty();
    }

    @Test
    void entersFaultWithTheGroupAndLeavesWithIt() {
      member.on(new VrrpEvent.GroupCommanded(1, GroupCommand.ENTER_FAULT));
      assertThat(member.state()).isEqualTo(VrrpState.FAULT);
      assertThat(member.told()).isEmpty();
      member.on(new VrrpEvent.GroupCommanded(2, GroupCommand.LEAVE_FAULT));
      assertThat(member.state()).isEqualTo(VrrpState.BACKUP);
      assertThat(member.log()).containsExactly("Entering BACKUP STATE");
    }
  }

  @Test
  void readingTheConfigurationAgainRestartsTheTimerWithTheNewPriority() {
    Router router = backup(Router.settings(100)).reload(1000, Router.settings(150));
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(4414.062);
    assertThat(router.sent()).isEmpty();
  }
}
