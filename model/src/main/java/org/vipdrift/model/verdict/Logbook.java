package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.AnsweredBy;
import org.vipdrift.model.scenario.Expectation.Logged;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.MailSent;
import org.vipdrift.model.trace.TraceDetail.Ping;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.trace.TraceEvent;

/** Watches for what expectations ask of single lines and answers, which nobody else keeps. */
final class Logbook {
  /** The first line that fits, and how many did. */
  static final class LineWatch {
    private final Logged expectation;
    private Optional<TraceEvent> first = Optional.empty();
    private long count;

    LineWatch(Logged expectation) {
      this.expectation = expectation;
    }

    Optional<TraceEvent> first() {
      return first;
    }

    long count() {
      return count;
    }

    private void accept(TraceEvent event, String text) {
      boolean fits =
          text.contains(expectation.text())
              && expectation.host().map(event.host()::equals).orElse(true)
              && expectation
                  .interval()
                  .map(interval -> Span.of(interval).contains(event.atNanos()))
                  .orElse(true);
      if (fits) {
        count++;
        if (first.isEmpty()) {
          first = Optional.of(event);
        }
      }
    }
  }

  /** The answers of the right host, and the first of a wrong one. */
  static final class AnswerWatch {
    private final AnsweredBy expectation;
    private long right;
    private long wrong;
    private Optional<TraceEvent> firstWrong = Optional.empty();

    AnswerWatch(AnsweredBy expectation) {
      this.expectation = expectation;
    }

    long right() {
      return right;
    }

    long wrong() {
      return wrong;
    }

    Optional<TraceEvent> firstWrong() {
      return firstWrong;
    }

    private void accept(
        TraceEvent event, String client, Duration latency, Optional<String> holder) {
      if (!client.equals(expectation.client())
          || !Span.of(expectation.interval()).contains(event.atNanos() - latency.toNanos())) {
        return;
      }
      if (holder.map(expectation.host()::equals).orElse(false)) {
        right++;
      } else {
        wrong++;
        if (firstWrong.isEmpty()) {
          firstWrong = Optional.of(event);
        }
      }
    }
  }

  private final List<LineWatch> lines = new ArrayList<>();
  private final List<AnswerWatch> answers = new ArrayList<>();

  Logbook(List<Expectation> expectations) {
    for (Expectation expectation : expectations) {
      if (expectation instanceof Logged logged) {
        lines.add(new LineWatch(logged));
      } else if (expectation instanceof AnsweredBy answered) {
        answers.add(new AnswerWatch(answered));
      }
    }
  }

  void accept(TraceEvent event, LogLine line) {
    for (LineWatch watch : lines) {
      watch.accept(event, line.text());
    }
  }

  void accept(TraceEvent event, MailSent mail) {
    for (LineWatch watch : lines) {
      watch.accept(event, mail.subject());
    }
  }

  void accept(TraceEvent event, Ping ping) {
    if (ping.outcome() == PingOutcome.OK) {
      for (AnswerWatch watch : answers) {
        watch.accept(event, ping.client(), ping.latency(), ping.holder());
      }
    }
  }

  void accept(TraceEvent event, Request request) {
    if (request.outcome() == RequestOutcome.OK) {
      for (AnswerWatch watch : answers) {
        watch.accept(event, request.client(), request.latency(), request.holder());
      }
    }
  }

  LineWatch watch(Logged expectation) {
    return lines.stream()
        .filter(watch -> watch.expectation.equals(expectation))
        .findFirst()
        .orElseGet(() -> new LineWatch(expectation));
  }

  AnswerWatch watch(AnsweredBy expectation) {
    return answers.stream()
        .filter(watch -> watch.expectation.equals(expectation))
        .findFirst()
        .orElseGet(() -> new AnswerWatch(expectation));
  }
}
