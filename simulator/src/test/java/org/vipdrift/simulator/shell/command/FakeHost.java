package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.simulator.shell.ShellHost;
import org.vipdrift.simulator.shell.ShellLimits;
import org.vipdrift.simulator.shell.ShellProgram;
import org.vipdrift.simulator.shell.ShellReply;
import org.vipdrift.simulator.shell.ShellRun;
import org.vipdrift.simulator.shell.ShellStep;
import org.vipdrift.simulator.shell.syntax.Unsupported;

/** A machine in memory, and the loop that answers what a run waits for. */
final class FakeHost implements ShellHost {
  final TreeMap<Integer, HostProcess> table = new TreeMap<>();
  final TreeMap<String, HostFile> files = new TreeMap<>();
  final TreeMap<String, ServiceState> services = new TreeMap<>();
  final TreeMap<String, List<HostAddress>> addresses = new TreeMap<>();
  final List<String> events = new ArrayList<>();
  final List<Unsupported> unsupported = new ArrayList<>();
  final List<ShellRun> detached = new ArrayList<>();
  Function<ShellStep.Waiting, ShellReply.Answered> network =
      _ -> new ShellReply.Failed(ShellReply.Failure.TIMED_OUT);
  boolean nginxStarts = true;
  long nanos;
  private int nextPid = 100;
  ShellRun run;

  FakeHost() {
    addresses.put("eth0", new ArrayList<>(List.of(address("20.0.0.21/24"))));
    daemon("keepalived", "/usr/sbin/keepalived");
    services.put("nginx", ServiceState.INACTIVE);
  }

  static HostAddress address(String prefix) {
    return new HostAddress(IpPrefix.parse(prefix).orElseThrow(), prefix.endsWith("/32"));
  }

  void daemon(String name, String commandLine) {
    int pid = nextPid++;
    table.put(pid, new HostProcess(pid, 1, "root", name, commandLine, 'S'));
    services.put(name, ServiceState.ACTIVE);
  }

  void nginx() {
    daemon("nginx", "nginx: master process /usr/sbin/nginx");
    daemon("nginx", "nginx: worker process");
  }

  void script(String path, String text) {
    files.put(path, HostFile.script(text));
  }

  boolean runs(String name) {
    return table.values().stream().anyMatch(p -> p.name().equals(name));
  }

  /** Runs a command to its end and gives its last step. */
  ShellStep execute(String... words) {
    return finish(
        ShellRun.start(
            ShellProgram.ofCommand(List.of(words)),
            List.of(),
            this,
            StandardCommands.ALL,
            new ShellLimits(200_000, 1 << 18, 60)));
  }

  int exit(String... words) {
    return execute(words) instanceof ShellStep.Exited(int code) ? code : -1;
  }

  /** The exit status of a script's text. */
  int shell(String text) {
    return finish(
                ShellRun.start(
                    ShellProgram.parse("/etc/keepalived/check.sh", text, StandardCommands.ALL)
                        .program(),
                    List.of(),
                    this,
                    StandardCommands.ALL,
                    new ShellLimits(200_000, 1 << 18, 60)))
            instanceof ShellStep.Exited(int code)
        ? code
        : -1;
  }

  private ShellStep finish(ShellRun started) {
    run = started;
    ShellStep step = run.resume(new ShellReply.Begin());
    while (step instanceof ShellStep.Waiting waiting) {
      step = run.resume(answer(waiting));
    }
    return step;
  }

  private ShellReply.Answered answer(ShellStep.Waiting waiting) {
    if (waiting instanceof ShellStep.Sleeping(Duration duration)) {
      nanos += duration.toNanos();
      return new ShellReply.Elapsed();
    }
    ShellReply.Answered reply = network.apply(waiting);
    boolean late = reply.equals(new ShellReply.Failed(ShellReply.Failure.TIMED_OUT));
    nanos += late ? timeout(waiting).toNanos() : 1_000_000;
    return reply;
  }

  private static Duration timeout(ShellStep.Waiting waiting) {
    return switch (waiting) {
      case ShellStep.Sleeping sleeping -> sleeping.duration();
      case ShellStep.Pinging pinging -> pinging.timeout();
      case ShellStep.ArpPinging pinging -> pinging.timeout();
      case ShellStep.Connecting connecting -> connecting.timeout();
      case ShellStep.Fetching fetching -> fetching.connectTimeout();
    };
  }

  String output() {
    return run.output();
  }

  double seconds() {
    return nanos / 1e9;
  }

