package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChanged;
import org.vipdrift.simulator.kernel.RunningProcess;
import org.vipdrift.simulator.time.HostClock;

/**
 * A program of a host, from start to end, again and again.
 *
 * <pre>
 *   DOWN -- start --> STARTING -- 15..120 ms --> UP -- stop --> LEAVING --> DOWN
 *                         any of them -- kill --> DOWN
 * </pre>
 */
public abstract class Daemon {
  private static final Duration FASTEST_START = Duration.ofMillis(15);
  private static final Duration SLOWEST_START = Duration.ofMillis(120);

  /** How far a daemon has come. */
  public enum Phase {
    DOWN,
    STARTING,
    UP,
    LEAVING
  }

  private final SimulatedHost host;
  private final String name;
  private final SplitRandom random;
  private Phase phase = Phase.DOWN;
  private int incarnation;
  private int pid;
  private boolean frozen;
  private boolean startsAgain;
  private Optional<HostClock.HostTimer> startUp = Optional.empty();

  Daemon(SimulatedHost host, String name, SplitRandom random) {
    this.host = host;
    this.name = name;
    this.random = random;
  }

  public String name() {
    return name;
  }

  public Phase phase() {
    return phase;
  }

  public boolean isFrozen() {
    return frozen;
  }

  /** Its process identifier, while it is there. */
  public int pid() {
    return pid;
  }

  SimulatedHost host() {
    return host;
  }

  /** What this incarnation calls itself to the kernel. */
  String who() {
    return name + "#" + incarnation;
  }

  /** Does to it what an operator's command or signal does. */
  public void perform(Action.ProcessVerb verb, long cause) {
    switch (verb) {
      case START -> start(cause);
      case STOP -> stop(cause);
      case KILL -> kill(cause);
      case FREEZE -> freeze(cause);
      case THAW -> thaw(cause);
      case RESTART -> restart(cause);
    }
  }

  /** Starts it, unless it is there already. */
  public void start(long cause) {
    if (phase == Phase.LEAVING) {
      startsAgain = true;
    }
    if (phase != Phase.DOWN || !host.kernel().isPoweredOn()) {
      return;
    }
    Optional<String> refusal = refusal();
    if (refusal.isPresent()) {
      emit(ProcessChange.REFUSED, refusal.get(), cause);
      return;
    }
    incarnation++;
    phase = Phase.STARTING;
    frozen = false;
    pid = host.kernel().processes().start(name, List.of(), List.of(), cause);
    long started = emit(ProcessChange.STARTED, "", cause);
    HostClock clock = host.clock();
    startUp =
        Optional.of(
            clock.schedule(clock.monotonicNanos() + startUpNanos(), () -> ready(started), this));
  }

  /** The chance of this incarnation: the same, whatever else happens in a run. */
  SplitRandom random() {
    return random.split(Integer.toString(incarnation));
  }

  private long startUpNanos() {
    double share = random().nextDouble();
    return FASTEST_START.toNanos() + (long) (share * SLOWEST_START.minus(FASTEST_START).toNanos());
  }

  private void ready(long cause) {
    startUp = Optional.empty();
    phase = Phase.UP;
    host.kernel().openOwner(who());
    begin(emit(ProcessChange.READY, "", cause));
  }

  /** SIGTERM. */
  public void stop(long cause) {
    switch (phase) {
      case DOWN -> {}
      case LEAVING -> startsAgain = false;
      case STARTING -> ended(ProcessChange.STOPPED, cause);
      case UP -> {
        phase = Phase.LEAVING;
        leave(emit(ProcessChange.STOPPING, "", cause));
      }
    }
  }

  void restart(long cause) {
    if (phase == Phase.DOWN) {
      start(cause);
      return;
    }
    stop(cause);
    if (phase == Phase.LEAVING) {
      startsAgain = true;
    } else {
      start(cause);
    }
  }

  /** SIGHUP; most programs make nothing of it here. */
  public void reload(long cause) {
    if (phase == Phase.UP) {
      emit(ProcessChange.RELOADED, "", cause);
    }
  }

  /** SIGKILL: dead at once, without effects. */
  public void kill(long cause) {
    if (phase != Phase.DOWN) {
      startsAgain = false;
      die();
      ended(ProcessChange.KILLED, cause);
    }
  }

  /** SIGSTOP. */
  public void freeze(long cause) {
    if (phase != Phase.DOWN && !frozen) {
      frozen = true;
      host.kernel().freezeOwner(who());
      host.kernel().processes().setState(pid, RunningProcess.State.FROZEN);
      suspend();
      emit(ProcessChange.FROZEN, "", cause);
    }
  }

  /** SIGCONT. */
  public void thaw(long cause) {
    if (frozen) {
      frozen = false;
      host.kernel().processes().setState(pid, RunningProcess.State.RUNNING);
      emit(ProcessChange.THAWED, "", cause);
      host.kernel().thawOwner(who());
      resume();
    }
  }

  /** The machine's power is cut: dead, and nothing is said of it. */
  void losePower() {
    if (phase != Phase.DOWN) {
      startsAgain = false;
      die();
      reset();
    }
  }

  /** It has left, in order or not. */
  void exited(long cause) {
    if (phase == Phase.LEAVING || phase == Phase.UP) {
      ended(ProcessChange.STOPPED, cause);
    }
  }

  private void ended(ProcessChange change, long cause) {
    host.kernel().closeOwner(who());
    long event = emit(change, "", cause);
    host.kernel().processes().exit(pid, event);
    reset();
    if (startsAgain) {
      startsAgain = false;
      start(event);
    }
  }

  private void reset() {
    startUp.ifPresent(HostClock.HostTimer::cancel);
    startUp = Optional.empty();
    phase = Phase.DOWN;
    frozen = false;
  }

  long emit(ProcessChange change, String explanation, long cause) {
    return host.trace().emit(new ProcessChanged(name, change, explanation), cause);
  }

  /** Why it would refuse to run, if it would. */
  abstract Optional<String> refusal();

  /** Its start-up is over. */
  abstract void begin(long cause);

  /** It shall leave in order, and call {@link #exited} then. */
  abstract void leave(long cause);

  /** It is dead from this instant. */
  abstract void die();

  /** It gets the processor no more. */
  abstract void suspend();

  /** It gets the processor again. */
  abstract void resume();
}
