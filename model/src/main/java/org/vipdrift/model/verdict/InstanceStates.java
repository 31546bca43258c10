package org.vipdrift.model.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.trace.TraceDetail.VrrpStateChanged;
import org.vipdrift.model.trace.TraceEvent;

/** In which state each VRRP instance was when. */
final class InstanceStates {
  /** What an instance is in when its process or its machine is gone. */
  static final String GONE = "none";

  /** From then on; {@code eventId} 0 for the beginning. */
  record Entry(long atNanos, String state, long eventId) {}

  private record Key(String host, String instance) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byHost = host.compareTo(other.host);
      return byHost != 0 ? byHost : instance.compareTo(other.instance);
    }
  }

  private final Map<Key, List<Entry>> states = new TreeMap<>();
  private Optional<TraceEvent> last = Optional.empty();

  void accept(TraceEvent event, VrrpStateChanged change) {
    last = Optional.of(event);
    List<Entry> entries =
        states.computeIfAbsent(
            new Key(event.host(), change.instance()),
            key -> new ArrayList<>(List.of(new Entry(0, change.from(), 0))));
    append(entries, new Entry(event.atNanos(), change.to(), event.id()));
  }

  /** The process or the machine behind them ended. */
  void gone(TraceEvent event) {
    states.forEach(
        (key, entries) -> {
          if (key.host.equals(event.host())) {
            append(entries, new Entry(event.atNanos(), GONE, event.id()));
          }
        });
  }

  private static void append(List<Entry> entries, Entry entry) {
    if (!entries.getLast().state().equals(entry.state())) {
      entries.add(entry);
    }
  }

  /** The states of an instance by time; empty if it never reported one. */
  List<Entry> of(String host, String instance) {
    return List.copyOf(states.getOrDefault(new Key(host, instance), List.of()));
  }

  /** The last transition of any instance. */
  Optional<TraceEvent> last() {
    return last;
  }
}