  @Override
  public long nowNanos() {
    return nanos;
  }

  @Override
  public ZonedDateTime wallClock() {
    return ZonedDateTime.of(2026, 3, 1, 12, 0, 0, 0, ZoneOffset.UTC).plusNanos(nanos);
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(nanos);
  }

  @Override
  public String hostName() {
    return "nginx1";
  }

  @Override
  public SortedMap<String, String> environment() {
    return new TreeMap<>();
  }

  @Override
  public Optional<IpAddress> resolve(String name) {
    return name.equals("peer") ? IpAddress.parse("20.0.0.22") : Optional.empty();
  }

  @Override
  public List<HostProcess> processes() {
    return List.copyOf(table.values());
  }

  @Override
  public int processStarted(int parentPid, String name, String commandLine) {
    int pid = nextPid++;
    table.put(pid, new HostProcess(pid, parentPid, "root", name, commandLine, 'S'));
    return pid;
  }

  @Override
  public void processEnded(int pid) {
    table.remove(pid);
  }

  @Override
  public boolean signal(int pid, String signal) {
    if (!table.containsKey(pid)) {
      return false;
    }
    if (signal.matches("TERM|KILL|QUIT|INT")) {
      table.remove(pid);
    }
    return true;
  }

  @Override
  public ServiceOutcome control(String service, ServiceAction action) {
    if (!services.containsKey(service)) {
      return ServiceOutcome.UNKNOWN_SERVICE;
    }
    events.add(action + " " + service);
    if (action == ServiceAction.STOP) {
      table.values().removeIf(p -> p.name().equals(service));
      services.put(service, ServiceState.INACTIVE);
    } else if (service.equals("nginx")) {
      return startDaemon("nginx", List.of()) == StartOutcome.STARTED
          ? ServiceOutcome.DONE
          : ServiceOutcome.FAILED;
    }
    return ServiceOutcome.DONE;
  }

  @Override
  public Optional<ServiceState> serviceState(String service) {
    return Optional.ofNullable(services.get(service));
  }

  @Override
  public StartOutcome startDaemon(String program, List<String> arguments) {
    events.add("started " + program);
    if (!nginxStarts) {
      return StartOutcome.BROKEN_CONFIGURATION;
    }
    nginx();
    return StartOutcome.STARTED;
  }

  @Override
  public Optional<HostFile> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public boolean writeFile(String path, String text) {
    files.put(path, HostFile.ofText(text));
    return true;
  }

  @Override
  public boolean removeFile(String path) {
    return files.remove(path) != null;
  }

  @Override
  public boolean createDirectory(String path) {
    files.put(path, new HostFile("", true, true, 0));
    return true;
  }

  @Override
  public List<HostInterface> interfaces() {
    List<HostInterface> cards = new ArrayList<>();
    addresses.forEach(
        (name, list) ->
            cards.add(
                new HostInterface(
                    cards.size() + 2, name, "02:00:00:00:00:15", true, true, 1500, list)));
    return cards;
  }

  @Override
  public List<HostRoute> routes() {
    return List.of(
        new HostRoute(Optional.empty(), IpAddress.parse("20.0.0.1"), "eth0", Optional.empty()));
  }

  @Override
  public List<HostSocket> listeningSockets() {
    return runs("nginx")
        ? List.of(new HostSocket(Optional.empty(), 80, "nginx", 200))
        : Collections.emptyList();
  }

  @Override
  public boolean addAddress(String interfaceName, IpPrefix address) {
    return addresses.get(interfaceName).add(new HostAddress(address, true));
  }

  @Override
  public boolean removeAddress(String interfaceName, IpPrefix address) {
    return addresses.get(interfaceName).removeIf(a -> a.prefix().equals(address));
  }

  @Override
  public boolean setInterfaceUp(String interfaceName, boolean up) {
    events.add(interfaceName + (up ? " up" : " down"));
    return true;
  }

  @Override
  public void announce(String interfaceName, IpAddress address) {
    events.add("announced " + address);
  }

  @Override
  public void log(String tag, String text) {
    events.add(tag + ": " + text);
  }

  @Override
  public void mail(List<String> recipients, String subject, String body) {
    events.add("mail to " + String.join(",", recipients) + ": " + subject + ": " + body.strip());
  }

  @Override
  public void unsupported(Unsupported construct) {
    unsupported.add(construct);
  }

  @Override
  public void startDetached(ShellRun started) {
    detached.add(started);
  }
}
