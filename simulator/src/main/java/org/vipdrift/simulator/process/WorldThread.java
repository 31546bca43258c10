package org.vipdrift.simulator.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.simulator.time.HostClock;
import org.vipdrift.simulator.time.VirtualTime;

/**
 * The one thread: a queue of mailbox runs, first in first out, and the time that moves on when it
 * is empty.
 */
final class WorldThread {
  /** So many runs and events without time moving on are an endless exchange of messages. */
  private static final int STEPS_AT_ONE_INSTANT = 1_000_000;

  private final VirtualTime time = new VirtualTime();
  private final ActorUids uids = new ActorUids();
  private final ProcessSlot systemSlot =
      new ProcessSlot(this, ProcessSlot.Kind.WORLD, "system", new HostClock(time, 0));

  private final List<ProcessSlot> killed = new ArrayList<>();

  // A ring of pairs; its length is a power of two.
  private @Nullable Runnable[] runs = new Runnable[256];
  private @Nullable ProcessSlot[] slots = new ProcessSlot[256];
  private int head;
  private int queued;

  private Thread owner = Thread.currentThread();
  private ProcessSlot current = systemSlot;
  private boolean booting = true;
  private boolean draining;
  private long runCount;
  private long instant;
  private int leftAtInstant = STEPS_AT_ONE_INSTANT;
  private volatile @Nullable Throwable failure;

  VirtualTime time() {
    return time;
  }

  /** Pekko's own actors live here: never held, never closed. */
  ProcessSlot systemSlot() {
    return systemSlot;
  }

  /** The slot whose mailbox runs just now, else the system's. */
  ProcessSlot current() {
    return current;
  }

  long runCount() {
    return runCount;
  }

  /** The slots that have been killed and whose dispatchers nobody has taken over yet. */
  List<ProcessSlot> killed() {
    return killed;
  }

  void bootFinished() {
    booting = false;
  }

  ActorUids uids() {
    return uids;
  }

  /** From now on the calling thread is the one, and nothing has happened yet. */
  void adopt(long seed) {
    uids.begin(seed);
    time.reset();
    owner = Thread.currentThread();
    failure = null;
    runCount = 0;
    instant = 0;
    leftAtInstant = STEPS_AT_ONE_INSTANT;
    killed.clear();
  }

  void checkThread() {
    Thread thread = Thread.currentThread();
    if (thread != owner) {
      ForeignThreadError error = new ForeignThreadError(owner, thread);
      fail(error);
      throw error;
    }
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Keeps the first failure. */
  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  void enqueue(ProcessSlot slot, Runnable run) {
    checkThread();
    if (queued == runs.length) {
      grow();
    }
    int tail = (head + queued) & (runs.length - 1);
    runs[tail] = run;
    slots[tail] = slot;
    queued++;
    if (booting && !draining) {
      drainWholly();
    }
  }

  /** Puts a run before all others: it was held back and has waited longest. */
  void enqueueFirst(ProcessSlot slot, Runnable run) {
    if (queued == runs.length) {
      grow();
    }
    head = (head - 1) & (runs.length - 1);
    runs[head] = run;
    slots[head] = slot;
    queued++;
  }

  /** Runs what is queued until nothing is, or a failure. */
  void drain() {
    startDraining();
    try {
      countAgainstInstant();
      while (queued > 0 && failure == null) {
        runFirst();
        countAgainstInstant();
      }
    } finally {
      draining = false;
    }
  }

  /** Runs what is queued until nothing is, whatever fails. */
  void drainWholly() {
    startDraining();
    try {
      while (queued > 0) {
        runFirst();
      }
    } finally {
      draining = false;
    }
  }

  private void startDraining() {
    checkThread();
    if (draining) {
      throw new IllegalStateException("called from within a run or an actor: these cannot wait");
    }
    draining = true;
  }

  private void countAgainstInstant() {
    if (time.nowNanos() != instant) {
      instant = time.nowNanos();
      leftAtInstant = STEPS_AT_ONE_INSTANT;
    }
    if (--leftAtInstant < 0) {
      fail(
          new IllegalStateException(
              STEPS_AT_ONE_INSTANT + " steps at " + instant + " ns, and time does not move on"));
    }
  }

  private void runFirst() {
    int first = head;
    Runnable run = runs[first];
    ProcessSlot slot = slots[first];
    runs[first] = null;
    slots[first] = null;
    head = (first + 1) & (runs.length - 1);
    queued--;
    if (run == null || slot == null) {
      throw new IllegalStateException("an empty place in the run queue");
    }
    if (slot.isHeld()) {
      slot.holdBack(run);
    } else {
      runNow(slot, run);
    }
  }

  void runNow(ProcessSlot slot, Runnable run) {
    ProcessSlot outer = current;
    current = slot;
    runCount++;
    try {
      run.run();
    } catch (Throwable e) {
      // What a mailbox run lets through is an error of the JVM or of this package.
      fail(e);
    } finally {
      current = outer;
    }
  }

  private void grow() {
    int length = runs.length;
    Runnable[] moreRuns = new Runnable[length * 2];
    ProcessSlot[] moreSlots = new ProcessSlot[length * 2];
    for (int i = 0; i < queued; i++) {
      int from = (head + i) & (length - 1);
      moreRuns[i] = runs[from];
      moreSlots[i] = slots[from];
    }
    runs = moreRuns;
    slots = moreSlots;
    head = 0;
  }
}
