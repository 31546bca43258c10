package org.vipdrift.scenarios.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.IOResult;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.FileIO;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Writes a trace file while a run goes on, through a stream into the file.
 *
 * <p>Lines are gathered into blocks; if the disk is slower than the run, the run waits. {@link
 * #close} returns when the last line is in the file. For one thread at a time.
 */
public final class TraceFileSink implements Consumer<TraceEvent>, AutoCloseable {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int BLOCKS_WAITING = 16;

  private final Path file;
  private final ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK_BYTES + 4096);
  private final SourceQueueWithComplete<ByteString> queue;
  private final CompletionStage<IOResult> written;
  private CompletionStage<QueueOfferResult> offered =
      CompletableFuture.completedFuture(QueueOfferResult.enqueued());
  private boolean closed;

  private TraceFileSink(Path file, ClassicActorSystemProvider system) {
    this.file = file;
    var running =
        Source.<ByteString>queue(BLOCKS_WAITING, OverflowStrategy.backpressure())
            .toMat(FileIO.toPath(file), Keep.both())
            .run(SystemMaterializer.get(system).materializer());
    this.queue = running.first();
    this.written = running.second();
  }

  /**
   * Begins a file, replacing one of that name, with the header.
   *
   * @param system an ordinary actor system, not one of a simulation
   */
  public static TraceFileSink create(
      Path file, TraceHeader header, ClassicActorSystemProvider system) {
    TraceFileSink sink = new TraceFileSink(file, system);
    sink.block.writeBytes(TraceFormat.header(header));
    return sink;
  }

  /**
   * Appends an event; waits while too many blocks are waiting.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  @Override
  public void accept(TraceEvent event) {
    if (closed) {
      throw new IllegalStateException("trace file " + file + " is closed");
    }
    TraceFormat.write(event, block);
    if (block.size() >= BLOCK_BYTES) {
      flush();
    }
  }

  /**
   * Completes the file and waits until it is written.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (block.size() > 0) {
      flush();
    }
    awaitOffer();
    queue.complete();
    awaitWritten();
  }

  private void flush() {
    awaitOffer();
    offered = queue.offer(ByteString.fromArray(block.toByteArray()));
    block.reset();
  }

  /** A queue with back-pressure takes one offer at a time. */
  private void awaitOffer() {
    try {
      if (offered.toCompletableFuture().join().isEnqueued()) {
        return;
      }
    } catch (CompletionException refused) {
      // the file knows why
    }
    awaitWritten();
    throw failure(new IOException("the stream ended early"));
  }

  private void awaitWritten() {
    try {
      written.toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw failure(failed.getCause());
    }
  }

  private UncheckedIOException failure(Throwable cause) {
    Throwable first = cause;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return new UncheckedIOException(
        "cannot write trace file " + file + ": " + first, new IOException(cause));
  }
}
