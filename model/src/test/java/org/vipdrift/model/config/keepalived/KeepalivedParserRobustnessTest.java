package org.vipdrift.model.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.Problem;

class KeepalivedParserRobustnessTest {
  @Property(tries = 2000)
  void anyTextGivesAParseWhoseProblemsPointIntoIt(@ForAll String text) {
    pointsInto(text);
  }

  @Property(tries = 3000)
  void anyMutatedConfigurationGivesAParseWhoseProblemsPointIntoIt(@ForAll long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var cases = MeasuredCases.all().subList(0, 40);
    pointsInto(Mutations.mutate(cases.get(random.nextInt(cases.size())).text(), random));
  }

  @Test
  void aSliceOfTheFuzzRunThrowsNothing() {
    assertThat(KeepalivedFuzz.run(20_000, 7)).isPositive();
  }

  private static void pointsInto(String text) {
    String[] lines = text.split("\n", -1);
    for (Problem problem : KeepalivedParser.parse("any.conf", text).problems()) {
      assertThat(problem.span().line()).isBetween(1, lines.length);
      assertThat(problem.span().column())
          .isBetween(1, lines[problem.span().line() - 1].length() + 1);
    }
  }
}
