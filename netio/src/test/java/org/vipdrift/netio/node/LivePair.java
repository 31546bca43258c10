package org.vipdrift.netio.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.vipdrift.netio.ScratchNamespace;

/**
 * Two machines on one cable: a node on {@code left0} (10.93.8.1), keepalived on {@code right0}
 * (10.93.8.2).
 */
final class LivePair implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  final ScratchNamespace left;
  final ScratchNamespace right;
  private final Path folder;
  private final List<Process> started = new ArrayList<>();

  private LivePair(Path folder, ScratchNamespace left, ScratchNamespace right) {
    this.folder = folder;
    this.left = left;
    this.right = right;
  }

  static LivePair open(Path folder) {
    LivePair pair = new LivePair(folder, ScratchNamespace.open(), ScratchNamespace.open());
    pair.left.connect("left0", pair.right, "right0");
    pair.left.ip("addr add 10.93.8.1/24 dev left0");
    pair.right.ip("addr add 10.93.8.2/24 dev right0");
    return pair;
  }

  /** Starts a {@link LiveNode}; its output is appended to {@code node.log}. */
  Process node(List<String> environment, String mode, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("env"));
    words.addAll(environment);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LiveNode.class.getName(),
            mode,
            folder.toString()));
    words.addAll(List.of(more));
    return start(left, "node.log", words);
  }

  /** Starts keepalived with {@code keepalived.conf}; its output goes to {@code keepalived.log}. */
  Process keepalived(String configuration) throws IOException {
    Path program = Path.of("/usr/sbin/keepalived");
    assumeTrue(Files.isExecutable(program), "needs keepalived");
    Path file = Files.writeString(folder.resolve("keepalived.conf"), configuration);
    return start(
        right,
        "keepalived.log",
        List.of(
            program.toString(),
            "-nlD",
            "-f",
            file.toString(),
            "-p",
            folder.resolve("k.pid").toString(),
            "-r",
            folder.resolve("kv.pid").toString()));
  }

  /** Writes down what a datagram socket in the folder hears, into {@code NAME.heard}. */
  void listen(String name) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "needs python3 to hear datagrams");
    String program =
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(sys.argv[1])
        while True:
            print(s.recv(65536).decode(), flush=True)
        """;
    Path socket = folder.resolve(name);
    start(left, name + ".heard", List.of(python.toString(), "-c", program, socket.toString()));
    if (!eventually(() -> Files.exists(socket))) {
      throw new IllegalStateException("nobody listens at " + socket);
    }
  }

  Process start(ScratchNamespace where, String output, List<String> words) throws IOException {
    List<String> inside =
        new ArrayList<>(List.of("nsenter", "--net=/proc/" + where.pid() + "/ns/net", "--"));
    inside.addAll(words);
    Process process =
        new ProcessBuilder(inside)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(output).toFile()))
            .start();
    started.add(process);
    return process;
  }

  static boolean holds(ScratchNamespace machine, String address) {
    return machine.ip("-o addr").contains(" " + address + "/");
  }

  String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException absent) {
      return "";
    }
  }

  boolean told(String file, String words) throws InterruptedException {
    return eventually(() -> text(file).contains(words));
  }

  static boolean eventually(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.sleep(50);
    }
    return condition.getAsBoolean();
  }

  /** Ends a node in order; how it has ended. */
  static int stop(Process process) throws InterruptedException {
    process.destroy();
    return ended(process);
  }

  static int ended(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end");
    }
    return process.exitValue();
  }

  void reload(Process node) {
    left.run(List.of("kill", "-HUP", Long.toString(node.pid())));
  }

  @Override
  public void close() {
    started.forEach(Process::destroy);
    try {
      for (Process process : started) {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    left.close();
    right.close();
  }
}
