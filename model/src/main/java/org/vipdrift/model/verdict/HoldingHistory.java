package org.vipdrift.model.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.verdict.Figures.Hold;

/**
 * Who held one address when.
 *
 * <p>Where several hold it at once, the <em>foremost</em> is the one that took it last, whose
 * announcement the others on the segment heard last. A <em>holder change</em> is a change of the
 * foremost holder; times without a holder do not count as one.
 */
public final class HoldingHistory {
  /**
   * The holders from a moment on, until the next standing.
   *
   * @param holders in the order in which they took it
   * @param dormant hosts that have the address but are paused
   * @param eventId the event that made it so; 0 for the beginning
   */
  public record Standing(long atNanos, List<String> holders, List<String> dormant, long eventId) {
    public Standing {
      holders = List.copyOf(holders);
      dormant = List.copyOf(dormant);
    }

    public Optional<String> foremost() {
      return holders.isEmpty() ? Optional.empty() : Optional.of(holders.getLast());
    }
  }

  /**
   * A maximal stretch of one kind.
   *
   * @param beginning the standing it began with
   */
  public record Stretch(Span span, Standing beginning) {}

  /**
   * Another host became the foremost holder.
   *
   * @param lostNanos when the one before ceased to be it
   */
  public record HolderChange(
      String from, String to, long lostNanos, long atNanos, Standing standing) {}

  private record Entry(String host, String networkInterface) {}

  private final IpAddress vip;
  private final List<Entry> table = new ArrayList<>();
  private final List<Standing> standings = new ArrayList<>();

  HoldingHistory(IpAddress vip) {
    this.vip = vip;
    standings.add(new Standing(0, List.of(), List.of(), 0));
  }

  public IpAddress vip() {
    return vip;
  }

  void added(String host, String networkInterface) {
    Entry entry = new Entry(host, networkInterface);
    if (!table.contains(entry)) {
      table.add(entry);
    }
  }

  void removed(String host, String networkInterface) {
    table.remove(new Entry(host, networkInterface));
  }

  void lostAll(String host) {
    table.removeIf(entry -> entry.host.equals(host));
  }

  void note(long atNanos, long eventId, List<String> paused) {
    List<String> holders = new ArrayList<>();
    List<String> dormant = new ArrayList<>();
    for (Entry entry : table) {
      List<String> list = paused.contains(entry.host) ? dormant : holders;
      if (!list.contains(entry.host)) {
        list.add(entry.host);
      }
    }
    Standing last = standings.getLast();
    if (last.holders().equals(holders) && last.dormant().equals(dormant)) {
      return;
    }
    if (last.atNanos() == atNanos) {
      standings.removeLast();
    }
    if (!standings.isEmpty()) {
      Standing before = standings.getLast();
      if (before.holders().equals(holders) && before.dormant().equals(dormant)) {
        return;
      }
    }
    standings.add(new Standing(atNanos, holders, dormant, eventId));
  }

  /** Every change of holders, the first at 0; times strictly ascend. */
  public List<Standing> standings() {
    return List.copyOf(standings);
  }

  /** The standing at a moment, changes at that very moment included. */
  public Standing at(long atNanos) {
    return standings.get(indexAt(atNanos));
  }

  /** The first standing of a stretch, both ends included, that satisfies the condition. */
  Optional<Standing> first(long fromNanos, long toNanos, Predicate<Standing> condition) {
    for (int i = indexAt(fromNanos); i < standings.size(); i++) {
      Standing standing = standings.get(i);
      if (standing.atNanos() > toNanos) {
        break;
      }
      if (condition.test(standing)) {
        return Optional.of(standing);
      }
    }
    return Optional.empty();
  }

  /** Whether anybody ever held it. */
  boolean wasHeld() {
    return standings.size() > 1 || !standings.getFirst().holders().isEmpty();
  }

  private int indexAt(long atNanos) {
    int low = 0;
    int high = standings.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (standings.get(middle).atNanos() <= atNanos) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The maximal stretches within the window whose standings all satisfy the condition. */
  public List<Stretch> stretches(Span window, Predicate<Standing> condition) {
    List<Stretch> result = new ArrayList<>();
    Optional<Standing> beginning = Optional.empty();
    for (Standing standing : standings) {
      if (standing.atNanos() >= window.toNanos()) {
        break;
      }
      boolean fits = condition.test(standing);
      if (fits && beginning.isEmpty()) {
        beginning = Optional.of(standing);
      } else if (!fits && beginning.isPresent()) {
        close(beginning.get(), standing.atNanos(), window, result);
        beginning = Optional.empty();
      }
    }
    beginning.ifPresent(begun -> close(begun, window.toNanos(), window, result));
    return result;
  }

  private static void close(Standing begun, long toNanos, Span window, List<Stretch> result) {
    long from = Math.max(begun.atNanos(), window.fromNanos());
    if (from < toNanos) {
      result.add(new Stretch(new Span(from, toNanos), begun));
    }
  }

  /** When two or more held it. */
  public List<Stretch> splitBrain(Span window) {
    return stretches(window, standing -> standing.holders().size() >= 2);
  }

  /** When nobody held it. */
  public List<Stretch> unheld(Span window) {
    return stretches(window, standing -> standing.holders().isEmpty());
  }

  /** Every holder change up to a moment, by time. */
  public List<HolderChange> changes(long endNanos) {
    List<HolderChange> result = new ArrayList<>();
    Optional<String> foremost = Optional.empty();
    long lostNanos = 0;
    for (Standing standing : standings) {
      if (standing.atNanos() > endNanos) {
        break;
      }
      Optional<String> next = standing.foremost();
      if (next.isEmpty()) {
        if (lostNanos == 0) {
          lostNanos = standing.atNanos();
        }
        continue;
      }
      if (foremost.isPresent() && !foremost.equals(next)) {
        long lost = lostNanos > 0 ? lostNanos : standing.atNanos();
        result.add(
            new HolderChange(foremost.get(), next.get(), lost, standing.atNanos(), standing));
      }
      foremost = next;
      lostNanos = 0;
    }
    return result;
  }

  /** Each host's stretches as a holder, by beginning. */
  public List<Hold> holds(Span window) {
    List<String> hosts =
        standings.stream().flatMap(standing -> standing.holders().stream()).distinct().toList();
    List<Hold> result = new ArrayList<>();
    for (String host : hosts) {
      for (Stretch stretch : stretches(window, standing -> standing.holders().contains(host))) {
        result.add(new Hold(host, stretch.span()));
      }
    }
    result.sort(Comparator.comparingLong(hold -> hold.span().fromNanos()));
    return result;
  }
}
