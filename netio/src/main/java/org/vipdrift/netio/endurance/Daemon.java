package org.vipdrift.netio.endurance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.namespaces.Leftovers;

/** A VRRP daemon that runs in a place; its log is read all the time. */
final class Daemon implements AutoCloseable {
  private static final Pattern STATE = Pattern.compile("Entering (MASTER|BACKUP|FAULT) STATE");
  private static final int LINES_KEPT = 60;
  private static final long PATIENCE_SECONDS = 30;
  private static final long BETWEEN_SIGNALS_NANOS = 1_000_000;

  private final Process process;
  private final long startedAt = System.nanoTime();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final AtomicLong stateChanges = new AtomicLong();
  private final Deque<String> lastLines = new ArrayDeque<>();

  private Daemon(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().name("daemon-log").start(this::readLog);
  }

  static Daemon start(Place place, List<String> command, Optional<String> javaOptions)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(place.inside(command)).redirectErrorStream(true);
    Leftovers.mark(builder);
    javaOptions.ifPresent(options -> builder.environment().put("VIPDRIFT_JAVA_OPTIONS", options));
    return new Daemon(builder.start());
  }

  private void readLog() {
    try (BufferedReader log = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        if (line.contains("Startup complete")) {
          ready.complete(System.nanoTime());
        }
        if (STATE.matcher(line).find()) {
          stateChanges.incrementAndGet();
        }
        synchronized (lastLines) {
          lastLines.add(line);
          if (lastLines.size() > LINES_KEPT) {
            lastLines.remove();
          }
        }
      }
    } catch (IOException end) {
      ready.completeExceptionally(end);
    }
    ready.completeExceptionally(new IOException("it ended before it was ready:\n" + tail()));
  }

  private String tail() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }

  /** From its start to its word that it is ready. */
  Duration awaitReady() throws IOException {
    try {
      return Duration.ofNanos(ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - startedAt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a daemon did not become ready: " + e.getMessage() + "\n" + tail(), e);
    }
  }

  /** Changes of state that it has logged so far. */
  long stateChanges() {
    return stateChanges.get();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** nsenter, which waits for the program, then the processes of the program. */
  private List<Long> pids() {
    List<Long> all = new ArrayList<>();
    all.add(process.pid());
    all.addAll(program());
    return all;
  }

  /** The processes of the program itself. */
  List<Long> program() {
    return process.descendants().map(ProcessHandle::pid).toList();
  }

  double cpuSeconds() {
    return program().stream().mapToDouble(Processes::cpuSeconds).sum();
  }

  double residentMebibytes() {
    return program().stream().mapToDouble(Processes::residentMebibytes).sum();
  }

  int descriptors() {
    return program().stream().mapToInt(Processes::descriptors).sum();
  }

  /** Ends it at once, whole: no process of it may give notice for another. */
  void kill() throws IOException {
    List<Long> program = program();
    program.forEach(pid -> Libc.kill((int) (long) pid, Constants.SIGSTOP));
    program.reversed().forEach(pid -> Libc.kill((int) (long) pid, Constants.SIGKILL));
    // nsenter stops itself, now or a little later, with the program that it waits for.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      Libc.kill((int) process.pid(), Constants.SIGCONT);
      LockSupport.parkNanos(BETWEEN_SIGNALS_NANOS);
    }
    awaitEnd();
  }

  /** Asks it to leave; its exit code. */
  int stop() throws IOException {
    List<Long> all = pids();
    // nsenter waits for the program that it started in a process namespace.
    Libc.kill((int) (long) all.get(Math.min(1, all.size() - 1)), Constants.SIGTERM);
    return awaitEnd();
  }

  private int awaitEnd() throws IOException {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("a daemon did not end:\n" + tail());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    pids().reversed().forEach(pid -> Libc.kill((int) (long) pid, Constants.SIGKILL));
  }
}
