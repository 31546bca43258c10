package org.vipdrift.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.model.verdict.Story.VIP;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;

class CausesTest {
  private static TraceDetail state(String from, String to) {
    return new TraceDetail.VrrpStateChanged("VI_1", from, to, "");
  }

  private static List<String> chainToTheNewHolder(Story story, double after) {
    story.expect(
        new Expectation.FailoverWithin(
            VIP, Duration.ofNanos(Story.nanos(after)), Optional.empty(), Duration.ZERO));
    return story.judgement().causes().stream().map(Link::sentence).toList();
  }

  private static long started(Story story, String host, long cause) {
    long started =
        story.event(
            host, cause, new TraceDetail.ProcessChanged("keepalived", ProcessChange.STARTED, ""));
    return story.event(host, started, state("INIT", "BACKUP"));
  }

  @Test
  void aReturningMasterOutranksTheAdvertsItHears() {
    Story story = new Story().at(1).takes("b").at(13);
    long start = story.action(new Action.OnProcess(Action.ProcessVerb.START, "a", "keepalived"));
    long backup = started(story, "a", start);
    story.at(15);
    story.event("a", 0, new TraceDetail.AdvertReceived("VI_1", 51, 2, 100, Story.B));
    story.at(16.5);
    long master = story.event("a", backup, state("BACKUP", "MASTER"));
    story.event("a", master, new TraceDetail.VipAdded("eth0", VIP, 24, "keepalived"));
    assertThat(chainToTheNewHolder(story, 13))
        .containsExactly(
            "At 13.000 s keepalived on a was started (timeline).",
            "At 13.000 s keepalived on a started.",
            "At 13.000 s VI_1 on a became BACKUP.",
            "Until 16.500 s a heard only priority 100 from 20.0.0.22.",
            "At 16.500 s VI_1 on a became MASTER.",
            "At 16.500 s a took 20.0.0.100.");
  }

  @Test
  void aTimerThatRanFromTheStartTellsWhatWasRefusedMeanwhile() {
    Story story = new Story().at(0.5).takes("a").at(1);
    long backup = started(story, "b", 0);
    story.at(2);
    story.event(
        "b",
        0,
        new TraceDetail.AdvertDropped("VI_1", Story.A, "auth-mismatch", "passwords differ"));
    story.at(4.6);
    long master = story.event("b", backup, state("BACKUP", "MASTER"));
    story.event("b", master, new TraceDetail.VipAdded("eth0", VIP, 24, "keepalived"));
    assertThat(chainToTheNewHolder(story, 1))
        .containsExactly(
            "At 1.000 s keepalived on b started.",
            "At 1.000 s VI_1 on b became BACKUP.",
            "By 4.600 s b had accepted no advert at all: it had refused 1 advert of 20.0.0.21"
                + " (auth-mismatch, passwords differ).",
            "At 4.600 s VI_1 on b became MASTER.",
            "At 4.600 s b took 20.0.0.100.");
  }

  @Test
  void aLongStreamOfAdvertsKeepsTheFirstCause() {
    Story story = new Story().until(20_000).at(1).takes("a").at(2);
    long stop = story.action(new Action.OnProcess(Action.ProcessVerb.STOP, "a", "nginx"));
    for (int second = 3; second < 15_000; second++) {
      story.at(second);
      story.event("b", 0, new TraceDetail.AdvertReceived("VI_1", 51, 2, 150, Story.A));
    }
    story.event("a", stop, new TraceDetail.VipRemoved("eth0", VIP, 24, "keepalived"));
    assertThat(story.invariant(Invariant.NEVER_LONG_UNHELD).causes())
        .extracting(Link::sentence)
        .containsExactly(
            "At 2.000 s nginx on a was stopped (timeline).",
            "At 14999.000 s a gave up 20.0.0.100.");
  }

  @Test
  void anEventWhoseCauseIsForgottenStandsAlone() {
    Story story = new Story().until(20_000).at(1).takes("a").at(2);
    long log = story.event("a", 0, new TraceDetail.LogLine("keepalived", "soon forgotten"));
    for (int second = 3; second < 15_000; second++) {
      story.at(second);
      story.event("b", 0, new TraceDetail.AdvertReceived("VI_1", 51, 2, 150, Story.A));
    }
    story.event("a", log, new TraceDetail.VipRemoved("eth0", VIP, 24, "keepalived"));
    assertThat(story.invariant(Invariant.NEVER_LONG_UNHELD).causes()).hasSize(1);
  }
}
