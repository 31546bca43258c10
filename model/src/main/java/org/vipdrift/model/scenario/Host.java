package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;

/**
 * A machine.
 *
 * @param files what lies on its disk besides the configurations, by absolute path
 * @param scripts declared results of scripts by path or by the command as configured; they replace
 *     running it
 * @param sysctls kernel settings by name, as {@code net.ipv4.conf.all.arp_ignore}, that differ from
 *     a fresh Linux
 * @param forward whether it routes packets between its interfaces
 * @param marks what {@code iptables -t mangle -j MARK} does to packets that come in
 */
public record Host(
    String name,
    List<HostInterface> interfaces,
    Optional<IpAddress> gateway,
    List<ProcessSpecification> processes,
    Map<String, HostFile> files,
    Map<String, DeclaredScript> scripts,
    Map<String, String> sysctls,
    boolean forward,
    List<PacketMark> marks) {
  public Host {
    interfaces = List.copyOf(interfaces);
    processes = List.copyOf(processes);
    marks = List.copyOf(marks);
  }

  /** A machine that marks no packets. */
  public Host(
      String name,
      List<HostInterface> interfaces,
      Optional<IpAddress> gateway,
      List<ProcessSpecification> processes,
      Map<String, HostFile> files,
      Map<String, DeclaredScript> scripts,
      Map<String, String> sysctls,
      boolean forward) {
    this(name, interfaces, gateway, processes, files, scripts, sysctls, forward, List.of());
  }

  /** A machine with the kernel settings of a fresh Linux. */
  public Host(
      String name,
      List<HostInterface> interfaces,
      Optional<IpAddress> gateway,
      List<ProcessSpecification> processes,
      Map<String, HostFile> files,
      Map<String, DeclaredScript> scripts,
      boolean forward) {
    this(name, interfaces, gateway, processes, files, scripts, Collections.emptyMap(), forward);
  }

  public Optional<ProcessSpecification> process(String processName) {
    return processes.stream().filter(p -> p.name().equals(processName)).findFirst();
  }

  public Host withProcesses(List<ProcessSpecification> newProcesses) {
    return new Host(
        name, interfaces, gateway, newProcesses, files, scripts, sysctls, forward, marks);
  }

  /**
   * A network interface, with the addresses it has before any process runs.
   *
   * @param segment empty for a card without a cable, as {@code lo} is
   */
  public record HostInterface(
      String name, String segment, List<IpPrefix> addresses, Optional<MacAddress> mac) {
    public HostInterface {
      addresses = List.copyOf(addresses);
    }

    /**
     * Whether an interface of this name has no cable: the loopback, dummies, and the end of
     * tunnels. An address there is its host's private matter; real servers behind a director have
     * the virtual address on one.
     */
    public static boolean isWithoutCable(String interfaceName) {
      return interfaceName.equals("lo")
          || interfaceName.equals("tunl0")
          || interfaceName.startsWith("dummy");
    }
  }

  /**
   * A firewall mark for packets.
   *
   * @param mark more than 0
   */
  public record PacketMark(PacketMatch match, int mark) {}

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
   * HAProxy.
   *
   * @param configurationFile the file's path as the scenario names it
   * @param texts the contents of that file and of every file it may name, by path
   */
  public record HaproxyProcess(
      String name, Optional<Duration> start, String configurationFile, Map<String, String> texts)
      implements ProcessSpecification {
    /** The text of the configuration file. */
    public String configuration() {
      return texts.getOrDefault(configurationFile, "");
    }
  }

  /**
   * nginx with its own configuration.
   *
   * @param configurationFile the file's path as the scenario names it
   * @param texts the contents of that file and of every file it may include, by path
   */
  public record NginxProcess(
      String name, Optional<Duration> start, String configurationFile, Map<String, String> texts)
      implements ProcessSpecification {
    /** The text of the configuration file. */
    public String configuration() {
      return texts.getOrDefault(configurationFile, "");
    }
  }

  /**
   * Any other daemon: it runs, listens, and answers with one page.
   *
   * @param listens TCP ports
   * @param body what its web page says, if it has one
   * @param takes how long it works on a request
   * @param certificates the names its certificates are for; with any it speaks TLS on port 443, or
   *     on every port if it does not listen there
   */
  public record ServerProcess(
      String name,
      Optional<Duration> start,
      List<Integer> listens,
      Optional<String> body,
      Duration takes,
      List<String> certificates)
      implements ProcessSpecification {
    public static final int HTTPS = 443;

    public ServerProcess {
      listens = List.copyOf(listens);
      certificates = List.copyOf(certificates);
    }

    /** A daemon that answers at once, without TLS. */
    public ServerProcess(
        String name, Optional<Duration> start, List<Integer> listens, Optional<String> body) {
      this(name, start, listens, body, Duration.ZERO, List.of());
    }

    /** Whether it speaks TLS on that port. */
    public boolean isTls(int port) {
      return !certificates.isEmpty() && (port == HTTPS || !listens.contains(HTTPS));
    }
  }
}
