package org.vipdrift.netio.node;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/**
 * When a node that starts is ready: once each of its instances has a state, or after 500 ms, for a
 * first result of a script can take long.
 */
final class Settling {
  private static final Duration SLOWEST = Duration.ofMillis(500);

  private final Set<String> unsettled = new LinkedHashSet<>();
  private Runnable whenReady = () -> {};
  private boolean begun;
  private boolean told;

  Settling(NodeConfiguration configuration) {
    configuration.instances().forEach(instance -> unsettled.add(instance.name()));
  }

  /**
   * The actors run.
   *
   * @param whenReady called once, on whichever thread makes the node ready
   */
  void begin(Runnable whenReady, Alarms alarms) {
    boolean nothingToWaitFor;
    synchronized (this) {
      this.whenReady = whenReady;
      begun = true;
      nothingToWaitFor = unsettled.isEmpty();
    }
    if (nothingToWaitFor) {
      ready();
    } else {
      alarms.set(System.nanoTime() + SLOWEST.toNanos(), this::ready);
    }
  }

  /** Of the trace. */
  void accept(TraceEvent event) {
    if (event.detail() instanceof TraceDetail.VrrpStateChanged change) {
      boolean all;
      synchronized (this) {
        all = unsettled.remove(change.instance()) && unsettled.isEmpty() && begun;
      }
      if (all) {
        ready();
      }
    }
  }

  private void ready() {
    Runnable tell;
    synchronized (this) {
      tell = told ? () -> {} : whenReady;
      told = true;
    }
    tell.run();
  }
}
