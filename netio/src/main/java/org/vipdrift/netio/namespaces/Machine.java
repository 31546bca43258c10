package org.vipdrift.netio.namespaces;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.vipdrift.netio.link.NetworkNamespace;

/** A set of namespaces and the process that keeps them: it lives as long as this one does. */
final class Machine implements AutoCloseable {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /**
   * Overlays need no copy of the machine's disk. The first process waits for a cat that reads, for
   * another when that is killed with all the others, and so buries those that nobody waits for: to
   * ignore SIGCHLD is not in every shell's power, and a keepalived that finds the number of a dead
   * one among the processes does not start. The arguments: its name, then folders that stay
   * visible, read-only, even where its disk begins empty.
   */
  private static final String HOST_SCRIPT =
      """
      hostname "$1"
      shift
      ip link set lo up
      mount -t sysfs sysfs /sys 2>/dev/null
      mount -t tmpfs -o mode=755 vipdrift /run || exit 1
      mkdir -p /run/lock /run/vipdrift
      kept=0
      for folder in "$@"; do
        kept=$((kept + 1))
        mkdir -p "/run/vipdrift/kept/$kept"
        mount --bind -o ro "$folder" "/run/vipdrift/kept/$kept" || exit 1
      done
      for folder in etc usr var root home opt srv; do
        if [ -d "/$folder" ] && [ ! -L "/$folder" ]; then
          mkdir -p "/run/vipdrift/disk/$folder/upper" "/run/vipdrift/disk/$folder/work"
          disk="/run/vipdrift/disk/$folder"
          mount -t overlay vipdrift -o "lowerdir=/$folder,upperdir=$disk/upper,workdir=$disk/work" "/$folder" || exit 1
        fi
      done
      mount -t tmpfs -o mode=1777 vipdrift /tmp || exit 1
      kept=0
      for folder in "$@"; do
        kept=$((kept + 1))
        mkdir -p "$folder" && mount --move "/run/vipdrift/kept/$kept" "$folder" || exit 1
      done
      echo ready
      until cat > /dev/null; do :; done
      """;

  private static final Path EMPTY_AT_FIRST = Path.of("/tmp");
  private static final String CLIENT_SCRIPT = "ip link set lo up && echo ready && exec cat";

  private final String name;
  private final Process keeper;
  private final long pid;
  private final NetworkNamespace network;

  private Machine(String name, Process keeper, long pid, NetworkNamespace network) {
    this.name = name;
    this.keeper = keeper;
    this.pid = pid;
    this.network = network;
  }

  /** What came of a command. */
  record Ended(int exit, String output) {}

  /**
   * A machine with processes, a name and a disk of its own, whose /tmp is empty.
   *
   * @param visible folders that it sees as they are here, wherever they lie
   */
  static Machine host(String name, List<Path> visible) throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare", "--net", "--mount", "--pid"));
    command.addAll(List.of("--uts", "--ipc", "--fork", "--kill-child", "--mount-proc"));
    command.addAll(List.of("sh", "-c", HOST_SCRIPT, "sh", name));
    visible.stream()
        .filter(folder -> folder.startsWith(EMPTY_AT_FIRST))
        .forEach(folder -> command.add(folder.toString()));
    return start(name, command);
  }

  /** A machine that is only a network. */
  static Machine client(String name) throws IOException {
    return start(name, List.of("unshare", "--net", "sh", "-c", CLIENT_SCRIPT));
  }

  private static Machine start(String name, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", PATH);
    Owner.self().mark(builder.environment());
    Process keeper = builder.start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(keeper.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder complaints = new StringBuilder();
    for (String line = said.readLine(); ; line = said.readLine()) {
      if (line == null) {
        throw new IOException(
            "cannot make namespaces for " + name + ": " + complaints.toString().strip());
      }
      if (line.equals("ready")) {
        break;
      }
      complaints.append(line).append(' ');
    }
    boolean forked = command.contains("--fork");
    long pid =
        forked
            ? keeper.children().findFirst().map(ProcessHandle::pid).orElse(keeper.pid())
            : keeper.pid();
    return new Machine(name, keeper, pid, NetworkNamespace.ofProcess(pid));
  }

  String name() {
    return name;
  }

  NetworkNamespace network() {
    return network;
  }

  /** Its disk as this process sees it. */
  Path root() {
    return Path.of("/proc/" + pid + "/root");
  }

  /** What runs a command in all its namespaces; its only child is the command. */
  List<String> inside(List<String> command) {
    List<String> whole = new ArrayList<>();
    // The helper that waits for the command may be stopped; it must not outlive us even then.
    whole.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
    whole.addAll(List.of("nsenter", "-t", Long.toString(pid), "-m", "-u", "-i", "-n", "-p", "--"));
    whole.addAll(command);
    return whole;
  }

  /** What every process of a machine finds in its environment. */
  static void environment(Map<String, String> variables) {
    variables.clear();
    variables.put("PATH", PATH);
    variables.put("HOME", "/root");
    variables.put("LANG", "C");
    variables.put("LC_ALL", "C");
    Owner.self().mark(variables);
  }

  /** Runs a command in its network and waits for it. */
  Ended runInNetwork(String input, String... command) throws IOException {
    List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid + "/ns/net"));
    whole.addAll(List.of(command));
    return await(whole, input);
  }

  /** Runs a command in all its namespaces and waits for it. */
  Ended run(String input, String... command) throws IOException {
    List<String> whole =
        new ArrayList<>(
            List.of("nsenter", "-t", Long.toString(pid), "-m", "-u", "-i", "-n", "-p", "--"));
    whole.addAll(List.of(command));
    return await(whole, input);
  }

  private static Ended await(List<String> command, String input) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    environment(builder.environment());
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Ended(process.waitFor(), output.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return new Ended(-1, output.strip());
    }
  }

  /** Runs lines of {@code ip} and throws if one fails. */
  void ip(String lines) throws IOException {
    Ended ended = runInNetwork(lines, "ip", "-batch", "-");
    if (ended.exit != 0) {
      throw new IOException("ip on " + name + ": " + ended.output);
    }
  }

  /**
   * Sets a kernel setting of its network.
   *
   * @param key with dots, as {@code net.ipv4.ip_forward}
   */
  void setting(String key, String value) throws IOException {
    network.call(
        () -> Files.writeString(Path.of("/proc/sys/" + key.replace('.', '/')), value + "\n"));
  }

  /** Every process of it but the first, as this process numbers them. */
  List<Long> processes() throws IOException {
    List<Long> found = new ArrayList<>();
    Path own = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/pid"));
    for (ProcessHandle each : ProcessHandle.allProcesses().toList()) {
      try {
        if (each.pid() != pid
            && Files.readSymbolicLink(Path.of("/proc/" + each.pid() + "/ns/pid")).equals(own)) {
          found.add(each.pid());
        }
      } catch (IOException e) {
        // It ended meanwhile, or is the kernel's.
      }
    }
    return found;
  }

  /** Ends it and everything that runs in it, and waits until it is over. */
  @Override
  public void close() {
    keeper.descendants().forEach(ProcessHandle::destroyForcibly);
    keeper.destroyForcibly();
    try {
      keeper.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    network.close();
  }
}
