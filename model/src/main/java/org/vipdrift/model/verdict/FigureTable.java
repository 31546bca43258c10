package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.Figures.Failover;
import org.vipdrift.model.verdict.Figures.Flap;
import org.vipdrift.model.verdict.Figures.VipFigures;
import org.vipdrift.model.verdict.HoldingHistory.HolderChange;
import org.vipdrift.model.verdict.HoldingHistory.Stretch;

/** Computes the figures of a finished run. */
final class FigureTable {
  private final Holdings holdings;
  private final Outages outages;
  private final Causes causes;
  private final long armedNanos;

  FigureTable(Holdings holdings, Outages outages, Causes causes, long armedNanos) {
    this.holdings = holdings;
    this.outages = outages;
    this.causes = causes;
    this.armedNanos = armedNanos;
  }

  Figures figures(long endNanos) {
    List<VipFigures> vips = new ArrayList<>();
    for (HoldingHistory history : holdings.histories()) {
      vips.add(vip(history, endNanos));
    }
    return new Figures(vips, outages.figures(endNanos), causes.interventions().size());
  }

  private VipFigures vip(HoldingHistory history, long endNanos) {
    Span run = new Span(0, endNanos);
    Span armed = new Span(Math.min(armedNanos, endNanos), endNanos);
    List<HolderChange> changes = history.changes(endNanos);
    return new VipFigures(
        history.vip(),
        history.holds(run),
        history.splitBrain(run).stream().map(Stretch::span).toList(),
        history.unheld(armed).stream().map(Stretch::span).toList(),
        failovers(changes),
        changes.size(),
        flaps(changes));
  }

  private List<Failover> failovers(List<HolderChange> changes) {
    List<Failover> result = new ArrayList<>();
    long beforeNanos = -1;
    for (HolderChange change : changes) {
      Optional<TraceEvent> trigger = trigger(change, beforeNanos);
      result.add(
          new Failover(
              change.from(),
              change.to(),
              change.atNanos(),
              trigger.map(causes::describe),
              trigger.map(event -> Duration.ofNanos(change.atNanos() - event.atNanos())),
              Duration.ofNanos(change.atNanos() - change.lostNanos())));
      beforeNanos = change.atNanos();
    }
    return result;
  }

  /** The action at the root of a change, if it came after the change before. */
  private Optional<TraceEvent> trigger(HolderChange change, long beforeNanos) {
    return causes
        .root(change.standing().eventId())
        .filter(event -> event.atNanos() > beforeNanos && event.atNanos() <= change.atNanos())
        .or(() -> causes.lastIntervention(beforeNanos, change.atNanos()));
  }

  private List<Flap> flaps(List<HolderChange> changes) {
    List<Flap> result = new ArrayList<>();
    for (int i = 1; i < changes.size(); i++) {
      HolderChange away = changes.get(i - 1);
      HolderChange back = changes.get(i);
      boolean returned = back.to().equals(away.from());
      if (returned && causes.lastIntervention(away.atNanos(), back.atNanos()).isEmpty()) {
        result.add(new Flap(away.from(), away.to(), new Span(away.atNanos(), back.atNanos())));
      }
    }
    return result;
  }
}
