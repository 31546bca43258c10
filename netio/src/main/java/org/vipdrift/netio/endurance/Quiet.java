package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.netio.link.TimedTap;

/**
 * A vipdrift and a keepalived that each hold one half of many virtual routers for a while, in which
 * nothing may change.
 */
final class Quiet {
  private static final int MORE = 200;
  private static final int LESS = 100;
  private static final Duration SETTLING = Duration.ofSeconds(8);

  private Quiet() {}

  /** What was seen of one of both. */
  record Seen(double cpuPercent, double residentMebibytes, int descriptors) {}

  /**
   * What was seen.
   *
   * @param changes of state that either of both logged
   * @param strays adverts of who is not the holder
   * @param silences gaps between adverts of more than two intervals
   */
  record Seeing(Seen vipdrift, Seen keepalived, long changes, long strays, long silences) {
    /** As no result may lack it. */
    List<Result> calm(String measure, String of) {
      return List.of(
          Result.of(measure, of + "changes of state", "", changes).atMost(0),
          Result.of(measure, of + "adverts of another than the holder", "", strays).atMost(0),
          Result.of(measure, of + "gaps of over 2 intervals", "", silences));
    }
  }

  /** What vipdrift runs. */
  static String odd(int instances, Duration interval) {
    return Configuration.of(instances, interval, vrid -> vrid % 2 == 1 ? MORE : LESS);
  }

  /** What keepalived runs. */
  static String even(int instances, Duration interval) {
    return Configuration.of(instances, interval, vrid -> vrid % 2 == 1 ? LESS : MORE);
  }

  static Seeing watch(
      Pair pair,
      int instances,
      Duration interval,
      Duration time,
      Optional<String> javaOptions,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept(instances + " instances, starting");
    Daemon theirs = pair.keepalived(pair.second(), even(instances, interval));
    theirs.awaitReady();
    Daemon ours = pair.vipdrift(pair.first(), odd(instances, interval), javaOptions);
    ours.awaitReady();
    settle(pair, SETTLING.plus(interval.multipliedBy(4)));
    long changesBefore = ours.stateChanges() + theirs.stateChanges();
    double ourCpu = ours.cpuSeconds();
    double theirCpu = theirs.cpuSeconds();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    progress.accept(instances + " instances for " + time.toSeconds() + " s");
    long strays = 0;
    long silences = 0;
    Map<Integer, Long> last = new HashMap<>();
    while (System.nanoTime() < end) {
      for (TimedTap.Frame frame : pair.tap().take(Duration.ofMillis(500))) {
        Optional<Advert> read = Advert.read(frame);
        if (read.isEmpty()) {
          continue;
        }
        Advert advert = read.get();
        String holder = advert.vrid() % 2 == 1 ? Pair.FIRST_ADDRESS : Pair.SECOND_ADDRESS;
        strays += advert.source().equals(holder) ? 0 : 1;
        Long before = last.put(advert.vrid(), advert.atNanos());
        silences += before != null && advert.atNanos() - before > 2 * interval.toNanos() ? 1 : 0;
      }
      // Reading in large portions: the bench's own wake-ups are nobody's cost.
      Thread.sleep(100);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Seeing seeing =
        new Seeing(
            new Seen(
                100 * (ours.cpuSeconds() - ourCpu) / seconds,
                ours.residentMebibytes(),
                ours.descriptors()),
            new Seen(
                100 * (theirs.cpuSeconds() - theirCpu) / seconds,
                theirs.residentMebibytes(),
                theirs.descriptors()),
            ours.stateChanges() + theirs.stateChanges() - changesBefore,
            strays,
            silences);
    ours.stop();
    theirs.stop();
    return seeing;
  }

  private static void settle(Pair pair, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    List<TimedTap.Frame> discarded = new ArrayList<>();
    while (System.nanoTime() < end) {
      discarded.addAll(pair.tap().take(Duration.ofMillis(200)));
      discarded.clear();
    }
  }
}
