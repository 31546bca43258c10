package org.vipdrift.model.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.vrrp.EffectivePriority;

/**
 * What an instance knows of everything it tracks, and what follows for its priority and health.
 *
 * @param basePriority 1..255
 * @param statuses by what is tracked, in configured order
 */
public record Tracking(int basePriority, Map<Tracked, TrackedStatus> statuses) {
  public Tracking {
    statuses = Collections.unmodifiableMap(new LinkedHashMap<>(statuses));
  }

  /** What is known of something tracked. */
  public sealed interface TrackedStatus {
    /** Nothing yet: a script that has not run. */
    record Undecided() implements TrackedStatus {}

    /** A script, interface or process. */
    record Working(boolean up) implements TrackedStatus {}

    /** The number in a file; 0 where there is none. */
    record Value(int number) implements TrackedStatus {}
  }

  /** Nothing known yet. */
  public static Tracking of(int basePriority, List<Tracked> tracked) {
    Map<Tracked, TrackedStatus> statuses = new LinkedHashMap<>();
    for (Tracked item : tracked) {
      statuses.put(item, new TrackedStatus.Undecided());
    }
    return new Tracking(basePriority, statuses);
  }

  /** With news of everything of this kind and name; the same object when nobody tracks it. */
  public Tracking with(TrackedKind kind, String name, TrackedStatus status) {
    Map<Tracked, TrackedStatus> changed = new LinkedHashMap<>(statuses);
    for (Tracked item : statuses.keySet()) {
      if (item.kind() == kind && item.name().equals(name)) {
        changed.put(item, status);
      }
    }
    return changed.equals(statuses) ? this : new Tracking(basePriority, changed);
  }

  /**
   * Whether news of this kind are still missing. A weighted script is not waited for: measured with
   * keepalived 2.2.7, an instance starts at once on its base priority.
   */
  public boolean awaits(TrackedKind kind) {
    for (Map.Entry<Tracked, TrackedStatus> entry : statuses.entrySet()) {
      boolean needed = kind != TrackedKind.SCRIPT || entry.getKey().weight() == 0;
      if (needed
          && entry.getKey().kind() == kind
          && entry.getValue() instanceof TrackedStatus.Undecided) {
        return true;
      }
    }
    return false;
  }

  /** The priority that adverts carry, and what is down and must not be. */
  public EffectivePriority effectivePriority() {
    List<EffectivePriority.Tracked> items = new ArrayList<>();
    statuses.forEach((tracked, status) -> items.add(item(tracked, status)));
    return EffectivePriority.of(basePriority, items);
  }

  private static EffectivePriority.Tracked item(Tracked tracked, TrackedStatus status) {
    String kind =
        switch (tracked.kind()) {
          case SCRIPT -> "script ";
          case INTERFACE -> "interface ";
          case FILE -> "file ";
          case PROCESS -> "process ";
        };
    String name = kind + tracked.name();
    return switch (status) {
      case TrackedStatus.Undecided _ ->
          new EffectivePriority.Tracked.Item(
              name, EffectivePriority.Status.UNKNOWN, tracked.weight(), tracked.reverse());
      case TrackedStatus.Working(boolean up) ->
          new EffectivePriority.Tracked.Item(
              name,
              up ? EffectivePriority.Status.UP : EffectivePriority.Status.DOWN,
              tracked.weight(),
              tracked.reverse());
      case TrackedStatus.Value(int number) ->
          new EffectivePriority.Tracked.File(name, number, tracked.weight(), tracked.reverse());
    };
  }
}
