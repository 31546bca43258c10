package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.function.Consumer;

/** Takes weights away where keepalived does. */
final class Weights {
  private Weights() {}

  /** Removes the entries that have a weight, reporting each. */
  static void drop(List<TrackEntry> entries, Consumer<TrackEntry> report) {
    entries.stream().filter(e -> e.weight() != 0).forEach(report);
    entries.removeIf(e -> e.weight() != 0);
  }

  /** Sets every weight to 0, reporting each that was another. */
  static void clear(List<TrackEntry> entries, Consumer<TrackEntry> report) {
    entries.stream().filter(e -> e.weight() != 0).forEach(report);
    entries.replaceAll(e -> new TrackEntry(e.name(), 0, e.reverse(), e.span()));
  }
}
