package org.vipdrift.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.verdict.Expressions;

class ExpressionsAgreementTest {
  @ParameterizedTest
  @MethodSource("org.vipdrift.scenarios.file.EveryKeyword#expectations")
  void aVerdictWritesExpectationsAsScenarioFilesDo(Expectation expectation) {
    assertThat(Expressions.of(expectation))
        .isEqualTo(expectation.keyword() + ": " + ExpectationWriter.write(expectation));
  }
}
