package org.vipdrift.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourceTextsTest {
  private final SourceTexts files =
      new SourceTexts(
          new TreeMap<>(
              Map.of(
                  "/etc/keepalived/keepalived.conf", "",
                  "/etc/keepalived/conf.d/a.conf", "",
                  "/etc/keepalived/conf.d/b.conf", "",
                  "/etc/keepalived/conf.d/c.txt", "")));

  @Test
  void aRelativePatternStartsInTheFolderOfTheFileThatHoldsIt() {
    assertThat(files.glob("conf.d/*.conf", "/etc/keepalived/keepalived.conf"))
        .containsExactly("/etc/keepalived/conf.d/a.conf", "/etc/keepalived/conf.d/b.conf");
  }

  @Test
  void bracesBracketsAndQuestionMarksMatchAsInAShell() {
    assertThat(files.glob("{b,a}.conf", "/etc/keepalived/conf.d/x"))
        .containsExactly("/etc/keepalived/conf.d/b.conf", "/etc/keepalived/conf.d/a.conf");
    assertThat(files.glob("[!a].?onf", "/etc/keepalived/conf.d/x"))
        .containsExactly("/etc/keepalived/conf.d/b.conf");
  }

  @Test
  void aStarDoesNotCrossASlash() {
    assertThat(files.glob("/etc/*.conf", "/x")).isEmpty();
  }
}
