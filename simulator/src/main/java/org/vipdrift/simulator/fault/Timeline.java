package org.vipdrift.simulator.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.ActionTarget;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail.ActionApplied;
import org.vipdrift.model.trace.TraceDetail.ActionHealed;
import org.vipdrift.simulator.cluster.Cluster;
import org.vipdrift.simulator.time.VirtualTime;

/** Does to a cluster what a scenario's timeline says, in true time. */
public final class Timeline {
  private final ActionPerformer performer;
  private final VirtualTime time;
  private final TraceSink trace;
  private final Map<String, Lasting> lasting = new LinkedHashMap<>();

  /** An action that can be ended, and how. */
  private record Lasting(Action action, long applied, Undo undo) {}

  /** Ends an action. */
  @FunctionalInterface
  interface Undo {
    /** What there is to do when there is nothing to do. */
    Undo NOTHING = _ -> {};

    void undo(long cause);
  }

  public Timeline(Cluster cluster) {
    this.performer = new ActionPerformer(cluster);
    this.time = cluster.run().time();
    this.trace = cluster.trace().sink("");
  }

  /** Puts every entry on the event heap; those of one instant happen in the order of the list. */
  public void schedule(List<TimelineEntry> entries) {
    for (TimelineEntry entry : entries) {
      time.schedule(entry.at().toNanos(), () -> happen(entry));
    }
  }

  private void happen(TimelineEntry entry) {
    switch (entry) {
      case TimelineEntry.Heal heal -> heal(heal.name());
      case TimelineEntry.Perform perform -> {
        apply(perform.name(), perform.action());
        perform
            .duration()
            .ifPresent(
                d -> time.schedule(time.nowNanos() + d.toNanos(), () -> heal(perform.name())));
      }
    }
  }

  private void apply(String name, Action action) {
    long cause = trace.emit(new ActionApplied(name, action.keyword(), ActionTarget.of(action)), 0);
    Undo undo = performer.apply(name, action, cause);
    if (action.heals()) {
      lasting.put(name, new Lasting(action, cause, undo));
    }
  }

  private void heal(String name) {
    Lasting ended = lasting.remove(name);
    if (ended != null) {
      Action action = ended.action;
      long cause =
          trace.emit(
              new ActionHealed(name, action.keyword(), ActionTarget.of(action)), ended.applied);
      ended.undo.undo(cause);
    }
  }
}
