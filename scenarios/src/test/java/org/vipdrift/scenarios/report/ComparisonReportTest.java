package org.vipdrift.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.comparison.Course;
import org.vipdrift.model.comparison.CourseComparison;
import org.vipdrift.model.comparison.CourseComparison.Tolerance;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

class ComparisonReportTest {
  private static final Tolerance TOLERANCE = new Tolerance(Duration.ofMillis(150), 0.05);

  private static Course course(long stopped, long moved, boolean comesBack) {
    Course course = new Course();
    tell(course, stopped, "", new TraceDetail.ActionApplied("stop a", "stop", "a"));
    tell(course, moved, "b", vip());
    if (comesBack) {
      tell(course, moved + 5000, "a", vip());
    }
    return course;
  }

  private static TraceDetail vip() {
    return new TraceDetail.VipAdded(
        "eth0", IpPrefix.parse("20.0.0.100").orElseThrow().address(), 32, "keepalived");
  }

  private static void tell(Course course, long millis, String host, TraceDetail detail) {
    course.accept(new TraceEvent(1, TraceEvent.NO_CAUSE, millis * 1_000_000, host, detail));
  }

  private static String report(Course left, Course right) {
    return ComparisonReport.write(
        "stop", "sim", "netns", CourseComparison.of(left, right), TOLERANCE, Style.plain());
  }

  @Test
  void agreementShowsBothTimesCountedFromTheAction() {
    assertThat(report(course(6000, 6612, false), course(6010, 6630, false)))
        .isEqualTo(
            """
            stop
                       sim         netns  difference  transition
              since: stop a
                  +0.612 s      +0.620 s       +8 ms  20.0.0.100 comes to b

            agrees: 1 transition in the same order, median difference 8 ms, worst 8 ms
            """);
  }

  @Test
  void whatIsTooFarIsMarked() {
    assertThat(report(course(6000, 6612, false), course(6000, 6912, false)))
        .contains("+300 ms  20.0.0.100 comes to b  x")
        .endsWith("worst 300 ms; 1 beyond 150 ms + 5 %\n");
  }

  @Test
  void whatHappenedInOneRunOnlyIsMarked() {
    assertThat(report(course(6000, 6612, false), course(6000, 6612, true)))
        .contains("             -      11.612 s              20.0.0.100 comes to a  x")
        .endsWith("differs: 1 of 2 transitions happened in one run only\n");
  }
}
