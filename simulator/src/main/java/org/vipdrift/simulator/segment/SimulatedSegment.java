package org.vipdrift.simulator.segment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.segment.DeliverySink;
import org.vipdrift.model.segment.LearningSwitch;
import org.vipdrift.model.segment.LinkRule;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.model.segment.SnoopingSettings;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.time.VirtualTime;

/** A switch in virtual time: frames are on their way as events, one per delivery. */
public final class SimulatedSegment {
  private static final int STORM_FRAME_OCTETS = 1514;

  private final String name;
  private final VirtualTime time;
  private final LearningSwitch learningSwitch;
  private final List<SegmentPort> ports = new ArrayList<>();
  private final ArrayDeque<Flight> idle = new ArrayDeque<>();
  private final DeliverySink sink = this::deliver;
  private Optional<FrameTap> tap = Optional.empty();
  private VirtualTime.@Nullable Entry nextQuery;
  private long causeInHand = TraceEvent.NO_CAUSE;

  /** A frame on its way; used again and again. */
  private final class Flight implements Runnable {
    private final VirtualTime.Entry entry;
    private SegmentPort to;
    private Octets frame;
    private long cause;

    Flight(long at, SegmentPort to, Octets frame, long cause) {
      this.to = to;
      this.frame = frame;
      this.cause = cause;
      this.entry = time.schedule(at, this);
    }

    void again(long at, SegmentPort nextTo, Octets nextFrame, long nextCause) {
      to = nextTo;
      frame = nextFrame;
      cause = nextCause;
      entry.reschedule(at);
    }

    @Override
    public void run() {
      SegmentPort port = to;
      Octets octets = frame;
      long because = cause;
      frame = Octets.EMPTY;
      idle.addLast(this);
      port.arrive(octets, because);
    }
  }

  /**
   * Delivers the switch's own frame, which a capture sees once, however many ports it leaves at.
   */
  private final class SeenOnce implements DeliverySink {
    private final FrameTap seen;
    private final long at;
    private boolean told;

    SeenOnce(FrameTap seen, long at) {
      this.seen = seen;
      this.at = at;
    }

    @Override
    public void deliver(PortId egress, Octets frame, long delayNanos) {
      if (!told) {
        told = true;
        seen.frameEntered(at, FrameTap.SWITCH, frame);
      }
      SimulatedSegment.this.deliver(egress, frame, delayNanos);
    }
  }

  /**
   * @param random of this run; the segment takes the stream of its own name
   */
  public SimulatedSegment(
      String name, SegmentSettings settings, VirtualTime time, SplitRandom random) {
    this.name = name;
    this.time = time;
    this.learningSwitch = new LearningSwitch(settings, random.split("segment").split(name));
    scheduleQuery();
  }

  public String name() {
    return name;
  }

  /**
   * Plugs something in.
   *
   * @param portName unlike any other's and stable between runs, such as {@code test2:ens33}
   */
  public SegmentPort attach(String portName, FrameReceiver receiver) {
    SegmentPort port = new SegmentPort(this, learningSwitch.addPort(portName), receiver);
    ports.add(port);
    return port;
  }

  /** All ports in the order of attaching. */
  public List<SegmentPort> ports() {
    return List.copyOf(ports);
  }

  /** Installs a rule behind those in force. */
  public void install(LinkRule rule) {
    learningSwitch.install(rule);
  }

  /** Removes all rules of this name; false if there is none. */
  public boolean removeRules(String ruleName) {
    return learningSwitch.removeRules(ruleName);
  }

  /** The switch starts, changes or stops to prune multicast. */
  public void snoop(Optional<SnoopingSettings> settings) {
    learningSwitch.snoop(settings, time.nowNanos());
    scheduleQuery();
  }

  /**
   * Broadcast frames of full size begin to fill the links.
   *
   * @param stormName by which it ends
   */
  public void startStorm(String stormName, double framesPerSecond) {
    learningSwitch.startStorm(
        stormName, Optional.empty(), framesPerSecond, STORM_FRAME_OCTETS, time.nowNanos());
  }

  public void endStorm(String stormName) {
    learningSwitch.endStorm(stormName, time.nowNanos());
  }

  /** Lets somebody see every frame from now on; replaces who did before. */
  public void tap(FrameTap newTap) {
    tap = Optional.of(newTap);
  }

  void forward(PortId ingress, Octets frame, long cause) {
    long now = time.nowNanos();
    if (tap.isPresent()) {
      tap.get().frameEntered(now, ingress, frame);
    }
    causeInHand = cause;
    learningSwitch.forward(ingress, frame, now, sink);
  }

  void setCarrier(PortId port, boolean up) {
    learningSwitch.setCarrier(port, up, time.nowNanos());
  }

  private void deliver(PortId egress, Octets frame, long delayNanos) {
    long at = time.nowNanos() + delayNanos;
    SegmentPort to = ports.get(egress.number());
    Flight flight = idle.pollLast();
    if (flight == null) {
      new Flight(at, to, frame, causeInHand);
    } else {
      flight.again(at, to, frame, causeInHand);
    }
  }

  private void scheduleQuery() {
    if (nextQuery != null) {
      nextQuery.cancel();
      nextQuery = null;
    }
    OptionalLong due = learningSwitch.nextQuerierTick();
    if (due.isPresent()) {
      nextQuery = time.schedule(Math.max(due.getAsLong(), time.nowNanos()), this::query);
    }
  }

  private void query() {
    long now = time.nowNanos();
    causeInHand = TraceEvent.NO_CAUSE;
    if (tap.isPresent()) {
      learningSwitch.querierTick(now, new SeenOnce(tap.get(), now));
    } else {
      learningSwitch.querierTick(now, sink);
    }
    scheduleQuery();
  }
}
