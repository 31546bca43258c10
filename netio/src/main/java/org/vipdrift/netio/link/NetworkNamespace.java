package org.vipdrift.netio.link;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

/**
 * A network namespace of this machine.
 *
 * <p>What is opened in it stays in it: a socket, a TAP device, a listening channel. It lives as
 * long as somebody holds it, this object or a process.
 */
public final class NetworkNamespace implements AutoCloseable {
  private final String name;
  private final int descriptor;

  private NetworkNamespace(String name, int descriptor) {
    this.name = name;
    this.descriptor = descriptor;
  }

  /**
   * The namespace of a process.
   *
   * @throws NativeException when there is no such process, or it is not ours to look at
   */
  public static NetworkNamespace ofProcess(long pid) throws NativeException {
    return at("/proc/" + pid + "/ns/net");
  }

  /** The namespace behind a file, as {@code /run/netns/NAME}. */
  public static NetworkNamespace at(String path) throws NativeException {
    return new NetworkNamespace(path, Libc.open(path, Constants.O_RDONLY));
  }

  /**
   * Calls something on a thread that is in the namespace, and waits for it. The thread then ends.
   *
   * @throws IOException what the call threw; {@link NativeException} when the namespace cannot be
   *     entered
   */
  public <T> T call(Callable<T> what) throws IOException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        newThread(
            "enter-" + name,
            () -> {
              try {
                result.complete(what.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            },
            result::completeExceptionally);
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /** A platform thread, not yet started, that runs in the namespace all its life. */
  public Thread newThread(String threadName, Runnable body) {
    return newThread(
        threadName,
        body,
        failure -> {
          throw new IllegalStateException(failure);
        });
  }

  private Thread newThread(String threadName, Runnable body, Consumer<NativeException> refused) {
    return Thread.ofPlatform()
        .daemon()
        .name(threadName)
        .unstarted(
            () -> {
              try {
                Libc.setNamespace(descriptor, Constants.CLONE_NEWNET);
              } catch (NativeException e) {
                refused.accept(e);
                return;
              }
              body.run();
            });
  }

  @Override
  public void close() {
    Libc.close(descriptor);
  }

  @Override
  public String toString() {
    return name;
  }
}
