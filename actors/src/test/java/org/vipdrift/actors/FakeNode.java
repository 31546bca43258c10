package org.vipdrift.actors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.Interfaces.InterfaceStatus;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.trace.TraceDetail;

/**
 * The world of one process, driven by hand: time stands still until a test moves it, and whatever
 * the process asks of its ports or tells its trace arrives at one mailbox, in order.
 */
final class FakeNode implements Clock, Alarms {
  static final String WHO = "keepalived#1";

  /** An event that was traced. */
  record Traced(long id, TraceDetail detail, long cause) {}

  private record Pending(long deadlineNanos, Runnable wake) {}

  private final ActorRef<Object> world;
  private final List<Pending> pending = new ArrayList<>();
  private final List<Traced> traced = new ArrayList<>();
  private Predicate<TraceDetail> fails = _ -> false;
  private long nowNanos = 1_000_000_000L;
  private long lastId;

  FakeNode(ActorRef<Object> world) {
    this.world = world;
  }

  NodePorts ports() {
    return new NodePorts(
        WHO,
        "test",
        "keepalived",
        this,
        this,
        this::trace,
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        world.narrow(),
        SplitRandom.ofSeed(1));
  }

  ProxyPorts proxyPorts() {
    return new ProxyPorts(
        "haproxy#1", "haproxy", this, this, this::trace, world.narrow(), world.narrow());
  }

  private synchronized long trace(TraceDetail detail, long cause) {
    if (fails.test(detail)) {
      throw new IllegalStateException("a bug for the test");
    }
    long id = ++lastId;
    Traced event = new Traced(id, detail, cause);
    traced.add(event);
    world.tell(event);
    return id;
  }

  /** Every event that was traced so far. */
  synchronized List<Traced> traced() {
    return List.copyOf(traced);
  }

  /** From now on an actor that traces such an event fails. */
  synchronized void failAt(Predicate<TraceDetail> detail) {
    fails = detail;
  }

  /** Time passes; what is due by then wakes up, in order, each at its deadline. */
  void pass(Duration time) {
    long end = monotonicNanos() + time.toNanos();
    for (Optional<Pending> due = due(end); due.isPresent(); due = due(end)) {
      due.get().wake.run();
    }
    setNow(end);
  }

  private synchronized Optional<Pending> due(long end) {
    Optional<Pending> first =
        pending.stream()
            .filter(p -> p.deadlineNanos <= end)
            .min(Comparator.comparingLong(Pending::deadlineNanos));
    first.ifPresent(
        p -> {
          pending.remove(p);
          nowNanos = Math.max(nowNanos, p.deadlineNanos);
        });
    return first;
  }

  private synchronized void setNow(long nanos) {
    nowNanos = nanos;
  }

  /** How many alarms are set. */
  synchronized int alarms() {
    return pending.size();
  }

  /** The time until the next alarm. */
  synchronized Duration untilNextAlarm() {
    return Duration.ofNanos(
        pending.stream().mapToLong(Pending::deadlineNanos).min().orElseThrow() - nowNanos);
  }

  @Override
  public synchronized Alarm set(long monotonicDeadlineNanos, Runnable wake) {
    Pending alarm = new Pending(monotonicDeadlineNanos, wake);
    pending.add(alarm);
    return () -> remove(alarm);
  }

  private synchronized void remove(Pending alarm) {
    pending.removeIf(each -> each == alarm);
  }

  @Override
  public synchronized long monotonicNanos() {
    return nowNanos;
  }

  @Override
  public long wallNanos() {
    return monotonicNanos();
  }

  /** An interface with these addresses. */
  static InterfaceStatus networkInterface(
      String name, boolean up, long cause, String... addresses) {
    return new InterfaceStatus(
        name,
        up,
        new MacAddress(0x02_00_00_00_00_01L),
        List.of(addresses).stream().map(a -> IpPrefix.parse(a).orElseThrow()).toList(),
        cause);
  }
}
