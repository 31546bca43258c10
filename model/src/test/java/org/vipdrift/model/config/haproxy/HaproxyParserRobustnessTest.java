package org.vipdrift.model.config.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.vipdrift.model.config.Problem;

class HaproxyParserRobustnessTest {
  private static final List<String> TEXTS = List.copyOf(HaproxyCorpus.texts().values());

  @Property(tries = 500)
  void noTextMakesTheParserThrow(@ForAll String text) {
    everyProblemPointsIntoTheText(text);
  }

  @Property(tries = 1_000)
  void noNoiseMakesTheParserThrow(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("frontend f\n");
    for (int i = 0; i < 5; i++) {
      text.append(HaproxyMutations.noise(random)).append('\n');
    }
    everyProblemPointsIntoTheText(text.toString());
  }

  @Property(tries = 1_500)
  void noMutationOfTheCorpusMakesTheParserThrow(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    for (int i = 0; i < 8; i++) {
      text = HaproxyMutations.mutate(text, random);
    }
    everyProblemPointsIntoTheText(text);
  }

  private static void everyProblemPointsIntoTheText(String text) {
    HaproxyParse parse = HaproxyParser.parse("f.cfg", text);
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    for (Problem problem : parse.problems()) {
      assertThat(problem.span().line()).as("%s", problem).isBetween(1, (int) lines);
      assertThat(problem.message()).as("%s", problem).isNotBlank();
    }
    assertThat(parse.configuration().proxies()).isNotNull();
  }
}
