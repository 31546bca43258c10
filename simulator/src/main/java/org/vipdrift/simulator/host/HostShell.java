package org.vipdrift.simulator.host;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.LocalAddress;
import org.vipdrift.simulator.kernel.NetworkInterface;
import org.vipdrift.simulator.kernel.RunningProcess;
import org.vipdrift.simulator.shell.ShellHost;
import org.vipdrift.simulator.shell.ShellRun;
import org.vipdrift.simulator.shell.syntax.Unsupported;

/** A simulated host as a script on it sees it. */
final class HostShell implements ShellHost {
  private static final int MTU = 1500;

  private static final String SHELL = SimulatedHost.OPERATOR;

  private final Surroundings surroundings;
  private final SimulatedHost host;
  private final long cause;
  private final Consumer<ShellRun> detached;

  HostShell(
      Surroundings surroundings, SimulatedHost host, long cause, Consumer<ShellRun> detached) {
    this.surroundings = surroundings;
    this.host = host;
    this.cause = cause;
    this.detached = detached;
  }

  private HostKernel kernel() {
    return host.kernel();
  }

  @Override
  public long nowNanos() {
    return host.clock().monotonicNanos();
  }

  @Override
  public ZonedDateTime wallClock() {
    long nanos = host.clock().wallNanos();
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
        .atZone(ZoneOffset.UTC);
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(host.clock().monotonicNanos());
  }

  @Override
  public String hostName() {
    return host.name();
  }

  @Override
  public SortedMap<String, String> environment() {
    SortedMap<String, String> variables = new TreeMap<>();
    variables.put("HOME", "/root");
    variables.put("LANG", "C");
    variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    return Collections.unmodifiableSortedMap(variables);
  }

  @Override
  public Optional<IpAddress> resolve(String name) {
    return host.resolve(name);
  }

  @Override
  public List<HostProcess> processes() {
    List<HostProcess> seen = new ArrayList<>();
    for (RunningProcess process : kernel().processes().all()) {
      String line = process.name();
      if (!process.arguments().isEmpty()) {
        line = String.join(" ", process.arguments());
      }
      char state = process.state() == RunningProcess.State.FROZEN ? 'T' : 'S';
      seen.add(new HostProcess(process.pid(), 1, "root", process.name(), line, state));
    }
    return seen;
  }

  @Override
  public int processStarted(int parentPid, String name, String commandLine) {
    return kernel().processes().start(name, List.of(commandLine), List.of(), cause);
  }

  @Override
  public void processEnded(int pid) {
    kernel().processes().exit(pid, cause);
  }

  @Override
  public boolean signal(int pid, String signal) {
    Optional<RunningProcess> target = kernel().processes().find(pid);
    if (target.isEmpty()) {
      return false;
    }
    Optional<Daemon> daemon = host.daemons().stream().filter(d -> isAt(d, pid)).findFirst();
    if (daemon.isEmpty()) {
      if (signal.equals("KILL") || signal.equals("TERM") || signal.equals("INT")) {
        kernel().processes().exit(pid, cause);
      }
      return true;
    }
    Daemon it = daemon.get();
    switch (signal) {
      case "TERM", "INT", "QUIT" -> it.stop(cause);
      case "KILL" -> it.kill(cause);
      case "STOP", "TSTP" -> it.freeze(cause);
      case "CONT" -> it.thaw(cause);
      case "HUP" -> it.reload(cause);
      default -> {}
    }
    return true;
  }

  private static boolean isAt(Daemon daemon, int pid) {
    return daemon.phase() != Daemon.Phase.DOWN && daemon.pid() == pid;
  }

  @Override
  public ServiceOutcome control(String service, ServiceAction action) {
    Optional<Daemon> daemon = host.daemon(service);
    if (daemon.isEmpty()) {
      return ServiceOutcome.UNKNOWN_SERVICE;
    }
    switch (action) {
      case START -> daemon.get().start(cause);
      case STOP -> daemon.get().stop(cause);
      case RESTART -> daemon.get().perform(Action.ProcessVerb.RESTART, cause);
      case RELOAD -> daemon.get().reload(cause);
    }
    return ServiceOutcome.DONE;
  }

  @Override
  public Optional<ServiceState> serviceState(String service) {
    return host.daemon(service)
        .map(
            d ->
                switch (d.phase()) {
                  case DOWN -> ServiceState.INACTIVE;
                  case STARTING -> ServiceState.ACTIVATING;
                  case UP, LEAVING -> ServiceState.ACTIVE;
                });
  }

  @Override
  public StartOutcome startDaemon(String program, List<String> arguments) {
    Optional<Daemon> daemon = host.daemon(program);
    if (daemon.isEmpty()) {
      return StartOutcome.NOT_INSTALLED;
    }
    if (daemon.get().phase() != Daemon.Phase.DOWN) {
      return StartOutcome.ADDRESS_IN_USE;
    }
    daemon.get().start(cause);
    return daemon.get().phase() == Daemon.Phase.DOWN
        ? StartOutcome.BROKEN_CONFIGURATION
        : StartOutcome.STARTED;
  }

