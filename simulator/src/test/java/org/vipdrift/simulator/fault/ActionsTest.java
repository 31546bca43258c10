package org.vipdrift.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.firewall.FirewallRule.Chain;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.FrameMatch;
import org.vipdrift.model.scenario.Action.Path;
import org.vipdrift.model.segment.SnoopingSettings;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ScriptOutcome;
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.Observation;

/** What each action does can be seen from outside, and is over when it is healed. */
class ActionsTest {
  private static final Path EVERYWHERE = path(FrameMatch.ALL);

  private static Path path(FrameMatch match, String... from) {
    return new Path("lan", List.of(from), List.of(), match);
  }

  /** Healed after ten seconds of a fault both have the address no more, and {@code a} has it. */
  private static Observation tenSeconds(Action action) {
    return Experiment.pair().during(10, 10, action).run(30);
  }

  private static long dropped(Observation seen, String host, String reason) {
    return seen.between(0, 100, host, TraceDetail.AdvertDropped.class).stream()
        .filter(d -> d.dropReason().equals(reason))
        .count();
  }

  @Nested
  class Firewalls {
    private Action.Firewall rule(String host, Chain chain, PacketMatch match, boolean reject) {
      return new Action.Firewall(host, chain, Optional.of("eth0"), match, reject);
    }

    private void splits(Action action) {
      Observation seen = tenSeconds(action);
      assertThat(seen.holders(19)).containsExactlyInAnyOrder("a", "b");
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void thatDropWhatTheMasterSendsSplitThePair() {
      splits(rule("a", Chain.OUT, new PacketMatch.Vrrp(), false));
    }

    @Test
    void thatDropWhatTheBackupHearsSplitThePair() {
      splits(rule("b", Chain.IN, new PacketMatch.Vrrp(), false));
      splits(rule("b", Chain.BOTH, new PacketMatch.Everything(), false));
    }

    @Test
    void thatDropOnlyTheGroupOrOnlyTheSenderSplitThePair() {
      splits(
          rule(
              "b",
              Chain.IN,
              new PacketMatch.Destination(IpPrefix.parse("224.0.0.18").orElseThrow()),
              false));
      splits(
          rule(
              "b",
              Chain.IN,
              new PacketMatch.Source(IpPrefix.parse("20.0.0.21").orElseThrow()),
              false));
    }

    @Test
    void thatDropWhatTheBackupWouldSendDoNotMatter() {
      Observation seen = tenSeconds(rule("b", Chain.OUT, new PacketMatch.Vrrp(), false));
      assertThat(seen.holders(19)).containsExactly("a");
    }

    @Test
    void thatDropOtherPacketsDoNotMatter() {
      Observation seen = tenSeconds(rule("b", Chain.BOTH, new PacketMatch.Port(80), false));
      assertThat(seen.holders(19)).containsExactly("a");
    }

    @Test
    void thatRejectEverythingLeaveTheClientWithoutAnswers() {
      Observation seen = tenSeconds(rule("a", Chain.BOTH, new PacketMatch.Everything(), true));
      assertThat(seen.answers(11.1, 13)).containsOnly(Optional.empty());
    }
  }

