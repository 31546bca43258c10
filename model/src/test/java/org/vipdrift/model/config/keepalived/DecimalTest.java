package org.vipdrift.model.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  private static final List<String> BOUNDS =
      List.of("0", "0.000001", "0.01", "255", "4294.967295", "18446744073709.551614");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "-",
        ".",
        "-.",
        "1..2",
        "1.2.3",
        "1e3",
        "0x1",
        " 1",
        "1 ",
        "--1",
        "1,5",
        "10000000000000000000000000000000000000000"
      })
  void whatIsNoDecimalIsNone(String text) {
    assertThat(Decimal.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "+1",
        "1.",
        ".5",
        "-.5",
        "-0.0000001",
        "0.0000009",
        "0.000001",
        "0.0000011",
        "254.999999999",
        "255.0000000000",
        "255.0000001",
        "18446744073709.551614",
        "18446744073709.551614000",
        "18446744073709.5516141",
        "18446744073709.551615",
        "18446744073709.551616",
        "99999999999999999999999999999999999999.9",
        "000000000000000000000000000000000000.01"
      })
  void comparesAndRoundsAsBigDecimalDoes(String text) {
    assertAgrees(text);
  }

  @Test
  void anyTextOfDigitsComparesAndRoundsAsBigDecimalDoes() {
    Random random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
      int length = 1 + random.nextInt(22);
      int point = random.nextInt(2 * length);
      for (int i = 0; i < length; i++) {
        text.append(i == point ? "." : "").append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
      }
      assertAgrees(text.toString());
    }
  }

  private static void assertAgrees(String text) {
    BigDecimal exact = new BigDecimal(text);
    Decimal decimal = Decimal.parse(text).orElseThrow();
    for (String low : BOUNDS) {
      for (String high : BOUNDS) {
        assertThat(decimal.isBetween(low, high))
            .as("%s in %s..%s", text, low, high)
            .isEqualTo(
                exact.compareTo(new BigDecimal(low)) >= 0
                    && exact.compareTo(new BigDecimal(high)) <= 0);
      }
    }
    if (decimal.isBetween("0", "18446744073709.551614")) {
      BigDecimal nanos = exact.setScale(6, RoundingMode.DOWN).movePointRight(9);
      Duration duration = decimal.toDuration();
      assertThat(
              BigDecimal.valueOf(duration.getSeconds(), -9)
                  .add(BigDecimal.valueOf(duration.getNano())))
          .as(text)
          .isEqualByComparingTo(nanos);
    }
  }
}
