package org.vipdrift.model.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.comparison.CourseComparison.Matched;
import org.vipdrift.model.comparison.CourseComparison.OnlyLeft;
import org.vipdrift.model.comparison.CourseComparison.OnlyRight;
import org.vipdrift.model.comparison.CourseComparison.Tolerance;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceEvent;

class CourseComparisonTest {
  private static final IpAddress VIP = IpPrefix.parse("20.0.0.100").orElseThrow().address();

  /** A course told in milliseconds. */
  private static final class Told {
    private final Course course = new Course();

    private Told event(long at, String host, TraceDetail detail) {
      course.accept(new TraceEvent(1, TraceEvent.NO_CAUSE, at * 1_000_000, host, detail));
      return this;
    }

    Told ready(long at, String host) {
      return event(at, host, new TraceDetail.ProcessChanged("keepalived", ProcessChange.READY, ""));
    }

    Told action(long at, String name) {
      return event(at, "", new TraceDetail.ActionApplied(name, "stop", "test2"));
    }

    Told added(long at, String host) {
      return event(at, host, new TraceDetail.VipAdded("ens33", VIP, 32, "keepalived"));
    }

    Told advert(long at, String host) {
      return event(at, host, new TraceDetail.AdvertSent("VI_1", 51, 2, 100, VIP, VIP));
    }

    Told removed(long at, String host) {
      return event(at, host, new TraceDetail.VipRemoved("ens33", VIP, 32, "keepalived"));
    }
  }

  private static CourseComparison compare(Told left, Told right) {
    return CourseComparison.of(left.course, right.course);
  }

  @Test
  void timesCountFromTheReadinessThatTheChangeFollows() {
    CourseComparison comparison =
        compare(
            new Told().ready(20, "test2").ready(100, "test3").added(3420, "test2"),
            new Told().ready(90, "test3").ready(110, "test2").added(3515, "test2"));
    assertThat(comparison.isSameSequence()).isTrue();
    assertThat(comparison.worst()).isEqualTo(Duration.ofMillis(5));
    assertThat(comparison.rows().getFirst())
        .isInstanceOfSatisfying(
            Matched.class,
            m -> {
              assertThat(m.anchor().what()).isEqualTo("keepalived of test2 ready");
              assertThat(m.differenceNanos()).isEqualTo(5_000_000);
            });
  }

  @Test
  void aTakeoverCountsFromTheLastAdvertBeforeTheAction() {
    CourseComparison comparison =
        compare(
            new Told().advert(7_400, "test2").action(8_000, "a").added(11_000, "test3"),
            new Told()
                .advert(6_900, "test2")
                .advert(7_900, "test2")
                .action(8_000, "a")
                .added(11_502, "test3"));
    assertThat(comparison.rows())
        .singleElement()
        .isInstanceOfSatisfying(
            Matched.class,
            m -> {
              assertThat(m.anchor().what())
                  .isEqualTo("the last advertisement of VRID 51 by test2 before: a");
              assertThat(m.sinceAnchorNanos()).isEqualTo(3_600_000_000L);
              assertThat(m.sinceLastNanos()).isEqualTo(3_000_000_000L);
              assertThat(m.differenceNanos()).isEqualTo(2_000_000);
            });
  }

  @Test
  void whatComesBeforeAnActionDoesNotCountFromTheAdvertBeforeIt() {
    CourseComparison comparison =
        compare(
            new Told().advert(7_400, "test2").added(7_700, "test3").action(8_000, "a"),
            new Told().advert(7_800, "test2").added(8_100, "test3").action(8_200, "a"));
    assertThat(comparison.worst()).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void timesCountFromTheLastActionOnceThereWasOne() {
    CourseComparison comparison =
        compare(
            new Told()
                .ready(20, "test2")
                .added(3420, "test2")
                .action(10_000, "a")
                .added(13_600, "test3"),
            new Told()
                .ready(20, "test2")
                .added(3420, "test2")
                .action(10_030, "a")
                .added(13_640, "test3"));
    assertThat(comparison.worst()).isEqualTo(Duration.ofMillis(10));
    assertThat(comparison.median()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void changesOnDifferentHostsHaveNoOrder() {
    CourseComparison comparison =
        compare(
            new Told().added(100, "test2").removed(500, "test2").added(501, "test3"),
            new Told().added(100, "test2").added(500, "test3").removed(501, "test2"));
    assertThat(comparison.isSameSequence()).isTrue();
    assertThat(comparison.worst()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void whatOnlyOneHasIsADifference() {
    CourseComparison more =
        compare(
            new Told().added(100, "test2").removed(200, "test2"), new Told().added(100, "test2"));
    assertThat(more.isSameSequence()).isFalse();
    assertThat(more.rows().getLast()).isInstanceOf(OnlyLeft.class);
    CourseComparison other = compare(new Told(), new Told().added(100, "test3"));
    assertThat(other.rows()).singleElement().isInstanceOf(OnlyRight.class);
  }

  @Test
  void toleranceGrowsWithTheTimeSinceTheAnchor() {
    CourseComparison comparison =
        compare(
            new Told().action(1000, "a").added(5000, "test2"),
            new Told().action(1000, "a").added(5290, "test2"));
    assertThat(comparison.beyond(new Tolerance(Duration.ofMillis(100), 0.05))).isEmpty();
    assertThat(comparison.beyond(new Tolerance(Duration.ofMillis(80), 0.05))).hasSize(1);
  }
}
