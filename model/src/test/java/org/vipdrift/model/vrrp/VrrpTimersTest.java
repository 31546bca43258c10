package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VrrpTimersTest {
  private static long skew(VirtualRouterSettingsBuilder builder, int priority, Duration learned) {
    return VrrpTimers.skewTimeNanos(builder.build(), priority, learned.toNanos());
  }

  @ParameterizedTest
  @CsvSource({"100, 609375000", "101, 605468000", "1, 996093000", "254, 7812000", "255, 3906000"})
  @Requirement("T1")
  void skewTimeOfVersion2DependsOnThePriorityAlone(int priority, long nanos) {
    assertThat(skew(Router.settings(100), priority, Duration.ofSeconds(1))).isEqualTo(nanos);
    assertThat(
            skew(
                Router.settings(100).advertisementInterval(Duration.ofSeconds(9)),
                priority,
                Duration.ofSeconds(9)))
        .isEqualTo(nanos);
  }

  @Test
  @Requirement("T2")
  void masterDownIntervalOfVersion2IsThreeIntervalsAndTheSkew() {
    VirtualRouterSettings settings =
        Router.settings(100).advertisementInterval(Duration.ofSeconds(2)).build();
    assertThat(VrrpTimers.masterDownIntervalNanos(settings, 100, Duration.ofSeconds(2).toNanos()))
        .isEqualTo(6_609_375_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 100, 609375000",
    "100, 100, 60937000",
    "200, 150, 82812000",
    "10, 150, 4140000"
  })
  @Requirement("T3")
  void skewTimeOfVersion3IsAShareOfTheMastersInterval(int millis, int priority, long nanos) {
    Duration learned = Duration.ofMillis(millis);
    assertThat(skew(Router.version3(100, Duration.ofSeconds(1)), priority, learned))
        .isEqualTo(nanos);
  }

  @Test
  @Requirement("T4")
  void masterDownIntervalOfVersion3UsesTheLearnedInterval() {
    VirtualRouterSettings settings = Router.version3(100, Duration.ofMillis(200)).build();
    assertThat(VrrpTimers.masterDownIntervalNanos(settings, 100, Duration.ofSeconds(1).toNanos()))
        .isEqualTo(3_609_375_000L);
  }

  @Test
  void standardDialectsDoNotCutToMicroseconds() {
    assertThat(skew(Router.settings(100).dialect(Dialect.RFC_3768), 101, Duration.ofSeconds(1)))
        .isEqualTo(605_468_750L);
    assertThat(
            skew(
                Router.version3(100, Duration.ofMillis(100)).dialect(Dialect.RFC_9568),
                100,
                Duration.ofMillis(100)))
        .isEqualTo(60_937_500L);
  }

  @Test
  void downTimerAdvertsReplaceTheThreeIntervals() {
    VirtualRouterSettings settings = Router.settings(100).downTimerAdverts(5).build();
    assertThat(VrrpTimers.masterDownIntervalNanos(settings, 100, Duration.ofSeconds(1).toNanos()))
        .isEqualTo(5_609_375_000L);
  }
}
