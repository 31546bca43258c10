package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;

/**
 * What runs on this machine whose own process is dead have left behind: processes, with which their
 * namespaces, mounts and cards go, and folders of temporary files.
 *
 * <p>All of it bears the mark of its {@link Owner}; what belongs to a run that is still alive, or
 * bears no mark, is not touched.
 */
public final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String FOLDER = "vipdrift-";

  private Leftovers() {}

  /**
   * Makes a folder for the temporary files of this process, which is removed by {@link #remove} if
   * this process does not.
   */
  public static Path temporaryFolder() throws IOException {
    return Files.createTempDirectory(FOLDER + Owner.self().mark() + "-");
  }

  /** Marks processes that this one starts. */
  public static void mark(ProcessBuilder builder) {
    Owner.self().mark(builder.environment());
  }

  /**
   * Removes everything that is left.
   *
   * @return what was removed, in words; empty where nothing was left
   * @throws IOException when something resists, as for want of root's privileges
   */
  public static List<String> remove() throws IOException {
    List<String> removed = new ArrayList<>();
    List<ProcessHandle> killed = new ArrayList<>();
    for (ProcessHandle each : ProcessHandle.allProcesses().toList()) {
      Optional<Owner> owner = Owner.ofProcess(each.pid());
      if (owner.isPresent() && !owner.get().isAlive()) {
        removed.add(
            "process %d (%s) of run %d"
                .formatted(each.pid(), each.info().command().orElse("?"), owner.get().pid()));
        Libc.kill((int) each.pid(), Constants.SIGKILL);
        killed.add(each);
      }
    }
    awaitEnd(killed);
    removeFolders(Path.of(System.getProperty("java.io.tmpdir")), removed);
    return removed;
  }

  private static void awaitEnd(List<ProcessHandle> killed) throws IOException {
    CompletableFuture<?>[] ends =
        killed.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException resisting) {
      throw new IOException("processes of dead runs do not end: " + alive(killed), resisting);
    }
  }

  private static List<Long> alive(List<ProcessHandle> killed) {
    return killed.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList();
  }

  private static void removeFolders(Path parent, List<String> removed) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, FOLDER + "*-*-*")) {
      for (Path folder : folders) {
        String[] parts = folder.getFileName().toString().split("-");
        Optional<Owner> owner = Owner.ofMark(parts[1] + "-" + parts[2]);
        if (owner.isPresent() && !owner.get().isAlive()) {
          removeTree(folder);
          removed.add("folder " + folder + " of run " + owner.get().pid());
        }
      }
    }
  }

  private static void removeTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
