package org.vipdrift.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Whatever stands in a scenario file, loading it ends with problems or a scenario. */
class ScenarioMutationTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ": ",
          ":",
          "::",
          "- ",
          "\n",
          "\n  ",
          " ",
          "\t",
          "#",
          "&a ",
          "*a",
          "!",
          "!!set ",
          "\"",
          "'",
          "|",
          ">",
          "%",
          "@",
          "~",
          "null",
          "0",
          "-1",
          "999999999999",
          "99999999999h",
          "1e9",
          "..",
          "/",
          "é",
          "魚",
          "\u0001",
          "\uFEFF",
          "---",
          "...",
          "? ",
          "<<: ",
          "true",
          "a",
          "fd00::",
          "20.0.0.1/33",
          "host",
          "at",
          "for");

  private Path directory = Path.of("");
  private SampleFolder sample = new SampleFolder(directory);

  @BeforeProperty
  void writeFolder() throws IOException {
    directory = Files.createTempDirectory("mutation");
    sample = SampleFolder.in(directory);
  }

  @AfterProperty
  void removeFolder() throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** A few edits: pieces put in, stretches cut out, doubled or moved. */
  static String mutated(String text, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder mutant = new StringBuilder(text);
    for (int edits = random.nextInt(1, 5); edits > 0 && !mutant.isEmpty(); edits--) {
      int from = random.nextInt(mutant.length());
      int to = Math.min(mutant.length(), from + random.nextInt(1, random.nextInt(2, 60)));
      String stretch = mutant.substring(from, to);
      switch (random.nextInt(5)) {
        case 0 -> mutant.insert(from, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> mutant.delete(from, to);
        case 2 -> mutant.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        case 3 -> mutant.insert(random.nextInt(mutant.length()), stretch);
        default -> mutant.setCharAt(from, (char) random.nextInt(1, 0x250));
      }
    }
    return mutant.toString();
  }

  @Property(tries = 1_500)
  void loadingEndsWithProblemsOrAScenario(@ForAll long seed) {
    ScenarioLoad load = sample.load(mutated(SampleFolder.YAML, seed));
    assertThat(load.scenario().isPresent())
        .isEqualTo(load.problems().stream().noneMatch(p -> p.isError()));
    assertThat(load.problems())
        .allSatisfy(
            p -> {
              assertThat(p.span().line()).isPositive();
              assertThat(p.span().column()).isPositive();
              assertThat(p.message()).isNotBlank();
            });
  }

  @Property(tries = 300)
  void whatLoadsIsWrittenAndLoadsAgain(@ForAll long seed) throws IOException {
    var scenario = sample.load(mutated(SampleFolder.YAML, seed)).scenario();
    if (scenario.isPresent()) {
      Path copy =
          directory.resolve("copies/" + Long.toHexString(seed)).resolve(scenario.get().name());
      if (!Files.exists(copy)) {
        ScenarioWriter.write(copy, scenario.get());
      }
      ScenarioLoad again = ScenarioFolder.load(copy);
      assertThat(again.problems()).isEmpty();
      assertThat(again.scenario()).isEqualTo(scenario);
    }
  }

  @Property(tries = 200)
  void yamlThatLoadsIsYamlForOthers(@ForAll long seed) {
    String yaml = mutated(SampleFolder.YAML, seed);
    if (sample.load(yaml).scenario().isPresent()) {
      assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml)).isNotNull();
    }
  }
}
