package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.vipdrift.netio.link.NetworkNamespace;
import org.vipdrift.netio.namespaces.Leftovers;

/**
 * A host: a network and a process namespace of its own.
 *
 * <p>A shell that waits for the end of its input holds it, by a cat that reads: waiting, it buries
 * those that nobody else waits for. It is the first process in there, so that the kernel kills all
 * others with it: at {@link #close}, and when this JVM ends in whatever way.
 */
final class Place implements AutoCloseable {
  private final Process holder;
  private final long pid;
  private final NetworkNamespace namespace;
  private final List<Long> own;

  private Place(Process holder, long pid, NetworkNamespace namespace) throws IOException {
    this.holder = holder;
    this.pid = pid;
    this.namespace = namespace;
    this.own = all();
  }

  static Place open() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "unshare",
                "--net",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-c",
                "ip link set lo up; mount -t tmpfs none /run; exec 3<&0; cat <&3 & echo; wait")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Leftovers.mark(builder);
    Process holder = builder.start();
    if (holder.getInputStream().read() != '\n') {
      holder.destroyForcibly();
      throw new IOException("unshare --net --mount --pid is not allowed here");
    }
    long pid = holder.children().findFirst().orElseThrow(() -> new IOException("no holder")).pid();
    return new Place(holder, pid, NetworkNamespace.ofProcess(pid));
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  long pid() {
    return pid;
  }

  /** The words of a command that runs in here. */
  List<String> inside(List<String> command) {
    List<String> words =
        new ArrayList<>(
            List.of("nsenter", "-t", Long.toString(pid), "--net", "--mount", "--pid", "--"));
    words.addAll(command);
    return words;
  }

  /** Runs a program in here; what it printed. */
  String run(String words) throws IOException {
    return Processes.run(inside(List.of(words.split(" "))));
  }

  boolean holds(String address) throws IOException {
    return run("ip -o -4 addr show dev eth0").contains(" " + address + "/");
  }

  /** Processes in here besides those that hold it, as seen from outside. */
  List<Long> processes() throws IOException {
    List<Long> others = all();
    others.removeAll(own);
    return others;
  }

  private List<Long> all() throws IOException {
    Path own = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/pid"));
    List<Long> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path each : all.filter(p -> p.getFileName().toString().matches("[0-9]+")).toList()) {
        try {
          if (Files.readSymbolicLink(each.resolve("ns/pid")).equals(own)) {
            found.add(Long.parseLong(each.getFileName().toString()));
          }
        } catch (IOException gone) {
          continue;
        }
      }
    }
    return found;
  }

  /** What a daemon might leave behind: addresses, rules, routes, tables, sockets, links. */
  String state() throws IOException {
    return run("ip -o addr show dev eth0 scope global").replaceAll("valid_lft.*", "")
        + run("ip rule show")
        + run("ip route show table all type unicast")
        + run("ip -o link show")
            .replaceAll("\\s+", " ")
            .replaceAll("(@|qlen|state).*?(?= \\d+: |$)", "")
        + run("cat /proc/net/raw /proc/net/packet /proc/net/igmp")
            .lines()
            .filter(line -> line.matches("\\s*(\\d+:|[0-9a-f]{16} ).*"))
            .map(line -> line.strip().split("\\s+")[0])
            .toList()
        + (Processes.isInstalled("nft") ? run("nft list tables") : "");
  }

  @Override
  public void close() {
    namespace.close();
    try {
      holder.getOutputStream().close();
      if (!holder.waitFor(5, TimeUnit.SECONDS)) {
        holder.destroyForcibly();
      }
    } catch (IOException e) {
      holder.destroyForcibly();
    } catch (InterruptedException e) {
      holder.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "host " + pid;
  }
}
