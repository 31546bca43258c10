package org.vipdrift.netio.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.vipdrift.model.config.keepalived.Scheduling;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.script.ScriptCheck;
import org.vipdrift.netio.time.MonotonicClock;
import org.vipdrift.netio.time.NodeSystem;

/**
 * A node that runs: one configuration on the ports of this machine, from its start to the end of
 * its process.
 *
 * <p>SIGTERM and SIGINT leave in order (a second one does not wait), SIGHUP reads the configuration
 * again, SIGUSR1 writes {@link KeepalivedDump#DATA}, and SIGUSR2 {@link KeepalivedDump#STATISTICS}
 * where the JVM leaves it that signal.
 */
public final class LinuxNode {
  /** How a node has ended. */
  public enum Ending {
    /** As it was told. */
    STOPPED,
    /** By a failure, which the log tells. */
    FAILED
  }

  /** Reads the configuration again; empty where it must not be used, which it has told itself. */
  public interface Reader extends Supplier<Optional<NodeConfiguration>> {}

  private static final long TIMER_SLACK_NANOS = 10_000;
  private static final int FORCED = 1;

  private final NodeOptions options;
  private final Reader reader;
  private final long pid = ProcessHandle.current().pid();
  private final Instant startedAt;
  private final StatusBoard board;
  private final SplitBrainAlarm alarm;
  private final LiveTrace trace;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicBoolean stopAsked = new AtomicBoolean();
  private final Settling settling;
  private NodeConfiguration configuration;
  private Optional<LinuxPorts> ports = Optional.empty();
  private Optional<NodeSystem<NodeGuardian.Command>> system = Optional.empty();

  private LinuxNode(
      NodeOptions options,
      NodeConfiguration configuration,
      Reader reader,
      long startNanos,
      Instant startedAt,
      List<LiveTrace.Observer> observers) {
    this.options = options;
    this.configuration = configuration;
    this.reader = reader;
    this.startedAt = startedAt;
    this.board =
        new StatusBoard(
            new StatusBoard.Identity(
                options.name(), options.version(), pid, options.dryRun(), startedAt),
            configuration);
    this.alarm = new SplitBrainAlarm(configuration, report -> response().to(report));
    this.settling = new Settling(configuration);
    List<LiveTrace.Observer> all = new ArrayList<>(observers);
    all.add(board::accept);
    if (!options.dryRun()) {
      all.add(alarm::accept);
    }
    all.add(settling::accept);
    this.trace = LiveTrace.start(options.name(), startNanos, all);
  }

  /**
   * Runs a node until it has ended.
   *
   * @param startNanos by {@link System#nanoTime}: the zero of the trace, at {@code startedAt}
   * @param observers of the trace; called on its own thread
   * @throws NodeRefusal when it cannot start; nothing is left behind then
   */
  public static Ending run(
      NodeOptions options,
      NodeConfiguration configuration,
      Reader reader,
      long startNanos,
      Instant startedAt,
      List<LiveTrace.Observer> observers)
      throws NodeRefusal {
    Preflight.check(configuration, Preflight.interfaces(), options.dryRun());
    ScriptReview.Reviewed reviewed = review(configuration);
    LinuxNode node =
        new LinuxNode(options, reviewed.configuration(), reader, startNanos, startedAt, observers);
    try {
      node.start(reviewed.logLines());
      node.ended.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      node.close();
    }
    return node.failed.get() ? Ending.FAILED : Ending.STOPPED;
  }

  private static ScriptReview.Reviewed review(NodeConfiguration configuration) throws NodeRefusal {
    try {
      return ScriptReview.of(
          configuration,
          ScriptCheck.here(configuration.process().scriptSecurity()),
          LinuxPorts.scriptUser(configuration.process().scriptAccount()));
    } catch (IOException unreadable) {
      throw new NodeRefusal(
          NodeRefusal.Kind.ENVIRONMENT, "script users cannot be looked up: " + unreadable);
    }
  }

