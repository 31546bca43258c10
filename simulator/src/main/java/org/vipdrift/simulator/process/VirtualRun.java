package org.vipdrift.simulator.process;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.ActorContext;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.internal.adapter.PropsAdapter;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.vipdrift.simulator.time.HostClock;
import org.vipdrift.simulator.time.VirtualTime;

/**
 * One run from one seed: its time, its processes, its end.
 *
 * <p>An exception that an actor does not handle by its own supervision, or that an event throws,
 * ends the run: it stands still, and {@link #failure} tells.
 */
public final class VirtualRun implements AutoCloseable {
  private final VirtualSystem system;
  private final WorldThread world;
  private final Set<ProcessSlot> slots = new LinkedHashSet<>();
  private final ArrayDeque<SlotDispatcher> vacated = new ArrayDeque<>();
  private final InternalActorRef guardian;
  private final ProcessSlot worldSlot;
  private Optional<ActorContext> guardianContext = Optional.empty();
  private Optional<Throwable> failureAtClose = Optional.empty();
  private int dispatchersTaken;
  private boolean closed;

  VirtualRun(VirtualSystem system, WorldThread world) {
    this.system = system;
    this.world = world;
    this.guardian =
        (InternalActorRef)
            system
                .classic()
                .actorOf(
                    RunGuardian.props(context -> guardianContext = Optional.of(context)), "run");
    world.drain();
    this.worldSlot = slot(ProcessSlot.Kind.WORLD, "world", world.systemSlot().clock());
  }

  /** True time and the events to come. */
  public VirtualTime time() {
    return world.time();
  }

  /** The slot outside of all hosts. */
  public ProcessSlot worldSlot() {
    return worldSlot;
  }

  /**
   * A slot for a new incarnation of a process.
   *
   * @param name for messages; need not be unique
   * @param clock the clock of its host
   */
  public ProcessSlot slot(ProcessSlot.Kind kind, String name, HostClock clock) {
    checkOpen();
    ProcessSlot slot = new ProcessSlot(world, kind, name, clock);
    freeDispatcher().occupy(slot);
    slots.add(slot);
    return slot;
  }

  /**
   * Starts an actor in a slot; it begins with the next {@link #drain}.
   *
   * @param name unique among the actors that this method started and that have not terminated
   * @throws IllegalStateException when the slot has been closed
   */
  public <T> ActorRef<T> spawn(Behavior<T> behavior, String name, ProcessSlot slot) {
    checkOpen();
    if (!slot.isOpen()) {
      throw new IllegalStateException("cannot spawn " + name + ": " + slot + " is closed");
    }
    // The public adapter would wrap the behavior so that failures end in a log.
    Props props = PropsAdapter.apply(() -> behavior, slot.selector(), true);
    org.apache.pekko.actor.ActorRef ref =
        guardianContext
            .orElseThrow(() -> new IllegalStateException("the run did not start"))
            .actorOf(props, name);
    slot.addRoot((InternalActorRef) ref);
    return Adapter.toTyped(ref);
  }

  /** Runs mailboxes until no message is left that may be read now. */
  public void drain() {
    checkOpen();
    world.drain();
  }

  /**
   * Drains, and runs the next event unless it is later than {@code untilNanos}, and drains again.
   *
   * @return whether there was one
   */
  public boolean runNext(long untilNanos) {
    checkOpen();
    world.drain();
    boolean ran = !world.hasFailed() && fireNext(untilNanos);
    if (ran) {
      world.drain();
    }
    return ran;
  }

  /** Runs everything up to and including an instant; afterwards it is that instant. */
  public void runUntil(long untilNanos) {
    checkOpen();
    world.drain();
    while (!world.hasFailed() && fireNext(untilNanos)) {
      world.drain();
    }
    if (!world.hasFailed()) {
      world.time().advanceTo(untilNanos);
    }
  }

  /**
   * What ended the run before its time, the first of it; after {@link #close} also what went wrong
   * while actors stopped.
   */
  public Optional<Throwable> failure() {
    return closed ? failureAtClose : world.failure();
  }

  /** How many mailboxes have been run since the run began. */
  public long mailboxRuns() {
    return world.runCount();
  }

  /**
   * Closes every slot and stops every actor, without effects, and gives the slots back.
   *
   * @throws IllegalStateException when an actor survives
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    world.checkThread();
    closed = true;
    slots.forEach(ProcessSlot::close);
    world.time().clear();
    guardian.stop();
    world.drainWholly();
    world.time().clear();
    failureAtClose = world.failure();
    if (!guardian.isTerminated()) {
      throw new IllegalStateException("an actor of the run does not terminate");
    }
    system.runEnded();
  }

  private boolean fireNext(long untilNanos) {
    try {
      return world.time().runNext(untilNanos);
    } catch (Throwable e) {
      world.fail(e);
      return false;
    }
  }

  /** One that nobody had in this run, or one whose slot is closed and deserted. */
  private SlotDispatcher freeDispatcher() {
    if (vacated.isEmpty()) {
      world
          .killed()
          .removeIf(
              slot -> {
                boolean deserted = slot.dispatcher().isDeserted();
                if (deserted) {
                  vacated.add(slot.dispatcher());
                  slots.remove(slot);
                }
                return deserted;
              });
    }
    return vacated.isEmpty() ? system.dispatcher(dispatchersTaken++) : vacated.remove();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the run is closed");
    }
  }
}
