package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.vipdrift.netio.link.TimedTap;

/**
 * How long after the last advert of a keepalived that was killed the first one of its backup is
 * seen, by the kernel's stamps on one interface; a keepalived and a vipdrift are the backup in
 * turns.
 */
final class Takeovers implements Measure {
  private static final String NAME = "takeover";
  private static final int HOLDER = 200;
  private static final int TAKER = 100;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double TOLERANCE_MILLIS = 1;
  private static final double LONGEST_AT_10_MILLIS = 45;

  private final Endurance.Plan plan;
  private final Random random = new Random(1);

  Takeovers(Endurance.Plan plan) {
    this.plan = plan;
  }

  @Override
  public List<Result> run() throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    results.addAll(at(Duration.ofMillis(10), plan.times(20, 100)));
    results.addAll(at(Duration.ofMillis(100), plan.times(15, 100)));
    results.addAll(at(Duration.ofSeconds(1), plan.times(5, 30)));
    return results;
  }

  private List<Result> at(Duration interval, int rounds) throws IOException, InterruptedException {
    List<Double> keepalived = new ArrayList<>();
    List<Double> vipdrift = new ArrayList<>();
    String text = Configuration.of(1, interval, _ -> TAKER);
    try (Pair beside = Pair.open(plan.launcher());
        Pair ours = Pair.open(plan.launcher())) {
      Daemon theirTaker = beside.keepalived(beside.first(), text);
      Daemon ourTaker = ours.vipdrift(ours.first(), text, Optional.empty());
      theirTaker.awaitReady();
      ourTaker.awaitReady();
      for (int round = 1; round <= rounds; round++) {
        plan.progress()
            .accept("takeover at " + interval.toMillis() + " ms, " + round + " of " + rounds);
        keepalived.add(takeover(beside, interval));
        vipdrift.add(takeover(ours, interval));
      }
    }
    return results(interval, keepalived, vipdrift);
  }

  /** Milliseconds between the two adverts. */
  private double takeover(Pair pair, Duration interval) throws IOException, InterruptedException {
    Daemon holder = pair.keepalived(pair.second(), Configuration.of(1, interval, _ -> HOLDER));
    holder.awaitReady();
    awaitSource(pair, Pair.SECOND_ADDRESS, interval);
    long last = awaitSource(pair, Pair.SECOND_ADDRESS, interval);
    // Anywhere between two adverts.
    Thread.sleep(Duration.ofNanos(random.nextLong(interval.toNanos())));
    holder.kill();
    long end = System.nanoTime() + interval.multipliedBy(20).plusSeconds(2).toNanos();
    while (System.nanoTime() < end) {
      for (TimedTap.Frame frame : pair.tap().take(Duration.ofMillis(100))) {
        Optional<Advert> advert = Advert.read(frame);
        if (advert.isEmpty()) {
          continue;
        }
        if (advert.get().source().equals(Pair.SECOND_ADDRESS)) {
          last = advert.get().atNanos();
        } else {
          return (advert.get().atNanos() - last) / NANOS_PER_MILLI;
        }
      }
    }
    throw new IOException("no takeover within 20 intervals and 2 s");
  }

  /** Waits until only that host's adverts come; when the last one was. */
  private static long awaitSource(Pair pair, String source, Duration interval) throws IOException {
    long end = System.nanoTime() + interval.multipliedBy(20).plusSeconds(5).toNanos();
    while (System.nanoTime() < end) {
      List<TimedTap.Frame> frames = pair.tap().take(interval);
      List<Advert> adverts = frames.stream().flatMap(f -> Advert.read(f).stream()).toList();
      if (!adverts.isEmpty() && adverts.stream().allMatch(each -> each.source().equals(source))) {
        return adverts.getLast().atNanos();
      }
    }
    throw new IOException(source + " did not become master");
  }

  private List<Result> results(Duration interval, List<Double> keepalived, List<Double> vipdrift) {
    // RFC 9568 section 6.1: three intervals and the skew of the backup's priority.
    double millis = interval.toNanos() / NANOS_PER_MILLI;
    double theory = 3 * millis + millis * (256 - TAKER) / 256;
    String at = String.format(Locale.ROOT, "at %.0f ms adverts, ", millis);
    double ours = quantile(vipdrift, 0.5);
    double theirs = quantile(keepalived, 0.5);
    Result median =
        Result.of(NAME, at + "median over theory", "ms", ours - theory).beside(theirs - theory);
    List<Result> results = new ArrayList<>();
    results.add(
        interval.toMillis() < 100
            ? median
            : median.within("keepalived's + 1", ours <= theirs + TOLERANCE_MILLIS));
    results.add(
        Result.of(NAME, at + "p90 over theory", "ms", quantile(vipdrift, 0.9) - theory)
            .beside(quantile(keepalived, 0.9) - theory));
    if (interval.toMillis() < 100) {
      results.add(
          Result.of(NAME, at + "whole takeover, median", "ms", ours)
              .beside(theirs)
              .atMost(LONGEST_AT_10_MILLIS));
    }
    return results;
  }

  static double quantile(List<Double> values, double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.round(share * (sorted.size() - 1)));
  }
}
