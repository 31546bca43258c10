package org.vipdrift.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LatencyHistogramTest {
  @Property(tries = 200)
  void percentilesAreAtMostOnePercentTooHigh(
      @ForAll @Size(min = 1, max = 300) List<@LongRange(max = 100_000_000_000L) Long> nanos,
      @ForAll @LongRange(min = 1, max = 100) long percent) {
    LatencyHistogram histogram = new LatencyHistogram();
    nanos.forEach(each -> histogram.add(Duration.ofNanos(each)));
    List<Long> sorted = nanos.stream().sorted().toList();
    long exact = sorted.get((int) LatencyHistogram.rank(nanos.size(), percent) - 1);
    assertThat(histogram.percentile(percent).toNanos()).isBetween(exact, exact + exact / 100 + 1);
    assertThat(histogram.greatest().toNanos()).isEqualTo(sorted.getLast());
    assertThat(histogram.total()).isEqualTo(nanos.size());
  }
}
