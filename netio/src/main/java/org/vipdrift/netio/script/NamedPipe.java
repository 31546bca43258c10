package org.vipdrift.netio.script;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named pipe that lines are written to, by a thread of its own.
 *
 * <p>As keepalived 2.2.7 does (observed): made with mode 0600 where there is none, and then removed
 * at the end; opened for reading too, so that nobody need read at first: the kernel keeps 64 KiB
 * for a reader that comes later. Beyond that, 1,000 lines wait here, and more are lost.
 */
public final class NamedPipe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NamedPipe.class);
  private static final int FILE_TYPE = 0170000;
  private static final int FIFO = 0010000;
  private static final int MOST_WAITING = 1000;

  private final Path path;
  private final boolean made;
  private final FileChannel channel;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer;

  private NamedPipe(Path path, boolean made, FileChannel channel) {
    this.path = path;
    this.made = made;
    this.channel = channel;
    this.writer = Thread.ofPlatform().name("vipdrift-fifo").daemon().unstarted(this::write);
  }

  /**
   * Makes a pipe where there is none, and opens it.
   *
   * @param owner of a new one; empty for this process
   * @throws IOException when it cannot be made or opened, or is something else
   */
  public static NamedPipe open(Path path, Optional<ScriptUser> owner) throws IOException {
    boolean make = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    if (make) {
      make(path, owner);
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & FILE_TYPE) != FIFO) {
      throw new IOException(path + " is not a named pipe");
    }
    Set<OpenOption> both =
        new LinkedHashSet<>(
            List.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    NamedPipe opened = new NamedPipe(path, make, FileChannel.open(path, both));
    opened.writer.start();
    return opened;
  }

  private static void make(Path path, Optional<ScriptUser> owner) throws IOException {
    Process mkfifo =
        new ProcessBuilder("mkfifo", "--mode=0600", "--", path.toString())
            .redirectErrorStream(true)
            .start();
    String complaint =
        new String(mkfifo.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (mkfifo.waitFor() != 0) {
        throw new IOException(complaint);
      }
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IOException(failure);
    }
    if (owner.isPresent()) {
      Files.setAttribute(path, "unix:uid", owner.get().uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", owner.get().gid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * Writes a line soon; never blocks.
   *
   * @param line without the end of line
   */
  public void writeLine(String line) {
    if (!waiting.offer(line)) {
      lost.incrementAndGet();
    }
  }

  /** How many lines were lost, because nobody read for too long. */
  public long lostLines() {
    return lost.get();
  }

  /** Ends writing, and removes the pipe if it was made here; lines that still wait are lost. */
  @Override
  public void close() {
    writer.interrupt(); // also ends a write that waits for a reader
    try {
      channel.close();
      if (made) {
        Files.delete(path);
      }
    } catch (NoSuchFileException _) {
      // Somebody else has removed it.
    } catch (IOException failure) {
      LOG.warn("The named pipe {} is not removed", path, failure);
    }
  }

  private void write() {
    try {
      while (true) {
        ByteBuffer line = ByteBuffer.wrap((waiting.take() + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
          channel.write(line);
        }
      }
    } catch (InterruptedException | ClosedChannelException _) {
      // The end.
    } catch (IOException failure) {
      LOG.warn("Nothing more is written to the named pipe {}", path, failure);
    }
  }
}
