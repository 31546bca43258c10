package org.vipdrift.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.model.verdict.Story.between;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.ServerCondition;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.trace.TraceDetail.ServerChange;
import org.vipdrift.model.verdict.Figures.ClientFigures;
import org.vipdrift.model.verdict.Figures.OutcomeCount;
import org.vipdrift.model.verdict.Figures.ServerCount;

class TrafficJudgeTest {
  private static void holds(RequestStory story, Expectation expectation) {
    Judgement judgement = story.expect(expectation).judgement();
    assertThat(judgement.outcome()).as(judgement.finding()).isEqualTo(Outcome.HOLDS);
  }

  private static void breaks(RequestStory story, Expectation expectation, String... finding) {
    Judgement judgement = story.expect(expectation).judgement();
    assertThat(judgement.finding()).contains(finding);
    assertThat(judgement.outcome()).isEqualTo(Outcome.BROKEN);
  }

  @Nested
  class ServedBy {
    @Test
    void holdsIfEveryServerOfTheSetServesAndNobodyElse() {
      holds(new RequestStory().served(1, "s1", "s2", "s2"), RequestStory.servedBy("s1", "s2"));
    }

    @Test
    void breaksOnAStranger() {
      breaks(
          new RequestStory().served(1, "s1", "s3"),
          RequestStory.servedBy("s1"),
          "at 2.001 s c was served by s3 through a, which is not among them",
          "50 % (1) by s1 and 50 % (1) by s3");
    }

    @Test
    void breaksIfAServerIsIdle() {
      breaks(
          new RequestStory().served(1, "s1"), RequestStory.servedBy("s1", "s2"), "s2 served none");
    }

    @Test
    void breaksWithoutASuccess() {
      breaks(
          new RequestStory().failed(1, RequestOutcome.REFUSED),
          RequestStory.servedBy("s1"),
          "no request of c succeeded");
    }

    @Test
    void alternatesIfEachRoundReachesEveryServer() {
      holds(
          new RequestStory().served(1, "s1", "s2", "s3", "s1", "s2", "s3"),
          RequestStory.alternating("s1", "s2", "s3"));
      breaks(
          new RequestStory().served(1, "s1", "s2", "s1", "s3"),
          RequestStory.alternating("s1", "s2", "s3"),
          "at 3.001 s c was served by s1 through a out of turn");
    }

    @Test
    void beginsARoundAnewAfterAFailureAndWithAnotherHolder() {
      holds(
          new RequestStory()
              .served(1, "s1", "s2", "s1")
              .failed(4, RequestOutcome.TIMEOUT)
              .served(5, "s1", "s2", "s1")
              .holder("b")
              .served(8, "s1", "s2"),
          RequestStory.alternating("s1", "s2"));
    }

    @Test
    void isJudgedInTheOrderOfSending() {
      holds(
          new RequestStory().served(1, 0.9, "s1").served(1.2, 0.001, "s2").served(1.4, 0.001, "s1"),
          RequestStory.sequence("s1", "s2", "s1"));
    }

    @Test
    void needsTheExactSequence() {
      breaks(
          new RequestStory().served(1, "s1", "s2"),
          RequestStory.sequence("s1", "s1"),
          "but answer 2 was due from s1");
      breaks(
          new RequestStory().served(1, "s1", "s2"),
          RequestStory.sequence("s1"),
          "one more than the sequence has");
      breaks(
          new RequestStory().served(1, "s1", "s2"),
          RequestStory.sequence("s1", "s2", "s1"),
          "the sequence has 3 answers");
    }

    @Test
    void comparesSharesWithinTheTolerance() {
      RequestStory story =
          new RequestStory().served(1, "s1", "s2", "s1", "s1", "s2", "s1", "s1", "s2", "s1", "s1");
      holds(story, RequestStory.shares(71, 29));
      breaks(
          new RequestStory().served(1, "s1", "s2"),
          RequestStory.shares(66.7, 33.3),
          "50 % (1) by s1");
    }
  }

  @Nested
  class Errors {
    private RequestStory story() {
      return new RequestStory()
          .served(1, "s1", "s2")
          .failed(3, RequestOutcome.TIMEOUT)
          .failed(4, RequestOutcome.HTTP_ERROR);
    }

    @Test
    void areCountedByOutcome() {
      holds(story(), RequestStory.errors(0, 2));
      holds(story(), RequestStory.errors(2, 2));
      holds(story(), RequestStory.errors(0, 0, RequestOutcome.REFUSED));
      breaks(
          story(),
          RequestStory.errors(0, 1),
          "2 of 4 requests failed: 1 timeout and 1 HTTP error",
          "the first at 4.000 s c got no answer in time");
      breaks(story(), RequestStory.errors(3, 9), "2 of 4");
    }

    @Test
    void areAPercentageOfAllRequests() {
      Expectation half =
          new Expectation.Errors(
              "c", 0, Optional.empty(), Optional.of(50.0), List.of(), Optional.empty());
      Expectation less =
          new Expectation.Errors(
              "c", 0, Optional.empty(), Optional.of(49.9), List.of(), Optional.empty());
      holds(story(), half);
      breaks(story(), less, "2 of 4");
    }

    @Test
    void areTracedToWhatWasDoneWhileTheRequestWasUnderWay() {
      Judgement judgement =
          story()
              .event(3.5, "", new TraceDetail.ActionApplied("kill-1", "kill", "nginx"))
              .event(3.9, "", new TraceDetail.ActionApplied("start-2", "start", "nginx"))
              .expect(RequestStory.errors(0, 0))
              .judgement();
      assertThat(judgement.causes())
          .extracting(Link::sentence)
          .containsExactly(
              "At 3.500 s kill of nginx was done (timeline).",
              "At 4.000 s c got no answer in time.");
    }
  }

