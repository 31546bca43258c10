package org.vipdrift.simulator.shell;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.simulator.shell.syntax.Unsupported;

/** What a script can see of, and do to, the simulated machine it runs on. */
public interface ShellHost {
  /** The instant on the simulation's timeline, in nanoseconds; only differences are used. */
  long nowNanos();

  /** What the machine's own clock shows, faults included. */
  ZonedDateTime wallClock();

  Duration uptime();

  String hostName();

  /** The variables a process started here inherits. */
  SortedMap<String, String> environment();

  /** Looks a name up as the machine's resolver would; literal addresses never come here. */
  Optional<IpAddress> resolve(String name);

  /** Every process, those of running scripts included, by ascending process id. */
  List<HostProcess> processes();

  /**
   * Enters a process of a script into the process table.
   *
   * @param name what {@code ps -o comm} shows, at most 15 characters
   * @param commandLine what {@code ps -o args} shows
   * @return its process id
   */
  int processStarted(int parentPid, String name, String commandLine);

  /** Takes a process of a script out of the table; nothing happens if it is gone already. */
  void processEnded(int pid);

  /**
   * Sends a signal. A process that it ends has left {@link #processes()} before this returns.
   *
   * @param signal the name without SIG, or {@code 0} to ask only whether the process is there
   * @return whether the process was there
   */
  boolean signal(int pid, String signal);

  /** Starts, stops or restarts a service as the init system does. */
  ServiceOutcome control(String service, ServiceAction action);

  /** Empty if the machine has no such service. */
  Optional<ServiceState> serviceState(String service);

  /**
   * Starts a daemon by its program, outside the init system.
   *
   * @param program the base name, such as {@code nginx}
   */
  StartOutcome startDaemon(String program, List<String> arguments);

  Optional<HostFile> file(String path);

  /** Replaces or creates a file; false if its directory does not exist or is not writable. */
  boolean writeFile(String path, String text);

  /** False if there was none. */
  boolean removeFile(String path);

  /** Creates a directory and its parents; false if a file is in the way. */
  boolean createDirectory(String path);

  List<HostInterface> interfaces();

  List<HostRoute> routes();

  List<HostSocket> listeningSockets();

  /** False if the interface does not exist or has the address already. */
  boolean addAddress(String interfaceName, IpPrefix address);

  /** False if the interface does not have the address. */
  boolean removeAddress(String interfaceName, IpPrefix address);

  /** False if there is no such interface. */
  boolean setInterfaceUp(String interfaceName, boolean up);

  /** Sends one gratuitous ARP or unsolicited neighbour advertisement. */
  void announce(String interfaceName, IpAddress address);

  /** A line to the system log. */
  void log(String tag, String text);

  void mail(List<String> recipients, String subject, String body);

  /** A command or construct that the interpreter does not know was reached. */
  void unsupported(Unsupported construct);

  /**
   * Takes over a run that the script left in the background ({@code &}); it has its own process.
   */
  void startDetached(ShellRun run);

  /** What can be asked of the init system. */
  enum ServiceAction {
    START,
    STOP,
    RESTART,
    RELOAD
  }

  /** What came of it. */
  enum ServiceOutcome {
    DONE,
    FAILED,
    UNKNOWN_SERVICE
  }

  /** As {@code systemctl is-active} says it. */
  enum ServiceState {
    ACTIVE,
    ACTIVATING,
    INACTIVE,
    FAILED
  }

  /** What came of starting a daemon by hand. */
  enum StartOutcome {
    STARTED,
    /** Another process holds its port. */
    ADDRESS_IN_USE,
    BROKEN_CONFIGURATION,
    NOT_INSTALLED
  }

  /**
   * A process.
   *
   * @param state the letter {@code ps} shows: S sleeping, R running, T stopped, D waiting for a
   *     disk, Z zombie
   */
  record HostProcess(
      int pid, int parentPid, String user, String name, String commandLine, char state) {}

  /**
   * A file or directory.
   *
   * @param modified seconds since 1970 by the machine's clock
   */
  record HostFile(String text, boolean directory, boolean executable, long modified) {
    public static HostFile ofText(String text) {
      return new HostFile(text, false, false, 0);
    }

    public static HostFile script(String text) {
      return new HostFile(text, false, true, 0);
    }
  }

  /** An interface and its addresses in the kernel's order. */
  record HostInterface(
      int index,
      String name,
      String mac,
      boolean up,
      boolean carrier,
      int mtu,
      List<HostAddress> addresses) {
    public HostInterface {
      addresses = List.copyOf(addresses);
    }

    public boolean loopback() {
      return name.equals("lo");
    }
  }

  /**
   * An address of an interface.
   *
   * @param secondary whether another address of the same network came first
   */
  record HostAddress(IpPrefix prefix, boolean secondary) {}

  /** A route; without a destination it is the default route. */
  record HostRoute(
      Optional<IpPrefix> destination,
      Optional<IpAddress> gateway,
      String interfaceName,
      Optional<IpAddress> source) {}

  /**
   * A listening TCP socket.
   *
   * @param address empty if it listens on every address of both families
   */
  record HostSocket(Optional<IpAddress> address, int port, String processName, int pid) {}
}
