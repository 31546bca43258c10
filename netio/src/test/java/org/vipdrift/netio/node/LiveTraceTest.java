package org.vipdrift.netio.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

class LiveTraceTest {
  @Test
  void everyObserverSeesEveryEventInOrderThoughOneFails() {
    List<TraceEvent> seen = new CopyOnWriteArrayList<>();
    LiveTrace.Observer broken =
        event -> {
          throw new IllegalStateException("broken at " + event.id());
        };
    try (LiveTrace trace = LiveTrace.start("n", System.nanoTime(), List.of(broken, seen::add))) {
      long first = trace.emit(new TraceDetail.LogLine("p", "one"), TraceEvent.NO_CAUSE);
      trace.emit(new TraceDetail.LogLine("p", "two"), first);
    }
    assertThat(seen).extracting(TraceEvent::id).containsExactly(1L, 2L);
    assertThat(seen).extracting(TraceEvent::cause).containsExactly(TraceEvent.NO_CAUSE, 1L);
  }

  @Test
  void whatComesAfterTheEndIsCounted() {
    LiveTrace trace = LiveTrace.start("n", System.nanoTime(), List.of());
    trace.close();
    trace.emit(new TraceDetail.LogLine("p", "late"), TraceEvent.NO_CAUSE);
    assertThat(trace.dropped()).isEqualTo(1);
  }
}
