package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vipdrift.model.frame.IpFamily;

class MasterTest {
  private static Router master(VirtualRouterSettingsBuilder builder) {
    return new Router(builder).master();
  }

  private static VrrpEvent advertTimer(double millis) {
    return new VrrpEvent.AdvertisementTimerExpired(Router.millis(millis));
  }

  @Test
  @Requirement("S14")
  void advertisesEachInterval() {
    Router router = master(Router.settings(100)).on(advertTimer(6001));
    assertThat(router.last.effects())
        .containsExactly(
            new VrrpEffect.SendAdvertisement(100),
            new VrrpEffect.SetTimer(VrrpTimer.ADVERTISEMENT, Router.millis(7001)));
  }

  @Test
  @Requirement("S15")
  void answersPriorityZeroAtOnce() {
    Router router = master(Router.settings(100)).hear(5500, 0, Router.HIGHER);
    assertThat(router.sent()).containsExactly(100);
    assertThat(router.deadline(VrrpTimer.ADVERTISEMENT)).isEqualTo(6500);
    assertThat(router.log()).containsExactly("Master received priority 0 message");
  }

  @Test
  @Requirement("S16")
  void higherPriorityMakesItBackupSilently() {
    Router router = master(Router.settings(100)).hear(5500, 150, Router.LOWER);
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.sent()).isEmpty();
    assertThat(router.log())
        .containsExactly(
            "Master received advert from 20.0.0.20 with higher priority 150, ours 100",
            "Entering BACKUP STATE",
            "removing VIPs.");
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(5500 + 3609.375);
    for (VrrpTimer timer : VrrpTimer.values()) {
      assertThat(router.cancelled(timer)).isEqualTo(timer != VrrpTimer.MASTER_DOWN);
    }
    assertThat(router.notified()).containsExactly(NotifyKind.BACKUP);
  }

  @Test
  @Requirement("S16")
  void equalPriorityFromAHigherAddressMakesItBackup() {
    Router router = master(Router.settings(100)).hear(5500, 100, Router.HIGHER);
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.log())
        .contains(
            "Master received advert from 20.0.0.22 with same priority 100 but higher IP address"
                + " than ours");
    assertThat(master(Router.settings(100)).hear(5500, 100, Router.LOWER).state())
        .isEqualTo(VrrpState.MASTER);
  }

  @Test
  void version3LearnsTheIntervalOfTheMasterItGivesWayTo() {
    Router router = master(Router.version3(100, Duration.ofMillis(200)));
    router.hear(5500, 150, Router.HIGHER, Duration.ofSeconds(1));
    assertThat(router.log())
        .contains("advertisement interval updated from 200ms to 1000ms by master");
    assertThat(router.deadline(VrrpTimer.MASTER_DOWN)).isEqualTo(5500 + 3609.375);
  }

  @Test
  void speaksOnceMoreBeforeAHigherPriorityOnRequest() {
    Router router =
        master(Router.settings(100).higherPrioritySendAdvert(true)).hear(5500, 150, Router.LOWER);
    assertThat(router.sent()).containsExactly(100);
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
  }

  @Nested
  class LowerPriorityTest {
    @Test
    @Requirement({"S17", "S18"})
    void isAnsweredAtOnceAndTheAddressesAreAnnounced() {
      // Departs from RFC 3768 and 5798, which discard silently.
      Router router = master(Router.settings(150)).hear(5500, 100, Router.HIGHER);
      assertThat(router.sent()).containsExactly(150);
      assertThat(router.deadline(VrrpTimer.ADVERTISEMENT)).isEqualTo(6500);
      assertThat(router.announced()).containsExactly(5);
      assertThat(router.log())
          .containsExactly(
              "Received advert from 20.0.0.22 with lower priority 100, ours 150, forcing new"
                  + " election");
      assertThat(router.notified()).containsExactly(NotifyKind.MASTER_RX_LOWER_PRIORITY);
    }

    @Test
    void eachHasASecondAnnouncementOfItsOwn() {
      Router router = master(Router.settings(150)).hear(5500, 100, Router.HIGHER);
      assertThat(router.deadline(VrrpTimer.LOWER_PRIORITY_GARP)).isEqualTo(10_500);
      router.hear(6500, 100, Router.HIGHER);
      assertThat(router.deadline(VrrpTimer.LOWER_PRIORITY_GARP)).isEqualTo(10_500);
      router.on(new VrrpEvent.LowerPriorityGarpTimerExpired(Router.millis(10_500)));
      assertThat(router.announced()).containsExactly(5);
      assertThat(router.deadline(VrrpTimer.LOWER_PRIORITY_GARP)).isEqualTo(11_500);
      router.on(new VrrpEvent.LowerPriorityGarpTimerExpired(Router.millis(11_500)));
      assertThat(router.announced()).containsExactly(5);
      assertThat(router.deadline(VrrpTimer.LOWER_PRIORITY_GARP)).isNaN();
    }

    @Test
    void mayBeLeftUnansweredAndThenDoesNotPutOffTheNextAdvert() {
      Router router =
          master(Router.settings(150).lowerPriorityNoAdvert(true)).hear(5500, 100, Router.HIGHER);
      assertThat(router.sent()).isEmpty();
      assertThat(router.deadline(VrrpTimer.ADVERTISEMENT)).isNaN();
      assertThat(router.announced()).containsExactly(5);
      assertThat(router.log())
          .containsExactly("Received advert from 20.0.0.22 with lower priority 100, ours 150");
    }

    @Test
    void isMetWithSilenceByAStrictRouter() {
      Router router = master(Router.settings(150).strict(true)).hear(5500, 100, Router.HIGHER);
      assertThat(router.sent()).isEmpty();
      assertThat(router.announced()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RFC_3768", "RFC_5798"})
    @Requirement("S17")
    void isDiscardedSilentlyByTheOlderStandards(Dialect dialect) {
      Router router = master(Router.settings(150).dialect(dialect)).hear(5500, 100, Router.HIGHER);
      assertThat(router.sent()).isEmpty();
      assertThat(router.announced()).isEmpty();
      assertThat(router.state()).isEqualTo(VrrpState.MASTER);
    }

    @Test
    @Requirement("S18")
    void isAnsweredWithoutAnnouncementByRfc9568() {
      Router router =
          master(Router.version3(150, Duration.ofSeconds(1)).dialect(Dialect.RFC_9568))
              .hear(5500, 100, Router.HIGHER);
      assertThat(router.sent()).containsExactly(150);
      assertThat(router.announced()).isEmpty();
    }

    @Test
    void isToldToTheSyncGroup() {
      Router router = new Router(Router.settings(150).syncGroup("G1")).start();
      router.on(new VrrpEvent.GroupCommanded(1, GroupCommand.BECOME_MASTER));
      router.hear(5500, 100, Router.HIGHER);
      assertThat(router.told()).containsExactly(MemberReport.HEARD_LOWER_PRIORITY);
      router.on(new VrrpEvent.GroupCommanded(Router.millis(5600), GroupCommand.ANNOUNCE));
      assertThat(router.announced()).containsExactly(5);
      assertThat(router.sent()).isEmpty();
    }

    @Test
    void fromOurOwnAddressIsWarnedOf() {
      Router router = master(Router.settings(100)).hear(5500, 100, Router.OWN);
      assertThat(router.state()).isEqualTo(VrrpState.MASTER);
      assertThat(router.log())
          .contains(
              "WARNING - equal priority advert received from remote host with our IP address.");
    }
  }

  @Nested
  class DroppedTest {
    private Router drop(VirtualRouterSettingsBuilder builder, DropReason reason) {
      return master(builder)
          .on(new VrrpEvent.AdvertisementDropped(Router.millis(5500), reason, Router.HIGHER));
    }

    @Test
    void putsOffTheNextAdvertInKeepalived() {
      Router router = drop(Router.settings(100), DropReason.PASSWORD);
      assertThat(router.sent()).isEmpty();
      assertThat(router.deadline(VrrpTimer.ADVERTISEMENT)).isEqualTo(6500);
    }

    @Test
    void doesNothingIfItNeverCameSoFar() {
      assertThat(drop(Router.settings(100), DropReason.CAST_TYPE).last.effects()).isEmpty();
      assertThat(drop(Router.settings(100), DropReason.VRID).last.effects()).isEmpty();
    }

    @Test
    void doesNothingInTheStandardsOrWithLowerPriorityNoAdvert() {
      assertThat(
              drop(Router.settings(100).dialect(Dialect.RFC_3768), DropReason.PASSWORD)
                  .last
                  .effects())
          .isEmpty();
      assertThat(
              drop(Router.settings(100).lowerPriorityNoAdvert(true), DropReason.PASSWORD)
                  .last
                  .effects())
          .isEmpty();
    }
  }

  @Test
  @Requirement("S13")
  void shutdownReleasesOnceAndRemovesTheAddresses() {
    Router router = master(Router.settings(100)).on(new VrrpEvent.ShutdownRequested(9));
    assertThat(router.state()).isEqualTo(VrrpState.INIT);
    assertThat(router.sent()).containsExactly(0);
    assertThat(router.log()).containsExactly("sent 0 priority", "removing VIPs.");
    assertThat(router.cancelled(VrrpTimer.ADVERTISEMENT)).isTrue();
    assertThat(router.notified()).containsExactly(NotifyKind.STOP);
  }

  @Test
  void masterSpeaksOnceMoreBeforeItsConfigurationIsReadAgain() {
    Router router = master(Router.settings(100)).on(new VrrpEvent.ReloadBegan(9));
    assertThat(router.last.effects()).containsExactly(new VrrpEffect.SendAdvertisement(100));
    assertThat(router.state()).isEqualTo(VrrpState.MASTER);
  }

  @Test
  void deletedInstanceReleasesAsWell() {
    Router router = master(Router.settings(100)).on(new VrrpEvent.InstanceDeleted(9));
    assertThat(router.sent()).containsExactly(0);
    assertThat(router.notified()).containsExactly(NotifyKind.DELETED);
  }

  @Test
  void groupThatFaultsReleasesOnceWithoutALine() {
    Router router = new Router(Router.settings(100).syncGroup("G1")).start();
    router.on(new VrrpEvent.GroupCommanded(1, GroupCommand.BECOME_MASTER));
    router.on(new VrrpEvent.GroupCommanded(2, GroupCommand.ENTER_FAULT));
    assertThat(router.sent()).containsExactly(0);
    assertThat(router.log()).containsExactly("Entering FAULT STATE", "removing VIPs.");
    assertThat(router.told()).isEmpty();
  }

  @Test
  void groupThatBecomesBackupIsFollowedWithoutRelease() {
    Router router = new Router(Router.settings(100).syncGroup("G1")).start();
    router.on(new VrrpEvent.GroupCommanded(1, GroupCommand.BECOME_MASTER));
    router.on(new VrrpEvent.GroupCommanded(2, GroupCommand.BECOME_BACKUP));
    assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    assertThat(router.sent()).isEmpty();
    assertThat(router.log()).containsExactly("Entering BACKUP STATE", "removing VIPs.");
  }

  @Test
  void newPriorityIsCarriedByTheNextAdvert() {
    Router router = master(Router.settings(150));
    router.on(new VrrpEvent.PriorityChanged(Router.millis(5500), 90, "script chk"));
    assertThat(router.log()).containsExactly("Changing effective priority from 150 to 90");
    assertThat(router.sent()).isEmpty();
    assertThat(router.on(advertTimer(6000)).sent()).containsExactly(90);
  }

  @Nested
  class AddressesTest {
    @Test
    @Requirement({"S10", "S11", "S12"})
    void areInstalledSoThatTheHostAnswersForThem() {
      // Departs from version 2: the host accepts packets to them, owner or not.
      Router router = new Router(Router.settings(100)).start().masterDown(4000);
      assertThat(router.settings.acceptMode()).isTrue();
      assertThat(router.last.effects())
          .contains(new VrrpEffect.AddVirtualAddresses(router.settings.installedAddresses()));
    }

    @Test
    @Requirement("S20")
    void ofIpv6AreAnnouncedByNeighbourAdvertisements() {
      // Departs from the RFC: the Override flag only, and the real MAC address without use_vmac.
      VirtualRouterSettings ipv6 =
          VirtualRouterSettings.builder("VI_6", "eth0", 51)
              .version(3)
              .family(IpFamily.IPV6)
              .virtualAddresses("fe80::100", "fd00::100/64")
              .build();
      Router router = new Router(ipv6.toBuilder()).start().masterDown(4000);
      assertThat(router.last.effects())
          .contains(
              new VrrpEffect.Log(
                  "Sending/queueing Unsolicited Neighbour Adverts on eth0 for fd00::100"),
              new VrrpEffect.AnnounceAddresses(5, ipv6.virtualAddresses()));
    }

    @Test
    @Requirement("S19")
    void areAnnouncedAgainAfterADelayAndOnRefresh() {
      Router router =
          new Router(
                  Router.settings(100)
                      .excludedAddresses(List.of(VirtualAddress.of("20.0.0.101")))
                      .garp(
                          new GarpSettings(
                              3,
                              Duration.ofSeconds(2),
                              5,
                              Duration.ZERO,
                              Duration.ofSeconds(60),
                              2,
                              Duration.ZERO)))
              .master();
      assertThat(router.deadline(VrrpTimer.GARP_DELAY)).isEqualTo(7000);
      assertThat(router.deadline(VrrpTimer.GARP_REFRESH)).isEqualTo(65_000);
      router.on(new VrrpEvent.GarpDelayTimerExpired(Router.millis(7000)));
      assertThat(router.last.effects())
          .contains(new VrrpEffect.AnnounceAddresses(3, router.settings.installedAddresses()));
      router.on(new VrrpEvent.GarpRefreshTimerExpired(Router.millis(65_000)));
      assertThat(router.announced()).containsExactly(2);
      assertThat(router.deadline(VrrpTimer.GARP_REFRESH)).isEqualTo(125_000);
    }
  }

  @Nested
  class ReloadTest {
    @Test
    void keepsTheMasterAndAdvertisesTheNewPriorityAtOnce() {
      Router router = master(Router.settings(150)).reload(7400, Router.settings(90));
      assertThat(router.state()).isEqualTo(VrrpState.MASTER);
      assertThat(router.sent()).containsExactly(90);
      assertThat(router.deadline(VrrpTimer.ADVERTISEMENT)).isEqualTo(8400);
      assertThat(router.log()).containsExactly("setting VIPs.");
      assertThat(router.announced()).isEmpty();
      assertThat(router.cancelled(VrrpTimer.GARP_DELAY)).isTrue();
    }

    @Test
    void appliesWhatDiffersInTheAddresses() {
      Router router = master(Router.settings(150).virtualAddresses("20.0.0.100", "20.0.0.101"));
      router.reload(7400, Router.settings(150).virtualAddresses("20.0.0.100", "20.0.0.102"));
      assertThat(router.log())
          .containsExactly("ip address 20.0.0.101/32 dev eth0, no longer exist", "setting VIPs.");
      assertThat(router.last.effects())
          .contains(
              new VrrpEffect.RemoveVirtualAddresses(List.of(VirtualAddress.of("20.0.0.101"))),
              new VrrpEffect.AddVirtualAddresses(List.of(VirtualAddress.of("20.0.0.102"))),
              new VrrpEffect.AnnounceAddresses(5, router.settings.virtualAddresses()));
      assertThat(router.deadline(VrrpTimer.GARP_DELAY)).isNaN();
    }
  }

  @Nested
  class TwoOwnersTest {
    private Router owner(Dialect dialect) {
      return new Router(
              Router.version3(255, Duration.ofSeconds(1)).configuredMaster(true).dialect(dialect))
          .start();
    }

    @Test
    @Requirement({"S21", "C7"})
    void whoHearsTheOtherFallsTo254ForGood() {
      Router router = owner(Dialect.KEEPALIVED_2_2_7).hear(50, 255, Router.HIGHER);
      assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
      assertThat(router.state.effectivePriority()).isEqualTo(254);
      assertThat(router.log())
          .startsWith(
              "CONFIGURATION ERROR: local instance and a remote instance are both configured as"
                  + " address owner, please fix - reducing local priority",
              "Master received advert from 20.0.0.22 with higher priority 255, ours 254");
      router.hear(1050, 255, Router.HIGHER).hear(2050, 255, Router.HIGHER).masterDown(6000);
      assertThat(router.sent()).containsExactly(254);
    }

    @Test
    void aHigherAddressDoesNotHelp() {
      Router router = owner(Dialect.KEEPALIVED_2_2_7).hear(50, 255, Router.LOWER);
      assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
      assertThat(router.state.effectivePriority()).isEqualTo(254);
    }

    @Test
    void laterVersionsTakeThePriorityBackAfterTwoMoreAdverts() {
      Router router = owner(Dialect.KEEPALIVED_2_3_3).hear(50, 255, Router.HIGHER);
      assertThat(router.hear(1050, 255, Router.HIGHER).state.effectivePriority()).isEqualTo(254);
      assertThat(router.hear(2050, 255, Router.HIGHER).state.effectivePriority()).isEqualTo(255);
      assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
    }

    @Test
    @Requirement("S21")
    void rfc9568OnlyLogsIt() {
      Router router = owner(Dialect.RFC_9568).hear(50, 255, Router.LOWER);
      assertThat(router.log()).contains("20.0.0.20 claims to own the addresses as well");
      assertThat(router.state.effectivePriority()).isEqualTo(255);
    }
  }

  @Nested
  class LateTimerTest {
    private final VirtualRouterSettingsBuilder settings =
        Router.settings(100).preempt(false).timerExpiredBackup(true);

    @Test
    void isLaughedOffByKeepalived227() {
      Router router = master(settings).on(advertTimer(16_000));
      assertThat(router.state()).isEqualTo(VrrpState.MASTER);
      assertThat(router.sent()).containsExactly(100);
    }

    @Test
    void stepsDownOnRequestFrom228On() {
      settings.dialect(Dialect.KEEPALIVED_2_2_8);
      assertThat(master(settings).on(advertTimer(8999)).state()).isEqualTo(VrrpState.MASTER);
      Router router = master(settings).on(advertTimer(9000));
      assertThat(router.state()).isEqualTo(VrrpState.BACKUP);
      assertThat(router.sent()).isEmpty();
    }
  }

  @Test
  void tieIsDecidedByTheCurrentSourceAddress() {
    Router router = master(Router.settings(100));
    router.on(new VrrpEvent.SourceAddressChanged(1, Router.HIGHER));
    assertThat(router.hear(5500, 100, Router.HIGHER).state()).isEqualTo(VrrpState.MASTER);
  }
}
