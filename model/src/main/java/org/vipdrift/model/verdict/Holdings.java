package org.vipdrift.model.verdict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.trace.TraceDetail.HostChange;
import org.vipdrift.model.trace.TraceDetail.HostChanged;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Who held which virtual address when, folded from the events of a run.
 *
 * <p>An address on an interface without a cable is not held: real servers behind a director have it
 * there.
 */
public final class Holdings {
  private final Map<IpAddress, HoldingHistory> histories = new TreeMap<>();
  private final List<String> paused = new ArrayList<>();

  /** Makes an address known that may never be held. */
  public void expect(IpAddress vip) {
    histories.computeIfAbsent(vip, HoldingHistory::new);
  }

  public void accept(TraceEvent event) {
    switch (event.detail()) {
      case VipAdded added when HostInterface.isWithoutCable(added.networkInterface()) -> {}
      case VipRemoved removed when HostInterface.isWithoutCable(removed.networkInterface()) -> {}
      case VipAdded added -> {
        expect(added.vip());
        history(added.vip()).added(event.host(), added.networkInterface());
        note(history(added.vip()), event);
      }
      case VipRemoved removed -> {
        expect(removed.vip());
        history(removed.vip()).removed(event.host(), removed.networkInterface());
        note(history(removed.vip()), event);
      }
      case HostChanged changed -> hostChanged(event, changed.change());
      default -> {}
    }
  }

  private void hostChanged(TraceEvent event, HostChange change) {
    String host = event.host();
    switch (change) {
      case POWERED_OFF -> {
        paused.remove(host);
        histories.values().forEach(history -> history.lostAll(host));
      }
      case POWERED_ON, RESUMED -> paused.remove(host);
      case PAUSED -> {
        if (!paused.contains(host)) {
          paused.add(host);
        }
      }
    }
    histories.values().forEach(history -> note(history, event));
  }

  private void note(HoldingHistory history, TraceEvent event) {
    history.note(event.atNanos(), event.id(), paused);
  }

  /** Every address that was expected or appeared, by address. */
  public Collection<HoldingHistory> histories() {
    return histories.values();
  }

  /** The history of an address; an empty one if it never appeared. */
  public HoldingHistory history(IpAddress vip) {
    HoldingHistory history = histories.get(vip);
    return history == null ? new HoldingHistory(vip) : history;
  }
}