  @Override
  public Optional<HostFile> file(String path) {
    return kernel()
        .files()
        .read(path)
        .map(f -> new HostFile(f.text(), false, f.executable(), 0))
        .or(
            () ->
                kernel().files().pathsUnder(path.endsWith("/") ? path : path + "/").isEmpty()
                        && !ORDINARY_FOLDERS.contains(path)
                    ? Optional.empty()
                    : Optional.of(new HostFile("", true, false, 0)));
  }

  private static final List<String> ORDINARY_FOLDERS =
      List.of(
          "/",
          "/tmp",
          "/var",
          "/var/log",
          "/var/run",
          "/run",
          "/etc",
          "/etc/keepalived",
          "/root",
          "/dev");

  @Override
  public boolean writeFile(String path, String text) {
    boolean executable = kernel().files().read(path).map(Host.HostFile::executable).orElse(false);
    kernel().files().write(path, new Host.HostFile(text, executable), cause);
    return true;
  }

  @Override
  public boolean removeFile(String path) {
    return kernel().files().remove(path, cause);
  }

  /** Folders exist by the files in them. */
  @Override
  public boolean createDirectory(String path) {
    return kernel().files().read(path).isEmpty();
  }

  @Override
  public List<HostInterface> interfaces() {
    List<HostInterface> seen = new ArrayList<>();
    int index = 2;
    for (NetworkInterface each : kernel().interfaces()) {
      seen.add(
          new HostInterface(
              index++,
              each.name(),
              each.mac().toString(),
              each.isAdministrativelyUp(),
              each.isVirtual() || each.port().isPlugged(),
              MTU,
              addresses(each.addresses())));
    }
    return seen;
  }

  private static List<HostAddress> addresses(List<LocalAddress> local) {
    List<HostAddress> seen = new ArrayList<>();
    for (LocalAddress address : local) {
      IpPrefix prefix = address.prefix();
      boolean secondary =
          seen.stream()
              .anyMatch(
                  e ->
                      e.prefix().length() == prefix.length()
                          && e.prefix().contains(prefix.address()));
      seen.add(new HostAddress(prefix, secondary));
    }
    return seen;
  }

  @Override
  public List<HostRoute> routes() {
    List<HostRoute> routes = new ArrayList<>();
    for (NetworkInterface each : kernel().interfaces()) {
      for (LocalAddress address : each.addresses()) {
        IpPrefix prefix = address.prefix();
        if (prefix.length() < prefix.address().family().bits()) {
          routes.add(
              new HostRoute(
                  Optional.of(
                      new IpPrefix(prefix.address().mask(prefix.length()), prefix.length())),
                  Optional.empty(),
                  each.name(),
                  Optional.of(prefix.address())));
        }
      }
    }
    host.gateway()
        .ifPresent(
            gateway ->
                routes.addFirst(
                    new HostRoute(
                        Optional.empty(),
                        Optional.of(gateway),
                        towards(gateway),
                        Optional.empty())));
    return routes;
  }

  private String towards(IpAddress gateway) {
    return kernel().interfaces().stream()
        .filter(i -> i.addresses().stream().anyMatch(a -> a.prefix().contains(gateway)))
        .map(NetworkInterface::name)
        .findFirst()
        .orElse(kernel().interfaces().getFirst().name());
  }

  @Override
  public List<HostSocket> listeningSockets() {
    List<HostSocket> sockets = new ArrayList<>();
    for (RunningProcess process : kernel().processes().all()) {
      for (int port : process.listens()) {
        sockets.add(new HostSocket(Optional.empty(), port, process.name(), process.pid()));
      }
    }
    return sockets;
  }

  @Override
  public boolean addAddress(String interfaceName, IpPrefix address) {
    return done(kernel().calls().addAddress(SHELL, interfaceName, address, cause));
  }

  @Override
  public boolean removeAddress(String interfaceName, IpPrefix address) {
    return done(kernel().calls().removeAddress(SHELL, interfaceName, address, cause));
  }

  private static boolean done(Optional<AddressTable.Answer> answer) {
    return answer.filter(a -> a.outcome() == AddressTable.Outcome.DONE).isPresent();
  }

  @Override
  public boolean setInterfaceUp(String interfaceName, boolean up) {
    if (kernel().networkInterface(interfaceName).isEmpty()) {
      return false;
    }
    kernel().setLink(interfaceName, up, cause);
    return true;
  }

  @Override
  public void announce(String interfaceName, IpAddress address) {
    kernel().calls().announce(SHELL, interfaceName, address, cause);
  }

  @Override
  public void log(String tag, String text) {
    host.trace().emit(new TraceDetail.LogLine(tag, text), cause);
  }

  @Override
  public void mail(List<String> recipients, String subject, String body) {
    host.trace()
        .emit(new TraceDetail.MailSent(String.join(", ", recipients), subject, body), cause);
  }

  @Override
  public void unsupported(Unsupported construct) {
    host.trace()
        .emit(
            new TraceDetail.NotModelled(
                construct.file() + ":" + construct.line(), construct.construct()),
            cause);
  }

  @Override
  public void startDetached(ShellRun run) {
    detached.accept(run);
  }
}
