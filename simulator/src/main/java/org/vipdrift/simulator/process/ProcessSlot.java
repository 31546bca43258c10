package org.vipdrift.simulator.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.simulator.time.HostClock;
import org.vipdrift.simulator.time.VirtualTime;

/**
 * One incarnation of a process: its actors share a dispatcher that can be held and closed.
 *
 * <p>Three things hold a slot: a freeze (SIGSTOP: timers expire and messages arrive, nobody reads
 * them), a pause of the virtual machine (the caller pauses the {@link HostClock} too), and
 * starvation (each run waits for the processor). They may overlap. What was held goes on in the
 * order in which it was queued.
 *
 * <p>A kill closes the slot for good: a restarted process gets a new one.
 */
public final class ProcessSlot {
  /** What sort of process it is. */
  public enum Kind {
    /** Lives by its host's clock; may be frozen, paused, starved and killed. */
    PROCESS,
    /** The kernel of a host: cannot be frozen or starved, only paused and killed (power off). */
    KERNEL,
    /** Outside of all hosts, in true time: never held, closed only with the run. */
    WORLD
  }

  private final WorldThread world;
  private final Kind kind;
  private final String name;
  private final HostClock clock;
  private final SlotAlarms alarms;
  private final ArrayDeque<Runnable> heldBack = new ArrayDeque<>(0);
  private final List<InternalActorRef> roots = new ArrayList<>(2);
  private @Nullable SlotDispatcher dispatcher;
  private @Nullable StarvationModel starvation;
  private VirtualTime.@Nullable Entry nextStarvedRun;
  private int rootsToSweep = 8;
  private boolean open = true;
  private final List<Runnable> wakesHeldBack = new ArrayList<>();
  private boolean frozen;
  private boolean paused;
  private boolean held;

  ProcessSlot(WorldThread world, Kind kind, String name, HostClock clock) {
    this.world = world;
    this.kind = kind;
    this.name = name;
    this.clock = clock;
    this.alarms = new SlotAlarms(this);
  }

  /** What it is called in messages; need not be unique. */
  public String name() {
    return name;
  }

  /** What sort of process it is. */
  public Kind kind() {
    return kind;
  }

  /** The clock of its host. */
  public HostClock clock() {
    return clock;
  }

  /** Alarms that end with this incarnation. */
  public Alarms alarms() {
    return alarms;
  }

  /** For spawning actors into the slot; children inherit it by {@code sameAsParent()}. */
  public DispatcherSelector selector() {
    return dispatcher().selector();
  }

  /** False from the instant of {@link #kill}: then nothing its actors do may have an effect. */
  public boolean isOpen() {
    return open;
  }

  /** Whether it is frozen. */
  public boolean isFrozen() {
    return frozen;
  }

  /** SIGSTOP: nothing runs until {@link #thaw}, while timers expire and messages arrive. */
  public void freeze() {
    require(Kind.PROCESS, "frozen");
    frozen = true;
    hold();
  }

  /**
   * SIGCONT. What arrived meanwhile is read before what expired meanwhile, as keepalived 2.2.7 does
   * (measured): a master that was frozen hears its successor before it would advertise again.
   */
  public void thaw() {
    require(Kind.PROCESS, "thawed");
    frozen = false;
    hold();
    long now = world.time().nowNanos();
    wakesHeldBack.forEach(wake -> world.time().schedule(now, () -> wake(wake)));
    wakesHeldBack.clear();
  }

  /** An alarm goes off; that of a frozen process waits for the thaw. */
  void wake(Runnable wake) {
    if (frozen) {
      wakesHeldBack.add(wake);
    } else if (open) {
      wake.run();
    }
  }

  /** Pauses the slot as part of its virtual machine. */
  public void pause() {
    requireHost("paused");
    paused = true;
    hold();
  }

  /** Ends {@link #pause}. */
  public void resume() {
    requireHost("resumed");
    paused = false;
    hold();
  }

  /**
   * From now on each run waits, one after the other, for a time that the model draws; replaces the
   * model when it is starved already.
   */
  public void starve(StarvationModel model) {
    require(Kind.PROCESS, "starved");
    if (open) {
      starvation = model;
      hold();
    }
  }

  /** Ends {@link #starve}; what waits runs at once. */
  public void endStarvation() {
    require(Kind.PROCESS, "fed");
    starvation = null;
    hold();
  }

  /**
   * SIGKILL, or the power cut: closes the slot at once, frozen or not. Its alarms and unread
   * messages are gone; its actors terminate with the coming runs, and what they do then must have
   * no effect.
   */
  public void kill() {
    requireHost("killed");
    if (!open) {
      return;
    }
    close();
    roots.forEach(InternalActorRef::stop);
    roots.clear();
    wakesHeldBack.clear();
    clock.cancelAll(this);
    world.killed().add(this);
  }

  @Override
  public String toString() {
    return name;
  }

  void close() {
    open = false;
    frozen = false;
    paused = false;
    starvation = null;
    hold();
  }

  void occupy(SlotDispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  SlotDispatcher dispatcher() {
    if (dispatcher == null) {
      throw new IllegalStateException(name + " has no dispatcher of its own");
    }
    return dispatcher;
  }

  void addRoot(InternalActorRef root) {
    if (roots.size() >= rootsToSweep) {
      roots.removeIf(InternalActorRef::isTerminated);
      rootsToSweep = Math.max(8, 2 * roots.size());
    }
    roots.add(root);
  }

  boolean isHeld() {
    return held;
  }

  /** Keeps a run that came up in the queue while the slot is held. */
  void holdBack(Runnable run) {
    heldBack.add(run);
    awaitProcessor();
  }

  private void hold() {
    held = frozen || paused || starvation != null;
    if (starvation == null) {
      if (nextStarvedRun != null) {
        nextStarvedRun.cancel();
        nextStarvedRun = null;
      }
      if (!held) {
        while (!heldBack.isEmpty()) {
          world.enqueueFirst(this, heldBack.removeLast());
        }
      }
    } else {
      awaitProcessor();
    }
  }

  private void awaitProcessor() {
    if (starvation != null && nextStarvedRun == null && !frozen && !paused && !heldBack.isEmpty()) {
      long delay = starvation.nextDelay().toNanos();
      nextStarvedRun =
          world.time().schedule(Math.addExact(world.time().nowNanos(), delay), this::runStarved);
    }
  }

  private void runStarved() {
    nextStarvedRun = null;
    if (!frozen && !paused && !heldBack.isEmpty()) {
      world.runNow(this, heldBack.removeFirst());
      awaitProcessor();
    }
  }

  private void require(Kind wanted, String what) {
    if (kind != wanted) {
      throw new IllegalStateException(name + " is a " + kind + " slot and cannot be " + what);
    }
  }

  private void requireHost(String what) {
    if (kind == Kind.WORLD) {
      throw new IllegalStateException(name + " is outside of all hosts and cannot be " + what);
    }
  }
}
