package org.vipdrift.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProseTest {
  @Test
  void momentsAreWrittenToTheMillisecond() {
    assertThat(Prose.at(0)).isEqualTo("0.000 s");
    assertThat(Prose.at(13_219_499_999L)).isEqualTo("13.219 s");
    assertThat(Prose.at(999_999_999_999L)).isEqualTo("1000.000 s");
  }

  @Test
  void lengthsAreWrittenWithAboutThreeDigits() {
    assertThat(Prose.length(Duration.ZERO)).isEqualTo("0 s");
    assertThat(Prose.length(Duration.ofNanos(50_300))).isEqualTo("50.3 us");
    assertThat(Prose.length(Duration.ofNanos(4_250_000))).isEqualTo("4.3 ms");
    assertThat(Prose.length(Duration.ofMillis(612))).isEqualTo("612 ms");
    assertThat(Prose.length(Duration.ofMillis(999))).isEqualTo("1 s");
    assertThat(Prose.length(Duration.ofMillis(3_609))).isEqualTo("3.61 s");
    assertThat(Prose.length(Duration.ofMillis(-1_500))).isEqualTo("-1.5 s");
    assertThat(Prose.length(Duration.ofSeconds(86_400))).isEqualTo("86400 s");
  }

  @Test
  void listsEndWithAnd() {
    assertThat(Prose.and(List.of())).isEqualTo("nobody");
    assertThat(Prose.and(List.of("a"))).isEqualTo("a");
    assertThat(Prose.and(List.of("a", "b", "c"))).isEqualTo("a, b and c");
  }
}
