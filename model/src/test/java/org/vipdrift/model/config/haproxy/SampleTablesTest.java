package org.vipdrift.model.config.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipdrift.model.haproxy.sample.Converters;
import org.vipdrift.model.haproxy.sample.Fetches;

/** What the tables call modelled is modelled, so that nothing without effect goes unsaid. */
class SampleTablesTest {
  @ParameterizedTest
  @CsvSource({"fetches.txt", "converters.txt"})
  void callModelledWhatIsModelled(String table) {
    Predicate<String> knows = table.startsWith("fetches") ? Fetches::knows : Converters::knows;

    assertThat(rows(table))
        .hasSizeGreaterThan(50)
        .allSatisfy(
            row -> {
              String name = row.substring(0, row.indexOf('|'));
              boolean called = row.endsWith("|yes");
              assertThat(knows.test(name)).as(name).isEqualTo(called);
            });
  }

  private static List<String> rows(String table) {
    try (InputStream in = KeywordCatalogue.class.getResourceAsStream(table)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
