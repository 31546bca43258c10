package org.vipdrift.netio.namespaces;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.segment.DeliverySink;
import org.vipdrift.model.segment.LearningSwitch;
import org.vipdrift.model.segment.LinkRule;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.model.segment.SnoopingSettings;

/**
 * A switch between network cards, in real time. Everything but {@link #name} is for its thread
 * only.
 */
final class RealTimeSegment {
  private static final int STORM_FRAME_OCTETS = 1514;

  private final String name;
  private final SwitchThread thread;
  private final LearningSwitch learningSwitch;
  private final List<Cable> cables = new ArrayList<>();
  private final DeliverySink sink = this::deliver;
  private Optional<Observer> observer = Optional.empty();
  private long queryGeneration;

  /** Sees each frame that enters. */
  @FunctionalInterface
  interface Observer {
    /**
     * @param port where it enters; empty for the switch's own
     */
    void frameEntered(long atNanos, Optional<PortId> port, Octets frame);
  }

  /** What hangs at the end of a cable. */
  @FunctionalInterface
  interface FrameReceiver {
    void frameArrived(Octets frame);
  }

  /** A port of the switch with what is plugged in. */
  private static final class Cable {
    private final FrameReceiver receiver;
    private boolean plugged = true;

    Cable(FrameReceiver receiver) {
      this.receiver = receiver;
    }
  }

  /**
   * @param random of the run; the segment takes the stream of its own name
   */
  RealTimeSegment(String name, SegmentSettings settings, SwitchThread thread, SplitRandom random) {
    this.name = name;
    this.thread = thread;
    this.learningSwitch = new LearningSwitch(settings, random.split("segment").split(name));
  }

  String name() {
    return name;
  }

  void observe(Observer newObserver) {
    observer = Optional.of(newObserver);
    scheduleQuery();
  }

  /**
   * Plugs something in.
   *
   * @param portName unlike any other's and stable between runs, such as {@code test2:ens33}
   */
  PortId attach(String portName, FrameReceiver receiver) {
    cables.add(new Cable(receiver));
    return learningSwitch.addPort(portName);
  }

  /** Takes a frame from what is plugged in there. */
  void forward(PortId ingress, Octets frame) {
    if (cables.get(ingress.number()).plugged) {
      long now = thread.nowNanos();
      observer.ifPresent(o -> o.frameEntered(now, Optional.of(ingress), frame));
      learningSwitch.forward(ingress, frame, now, sink);
    }
  }

  void setPlugged(PortId port, boolean plugged) {
    cables.get(port.number()).plugged = plugged;
    learningSwitch.setCarrier(port, plugged, thread.nowNanos());
  }

  void install(LinkRule rule) {
    learningSwitch.install(rule);
  }

  void removeRules(String ruleName) {
    learningSwitch.removeRules(ruleName);
  }

  /** The switch starts, changes or stops to prune multicast. */
  void snoop(Optional<SnoopingSettings> settings) {
    learningSwitch.snoop(settings, thread.nowNanos());
    scheduleQuery();
  }

  void startStorm(String stormName, double framesPerSecond) {
    learningSwitch.startStorm(
        stormName, Optional.empty(), framesPerSecond, STORM_FRAME_OCTETS, thread.nowNanos());
  }

  void endStorm(String stormName) {
    learningSwitch.endStorm(stormName, thread.nowNanos());
  }

  private void deliver(PortId egress, Octets frame, long delayNanos) {
    Cable cable = cables.get(egress.number());
    thread.schedule(
        thread.nowNanos() + delayNanos,
        () -> {
          if (cable.plugged) {
            cable.receiver.frameArrived(frame);
          }
        });
  }

  private void scheduleQuery() {
    long generation = ++queryGeneration;
    OptionalLong due = learningSwitch.nextQuerierTick();
    if (due.isPresent()) {
      thread.schedule(due.getAsLong(), () -> query(generation));
    }
  }

  private void query(long generation) {
    if (generation != queryGeneration) {
      return;
    }
    long now = thread.nowNanos();
    boolean[] seen = {false};
    learningSwitch.querierTick(
        now,
        (egress, frame, delayNanos) -> {
          if (!seen[0]) {
            seen[0] = true;
            observer.ifPresent(o -> o.frameEntered(now, Optional.empty(), frame));
          }
          deliver(egress, frame, delayNanos);
        });
    scheduleQuery();
  }
}