  private void start(List<String> aboutScripts) throws NodeRefusal {
    for (Path file : options.pidFiles()) {
      opened.push(PidFile.take(file, pid));
    }
    log(LogEntry.PARENT, "Starting vipdrift " + options.version());
    aboutScripts.forEach(line -> log(LogEntry.VRRP, line));
    MonotonicClock clock = new MonotonicClock();
    LazyAlarms alarms = new LazyAlarms();
    LinuxPorts opening =
        new LinuxPorts(options, configuration, trace, clock, alarms, alarm, stopAsked::get);
    opened.push(opening);
    ports = Optional.of(opening);
    ServiceNotifier notifier = notifier();
    if (options.metrics().isPresent()) {
      opened.push(MetricsEndpoint.open(options.metrics().get(), this::status));
    }
    if (options.statusSocket().isPresent()) {
      opened.push(StatusSocket.open(options.statusSocket().get(), this::status, options.json()));
    }
    Scheduling scheduling = configuration.process().scheduling();
    tellOfWhatIsNotDone(scheduling);
    if (scheduling.noSwap()) {
      // Locking what a JVM has only reserved would bring in a gigabyte at once.
      int pages = Constants.MCL_CURRENT | Constants.MCL_FUTURE | Constants.MCL_ONFAULT;
      asked("vrrp_no_swap", () -> Libc.lockMemory(pages));
    }
    Preparation.await();
    opening.refuseDuplicates();
    NodeGuardian.Hooks hooks =
        new NodeGuardian.Hooks(() -> settling.begin(() -> ready(notifier), alarms), this::failure);
    NodeSystem<NodeGuardian.Command> running =
        NodeSystem.open(
            "vipdrift",
            NodeGuardian.create(configuration, opening::spawn, clock, alarms, hooks),
            () -> threadStarted(scheduling));
    alarms.become(running.alarms());
    system = Optional.of(running);
    running.whenTerminated(ended::countDown);
    handleSignals(notifier);
    watchdog(notifier, running, clock);
  }

  private ServiceNotifier notifier() throws NodeRefusal {
    try {
      ServiceNotifier notifier = ServiceNotifier.of(System.getenv(), pid);
      opened.push(notifier);
      return notifier;
    } catch (NativeException refused) {
      throw new NodeRefusal(
          NodeRefusal.Kind.ENVIRONMENT, "cannot open a socket: " + refused.getMessage());
    }
  }

  /** A call whose refusal is told and lived with. */
  private interface NativeCall {
    void run() throws NativeException;
  }

  private void asked(String keyword, NativeCall call) {
    try {
      call.run();
    } catch (NativeException refused) {
      log(LogEntry.VRRP, keyword + " has no effect: " + refused.getMessage());
    }
  }

  /** What keepalived does for its process, and a JVM with threads of its own must not. */
  private void tellOfWhatIsNotDone(Scheduling scheduling) {
    if (!scheduling.cpus().isEmpty()) {
      log(LogEntry.VRRP, "vrrp_cpu_affinity has no effect: use taskset or systemd's CPUAffinity=");
    }
    if (scheduling.realTimeLimit().isPresent()) {
      log(LogEntry.VRRP, "vrrp_rlimit_rttime has no effect: use systemd's LimitRTTIME=");
    }
  }

  private void threadStarted(Scheduling scheduling) {
    // Linux has a nice value per thread.
    scheduling.nice().ifPresent(nice -> asked("vrrp_priority", () -> Libc.setNice(nice)));
    asked("timer slack", () -> Libc.processControl(Constants.PR_SET_TIMERSLACK, TIMER_SLACK_NANOS));
    scheduling
        .realTimePriority()
        .ifPresent(
            priority ->
                asked(
                    "vrrp_rt_priority",
                    () ->
                        Libc.setScheduler(
                            0, Constants.SCHED_RR | Constants.SCHED_RESET_ON_FORK, priority)));
  }

  private void ready(ServiceNotifier notifier) {
    trace.emit(
        new TraceDetail.ProcessChanged(LogEntry.VRRP, TraceDetail.ProcessChange.READY, ""),
        TraceEvent.NO_CAUSE);
    log(LogEntry.PARENT, "Startup complete");
    notifier.ready("running");
  }

  private void failure(String why) {
    failed.set(true);
    log(LogEntry.PARENT, why);
  }

  private long log(String program, String text) {
    return trace.emit(new TraceDetail.LogLine(program, text), TraceEvent.NO_CAUSE);
  }

  private NodeStatus status() {
    NodeStatus status = board.snapshot(Instant.now(), trace.dropped());
    return ports.map(open -> status.withPackets(open.packets())).orElse(status);
  }

