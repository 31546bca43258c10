package org.vipdrift.model.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.trace.TraceDetail.ActionApplied;
import org.vipdrift.model.trace.TraceDetail.ActionHealed;
import org.vipdrift.model.trace.TraceDetail.AdvertSent;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChanged;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;
import org.vipdrift.model.trace.TraceEvent;

/**
 * What happened to the virtual addresses in a run, and the moments from which such times are
 * counted: actions, daemons that became ready, and the last advertisement of each router before an
 * action. That one starts the others' timers, and how long before the action it came is a matter of
 * when its router started.
 */
public final class Course {
  /**
   * An address came or went.
   *
   * @param atNanos since the start of the run
   */
  public record Change(long atNanos, String host, IpAddress vip, boolean added) {
    /** The address on its host. */
    public String place() {
      return vip + " on " + host;
    }
  }

  /**
   * Something that times are counted from.
   *
   * @param atNanos since the start of the run
   * @param fromNanos what comes earlier than this is not counted from it; never before {@code
   *     atNanos}
   * @param what the same in every run of the scenario, and unlike any other of the run
   * @param sort a later anchor replaces an earlier one of its sort: {@link #ACTION}, the daemon
   *     that is ready, or the router that spoke
   */
  public record Anchor(long atNanos, long fromNanos, String what, String sort) {}

  /** The sort of all actions. */
  public static final String ACTION = "action";

  private final List<Change> changes = new ArrayList<>();
  private final List<Anchor> anchors = new ArrayList<>();
  private final Map<String, Integer> readiness = new LinkedHashMap<>();
  private final Map<String, Long> lastAdverts = new LinkedHashMap<>();

  /** Starts with one anchor: the start of the run. */
  public Course() {
    anchors.add(new Anchor(0, 0, "start of the run", ACTION));
  }

  public void accept(TraceEvent event) {
    switch (event.detail()) {
      case VipAdded added when !HostInterface.isWithoutCable(added.networkInterface()) ->
          changes.add(new Change(event.atNanos(), event.host(), added.vip(), true));
      case VipRemoved removed when !HostInterface.isWithoutCable(removed.networkInterface()) ->
          changes.add(new Change(event.atNanos(), event.host(), removed.vip(), false));
      case AdvertSent sent ->
          lastAdverts.put("VRID " + sent.vrid() + " by " + event.host(), event.atNanos());
      case ActionApplied applied -> action(event.atNanos(), applied.name());
      case ActionHealed healed -> action(event.atNanos(), healed.name() + " healed");
      case ProcessChanged changed when changed.change() == ProcessChange.READY ->
          ready(event, changed);
      default -> {}
    }
  }

  private void action(long at, String name) {
    lastAdverts.forEach(
        (router, spoke) -> {
          String what = "the last advertisement of " + router + " before: " + name;
          anchors.add(new Anchor(Math.min(spoke, at), at, what, router));
        });
    anchors.add(new Anchor(at, at, name, ACTION));
  }

  private void ready(TraceEvent event, ProcessChanged changed) {
    String daemon = changed.process() + " of " + event.host();
    int times = readiness.merge(daemon, 1, Integer::sum);
    String what = daemon + " ready" + (times == 1 ? "" : " (" + times + ")");
    anchors.add(new Anchor(event.atNanos(), event.atNanos(), what, daemon));
  }

  /**
   * The same without the changes before the first action; for timers that are as short as the
   * differences between start-ups, which then decide who is first.
   */
  public Course sinceFirstAction() {
    Course later = new Course();
    later.anchors.clear();
    later.anchors.addAll(anchors);
    long first =
        anchors.stream()
            .filter(a -> a.sort().equals(ACTION))
            .skip(1)
            .findFirst()
            .map(Anchor::atNanos)
            .orElse(0L);
    changes.stream().filter(c -> c.atNanos() >= first).forEach(later.changes::add);
    return later;
  }

  /** In the order of time. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  /** In the order of the times from which on they count; the start of the run first. */
  public List<Anchor> anchors() {
    return List.copyOf(anchors);
  }
}
