package org.vipdrift.netio.namespaces;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChanged;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;

/**
 * A process of a host: a real program, its life and what it says.
 *
 * <p>Its methods are for the thread of the run's {@link World}, which is also the one that starts
 * programs: what helps them to their namespaces ends with that thread.
 */
final class HostedProcess {
  /** Signals are useless before the program is there. */
  private static final int PATIENCE_MILLIS = 2_000;

  private static final int BETWEEN_SIGNALS_MILLIS = 2;

  private final String host;
  private final String name;
  private final Machine machine;
  private final World world;
  private final TraceRecorder trace;
  private final Program program;
  private Phase phase = Phase.DOWN;
  private Optional<Running> running = Optional.empty();
  private boolean frozen;
  private boolean startNext;
  private long startCause;
  private final List<Runnable> waiting = new ArrayList<>();

  /** Where it is in its life. */
  enum Phase {
    DOWN,
    UP,
    LEAVING
  }

  /** How a program shows that it is ready. */
  enum Readiness {
    AT_ONCE,
    /** Its workers are forked once its ports are bound. */
    WITH_CHILDREN,
    BY_ITS_LOG
  }

  /** What is run. */
  interface Program {
    /** Puts the files in their places before a start. */
    void prepare() throws IOException;

    List<String> command();

    /** How it is asked to read its configuration again; empty if it cannot. */
    Optional<Integer> reloadSignal();

    /** Is told what it says. */
    Listener listener();

    Readiness readiness();
  }

  /** Is told what a program says, on a thread of its own. */
  interface Listener {
    /**
     * A line.
     *
     * @param started the event of the program's start
     * @return whether it tells that the program is ready
     */
    boolean line(String text, long started);

    /** It leaves because it was told to. */
    void stopping(long cause);

    /** It is gone. */
    void ended();

    /** It was stopped as by SIGSTOP, or goes on. */
    default void frozen(boolean stopped) {}
  }

  private static final class Running {
    private final Process process;
    private final long started;
    private boolean ready;
    private boolean killed;

    Running(Process process, long started) {
      this.process = process;
      this.started = started;
    }
  }

  HostedProcess(
      String host,
      String name,
      Machine machine,
      World world,
      TraceRecorder trace,
      Program program) {
    this.host = host;
    this.name = name;
    this.machine = machine;
    this.world = world;
    this.trace = trace;
    this.program = program;
  }

  String name() {
    return name;
  }

  Program program() {
    return program;
  }

  boolean isReady() {
    return running.map(of -> of.ready).orElse(false);
  }

  boolean isUp() {
    return phase != Phase.DOWN;
  }

  void perform(ProcessVerb verb, long cause) {
    switch (verb) {
      case START -> start(cause);
      case STOP -> stop(cause);
      case KILL -> kill(cause);
      case FREEZE -> freeze(cause);
      case THAW -> thaw(cause);
      case RESTART -> {
        stop(cause);
        start(cause);
      }
    }
  }

  /** Starts it, if need be after it has left. */
  void start(long cause) {
    if (phase == Phase.UP) {
      return;
    }
    if (phase == Phase.LEAVING) {
      startNext = true;
      startCause = cause;
      return;
    }
    frozen = false;
    Process process;
    long started = emit(ProcessChange.STARTED, "", cause);
    try {
      program.prepare();
      ProcessBuilder builder =
          new ProcessBuilder(machine.inside(program.command())).redirectErrorStream(true);
      Machine.environment(builder.environment());
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      emit(ProcessChange.REFUSED, String.valueOf(e.getMessage()), started);
      return;
    }
    Running begun = new Running(process, started);
    phase = Phase.UP;
    running = Optional.of(begun);
    Thread.ofVirtual().name(host + ":" + name).start(() -> readLines(begun));
    switch (program.readiness()) {
      case AT_ONCE -> ready(begun);
      case WITH_CHILDREN -> awaitChildren(begun);
      case BY_ITS_LOG -> {}
    }
  }

