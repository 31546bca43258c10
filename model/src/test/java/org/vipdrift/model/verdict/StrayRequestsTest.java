package org.vipdrift.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;

class StrayRequestsTest {
  private static RequestStory failing(double atSeconds) {
    return new RequestStory()
        .served(20, "s1", "s2")
        .failed(atSeconds, RequestOutcome.HTTP_ERROR)
        .served(50, "s1");
  }

  private static Judgement judged(RequestStory story) {
    return story.invariant(Invariant.REQUESTS_REACH_ONE);
  }

  private static TraceDetail stopped() {
    return new TraceDetail.ActionApplied("stop-1", "stop", "nginx on s1");
  }

  @Test
  void isNotJudgedWithoutClientsThatFetch() {
    assertThat(new Story().takes("a").verdict().invariants())
        .extracting(Judgement::keyword)
        .doesNotContain(Invariant.REQUESTS_REACH_ONE.keyword());
  }

  @Test
  void holdsWhileEveryRequestIsServed() {
    assertThat(judged(new RequestStory().served(1, "s1", "s2")).outcome()).isEqualTo(Outcome.HOLDS);
  }

  @Test
  void breaksOnARequestThatFailsThoughNothingWasDone() {
    Judgement judgement = judged(failing(40));

    assertThat(judgement.outcome()).isEqualTo(Outcome.BROKEN);
    assertThat(judgement.finding()).isEqualTo("at 40.001 s c got status 503 by a");
    assertThat(judgement.atNanos()).hasValue(Story.nanos(40.001));
  }

  @Test
  void countsTheRequestsThatFail() {
    assertThat(judged(failing(40).failed(41, RequestOutcome.TIMEOUT)).finding())
        .isEqualTo("at 40.001 s c got status 503 by a; 2 such requests in all");
  }

  @Test
  void breaksOnAHostThatDoesNotHoldTheAddress() {
    assertThat(judged(new RequestStory().holder("s1").served(40, "s1")).finding())
        .isEqualTo("at 40.001 s c was served by s1, which did not hold the address");
  }

  @Test
  void breaksOnALastingSplitBrain() {
    RequestStory story =
        new RequestStory()
            .event(20, "b", new TraceDetail.VipAdded("eth0", RequestStory.VIP, 24, "keepalived"))
            .served(40, "s1");

    assertThat(judged(story).finding())
        .isEqualTo("at 40.001 s c was served by s1 through a while a and b both held the address");
  }

  @Nested
  class AllowsTimeToRecover {
    @Test
    void afterTheStart() {
      assertThat(judged(failing(9.9)).outcome()).isEqualTo(Outcome.HOLDS);
      assertThat(judged(failing(10.1)).outcome()).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void afterAnythingIsDone() {
      assertThat(judged(failing(39.9).event(30, "", stopped())).outcome()).isEqualTo(Outcome.HOLDS);
      assertThat(judged(failing(40.1).event(30, "", stopped())).outcome())
          .isEqualTo(Outcome.BROKEN);
    }

    @Test
    void toARequestUnderWayWhenItIsDone() {
      RequestStory story = new RequestStory().failed(29.5, RequestOutcome.TIMEOUT);

      assertThat(judged(story.event(30, "", stopped())).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void afterTheAddressMoved() {
      RequestStory story =
          new RequestStory()
              .served(20, "s1")
              .event(30, "a", new TraceDetail.VipRemoved("eth0", RequestStory.VIP, 24, "k"))
              .event(30.1, "b", new TraceDetail.VipAdded("eth0", RequestStory.VIP, 24, "k"))
              .failed(35, RequestOutcome.TIMEOUT)
              .holder("b")
              .served(50, "s1");

      assertThat(judged(story).outcome()).isEqualTo(Outcome.HOLDS);
    }
  }

  @Nested
  class IsWaived {
    private static Expectation outage(Duration longest) {
      return new Expectation.Outage(
          "c",
          Optional.of(longest),
          Optional.empty(),
          Duration.ZERO,
          Optional.of(Story.between(30, 45)));
    }

    @Test
    void whereAnOutageIsExpected() {
      Judgement judgement = judged(failing(40).expect(outage(Duration.ofSeconds(40))));

      assertThat(judgement.outcome()).isEqualTo(Outcome.HOLDS);
      assertThat(judgement.waivers())
          .extracting(Judgement.Waiver::what)
          .containsExactly("at 40.001 s c got status 503 by a");
    }

    @Test
    void notOutsideOfItsInterval() {
      assertThat(judged(failing(46).expect(outage(Duration.ofSeconds(40)))).outcome())
          .isEqualTo(Outcome.BROKEN);
    }

    @Test
    void notWhereNoOutageIsAllowed() {
      assertThat(judged(failing(40).expect(outage(Duration.ZERO))).outcome())
          .isEqualTo(Outcome.BROKEN);
    }

    @Test
    void whereSuchErrorsAreExpected() {
      assertThat(
              judged(failing(40).expect(RequestStory.errors(0, 3, RequestOutcome.HTTP_ERROR)))
                  .outcome())
          .isEqualTo(Outcome.HOLDS);
      assertThat(
              judged(failing(40).expect(RequestStory.errors(0, 3, RequestOutcome.REFUSED)))
                  .outcome())
          .isEqualTo(Outcome.BROKEN);
      assertThat(judged(failing(40).expect(RequestStory.errors(0, 0))).outcome())
          .isEqualTo(Outcome.BROKEN);
    }

    @Test
    void whereTheOtherHostIsExpectedToAnswer() {
      Expectation other = new Expectation.AnsweredBy("c", "s1", Story.between(30, 45));

      assertThat(judged(new RequestStory().holder("s1").served(40, "s1").expect(other)).outcome())
          .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void whereSplitBrainIsExpected() {
      Expectation claimed =
          new Expectation.SplitBrain(RequestStory.VIP, Story.moment(19, 21), Optional.empty());
      RequestStory story =
          new RequestStory()
              .event(20, "b", new TraceDetail.VipAdded("eth0", RequestStory.VIP, 24, "keepalived"))
              .served(40, "s1")
              .expect(claimed);

      assertThat(judged(story).outcome()).isEqualTo(Outcome.HOLDS);
    }
  }
}