  @Nested
  class Segments {
    @Test
    void aPartitionSplitsThePair() {
      Observation seen =
          tenSeconds(new Action.Partition("lan", List.of(List.of("a"), List.of("b")), false));
      assertThat(seen.holders(19)).containsExactlyInAnyOrder("a", "b");
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void aPartitionInTheUnimportantDirectionDoesNotMatter() {
      Observation seen =
          tenSeconds(new Action.Partition("lan", List.of(List.of("b"), List.of("a")), true));
      assertThat(seen.holders(19)).containsExactly("a");
    }

    @Test
    void aClientIsServedByTheMachineOnItsSideOfAPartition() {
      Observation seen =
          tenSeconds(
              new Action.Partition("lan", List.of(List.of("a"), List.of("b", "client")), false));
      assertThat(seen.answers(15, 20)).containsOnly(Optional.of("b"));
    }

    @Test
    void lossOfEverythingIsSilenceAndLossOfNothingIsNone() {
      assertThat(tenSeconds(new Action.Loss(EVERYWHERE, 100)).holders(19))
          .containsExactlyInAnyOrder("a", "b");
      Observation none = tenSeconds(new Action.Loss(EVERYWHERE, 0));
      assertThat(none.answers(10, 20)).containsOnly(Optional.of("a"));
    }

    @Test
    void lossOfHalfLosesSomeAnswers() {
      Observation seen = tenSeconds(new Action.Loss(path(FrameMatch.ALL, "client"), 50));
      assertThat(seen.answers(11, 21)).contains(Optional.empty(), Optional.of("a"));
    }

    @Test
    void burstsLoseEverythingWhileTheyLast() {
      Observation seen =
          tenSeconds(new Action.BurstLoss(path(FrameMatch.VRRP, "a"), 100, 0, 100, 0));
      assertThat(seen.holders(19)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void delayMakesAnswersLater() {
      Observation seen =
          tenSeconds(new Action.Delay(EVERYWHERE, Duration.ofMillis(20), Duration.ZERO));
      assertThat(seen.between(12, 20, "client", TraceDetail.Ping.class))
          .allSatisfy(p -> assertThat(p.latency()).isBetween(ms(40), ms(42)));
      assertThat(seen.between(22, 30, "client", TraceDetail.Ping.class))
          .allSatisfy(p -> assertThat(p.latency()).isLessThan(ms(1)));
    }

    @Test
    void duplicatesOfAdvertsAreHeardTwice() {
      Observation seen = tenSeconds(new Action.Duplicate(path(FrameMatch.VRRP, "a"), 100));
      assertThat(seen.between(10, 20, "b", TraceDetail.AdvertReceived.class))
          .hasSize(2 * seen.advertsSent("a", 10, 20));
    }

    @Test
    void framesThatAreHeldBackArriveLater() {
      Observation seen =
          tenSeconds(new Action.Reorder(path(FrameMatch.ALL, "client"), 100, ms(30)));
      assertThat(seen.between(12, 20, "client", TraceDetail.Ping.class))
          .allSatisfy(p -> assertThat(p.latency()).isGreaterThanOrEqualTo(ms(30)));
    }

    @Test
    void corruptedAdvertsAreRefusedUnlessTheBitDoesNotMatter() {
      Observation seen = tenSeconds(new Action.Corrupt(path(FrameMatch.VRRP, "a"), 100));
      assertThat(seen.between(10, 20, "b", TraceDetail.AdvertReceived.class))
          .hasSizeLessThan(seen.advertsSent("a", 10, 20) / 2);
    }

    @Test
    void withoutGratuitousArpAClientAsksTheDeadMasterOn() {
      Action kill = new Action.OnHost(Action.HostVerb.POWER_OFF, "a");
      Observation plain = Experiment.pair().at(10, kill).run(18);
      Observation lost =
          Experiment.pair().at(9, new Action.LoseGarp(path(FrameMatch.GARP))).at(10, kill).run(18);
      assertThat(answered(plain, "b")).isGreaterThan(answered(lost, "b"));
    }

    private long answered(Observation seen, String host) {
      return seen.answers(0, 100).stream().filter(Optional.of(host)::equals).count();
    }

    @Test
    void snoopingThatPrunesTheLinkLocalGroupsStarvesTheBackup() {
      Observation seen =
          Experiment.pair()
              .at(10, new Action.SwitchSnooping("lan", new SnoopingSettings(false, true)))
              .run(320);
      assertThat(seen.holders(319)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aStormFillsTheLinks() {
      Observation seen = tenSeconds(new Action.BroadcastStorm("lan", 200_000));
      assertThat(seen.answers(11.5, 19)).contains(Optional.empty());
      assertThat(seen.answers(25, 30)).containsOnly(Optional.of("a"));
    }
  }

  @Nested
  class Links {
    @Test
    void takenDownOrUnpluggedAreAFaultUntilTheyReturn() {
      for (Action.LinkVerb verb : List.of(Action.LinkVerb.LINK_DOWN, Action.LinkVerb.UNPLUG)) {
        Observation seen = tenSeconds(new Action.OnLink(verb, "a", "eth0"));
        assertThat(seen.state("a", 11)).as(verb.keyword()).contains("FAULT");
        assertThat(seen.holders(19)).as(verb.keyword()).containsExactly("b");
        assertThat(seen.holders(30)).as(verb.keyword()).containsExactly("a");
        assertThat(seen.between(0, 30, "a", TraceDetail.LinkChanged.class))
            .extracting(TraceDetail.LinkChanged::up)
            .containsExactly(false, true);
      }
    }
  }

  @Nested
  class Clocks {
    @Test
    void aFastClockTakesOverEarlier() {
      Action kill = new Action.OnProcess(Action.ProcessVerb.KILL, "a", "keepalived");
      double exact = Experiment.pair().at(10, kill).run(20).taken("b", 10);
      double fast =
          Experiment.pair()
              .at(5, new Action.ClockDrift("b", 200_000))
              .at(10, kill)
              .run(20)
              .taken("b", 10);
      double lastAdvert = exact - 3.609375;
      assertThat(fast - lastAdvert).isCloseTo(3.609375 / 1.2, within(0.001));
    }

    @Test
    void aMasterWhoseClockCrawlsIsThoughtDeadButAnswersAtOnce() {
      Observation seen = tenSeconds(new Action.ClockDrift("a", -900_000));
      double taken = seen.taken("b", 10);
      assertThat(taken).isLessThan(14);
      assertThat(seen.holders(taken + 0.1)).containsExactly("a");
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void stepsAndStrobesOfTheWallClockDoNotMatter() {
      Observation steps =
          Experiment.pair()
              .at(10, new Action.ClockStep("a", Duration.ofHours(5)))
              .at(12, new Action.ClockStep("b", Duration.ofDays(-400)))
              .during(14, 5, new Action.ClockStrobe("a", Duration.ofSeconds(30), ms(100)))
              .run(30);
      assertThat(steps.state("a", 30)).contains("MASTER");
      assertThat(steps.state("b", 30)).contains("BACKUP");
      assertThat(steps.holders(30)).containsExactly("a");
      assertThat(steps.advertsSent("a", 10, 20)).isEqualTo(10);
    }
  }

  @Nested
  class Processors {
    @Test
    void starvedForLongerThanTheMasterDownIntervalAMasterIsThoughtDead() {
      Observation seen =
          tenSeconds(
              new Action.CpuStarve(
                  "a", Optional.of("keepalived"), Duration.ofSeconds(6), Duration.ZERO));
      assertThat(seen.holders(15)).containsExactlyInAnyOrder("a", "b");
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void starvedForLessItsAdvertsAreOnlyLate() {
      Observation seen =
          tenSeconds(new Action.CpuStarve("a", Optional.empty(), ms(700), Duration.ZERO));
      assertThat(seen.state("b", 30)).contains("BACKUP");
      assertThat(seen.advertsSent("a", 10, 20)).isLessThan(10);
    }

    @Test
    void starvingAnotherProcessDoesNotMatter() {
      Observation seen =
          tenSeconds(
              new Action.CpuStarve(
                  "a", Optional.of("nginx"), Duration.ofSeconds(6), Duration.ZERO));
      assertThat(seen.advertsSent("a", 10, 20)).isEqualTo(10);
    }
  }

  @Nested
  class Scripts {
    private static final String SCRIPT =
        """
        vrrp_script check {
          script "/bin/true"
          interval 1
          timeout 2
        }
        """;

    private Observation pairWithCheck(Action action) {
      return new Experiment()
          .host("a", SCRIPT + Experiment.configuration(150, "track_script {\n check\n }"))
          .host("b", Experiment.configuration(100))
          .during(10, 8, action)
          .run(30);
    }

    @Test
    void thatHangTimeOut() {
      Observation seen = pairWithCheck(new Action.ScriptSlow("a", "check", Duration.ofSeconds(9)));
      assertThat(seen.between(10, 20, "a", TraceDetail.ScriptResult.class))
          .extracting(TraceDetail.ScriptResult::outcome)
          .contains(ScriptOutcome.TIMEOUT);
      assertThat(seen.state("a", 15)).contains("FAULT");
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void thatAreSlowButInTimeDoNotMatter() {
      Observation seen =
          pairWithCheck(new Action.ScriptSlow("a", "check", Duration.ofMillis(1500)));
      assertThat(seen.state("a", 20)).contains("MASTER");
    }

    @Test
    void thatEndWithACodeFailWithIt() {
      Observation seen = pairWithCheck(new Action.ScriptExit("a", "check", 42));
      assertThat(seen.between(10, 12, "a", TraceDetail.ScriptResult.class))
          .extracting(TraceDetail.ScriptResult::exit)
          .contains(Optional.of(42));
      assertThat(seen.holders(17)).containsExactly("b");
      assertThat(seen.holders(30)).containsExactly("a");
    }
  }

  @Nested
  class Files {
    private final String tracking =
        """
        vrrp_track_file maintenance {
          file "/etc/keepalived/maintenance"
        }
        """;

    @Test
    void thatAppearAndDisappearAreNoticed() {
      Observation seen =
          new Experiment()
              .host(
                  "a",
                  tracking
                      + Experiment.configuration(150, "track_file {\n maintenance weight -1\n }"))
              .host("b", Experiment.configuration(100))
              .during(10, 8, new Action.CreateFile("a", "/etc/keepalived/maintenance", "100"))
              .run(30);
      assertThat(seen.holders(17)).containsExactly("b");
      assertThat(seen.holders(30)).containsExactly("a");
    }
  }

  @Nested
  class Strangers {
    private Action.RogueSpeaker rogue(int vrid, int priority, String vip) {
      return new Action.RogueSpeaker(
          "lan",
          IpAddress.of("20.0.0.66"),
          vrid,
          2,
          priority,
          Duration.ofSeconds(1),
          Optional.empty(),
          List.of(IpAddress.of(vip)));
    }

    @Test
    void whoSpeakWithAHigherPrioritySilenceThePair() {
      Observation seen = tenSeconds(rogue(51, 200, Experiment.VIP));
      assertThat(seen.holders(15)).isEmpty();
      assertThat(seen.answers(12, 19)).containsOnly(Optional.empty());
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void whoSpeakOfAnotherVirtualRouterDoNotMatter() {
      assertThat(tenSeconds(rogue(52, 200, Experiment.VIP)).holders(19)).containsExactly("a");
    }

    @Test
    void whoSpeakOfAnotherAddressAreRefused() {
      Observation seen = tenSeconds(rogue(51, 200, "20.0.0.101"));
      assertThat(dropped(seen, "a", "address-list")).isPositive();
      assertThat(seen.holders(19)).containsExactly("a");
    }

    @Test
    void whoHaveTheAddressTooAnswerForIt() {
      Observation seen =
          tenSeconds(new Action.DuplicateAddress("lan", IpAddress.of(Experiment.VIP)));
      assertThat(seen.answers(10.2, 20)).doesNotContain(Optional.of("a"));
      assertThat(seen.answers(10.2, 20)).isNotEmpty();
    }
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
