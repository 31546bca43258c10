package org.vipdrift.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.model.verdict.Story.VIP;
import static org.vipdrift.model.verdict.Story.between;
import static org.vipdrift.model.verdict.Story.moment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.firewall.FirewallRule.Chain;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.HostChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.verdict.Figures.Failover;

class JudgeTest {
  @Nested
  class TheNginxPair {
    @Test
    void holdsWhenTheAddressMovesAsExpected() {
      Verdict verdict =
          Story.nginxDies()
              .expect(new Expectation.Holder(VIP, "a", between(5, 10)))
              .expect(new Expectation.Holder(VIP, "b", between(15, 30)))
              .expect(
                  new Expectation.FailoverWithin(
                      VIP, Duration.ofSeconds(10), Optional.of("b"), Duration.ofSeconds(5)))
              .expect(
                  new Expectation.NoSplitBrain(
                      Duration.ofMillis(50), Optional.empty(), Optional.empty()))
              .expect(new Expectation.InState("b", "VI_1", "MASTER", between(12, 30)))
              .verdict();
      assertThat(verdict.expectations()).extracting(Judgement::outcome).containsOnly(Outcome.HOLDS);
      assertThat(verdict.invariants()).extracting(Judgement::outcome).containsOnly(Outcome.HOLDS);
      assertThat(verdict.exitCode()).isZero();
    }

    @Test
    void tellsTheChainOfCausesBackToTheTimeline() {
      Judgement judgement =
          Story.nginxDies().expect(new Expectation.Holder(VIP, "a", between(5, 30))).judgement();
      assertThat(judgement.outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(judgement.finding())
          .isEqualTo("from 10.900 s to 30.000 s (19.1 s) nobody held it");
      assertThat(judgement.expression())
          .isEqualTo("holder: { vip: 20.0.0.100, host: a, from: 5s, to: 30s }");
      assertThat(judgement.causes())
          .extracting(Link::sentence)
          .containsExactly(
              "At 10.000 s nginx on a was stopped (timeline).",
              "At 10.000 s nginx on a stopped.",
              "At 10.900 s check_nginx on a failed with exit code 1 (it counts as down).",
              "At 10.900 s keepalived on a began to stop (SIGTERM).",
              "At 10.900 s a gave up 20.0.0.100.");
    }

    @Test
    void followsTheResignationToTheNewHolder() {
      Judgement judgement =
          Story.nginxDies()
              .expect(
                  new Expectation.FailoverWithin(
                      VIP, Duration.ofSeconds(10), Optional.empty(), Duration.ofSeconds(1)))
              .judgement();
      assertThat(judgement.finding()).isEqualTo("b took it after 1.5 s");
      assertThat(judgement.causes())
          .extracting(Link::sentence)
          .startsWith("At 10.000 s nginx on a was stopped (timeline).")
          .contains("At 10.900 s VI_1 on a resigned with an advert of priority 0.")
          .endsWith("At 11.500 s b took 20.0.0.100.");
    }

    @Test
    void measuresTheFailoverFromTheActionToTheNewHolder() {
      assertThat(Story.nginxDies().verdict().figures().vip(VIP).orElseThrow().failovers())
          .containsExactly(
              new Failover(
                  "a",
                  "b",
                  Story.nanos(11.5),
                  Optional.of("nginx on a was stopped"),
                  Optional.of(Duration.ofMillis(1500)),
                  Duration.ofMillis(600)));
    }
  }

  @Nested
  class SplitBrain {
    private Story firewalled() {
      Story story = new Story().at(3.6).takes("a");
      story.at(9.6);
      story.event("b", 0, new TraceDetail.AdvertReceived("VI_1", 51, 2, 150, Story.A));
      story.at(10);
      story.action(
          new Action.Firewall("b", Chain.IN, Optional.of("eth0"), new PacketMatch.Vrrp(), false));
      story.at(13.2);
      long master =
          story.event("b", 0, new TraceDetail.VrrpStateChanged("VI_1", "BACKUP", "MASTER", ""));
      story.event("b", master, new TraceDetail.VipAdded("eth0", VIP, 24, "keepalived"));
      return story;
    }

