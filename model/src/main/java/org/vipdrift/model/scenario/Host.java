package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;

/**
 * A machine.
 *
 * @param files what lies on its disk besides the configurations, by absolute path
 * @param scripts declared results of scripts by path or by the command as configured; they replace
 *     running it
 * @param forward whether it routes packets between its interfaces
 */
public record Host(
    String name,
    List<HostInterface> interfaces,
    Optional<IpAddress> gateway,
    List<ProcessSpecification> processes,
    Map<String, HostFile> files,
    Map<String, DeclaredScript> scripts,
    boolean forward) {
  public Host {
    interfaces = List.copyOf(interfaces);
    processes = List.copyOf(processes);
  }

  public Optional<ProcessSpecification> process(String processName) {
    return processes.stream().filter(p -> p.name().equals(processName)).findFirst();
  }

  public Host withProcesses(List<ProcessSpecification> newProcesses) {
    return new Host(name, interfaces, gateway, newProcesses, files, scripts, forward);
  }

  /** A network interface, with the addresses it has before any process runs. */
  public record HostInterface(
      String name, String segment, List<IpPrefix> addresses, Optional<MacAddress> mac) {
    public HostInterface {
      addresses = List.copyOf(addresses);
    }
  }

  /** A file: its text and whether it may be run. */
  public record HostFile(String text, boolean executable) {}

  /**
   * A script's declared result.
   *
   * @param exit 0..255
   * @param takes how long one run takes
   */
  public record DeclaredScript(int exit, Duration takes) {}

  /** A process of the host. */
  public sealed interface ProcessSpecification {
    /** The name that actions and {@code killall} use. */
    String name();

    /** When it is started, from the start of the run; empty if only the timeline starts it. */
    Optional<Duration> start();
  }

  /**
   * keepalived.
   *
   * @param configurationFile the file's path as the scenario names it; included files lie beside it
   * @param texts the contents of that file and of every file it may include, by path
   */
  public record KeepalivedProcess(
      String name, Optional<Duration> start, String configurationFile, Map<String, String> texts)
      implements ProcessSpecification {}

  /**
   * Any other daemon: it runs and listens.
   *
   * @param listens TCP ports
   * @param body what its web page says, if it has one
   */
  public record ServerProcess(
      String name, Optional<Duration> start, List<Integer> listens, Optional<String> body)
      implements ProcessSpecification {
    public ServerProcess {
      listens = List.copyOf(listens);
    }
  }
}
