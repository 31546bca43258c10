package org.vipdrift.netio.port;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * The folders of watched files: one thread waits for inotify's events, another reads the files.
 *
 * <p>A folder that does not exist when a file is read is looked for at its next reading.
 */
final class FolderEvents implements AutoCloseable {
  /** No tracked file holds more than a number; a whole log by mistake shall not fill the heap. */
  private static final int MOST_OCTETS = 4096;

  /** What happened. */
  sealed interface Change {
    /** To one file. */
    record Of(String path) implements Change {}

    /** Something, somewhere. */
    record Unknown() implements Change {}
  }

  private final WatchService service;
  private final Consumer<Change> listener;
  private final ExecutorService reader = NamedThreads.pool("vipdrift-files", 1);

  /** The paths of each folder as they were asked for, by their names; used by both threads. */
  private final Map<WatchKey, Map<String, String>> folders = new LinkedHashMap<>();

  private FolderEvents(WatchService service, Consumer<Change> listener) {
    this.service = service;
    this.listener = listener;
  }

  /**
   * Opens inotify.
   *
   * @param listener called on a thread of its own; must only send a message
   * @throws IOException when the machine allows no more of them
   */
  static FolderEvents open(Consumer<Change> listener) throws IOException {
    FolderEvents opened = new FolderEvents(FileSystems.getDefault().newWatchService(), listener);
    NamedThreads.thread("vipdrift-inotify", opened::listen).start();
    return opened;
  }

  /** Reads a file soon, and has its folder watched; the content is empty when there is none. */
  void read(String path, Consumer<Optional<String>> answer) {
    reader.execute(
        () -> {
          watchFolderOf(path);
          answer.accept(content(Path.of(path)));
        });
  }

  @Override
  public void close() throws IOException {
    reader.shutdown();
    service.close();
  }

  private void watchFolderOf(String path) {
    Path file = Path.of(path).toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null) {
      return;
    }
    try {
      WatchKey key =
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      synchronized (folders) {
        folders
            .computeIfAbsent(key, _ -> new LinkedHashMap<>())
            .put(file.getFileName().toString(), path);
      }
    } catch (IOException | ClosedWatchServiceException _) {
      // There is no such folder, or nobody wants to know any more.
    }
  }

  private void listen() {
    try {
      while (true) {
        WatchKey key = service.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          tell(key, event);
        }
        if (!key.reset()) {
          synchronized (folders) {
            folders.remove(key);
          }
          listener.accept(new Change.Unknown());
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException _) {
      // The end.
    }
  }

  private void tell(WatchKey key, WatchEvent<?> event) {
    if (!(event.context() instanceof Path name)) {
      listener.accept(new Change.Unknown()); // more happened than the kernel could keep
      return;
    }
    String path;
    synchronized (folders) {
      path = folders.getOrDefault(key, Map.of()).get(name.toString());
    }
    if (path != null) {
      listener.accept(new Change.Of(path));
    }
  }

  private static Optional<String> content(Path path) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (InputStream file = Files.newInputStream(path)) {
      return Optional.of(new String(file.readNBytes(MOST_OCTETS), StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
