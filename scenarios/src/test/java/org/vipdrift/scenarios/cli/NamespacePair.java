package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Two network namespaces joined by a cable, {@code left0} in one and {@code right0} in the other.
 */
final class NamespacePair implements AutoCloseable {
  static final String VIP = "10.93.7.100";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final List<Process> started = new ArrayList<>();
  private final Process left;
  private final Process right;

  private NamespacePair(Path folder, Process left, Process right) {
    this.folder = folder;
    this.left = left;
    this.right = right;
  }

  static NamespacePair make(Path folder) throws IOException, InterruptedException {
    NamespacePair pair = new NamespacePair(folder, holder(), holder());
    pair.now(
        "ip",
        "link",
        "add",
        "left0",
        "netns",
        pid(pair.left),
        "type",
        "veth",
        "peer",
        "name",
        "right0",
        "netns",
        pid(pair.right));
    pair.setUp(pair.left, "left0", "10.93.7.1/24");
    pair.setUp(pair.right, "right0", "10.93.7.2/24");
    return pair;
  }

  private static Process holder() throws IOException {
    Process process = new ProcessBuilder("unshare", "-n", "sh", "-c", "echo; read _").start();
    if (process.getInputStream().read() != '\n') {
      throw new IOException("no network namespace");
    }
    return process;
  }

  private static String pid(Process process) {
    return Long.toString(process.pid());
  }

  private void setUp(Process namespace, String name, String address)
      throws IOException, InterruptedException {
    inside(namespace, "ip", "link", "set", "lo", "up");
    inside(namespace, "ip", "addr", "add", address, "dev", name);
    inside(namespace, "ip", "link", "set", name, "up");
  }

  private static List<String> entering(Process namespace, List<String> words) {
    List<String> all =
        new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid(namespace) + "/ns/net"));
    all.addAll(words);
    return all;
  }

  private String inside(Process namespace, String... words)
      throws IOException, InterruptedException {
    return now(entering(namespace, List.of(words)).toArray(String[]::new));
  }

  /** Runs a command on the left to its end; what it printed. */
  String onTheLeft(String... words) throws IOException, InterruptedException {
    return inside(left, words);
  }

  /** Runs a command on the right to its end; what it printed. */
  String onTheRight(String... words) throws IOException, InterruptedException {
    return inside(right, words);
  }

  private String now(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return out;
  }

  /** Starts a node on the left, with a log of its own. */
  Process node(String log, String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "node",
            "-l",
            "-D",
            "-G"));
    words.addAll(List.of(arguments));
    return start(entering(left, words), folder.resolve(log));
  }

  /** Starts keepalived on the right. */
  Process keepalived(Path configuration) throws IOException {
    return start(
        entering(
            right,
            List.of(
                "keepalived",
                "-n",
                "-l",
                "-D",
                "-f",
                configuration.toString(),
                "-p",
                folder.resolve("keepalived.pid").toString(),
                "-r",
                folder.resolve("keepalived_vrrp.pid").toString())),
        folder.resolve("keepalived.log"));
  }

  private Process start(List<String> words, Path log) throws IOException {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    started.add(process);
    return process;
  }

  boolean leftHolds() {
    return holds(left);
  }

  boolean rightHolds() {
    return holds(right);
  }

  private boolean holds(Process namespace) {
    try {
      return inside(namespace, "ip", "-4", "-o", "addr").contains(VIP + "/");
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  String log(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException absent) {
      return "";
    }
  }

  /** Waits until something is so; false when it does not become so in time. */
  static boolean eventually(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.sleep(50);
    }
    return condition.getAsBoolean();
  }

  /** Sends a signal to a process. */
  void signal(Process process, String signal) throws IOException, InterruptedException {
    now("kill", "-" + signal, pid(process));
  }

  @Override
  public void close() throws IOException {
    for (Process process : started) {
      process.destroy();
    }
    try {
      for (Process process : started) {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    left.getOutputStream().close();
    right.getOutputStream().close();
  }
}