  private void handleSignals(ServiceNotifier notifier) {
    ProcessSignals.handle("TERM", () -> stop(notifier));
    ProcessSignals.handle("INT", () -> stop(notifier));
    ProcessSignals.handle("HUP", () -> reload(notifier));
    ProcessSignals.handle(
        "USR1",
        () ->
            dump(
                "Printing VRRP data for process(" + pid + ") on signal",
                KeepalivedDump.DATA,
                () -> KeepalivedDump.data(configuration(), status(), ZoneId.systemDefault())));
    ProcessSignals.handle(
        "USR2",
        () ->
            dump(
                "Printing VRRP stats for process(" + pid + ") on signal",
                KeepalivedDump.STATISTICS,
                () -> KeepalivedDump.statistics(status())));
  }

  private synchronized NodeConfiguration configuration() {
    return configuration;
  }

  private void stop(ServiceNotifier notifier) {
    if (!stopAsked.compareAndSet(false, true)) {
      opened.forEach(LinuxNode::closeQuietly);
      Runtime.getRuntime().halt(FORCED);
    }
    notifier.stopping();
    long cause = log(LogEntry.PARENT, "Stopping");
    tell(new NodeGuardian.Stop(cause));
  }

  private void tell(NodeGuardian.Command command) {
    system.ifPresent(running -> running.actors().tell(command));
  }

  private synchronized void reload(ServiceNotifier notifier) {
    notifier.reloading(System.nanoTime());
    log(LogEntry.PARENT, "Reloading ...");
    Optional<NodeConfiguration> next = Optional.empty();
    try {
      Optional<NodeConfiguration> read = reader.get();
      if (read.isPresent()) {
        Preflight.check(read.get(), Preflight.interfaces(), options.dryRun());
        ScriptReview.Reviewed reviewed = review(read.get());
        reviewed.logLines().forEach(line -> log(LogEntry.VRRP, line));
        next = Optional.of(reviewed.configuration());
      }
    } catch (NodeRefusal refused) {
      log(LogEntry.VRRP, refused.getMessage());
      next = Optional.empty();
    } catch (RuntimeException trouble) {
      log(LogEntry.VRRP, "the configuration cannot be read: " + trouble);
    }
    if (next.isPresent()) {
      use(next.get(), "Reload complete");
    } else {
      log(LogEntry.PARENT, "The new configuration is refused, the old one stays in use");
    }
    notifier.ready("running");
  }

  private synchronized void use(NodeConfiguration next, String told) {
    configuration = next;
    board.reconfigure(next);
    alarm.reconfigure(next);
    ports.ifPresent(p -> p.reconfigure(next));
    long cause =
        trace.emit(
            new TraceDetail.ProcessChanged(LogEntry.VRRP, TraceDetail.ProcessChange.RELOADED, ""),
            TraceEvent.NO_CAUSE);
    tell(new NodeGuardian.Reload(next, cause));
    log(LogEntry.PARENT, told);
  }

  private void dump(String told, Path file, Supplier<String> text) {
    log(LogEntry.VRRP, told);
    try {
      KeepalivedDump.write(file, text.get());
    } catch (IOException refused) {
      log(LogEntry.VRRP, "Can't open " + file + " (" + refused + ")");
    }
  }

  /** On the actors' own timer, so that it is told only while that goes. */
  private void watchdog(
      ServiceNotifier notifier, NodeSystem<NodeGuardian.Command> running, MonotonicClock clock) {
    notifier
        .watchdogPeriod()
        .ifPresent(
            period ->
                running
                    .actors()
                    .scheduler()
                    .scheduleAtFixedRate(
                        Duration.ZERO,
                        period,
                        notifier::alive,
                        running.actors().executionContext()));
  }

  private SplitBrainResponse response() {
    return new SplitBrainResponse(options.policy(), board, trace, this::tell, this::withdraw);
  }

  private synchronized void withdraw(String instance) {
    log(
        LogEntry.VRRP,
        "(" + instance + ") yields to the higher address until the configuration is read again");
    NodeConfiguration without =
        new NodeConfiguration(
            configuration.instances().stream().filter(i -> !i.name().equals(instance)).toList(),
            configuration.scripts(),
            configuration.files(),
            configuration.processes(),
            configuration.groups(),
            configuration.director(),
            configuration.virtualServers(),
            configuration.process());
    use(without, "(" + instance + ") withdrawn");
  }

  private void close() {
    system.ifPresent(NodeSystem::close);
    log(LogEntry.PARENT, "Stopped");
    opened.forEach(LinuxNode::closeQuietly);
    trace.close();
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception refused) {
      // Nobody is left who could do better.
    }
  }
}
