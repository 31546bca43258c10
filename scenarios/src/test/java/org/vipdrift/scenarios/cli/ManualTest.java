package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual page and the guide speak of the program that there is. */
class ManualTest {
  private static final Path MANUAL = Path.of("src/dist/man/vipdrift.1");
  private static final Path GUIDE = Path.of("src/dist/DEPLOYMENT.md");

  private static String help(String... arguments) {
    return CommandRun.in(Path.of(""), arguments).out();
  }

  @Test
  void manualTellsOfEveryVerb() throws IOException {
    String manual = Files.readString(MANUAL);
    Matcher verb = Pattern.compile("(?m)^  ([a-z]+)  ").matcher(help("--help"));
    int verbs = 0;
    while (verb.find()) {
      verbs++;
      assertThat(manual).containsPattern("\\\\fB" + verb.group(1) + "\\b|\\.B " + verb.group(1));
    }
    assertThat(verbs).isGreaterThan(10);
  }

  @Test
  void everyLongOptionOfTheNodeInManualAndGuideExists() throws IOException {
    String help = help("node", "--help");
    String manual = Files.readString(MANUAL).replace("\\-", "-");
    String node = manual.substring(manual.indexOf(".SH THE NODE"), manual.indexOf(".SS Signals"));
    assertThat(options(node)).isNotEmpty().allSatisfy(o -> assertThat(help).contains(o));
    String guide = Files.readString(GUIDE);
    String nodeLines =
        String.join(
            "\n",
            guide
                .lines()
                .filter(l -> l.contains("vipdrift node") || l.contains("NODE_OPTIONS="))
                .toList());
    assertThat(options(nodeLines)).isNotEmpty().allSatisfy(o -> assertThat(help).contains(o));
  }

  private static List<String> options(String text) {
    return Pattern.compile("--[a-z][a-z-]+")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
