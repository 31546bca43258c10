package org.vipdrift.netio;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.link.NetworkNamespace;

/**
 * A network namespace of its own for a test, with everything in it gone when it is closed.
 *
 * <p>A process that waits for the end of its input holds it, so that it does not outlive the JVM
 * either. The loopback interface is up.
 */
public final class ScratchNamespace implements AutoCloseable {
  private final Process holder;
  private final NetworkNamespace namespace;

  private ScratchNamespace(Process holder, NetworkNamespace namespace) {
    this.holder = holder;
    this.namespace = namespace;
  }

  /** Opens one, or has the test skipped where that is not allowed. */
  public static ScratchNamespace open() {
    assumeTrue(Libc.userId() == 0, "needs root to make a network namespace");
    try {
      Process holder =
          new ProcessBuilder("unshare", "-n", "sh", "-c", "ip link set lo up; echo; read _")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ready = holder.getInputStream().read() == '\n';
      if (!ready) {
        holder.destroy();
      }
      assumeTrue(ready, "needs unshare -n, which is not allowed here");
      return new ScratchNamespace(holder, NetworkNamespace.ofProcess(holder.pid()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** To open sockets and start threads in. */
  public NetworkNamespace namespace() {
    return namespace;
  }

  /** Of a process in it, as {@code ip link set ... netns} takes it. */
  public long pid() {
    return holder.pid();
  }

  /** Calls something on a thread in the namespace. */
  public <T> T call(Callable<T> what) {
    try {
      return namespace.call(what);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A pair of Ethernet interfaces, both up, one here and the other there (or here too). */
  public void connect(String nameHere, ScratchNamespace there, String nameThere) {
    run(
        List.of(
            "ip",
            "link",
            "add",
            nameHere,
            "netns",
            Long.toString(pid()),
            "type",
            "veth",
            "peer",
            "name",
            nameThere,
            "netns",
            Long.toString(there.pid())));
    ip("link set " + nameHere + " up");
    there.ip("link set " + nameThere + " up");
  }

  /** Runs {@code ip} in the namespace, words separated by blanks. */
  public String ip(String words) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words.split(" ")));
    return run(command);
  }

  /** Runs a program in the namespace and waits for it; its output, or it fails the test. */
  public String run(List<String> command) {
    try {
      Process process = start(command);
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts a program in the namespace, its error output with its output. */
  public Process start(List<String> command) throws IOException {
    List<String> inside =
        new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid() + "/ns/net", "--"));
    inside.addAll(command);
    return new ProcessBuilder(inside).redirectErrorStream(true).start();
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
}