    @Test
    void breaksTheInvariantAndIsTracedToTheFirewallThroughTheSilence() {
      Judgement judgement = firewalled().invariant(Invariant.NO_LONG_SPLIT_BRAIN);
      assertThat(judgement.outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(judgement.finding())
          .isEqualTo("a and b both held 20.0.0.100 from 13.200 s to 30.000 s (16.8 s)");
      assertThat(judgement.causes())
          .extracting(Link::sentence)
          .containsExactly(
              "At 10.000 s a firewall rule that drops incoming VRRP at eth0 on b was added"
                  + " (timeline).",
              "By 13.200 s b had accepted no advert since 9.600 s.",
              "At 13.200 s VI_1 on b became MASTER.",
              "At 13.200 s b took 20.0.0.100.");
      assertThat(judgement.causes())
          .extracting(Link::inferred)
          .containsExactly(false, true, false, false);
    }

    @Test
    void namesTheAdvertsThatWereRefusedInTheSilence() {
      Story story = new Story().at(3.6).takes("a");
      for (int second = 4; second < 7; second++) {
        story.at(second);
        story.event(
            "b",
            0,
            new TraceDetail.AdvertDropped(
                "VI_1", Story.A, "PASSWORD_MISMATCH", "the passwords differ"));
      }
      story.at(7);
      long master =
          story.event("b", 0, new TraceDetail.VrrpStateChanged("VI_1", "BACKUP", "MASTER", ""));
      story.event("b", master, new TraceDetail.VipAdded("eth0", VIP, 24, "keepalived"));
      assertThat(story.invariant(Invariant.NO_LONG_SPLIT_BRAIN).causes())
          .extracting(Link::sentence)
          .contains(
              "By 7.000 s b had accepted no advert at all: it had refused 3 adverts of 20.0.0.21"
                  + " (password mismatch, the passwords differ).");
    }

    @Test
    void isWaivedWhereItIsClaimedAndTheVerdictSaysSo() {
      Story story =
          firewalled().expect(new Expectation.SplitBrain(VIP, moment(13, 14), Optional.empty()));
      assertThat(story.verdict().exitCode()).isZero();
      assertThat(story.invariant(Invariant.NO_LONG_SPLIT_BRAIN).waivers())
          .containsExactly(
              new Judgement.Waiver(
                  "a and b both held 20.0.0.100 from 13.200 s to 30.000 s (16.8 s)",
                  "split-brain: { vip: 20.0.0.100, from: 13s..14s }"));
      assertThat(story.invariant(Invariant.CONVERGED_AT_THE_END).waivers()).hasSize(1);
    }

    @Test
    void isNotWaivedByAClaimOfAnotherInterval() {
      Story story =
          firewalled()
              .expect(new Expectation.SplitBrain(VIP, moment(13, 14), Optional.of(moment(19, 20))));
      assertThat(story.judgement().outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(story.judgement().finding())
          .isEqualTo("there were two holders from 13.200 s to 30.000 s (16.8 s)");
      assertThat(story.invariant(Invariant.NO_LONG_SPLIT_BRAIN).outcome())
          .isEqualTo(Outcome.BROKEN);
    }

    @Test
    void doesNotCountWhileAllButOneArePausedAndNotAfterPowerOff() {
      Story story =
          new Story()
              .at(1)
              .takes("a")
              .at(5)
              .machine("a", HostChange.PAUSED)
              .at(8)
              .takes("b")
              .at(10)
              .machine("a", HostChange.RESUMED)
              .at(12)
              .machine("a", HostChange.POWERED_OFF)
              .at(14)
              .machine("a", HostChange.POWERED_ON);
      assertThat(story.verdict().figures().vip(VIP).orElseThrow().splitBrain())
          .containsExactly(new Span(Story.nanos(10), Story.nanos(12)));
      assertThat(story.verdict().figures().vip(VIP).orElseThrow().unheld())
          .containsExactly(new Span(0, Story.nanos(1)), new Span(Story.nanos(5), Story.nanos(8)));
    }

    @Test
    void toleratesTheOverlapOfAHandover() {
      Story story = new Story().at(1).takes("b").at(5).takes("a").at(5.04).givesUp("b");
      assertThat(story.verdict().exitCode()).isZero();
    }

    @Test
    void thatNeverCameBreaksItsClaim() {
      Story story =
          new Story()
              .at(1)
              .takes("a")
              .expect(new Expectation.SplitBrain(VIP, moment(5, 6), Optional.empty()));
      assertThat(story.judgement().finding()).isEqualTo("there never were two holders");
      assertThat(story.verdict().exitCode()).isEqualTo(1);
    }
  }

  @Nested
  class Unheld {
    @Test
    void countsFromTheFirstStartOfAKeepalived() {
      Story story = new Story().at(4.5).takes("a");
      assertThat(story.invariant(Invariant.NEVER_LONG_UNHELD).finding())
          .isEqualTo("nobody held 20.0.0.100 from 0.000 s to 4.500 s (4.5 s)");
    }

    @Test
    void breaksWhenTheAddressNeverAppears() {
      assertThat(new Story().invariant(Invariant.NEVER_LONG_UNHELD).outcome())
          .isEqualTo(Outcome.BROKEN);
      assertThat(new Story().invariant(Invariant.CONVERGED_AT_THE_END).finding())
          .isEqualTo("at the end nobody held 20.0.0.100");
    }

    @Test
    void isWaivedWhereItIsClaimed() {
      Story story =
          new Story()
              .at(1)
              .takes("a")
              .at(10)
              .stops("a", "keepalived")
              .givesUp("a")
              .expect(new Expectation.Unheld(VIP, moment(10, 10.1), Optional.empty()));
      assertThat(story.verdict().exitCode()).isZero();
      assertThat(story.invariant(Invariant.NEVER_LONG_UNHELD).waivers()).hasSize(1);
    }

    @Test
    void isBoundedByAnExpectation() {
      Story story =
          new Story()
              .at(1)
              .takes("a")
              .at(10)
              .givesUp("a")
              .at(12)
              .takes("b")
              .expect(
                  new Expectation.UnheldAtMost(
                      VIP, Duration.ofSeconds(1), Optional.of(between(5, 30))));
      assertThat(story.judgement().finding())
          .isEqualTo("nobody held it from 10.000 s to 12.000 s (2 s)");
    }
  }

  @Nested
  class Flapping {
    private Story toAndFro() {
      return new Story()
          .at(1)
          .takes("a")
          .at(10)
          .stops("a", "nginx")
          .at(12)
          .takes("b")
          .at(12.01)
          .givesUp("a")
          .at(14)
          .takes("a")
          .at(14.01)
          .givesUp("b");
    }

    @Test
    void isGoingAndComingBackAlthoughNothingWasDone() {
      Judgement judgement = toAndFro().invariant(Invariant.NO_FLAPPING);
      assertThat(judgement.outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(judgement.finding())
          .isEqualTo(
              "20.0.0.100 went from a to b and back from 12.000 s to 14.000 s (2 s), and nothing"
                  + " was done in between");
      assertThat(judgement.causes().getFirst().sentence())
          .isEqualTo("At 10.000 s nginx on a was stopped (timeline).");
    }

    @Test
    void isNotAFailoverAndAReturnThatTheTimelineAskedFor() {
      Story story = new Story().at(1).takes("a").at(10).stops("a", "keepalived").givesUp("a");
      story.at(11).takes("b").at(20);
      story.action(new Action.OnProcess(Action.ProcessVerb.START, "a", "keepalived"));
      story.at(23).takes("a").at(23.01).givesUp("b");
      assertThat(story.verdict().exitCode()).isZero();
      assertThat(story.verdict().figures().vip(VIP).orElseThrow().holderChanges()).isEqualTo(2);
    }

    @Test
    void isNotAnElectionThatSettles() {
      Story story = new Story().at(3).takes("a").at(3.001).takes("b").at(3.002).givesUp("b");
      assertThat(story.verdict().exitCode()).isZero();
    }

    @Test
    void isAnElectionThatSettlesTwice() {
      Story story = new Story().at(3).takes("a");
      story.at(3.001).takes("b").at(3.002).givesUp("b").at(3.5).takes("b").at(3.501).givesUp("b");
      assertThat(story.invariant(Invariant.NO_FLAPPING).outcome()).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void isWaivedWhereItIsClaimed() {
      Story story =
          toAndFro().expect(new Expectation.Flaps(VIP, 1, 4, Optional.of(between(10, 20))));
      assertThat(story.verdict().exitCode()).isZero();
    }

    @Test
    void isCountedByAnExpectation() {
      Story story = toAndFro().expect(new Expectation.Flaps(VIP, 3, 9, Optional.empty()));
      assertThat(story.judgement().finding()).isEqualTo("it changed its holder 2 times");
      assertThat(story.judgement().outcome()).isEqualTo(Outcome.BROKEN);
    }
  }

  @Nested
  class TheEnd {
    @Test
    void mustBeCalm() {
      Story story = new Story().at(1).takes("a").at(29.5).takes("b").at(29.51).givesUp("a");
      assertThat(story.invariant(Invariant.CONVERGED_AT_THE_END).finding())
          .isEqualTo("20.0.0.100 still moved from a to b at 29.500 s");
    }

    @Test
    void mayBeRestlessWhenTheTimelineHasJustActed() {
      Story story = new Story().at(1).takes("a").at(29.2).stops("a", "keepalived");
      story.at(29.5).takes("b").at(29.51).givesUp("a");
      assertThat(story.invariant(Invariant.CONVERGED_AT_THE_END).outcome())
          .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void isUnknownWhenTheRunWasCutShort() {
      Story story =
          new Story().at(1).takes("a").expect(new Expectation.Holder(VIP, "a", between(5, 20)));
      Verdict verdict = story.verdictAt(Duration.ofSeconds(10));
      assertThat(verdict.overall()).isEqualTo(Outcome.UNKNOWN);
      assertThat(verdict.exitCode()).isEqualTo(3);
      assertThat(verdict.expectations().getFirst().finding())
          .isEqualTo("the run ended at 10.000 s; until then a held it throughout");
    }
  }

  @Nested
  class Clients {
    private Story outage() {
      Story story = new Story().at(1).takes("a");
      for (double second = 1; second < 10; second += 0.5) {
        story.at(second).answered("a");
      }
      for (double second = 10; second < 13; second += 0.5) {
        story.at(second).unanswered();
      }
      return story.at(13).answered("b").at(13.5).answered("b");
    }

    @Test
    void areWithoutAnswersFromTheLastToTheNext() {
      assertThat(outage().verdict().figures().clients().getFirst().outages())
          .containsExactly(new Span(Story.nanos(9.5), Story.nanos(13)));
      assertThat(outage().verdict().figures().clients().getFirst().lost()).isEqualTo(6);
    }

    @Test
    void haveTheirOutagesBounded() {
      Expectation.Outage bound =
          new Expectation.Outage(
              "test1",
              Optional.of(Duration.ofSeconds(3)),
              Optional.empty(),
              Duration.ZERO,
              Optional.empty());
      assertThat(outage().expect(bound).judgement().finding())
          .isEqualTo("the longest outage was 3.5 s, from 9.500 s to 13.000 s (3.5 s)");
      assertThat(outage().expect(bound).judgement().outcome()).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void mustSufferWhereAnOutageIsClaimed() {
      Expectation.Outage claim =
          new Expectation.Outage(
              "test1", Optional.empty(), Optional.empty(), Duration.ofSeconds(4), Optional.empty());
      assertThat(outage().expect(claim).judgement().outcome()).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void thatNeverAskLeaveTheirOutagesUnknown() {
      Expectation.Outage bound =
          new Expectation.Outage(
              "test1",
              Optional.of(Duration.ofSeconds(3)),
              Optional.empty(),
              Duration.ZERO,
              Optional.empty());
      assertThat(new Story().at(1).takes("a").expect(bound).judgement().outcome())
          .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void areToldWhoAnsweredInsteadOfTheOneExpected() {
      Judgement judgement =
          outage().expect(new Expectation.AnsweredBy("test1", "a", between(5, 20))).judgement();
      assertThat(judgement.finding())
          .isEqualTo("at 13.000 s test1 was answered by b, 2 times of 12");
    }
  }

  @Nested
  class Lines {
    @Test
    void areLookedForByHostTextAndTime() {
      Story story = new Story().at(1).takes("a").at(5);
      story.event("b", 0, new TraceDetail.LogLine("keepalived", "(VI_1) Entering MASTER STATE"));
      story.event("b", 0, new TraceDetail.MailSent("root", "split-brain on b", ""));
      story.expect(
          new Expectation.Logged(
              Optional.of("b"), "Entering MASTER", Optional.of(between(4, 6)), false));
      story.expect(
          new Expectation.Logged(Optional.empty(), "split-brain", Optional.empty(), false));
      story.expect(
          new Expectation.Logged(Optional.of("a"), "Entering MASTER", Optional.empty(), true));
      story.expect(
          new Expectation.Logged(Optional.of("b"), "Entering MASTER", Optional.empty(), true));
      assertThat(story.verdict().expectations())
          .extracting(Judgement::outcome)
          .containsExactly(Outcome.HOLDS, Outcome.HOLDS, Outcome.HOLDS, Outcome.BROKEN);
    }
  }

  @Test
  void aKilledKeepalivedLeavesItsInstancesWithoutState() {
    Story story = Story.nginxDies().at(20);
    story.event("b", 0, new TraceDetail.ProcessChanged("keepalived", ProcessChange.KILLED, ""));
    story.expect(new Expectation.InState("b", "VI_1", "MASTER", between(12, 25)));
    assertThat(story.judgement().finding())
        .isEqualTo("from 20.000 s to 25.000 s (5 s) its state was none");
  }

  @Test
  void addressesOfBothInterfacesOfAHostCountOnce() {
    Story story = new Story().at(1).takes("a");
    story.event("a", 0, new TraceDetail.VipAdded("eth1", VIP, 24, "keepalived"));
    story.at(5).givesUp("a");
    assertThat(story.verdict().exitCode()).isZero();
    assertThat(story.verdict().figures().vip(VIP).orElseThrow().holds())
        .isEqualTo(List.of(new Figures.Hold("a", new Span(Story.nanos(1), Story.nanos(30)))));
  }
}
