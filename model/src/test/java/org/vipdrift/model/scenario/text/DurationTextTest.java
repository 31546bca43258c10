package org.vipdrift.model.scenario.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as people write them. */
class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "5s, PT5S",
    "200ms, PT0.2S",
    "50us, PT0.00005S",
    "7ns, PT0.000000007S",
    "1m30s, PT1M30S",
    "2h, PT2H",
    "1.5s, PT1.5S",
    "1h1m1s1ms, PT1H1M1.001S",
    "-90s, PT-90S",
  })
  void isRead(String text, Duration duration) {
    assertThat(DurationText.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "5",
        "s",
        "5 s",
        "1s1m",
        "1s1s",
        "1e3s",
        "5S",
        ".5s",
        "--1s",
        "99999999h"
      })
  void isNotRead(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @Property(tries = 500)
  void whatIsFormattedIsReadBack(
      @ForAll @LongRange(min = -300_000_000_000_000_000L, max = 300_000_000_000_000_000L)
          long nanos) {
    Duration duration = Duration.ofNanos(nanos);
    assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
  }

  @Test
  void isWrittenInTheLargestUnits() {
    assertThat(DurationText.format(Duration.ZERO)).isEqualTo("0s");
    assertThat(DurationText.format(Duration.ofMillis(1_500))).isEqualTo("1s500ms");
    assertThat(DurationText.format(Duration.ofNanos(3_600_000_001_002L))).isEqualTo("1h1us2ns");
  }
}
