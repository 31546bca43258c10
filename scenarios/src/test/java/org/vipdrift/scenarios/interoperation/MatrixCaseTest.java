package org.vipdrift.scenarios.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipdrift.model.comparison.Course;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.config.keepalived.ParseOptions;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.simulator.SimulatedTestbed;

class MatrixCaseTest {
  private static SimulatedTestbed testbed;

  @BeforeAll
  static void open() {
    testbed = SimulatedTestbed.open();
  }

  @AfterAll
  static void close() {
    testbed.close();
  }

  static List<MatrixCase> cases() {
    return MatrixCase.all();
  }

  @Test
  void everyProtocolMeetsEverySituation() {
    assertThat(cases()).hasSize(5 * 13).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void configurationsAreWithoutProblem(MatrixCase each) {
    for (Host host : each.scenario().hosts()) {
      Host.KeepalivedProcess keepalived = (Host.KeepalivedProcess) host.processes().getFirst();
      assertThat(
              KeepalivedParser.parse(
                      new SourceTexts(keepalived.texts()),
                      keepalived.configurationFile(),
                      ParseOptions.DEFAULT)
                  .problems())
          .filteredOn(Problem::isError)
          .isEmpty();
    }
  }

  /** A case in which nothing moves would agree with anything. */
  @ParameterizedTest
  @MethodSource("cases")
  void somethingMovesInEachCase(MatrixCase each) {
    Course course = new Course();
    testbed.run(each.scenario(), 1, course::accept);
    int atLeast = each.situation() == Situation.START ? 1 : 2;
    assertThat(course.changes()).as(each.title()).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(course.anchors().stream().filter(a -> a.sort().equals(Course.ACTION)))
        .hasSizeGreaterThanOrEqualTo(each.situation() == Situation.START ? 1 : 2);
  }
}