  @Nested
  class Latency {
    @Test
    void isBoundedByTheNearestRank() {
      RequestStory story = new RequestStory();
      for (int i = 1; i <= 100; i++) {
        story.served(i * 0.5, i * 0.001, "s1");
      }
      holds(story, RequestStory.latency(99, Duration.ofMillis(99)));
      breaks(
          story().served(50, 0.5, "s1"),
          RequestStory.latency(100, Duration.ofMillis(499)),
          "the slowest of 1 answer came within 500 ms",
          "late one came at 50.500 s");
    }

    private RequestStory story() {
      return new RequestStory();
    }

    @Test
    void needsASuccess() {
      breaks(
          story().failed(1, RequestOutcome.TIMEOUT),
          RequestStory.latency(50, Duration.ofSeconds(5)),
          "no request of c succeeded");
    }
  }

  @Nested
  class Sticky {
    @Test
    void meansOneServerForEachAddress() {
      holds(
          new RequestStory().served(1, "s1", "s1").user("20.0.0.11").served(3, "s2", "s2"),
          new Expectation.Sticky("c", Optional.empty()));
      breaks(
          new RequestStory().served(1, "s1", "s2"),
          new Expectation.Sticky("c", Optional.empty()),
          "at 2.001 s 20.0.0.10 was served by s2 after s1");
    }
  }

  @Nested
  class ServerStates {
    @Test
    void beginUpAndFollowChecksAndOrders() {
      RequestStory story =
          new RequestStory()
              .server(10, ServerChange.DOWN)
              .server(20, ServerChange.UP)
              .server(30, ServerChange.MAINT)
              .server(40, ServerChange.READY);
      holds(story, RequestStory.regarded(ServerCondition.UP, 0, 10));
      for (var other :
          List.of(
              RequestStory.regarded(ServerCondition.DOWN, 10, 20),
              RequestStory.regarded(ServerCondition.MAINT, 30, 40),
              RequestStory.regarded(ServerCondition.UP, 40, 60))) {
        story.expect(other);
      }
      assertThat(story.verdict().expectations())
          .extracting(Judgement::outcome)
          .containsOnly(Outcome.HOLDS);
      breaks(
          new RequestStory().server(10, ServerChange.DOWN),
          RequestStory.regarded(ServerCondition.UP, 5, 15),
          "from 10.000 s to 15.000 s (5 s) it was down");
    }

    @Test
    void endWithTheProcess() {
      RequestStory story =
          new RequestStory()
              .haproxy(1, ProcessChange.READY)
              .server(10, ServerChange.DOWN)
              .haproxy(20, ProcessChange.KILLED)
              .haproxy(30, ProcessChange.READY);
      breaks(story, RequestStory.regarded(ServerCondition.DOWN, 15, 25), "the proxy did not run");
      holds(
          new RequestStory()
              .haproxy(1, ProcessChange.READY)
              .server(10, ServerChange.DOWN)
              .haproxy(20, ProcessChange.KILLED)
              .haproxy(30, ProcessChange.READY),
          RequestStory.regarded(ServerCondition.UP, 30, 60));
    }
  }

  @Nested
  class ReachesOne {
    private final Expectation always = RequestStory.reachesOne(between(0, 60));

    @Test
    void holdsIfTheOnlyHolderLetsEveryRequestSucceed() {
      holds(new RequestStory().served(1, "s1", "s2"), always);
    }

    @Test
    void breaksOnAFailure() {
      breaks(
          new RequestStory().served(1, "s1").failed(2, RequestOutcome.REFUSED),
          always,
          "1 of 2 requests did not",
          "c was refused by a");
    }

    @Test
    void breaksWhileTwoHoldTheAddress() {
      breaks(
          new RequestStory()
              .event(5, "b", new TraceDetail.VipAdded("eth0", RequestStory.VIP, 24, "keepalived"))
              .served(6, "s1"),
          always,
          "while a and b both held the address");
    }

    @Test
    void breaksIfSomebodyAnswersWhoDoesNotHoldIt() {
      breaks(
          new RequestStory().holder("real").served(1, "s1"),
          always,
          "through real, which did not hold the address");
    }
  }

  @Nested
  class FiguresOfRequests {
    @Test
    void tellOutcomesServersAndLatencies() {
      ClientFigures client =
          new RequestStory()
              .served(1, "s1", "s1", "s2", "s1")
              .failed(5, RequestOutcome.RESET)
              .failed(6, RequestOutcome.RESET)
              .verdict()
              .figures()
              .clients()
              .getFirst();
      Figures.RequestFigures requests = client.requests().orElseThrow();
      assertThat(requests.ok()).isEqualTo(4);
      assertThat(requests.failures()).containsExactly(new OutcomeCount(RequestOutcome.RESET, 2));
      assertThat(requests.servers())
          .containsExactly(
              new ServerCount(Optional.of("s1"), 3), new ServerCount(Optional.of("s2"), 1));
      assertThat(requests.median()).isEqualTo(Duration.ofMillis(1));
      assertThat(client.answered()).isEqualTo(4);
      assertThat(client.lost()).isEqualTo(2);
      assertThat(client.outages()).hasSize(1);
    }
  }
}
