package org.vipdrift.simulator;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/** What a run of an {@link Experiment} showed; moments are seconds. */
public record Observation(List<TraceEvent> events) {
  /** Who has {@link Experiment#VIP} at a moment. */
  public Set<String> holders(double at) {
    Set<String> holders = new LinkedHashSet<>();
    for (TraceEvent event : events) {
      if (seconds(event) > at) {
        break;
      }
      switch (event.detail()) {
        case TraceDetail.VipAdded added when added.vip().toString().equals(Experiment.VIP) ->
            holders.add(event.host());
        case TraceDetail.VipRemoved removed when removed.vip().toString().equals(Experiment.VIP) ->
            holders.remove(event.host());
        case TraceDetail.HostChanged changed
            when changed.change() == TraceDetail.HostChange.POWERED_OFF ->
            holders.remove(event.host());
        default -> {}
      }
    }
    return holders;
  }

  /** The state of a host's VI_1 at a moment; empty if it has told none. */
  public Optional<String> state(String host, double at) {
    return events.stream()
        .filter(e -> seconds(e) <= at && e.host().equals(host))
        .filter(e -> e.detail() instanceof TraceDetail.VrrpStateChanged)
        .map(e -> ((TraceDetail.VrrpStateChanged) e.detail()).to())
        .reduce((_, last) -> last);
  }

  /** When the host took the address first at or after a moment. */
  public double taken(String host, double from) {
    return first(host, from, d -> d instanceof TraceDetail.VipAdded)
        .orElseThrow(() -> new AssertionError(host + " does not take the address after " + from));
  }

  /** When something first happened on the host at or after a moment. */
  public OptionalDouble first(String host, double from, Predicate<TraceDetail> which) {
    return events.stream()
        .filter(e -> seconds(e) >= from && e.host().equals(host) && which.test(e.detail()))
        .mapToDouble(Observation::seconds)
        .findFirst();
  }

  /** What happened of this sort on the host within an interval. */
  public <T extends TraceDetail> List<T> between(
      double from, double to, String host, Class<T> sort) {
    return events.stream()
        .filter(e -> seconds(e) >= from && seconds(e) < to && e.host().equals(host))
        .map(TraceEvent::detail)
        .filter(sort::isInstance)
        .map(sort::cast)
        .toList();
  }

  /** What became of the host's keepalived, as {@code started ready stopping stopped}. */
  public List<String> changes(String host, double from) {
    return changes(host, "keepalived", from);
  }

  public List<String> changes(String host, String process, double from) {
    return between(from, Double.MAX_VALUE, host, TraceDetail.ProcessChanged.class).stream()
        .filter(c -> c.process().equals(process))
        .map(c -> c.change().name().toLowerCase(java.util.Locale.ROOT))
        .toList();
  }

  /** When the host's keepalived changed like this, at or after a moment. */
  public double changed(String host, double from, TraceDetail.ProcessChange change) {
    return first(
            host,
            from,
            d ->
                d instanceof TraceDetail.ProcessChanged c
                    && c.process().equals("keepalived")
                    && c.change() == change)
        .orElseThrow(() -> new AssertionError("keepalived of " + host + " was never " + change));
  }

  /** Who answered the client's pings that ended in an interval; empty where nobody did. */
  public List<Optional<String>> answers(double from, double to) {
    return between(from, to, "client", TraceDetail.Ping.class).stream()
        .map(TraceDetail.Ping::holder)
        .toList();
  }

  public int advertsSent(String host, double from, double to) {
    return between(from, to, host, TraceDetail.AdvertSent.class).size();
  }

  private static double seconds(TraceEvent event) {
    return event.atNanos() / 1e9;
  }
}