  private void readLines(Running of) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(of.process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (program.listener().line(line, of.started)) {
          world.execute(() -> ready(of));
        }
      }
    } catch (IOException e) {
      // The pipe broke: the program is gone, as the following finds.
    }
    try {
      int exit = of.process.waitFor();
      world.execute(() -> gone(of, exit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitChildren(Running of) {
    if (running.filter(of::equals).isEmpty() || of.ready) {
      return;
    }
    boolean working =
        main(of)
            .map(ProcessHandle::of)
            .flatMap(p -> p)
            .map(p -> p.children().count() > 0)
            .orElse(false);
    if (working) {
      ready(of);
    } else {
      world.later(5, () -> awaitChildren(of));
    }
  }

  private void ready(Running of) {
    if (!of.ready && running.filter(of::equals).isPresent()) {
      of.ready = true;
      emit(ProcessChange.READY, "", of.started);
    }
  }

  private void gone(Running of, int exit) {
    if (running.filter(of::equals).isEmpty()) {
      return;
    }
    boolean asked = phase == Phase.LEAVING || of.killed;
    running = Optional.empty();
    phase = Phase.DOWN;
    frozen = false;
    if (!of.killed) {
      emit(ProcessChange.STOPPED, asked || exit == 0 ? "" : "exit status " + exit, of.started);
    }
    program.listener().ended();
    waiting.forEach(Runnable::run);
    waiting.clear();
    if (startNext) {
      startNext = false;
      start(startCause);
    }
  }

  /** Calls back when it is down. */
  void whenDown(Runnable then) {
    if (phase == Phase.DOWN) {
      then.run();
    } else {
      waiting.add(then);
    }
  }

  void stop(long cause) {
    if (phase == Phase.UP) {
      phase = Phase.LEAVING;
      long stopping = emit(ProcessChange.STOPPING, "", cause);
      signalMain(Constants.SIGTERM);
      if (!frozen) {
        program.listener().stopping(stopping);
      }
    }
  }

  void kill(long cause) {
    if (running.isPresent()) {
      Running killed = running.get();
      killed.killed = true;
      phase = Phase.LEAVING;
      // Whole, at once: a child of keepalived whose parent dies would say farewell with priority 0.
      signalAll(Constants.SIGSTOP);
      pids(killed).reversed().forEach(pid -> Libc.kill(pid.intValue(), Constants.SIGKILL));
      emit(ProcessChange.KILLED, "", cause);
      letGo(killed);
    }
  }

  /**
   * What we started to run the program stops itself, now or a little later, when it sees that the
   * program has stopped; it must go on to see that it is gone.
   */
  private void letGo(Running killed) {
    if (killed.process.isAlive()) {
      Libc.kill((int) killed.process.pid(), Constants.SIGCONT);
      world.later(BETWEEN_SIGNALS_MILLIS, () -> letGo(killed));
    }
  }

  /** The power of its host fails. */
  void vanish() {
    running.ifPresent(
        of -> {
          of.killed = true;
          phase = Phase.LEAVING;
        });
  }

  void freeze(long cause) {
    if (running.isPresent() && !frozen) {
      frozen = true;
      signalAll(Constants.SIGSTOP);
      program.listener().frozen(true);
      emit(ProcessChange.FROZEN, "", cause);
    }
  }

  void thaw(long cause) {
    if (running.isPresent() && frozen) {
      frozen = false;
      signalAll(Constants.SIGCONT);
      Libc.kill((int) running.get().process.pid(), Constants.SIGCONT);
      program.listener().frozen(false);
      emit(ProcessChange.THAWED, "", cause);
    }
  }

  /** Stops or continues it without a word: one of the slices of a starved processor. */
  void pause(boolean stopped) {
    if (running.isPresent() && !frozen) {
      signalAll(stopped ? Constants.SIGSTOP : Constants.SIGCONT);
      if (!stopped) {
        Libc.kill((int) running.get().process.pid(), Constants.SIGCONT);
      }
    }
  }

  void reload(long cause) {
    if (phase == Phase.UP && program.reloadSignal().isPresent()) {
      emit(ProcessChange.RELOADED, "", cause);
      signalMain(program.reloadSignal().get());
    }
  }

  private void signalMain(int signal) {
    running
        .flatMap(this::main)
        .ifPresent(
            pid -> {
              Libc.kill(pid.intValue(), signal);
            });
  }

  private void signalAll(int signal) {
    running.ifPresent(of -> pids(of).forEach(pid -> Libc.kill(pid.intValue(), signal)));
  }

  /** The program and what it started, without what we started to run it. */
  private List<Long> pids(Running of) {
    main(of);
    return of.process.descendants().map(ProcessHandle::pid).toList();
  }

  /** The program itself; what we started waits for it. */
  private Optional<Long> main(Running of) {
    for (int waited = 0; waited < PATIENCE_MILLIS && of.process.isAlive(); waited++) {
      Optional<Long> found = of.process.children().findFirst().map(ProcessHandle::pid);
      if (found.isPresent()) {
        return found;
      }
      World.sleep(1);
    }
    return Optional.empty();
  }

  private long emit(ProcessChange change, String explanation, long cause) {
    return trace.emit(host, new ProcessChanged(name, change, explanation), cause);
  }
}
