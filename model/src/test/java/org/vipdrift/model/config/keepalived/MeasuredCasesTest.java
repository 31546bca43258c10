package org.vipdrift.model.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the parser against what keepalived 2.2.7 did with several hundred configurations. */
class MeasuredCasesTest {
  static List<MeasuredCases.Case> cases() {
    return MeasuredCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesAndComplainsWhereKeepalivedDoes(MeasuredCases.Case measured) {
    KeepalivedParse parse = measured.parse();

    assertThat(parse.isRefused())
        .as("refused: %s%n%s", parse.problems(), measured.text())
        .isEqualTo(measured.refuses());
    assertThat(parse.hasComplaints())
        .as("complaints: %s%n%s", parse.problems(), measured.text())
        .isEqualTo(measured.complains());
  }

  @Test
  void thereAreSeveralHundredCases() {
    assertThat(cases()).hasSizeGreaterThan(400);
  }
}
