package org.vipdrift.model.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.comparison.Course.Anchor;
import org.vipdrift.model.comparison.Course.Change;

/**
 * Two courses aligned.
 *
 * <p>Per address and host both must show the same sequence of coming and going; changes on
 * different hosts have no order among each other. A time counts from the last action before it,
 * from the last advertisement of a router before that action, or from when any of the daemons was
 * last ready, whichever brings both courses closest: a daemon's start-up takes a different time in
 * each run, what it does at intervals it counts from then, and which of these a change follows
 * from, the trace does not tell.
 *
 * @param rows in the order of time
 */
public record CourseComparison(List<Row> rows) {
  /** What a difference may be: a fixed part, and a share of the time since the last anchor. */
  public record Tolerance(Duration fixed, double share) {
    long nanos(long sinceAnchorNanos) {
      return fixed.toNanos() + (long) (share * sinceAnchorNanos);
    }
  }

  /** One change, as both courses have it or one of them alone. */
  public sealed interface Row {
    /** In the left course, or where only the right one has it, there. */
    long atNanos();
  }

  /**
   * Both have it.
   *
   * @param anchor what its time is counted from, in the left course
   * @param sinceAnchorNanos in the left course
   * @param sinceLastNanos since the last of all that it might be counted from, in the left course
   * @param differenceNanos how much later the right one has it, counted from the anchor
   */
  public record Matched(
      Change left,
      Change right,
      Anchor anchor,
      long sinceAnchorNanos,
      long sinceLastNanos,
      long differenceNanos)
      implements Row {
    @Override
    public long atNanos() {
      return left.atNanos();
    }
  }

  /** Only the left course has it. */
  public record OnlyLeft(Change change) implements Row {
    @Override
    public long atNanos() {
      return change.atNanos();
    }
  }

  /** Only the right course has it. */
  public record OnlyRight(Change change) implements Row {
    @Override
    public long atNanos() {
      return change.atNanos();
    }
  }

  public CourseComparison {
    rows = List.copyOf(rows);
  }

  public static CourseComparison of(Course left, Course right) {
    List<Row> rows = new ArrayList<>();
    Stream.concat(left.changes().stream(), right.changes().stream())
        .map(Change::place)
        .distinct()
        .forEach(place -> compare(place, left, right, rows));
    rows.sort(Comparator.comparingLong(Row::atNanos));
    return new CourseComparison(rows);
  }

  private static void compare(String place, Course left, Course right, List<Row> rows) {
    List<Change> ours = at(place, left);
    List<Change> theirs = at(place, right);
    int common = 0;
    while (common < Math.min(ours.size(), theirs.size())
        && ours.get(common).added() == theirs.get(common).added()) {
      rows.add(match(left, ours.get(common), right, theirs.get(common)));
      common++;
    }
    ours.subList(common, ours.size()).forEach(c -> rows.add(new OnlyLeft(c)));
    theirs.subList(common, theirs.size()).forEach(c -> rows.add(new OnlyRight(c)));
  }

  private static List<Change> at(String place, Course course) {
    return course.changes().stream().filter(c -> c.place().equals(place)).toList();
  }

  private static Matched match(Course left, Change ours, Course right, Change theirs) {
    List<Anchor> candidates = candidates(left, ours, right, theirs);
    long last = candidates.stream().mapToLong(Anchor::atNanos).max().orElseThrow();
    Optional<Matched> best = Optional.empty();
    for (Anchor anchor : candidates) {
      long since = ours.atNanos() - anchor.atNanos();
      long difference = theirs.atNanos() - named(right, anchor.what()).atNanos() - since;
      if (best.isEmpty() || Math.abs(difference) < Math.abs(best.get().differenceNanos)) {
        best =
            Optional.of(
                new Matched(ours, theirs, anchor, since, ours.atNanos() - last, difference));
      }
    }
    return best.orElseThrow();
  }

  /** The last that precedes the change in both, of each sort. */
  private static List<Anchor> candidates(Course left, Change ours, Course right, Change theirs) {
    Map<String, Anchor> candidates = new LinkedHashMap<>();
    for (Anchor anchor : left.anchors()) {
      boolean precedesBoth =
          anchor.fromNanos() <= ours.atNanos()
              && right.anchors().stream()
                  .anyMatch(
                      a -> a.what().equals(anchor.what()) && a.fromNanos() <= theirs.atNanos());
      if (precedesBoth) {
        candidates.put(anchor.sort(), anchor);
      }
    }
    return List.copyOf(candidates.values());
  }

  private static Anchor named(Course course, String what) {
    return course.anchors().stream().filter(a -> a.what().equals(what)).findFirst().orElseThrow();
  }

  /** Whether every address came and went in the same order in both. */
  public boolean isSameSequence() {
    return rows.stream().allMatch(Matched.class::isInstance);
  }

  /** The absolute differences, smallest first. */
  public List<Duration> differences() {
    return matched().map(m -> Duration.ofNanos(Math.abs(m.differenceNanos))).sorted().toList();
  }

  /** Zero if nothing ever moved. */
  public Duration median() {
    List<Duration> sorted = differences();
    return sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() / 2);
  }

  /** Zero if nothing ever moved. */
  public Duration worst() {
    List<Duration> sorted = differences();
    return sorted.isEmpty() ? Duration.ZERO : sorted.getLast();
  }

  /** What both have, but further apart than they may. */
  public List<Matched> beyond(Tolerance tolerance) {
    return matched()
        .filter(m -> Math.abs(m.differenceNanos) > tolerance.nanos(m.sinceLastNanos))
        .toList();
  }

  private Stream<Matched> matched() {
    return rows.stream().filter(Matched.class::isInstance).map(Matched.class::cast);
  }
}
