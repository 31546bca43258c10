package org.vipdrift.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected output beside the tests, rewritten with {@code -Dgolden.write=true}. */
final class GoldenFile {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "org", "vipdrift", "scenarios", "report");

  private GoldenFile() {}

  static void check(String name, String actual) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, actual);
    }
    assertThat(actual)
        .as("%s (rewrite with -Dgolden.write=true)", file)
        .isEqualTo(Files.readString(file));
  }
}
