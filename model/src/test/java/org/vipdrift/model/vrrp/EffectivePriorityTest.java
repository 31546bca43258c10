package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectivePriorityTest {
  private static EffectivePriority of(int base, EffectivePriority.Tracked... tracked) {
    return EffectivePriority.of(base, List.of(tracked));
  }

  private static EffectivePriority.Tracked item(
      EffectivePriority.Status status, int weight, boolean reverse) {
    return new EffectivePriority.Tracked.Item("script chk", status, weight, reverse);
  }

  private static EffectivePriority.Tracked file(long value, long weight, boolean reverse) {
    return new EffectivePriority.Tracked.File("file load", value, weight, reverse);
  }

  @ParameterizedTest
  @CsvSource({
    "UP, 60, false, 160",
    "DOWN, 60, false, 100",
    "UP, -60, false, 100",
    "DOWN, -60, false, 40",
    "UP, 60, true, 40",
    "DOWN, -60, true, 160",
    "UNKNOWN, 60, false, 100",
    "UNKNOWN, -60, false, 100",
    "DOWN, -253, false, 1",
    "UP, 253, false, 254",
  })
  void weightsMoveThePriority(
      EffectivePriority.Status status, int weight, boolean reverse, int priority) {
    EffectivePriority effective = of(100, item(status, weight, reverse));
    assertThat(effective).isEqualTo(new EffectivePriority(priority, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "DOWN, false, true",
    "UP, false, false",
    "UNKNOWN, false, false",
    "DOWN, true, false",
    "UP, true, true",
    "UNKNOWN, true, false",
  })
  void weightZeroMakesAFault(EffectivePriority.Status status, boolean reverse, boolean fault) {
    assertThat(of(100, item(status, 0, reverse)).faults())
        .isEqualTo(fault ? List.of("script chk") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "-10, 1, false, 90",
    "10, 2, false, 120",
    "10, 2, true, 80",
    "-253, 1, false, 1",
    "9000000000, 9000000000, false, 254",
  })
  void valueOfAFileIsMultipliedByItsWeight(long value, long weight, boolean reverse, int priority) {
    assertThat(of(100, file(value, weight, reverse)))
        .isEqualTo(new EffectivePriority(priority, List.of()));
  }

  @Test
  void valueOfAFileMayBeAFault() {
    assertThat(of(100, file(-254, 1, false)).faults()).containsExactly("file load");
    assertThat(of(100, file(254, 1, true)).faults()).containsExactly("file load");
    assertThat(of(100, file(1, 0, false)).faults()).containsExactly("file load");
    assertThat(of(100, file(0, 0, false)).faults()).isEmpty();
    assertThat(of(100, file(0, 0, true)).faults()).containsExactly("file load");
    assertThat(of(100, file(1, 0, true)).faults()).isEmpty();
  }

  @Test
  void severalAddUpAndAreClampedOnce() {
    assertThat(
            of(
                    200,
                    item(EffectivePriority.Status.UP, 100, false),
                    item(EffectivePriority.Status.DOWN, -100, false))
                .priority())
        .isEqualTo(200);
  }

  @Test
  @Requirement("P7")
  void ownerKeepsItsPriority() {
    assertThat(of(255, item(EffectivePriority.Status.DOWN, -60, false)).priority()).isEqualTo(255);
    assertThat(VirtualRouterSettings.builder("VI_1", "eth0", 1).build().basePriority())
        .isEqualTo(100);
  }
}
