package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.actors.port.ProcessWatch.ProcessCount;

/** The processes of a host, and who watches them. */
public final class ProcessTable {
  /** The first process identifier given out; lower ones belong to the system. */
  public static final int FIRST_PID = 1000;

  private final Map<Integer, RunningProcess> processes = new TreeMap<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private int nextPid = FIRST_PID;

  /** Told how many matching processes run. */
  @FunctionalInterface
  public interface Listener {
    void countChanged(ProcessCount count);
  }

  private static final class Watcher {
    final String who;
    final String name;
    final Optional<List<String>> arguments;
    final Listener listener;
    int count;

    Watcher(String who, String name, Optional<List<String>> arguments, Listener listener) {
      this.who = who;
      this.name = name;
      this.arguments = arguments;
      this.listener = listener;
    }

    boolean wants(RunningProcess process) {
      return process.name().equals(name) && arguments.map(process.arguments()::equals).orElse(true);
    }
  }

  /**
   * A process starts.
   *
   * @return its identifier
   */
  public int start(String name, List<String> arguments, List<Integer> listens, long cause) {
    int pid = nextPid++;
    processes.put(
        pid, new RunningProcess(pid, name, arguments, RunningProcess.State.RUNNING, listens));
    tell(cause);
    return pid;
  }

  /**
   * A process ends, however it does.
   *
   * @return whether there was one
   */
  public boolean exit(int pid, long cause) {
    boolean existed = processes.remove(pid) != null;
    if (existed) {
      tell(cause);
    }
    return existed;
  }

  /** A process is frozen or thawed; nothing happens when it is gone. */
  public void setState(int pid, RunningProcess.State state) {
    processes.computeIfPresent(pid, (_, process) -> process.with(state));
  }

  /** A process opens or closes ports; nothing happens when it is gone. */
  public void setListens(int pid, List<Integer> listens) {
    processes.computeIfPresent(pid, (_, process) -> process.withListens(listens));
  }

  /** All processes, by pid. */
  public List<RunningProcess> all() {
    return List.copyOf(processes.values());
  }

  public Optional<RunningProcess> find(int pid) {
    return Optional.ofNullable(processes.get(pid));
  }

  /** The processes of a program, by pid. */
  public List<RunningProcess> named(String name) {
    return processes.values().stream().filter(process -> process.name().equals(name)).toList();
  }

  /** The process that listens on a TCP port. */
  public Optional<RunningProcess> listener(int port) {
    return processes.values().stream()
        .filter(process -> process.listens().contains(port))
        .findFirst();
  }

  /**
   * Tells the listener how many matching processes run now, and whenever that changes.
   *
   * @param arguments when given, only processes with exactly these count
   */
  public void watch(
      String who, String name, Optional<List<String>> arguments, Listener listener, long cause) {
    Watcher watcher = new Watcher(who, name, arguments, listener);
    watcher.count = count(watcher);
    watchers.add(watcher);
    listener.countChanged(new ProcessCount(name, watcher.count, cause));
  }

  /** Ends every watch of a process and of its parts. */
  public void unwatch(String who) {
    watchers.removeIf(watcher -> ProcessOwners.belongs(watcher.who, who));
  }

  void clear() {
    watchers.clear();
    processes.clear();
    nextPid = FIRST_PID;
  }

  private int count(Watcher watcher) {
    return (int) processes.values().stream().filter(watcher::wants).count();
  }

  private void tell(long cause) {
    for (Watcher watcher : List.copyOf(watchers)) {
      int count = count(watcher);
      if (count != watcher.count) {
        watcher.count = count;
        watcher.listener.countChanged(new ProcessCount(watcher.name, count, cause));
      }
    }
  }
}
