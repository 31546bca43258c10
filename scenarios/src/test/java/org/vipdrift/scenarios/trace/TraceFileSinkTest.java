package org.vipdrift.scenarios.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

class TraceFileSinkTest {
  private static final ActorSystem<Void> SYSTEM =
      ActorSystem.create(Behaviors.empty(), "trace-file-sink-test");
  private static final TraceHeader HEADER = new TraceHeader("nginx-pair", 1, "0.1.0", "sim");

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    SYSTEM.terminate();
    SYSTEM.getWhenTerminated().toCompletableFuture().join();
  }

  private Path write(String name, int events) {
    Path file = folder.resolve(name);
    try (TraceFileSink sink = TraceFileSink.create(file, HEADER, SYSTEM)) {
      for (int i = 1; i <= events; i++) {
        sink.accept(event(i));
      }
    }
    return file;
  }

  private static TraceEvent event(long id) {
    return new TraceEvent(
        id, id - 1, id * 1000, "nginx1", new TraceDetail.LogLine("keepalived", "line " + id));
  }

  @Test
  void everyEventIsInTheFileWhenItIsClosed() throws IOException {
    int events = 50_000;
    try (TraceReader reader = TraceReader.open(write("long.jsonl", events))) {
      assertThat(reader.header()).isEqualTo(HEADER);
      for (int i = 1; i <= events; i++) {
        assertThat(reader.next()).contains(event(i));
      }
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void theSameEventsGiveTheSameBytes() throws IOException {
    assertThat(Files.mismatch(write("one.jsonl", 3_000), write("two.jsonl", 3_000))).isEqualTo(-1);
  }

  @Test
  void aShorterTraceReplacesALongerOneOfTheSameName() throws IOException {
    write("same.jsonl", 100);
    assertThat(Files.readAllLines(write("same.jsonl", 2))).hasSize(3);
  }

  @Test
  void aFileThatCannotBeWrittenIsReported() {
    Path nowhere = folder.resolve("missing").resolve("trace.jsonl");
    TraceFileSink sink = TraceFileSink.create(nowhere, HEADER, SYSTEM);
    assertThatThrownBy(sink::close)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write trace file " + nowhere);
  }
}
