package org.vipdrift;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is laid out as google-java-format lays it out; {@code -Dformat.write=true}
 * rewrites those that are not.
 *
 * <p>A test and not a plug-in, because the formatter must run on the JDK whose syntax it reads, and
 * Maven itself may run on an older one.
 */
class FormattingTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final List<String> MODULES =
      List.of("model", "actors", "netio", "simulator", "scenarios");

  private final Formatter formatter =
      new Formatter(JavaFormatterOptions.builder().formatJavadoc(true).build());

  @Test
  void everyJavaFileIsFormatted() throws IOException {
    boolean write = Boolean.getBoolean("format.write");
    List<Path> sources = sources();
    List<Path> unformatted = new ArrayList<>();
    for (Path file : sources) {
      String text = Files.readString(file);
      String formatted = format(file, text);
      if (!formatted.equals(text)) {
        if (write) {
          Files.writeString(file, formatted);
        } else {
          unformatted.add(ROOT.relativize(file));
        }
      }
    }
    assertThat(sources).hasSizeGreaterThan(20);
    assertThat(unformatted)
        .as(
            "rewrite with: mvn verify -Dtest=FormattingTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dformat.write=true")
        .isEmpty();
  }

  private String format(Path file, String text) {
    try {
      String ordered =
          RemoveUnusedImports.removeUnusedImports(
              ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.GOOGLE));
      return formatter.formatSource(ordered);
    } catch (FormatterException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    return sources;
  }
}
