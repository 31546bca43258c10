package org.vipdrift.scenarios.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  private static final Machine MACHINE =
      new Machine("Abacus 9", 1, "Linux 6.1 amd64", "A Java 25", List.of("-Xmx256m"));
  private static final Figure FAST =
      new Figure("fast", "a pair", "runs", 1_000, rate(1_500, 900, 1_200), rate(12_000, 12_000));
  private static final Figure SLOW =
      new Figure("slow", "a crowd", "simulated s", 100, rate(99), rate(1_000));

  private static Rate rate(double... rounds) {
    return new Rate(java.util.Arrays.stream(rounds).boxed().toList());
  }

  @Test
  void tableIsAlignedAndSaysWhatIsMissed() {
    assertThat(BenchReport.text(MACHINE, List.of(FAST, SLOW)))
        .startsWith(
            """
            Abacus 9, 1 core; Linux 6.1 amd64
            A Java 25
            options: -Xmx256m

            per CPU second  unit         simulation      spread  bare loop  factor  target
            a pair          runs              1,200  -25..+25 %     12,000    10.0  1,000 ok
            a crowd         simulated s          99    +0..+0 %      1,000    10.1  100 MISSED
            """);
  }

  @Test
  void jsonHasEveryRound() throws IOException {
    JsonNode json = new ObjectMapper().readTree(BenchReport.json(MACHINE, List.of(FAST, SLOW)));

    assertThat(json.at("/schema").asInt()).isEqualTo(1);
    assertThat(json.at("/machine/processor").asText()).isEqualTo("Abacus 9");
    assertThat(json.at("/figures/0/simulation/rounds").size()).isEqualTo(3);
    assertThat(json.at("/figures/0/simulation/median").asDouble()).isEqualTo(1_200);
    assertThat(json.at("/figures/0/targetReached").asBoolean()).isTrue();
    assertThat(json.at("/figures/1/targetReached").asBoolean()).isFalse();
  }

  @Test
  void medianOfAnEvenNumberOfRoundsLiesBetweenTheMiddleTwo() {
    assertThat(rate(4, 1, 3, 2).median()).isEqualTo(2.5);
  }

  @Test
  void rateNeedsARound() {
    assertThatThrownBy(() -> new Rate(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
