package org.vipdrift.model.config.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue against the keywords the installed HAProxy lists itself. */
class EveryKeywordTest {
  private static final Pattern OPTION_OF_A_LINE =
      Pattern.compile("(bind|server) (?:<name> )?<addr> (?:ssl )?(\\S+)(?: .*)?");
  private static final Pattern ACTION =
      Pattern.compile(
          "((?:tcp-request|tcp-response) \\w+|http-request|http-response|http-after-response)"
              + " ([^ *]+)\\*?");

  @Test
  void everyKeywordThatHaproxyListsIsInTheCatalogue() throws Exception {
    List<String> missing = new ArrayList<>();
    KeywordCatalogue catalogue = KeywordCatalogue.instance();
    String section = "";
    for (String line : listing()) {
      if (!line.startsWith("\t")) {
        section = line.strip();
        continue;
      }
      String text = line.strip();
      Matcher option = OPTION_OF_A_LINE.matcher(text);
      Matcher action = ACTION.matcher(text);
      boolean known =
          switch (section) {
            case "global" -> catalogue.find("global", text).isPresent();
            case "listen" ->
                option.matches()
                    ? catalogue.find(option.group(1), option.group(2)).isPresent()
                        || option.group(2).matches("(no|force)-(ssl|tls)v.*|ssl-m..-ver")
                    : action.matches()
                        ? catalogue.find(action.group(1), action.group(2)).isPresent()
                        : text.startsWith("option ")
                            ? catalogue.find("option", text.split(" ")[1]).isPresent()
                            : catalogue.find("proxy", text).isPresent()
                                || text.matches("(cli|con|srv)timeout");
            default -> true;
          };
      if (!known) {
        missing.add(section + ": " + text);
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> listing() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("haproxy", "-dKcfg", "-q", "-c", "-f", "/dev/null")
              .redirectErrorStream(true)
              .start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      process.waitFor();
      assumeTrue(text.contains("listen"), "haproxy 2.6 is not installed here");
      return text.lines().toList();
    } catch (IOException e) {
      assumeTrue(false, "haproxy 2.6 is not installed here");
      return List.of();
    }
  }
}
