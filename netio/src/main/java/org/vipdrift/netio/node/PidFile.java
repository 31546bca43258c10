package org.vipdrift.netio.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds the daemon's process number, locked for as long as it runs.
 *
 * <p>keepalived's own is respected: where one runs, no node starts.
 */
public final class PidFile implements AutoCloseable {
  private static final int LONGEST = 32;

  private final Path path;
  private final FileChannel channel;

  private PidFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the file for this process.
   *
   * @throws NodeRefusal when another daemon has it, or it cannot be written
   */
  public static PidFile take(Path path, long pid) throws NodeRefusal {
    FileChannel channel;
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException refused) {
      throw cannotWrite(path, refused);
    }
    try {
      String before = read(channel);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null || isKeepalived(before)) {
        channel.close();
        throw new NodeRefusal(
            NodeRefusal.Kind.ENVIRONMENT,
            "daemon is already running: process %s, by %s".formatted(before, path));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
      return new PidFile(path, channel);
    } catch (IOException refused) {
      throw cannotWrite(path, refused);
    }
  }

  private static NodeRefusal cannotWrite(Path path, IOException refused) {
    return new NodeRefusal(
        NodeRefusal.Kind.ENVIRONMENT, "cannot write the PID file " + path + ": " + refused);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(LONGEST);
    channel.read(content, 0);
    return new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
  }

  /** It takes no lock; a number alone may belong to anything by now. */
  private static boolean isKeepalived(String pid) {
    if (!pid.matches("[1-9][0-9]{0,9}")) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(pid)).isPresent()
        && comm(pid).filter(c -> c.startsWith("keepalived")).isPresent();
  }

  private static Optional<String> comm(String pid) {
    try {
      return Optional.of(Files.readString(Path.of("/proc", pid, "comm")).strip());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Removes it. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
      channel.close();
    } catch (IOException refused) {
      // The next daemon finds a file that nobody has locked.
    }
  }
}
