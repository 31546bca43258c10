package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.actors.port.FileWatch.FileStatus;
import org.vipdrift.model.scenario.Host.HostFile;

/** The disk of a host: files by absolute path, and who watches them; it outlives a power cut. */
public final class HostFiles {
  private final Map<String, HostFile> files = new TreeMap<>();
  private final List<Watcher> watchers = new ArrayList<>();

  /** Told about a file. */
  @FunctionalInterface
  public interface Listener {
    void fileChanged(FileStatus status);
  }

  private record Watcher(String who, String path, Listener listener) {}

  /** A file as it is now; empty when it does not exist. */
  public Optional<HostFile> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  public boolean exists(String path) {
    return files.containsKey(path);
  }

  /** The paths of all files that begin with a text, in order. */
  public List<String> pathsUnder(String beginning) {
    return files.keySet().stream().filter(path -> path.startsWith(beginning)).toList();
  }

  /** Makes or replaces a file. */
  public void write(String path, HostFile file, long cause) {
    if (!file.equals(files.put(path, file))) {
      tell(path, cause);
    }
  }

  /** Makes or replaces a file that cannot be run. */
  public void write(String path, String text, long cause) {
    write(path, new HostFile(text, false), cause);
  }

  /**
   * Removes a file.
   *
   * @return whether there was one
   */
  public boolean remove(String path, long cause) {
    boolean existed = files.remove(path) != null;
    if (existed) {
      tell(path, cause);
    }
    return existed;
  }

  /** Tells the listener what the file is now, and at every later change. */
  public void watch(String who, String path, Listener listener, long cause) {
    watchers.add(new Watcher(who, path, listener));
    listener.fileChanged(status(path, cause));
  }

  /** Ends every watch of a process and of its parts. */
  public void unwatch(String who) {
    watchers.removeIf(watcher -> ProcessOwners.belongs(watcher.who, who));
  }

  void unwatchAll() {
    watchers.clear();
  }

  private FileStatus status(String path, long cause) {
    return new FileStatus(path, read(path).map(HostFile::text), cause);
  }

  private void tell(String path, long cause) {
    for (Watcher watcher : List.copyOf(watchers)) {
      if (watcher.path.equals(path)) {
        watcher.listener.fileChanged(status(path, cause));
      }
    }
  }
}
