package org.vipdrift.scenarios.cli;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorSystem;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.scenarios.trace.TraceFileSink;
import org.vipdrift.scenarios.trace.TraceHeader;

/**
 * The trace files of a command's runs.
 *
 * <p>The actor system of their streams starts beside the simulation's: each takes a fifth of a
 * second that nobody wants to wait for twice.
 */
final class TraceFiles implements AutoCloseable {
  private static final String QUIET =
      """
      pekko.loglevel = ERROR
      pekko.stdout-loglevel = ERROR
      pekko.jvm-shutdown-hooks = off
      pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
      """;

  private final Optional<CompletableFuture<ActorSystem>> system;

  /**
   * @param wanted whether any file will be written
   */
  TraceFiles(boolean wanted) {
    this.system =
        wanted ? Optional.of(CompletableFuture.supplyAsync(TraceFiles::start)) : Optional.empty();
  }

  private static ActorSystem start() {
    return ActorSystem.create(
        "traces", ConfigFactory.parseString(QUIET).withFallback(ConfigFactory.load()));
  }

  /** The files of one run. */
  record Writing(List<TraceFileSink> sinks) implements Consumer<TraceEvent>, AutoCloseable {
    @Override
    public void accept(TraceEvent event) {
      for (TraceFileSink sink : sinks) {
        sink.accept(event);
      }
    }

    @Override
    public void close() {
      sinks.forEach(TraceFileSink::close);
    }
  }

  Writing begin(List<Path> files, TraceHeader header) {
    List<TraceFileSink> sinks = new ArrayList<>();
    for (Path file : files) {
      sinks.add(TraceFileSink.create(file, header, running()));
    }
    return new Writing(List.copyOf(sinks));
  }

  private ActorSystem running() {
    return system.orElseThrow(() -> new IllegalStateException("no trace was wanted")).join();
  }

  @Override
  public void close() {
    system.ifPresent(s -> s.join().terminate());
  }
}
