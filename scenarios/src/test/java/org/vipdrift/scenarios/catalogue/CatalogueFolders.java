package org.vipdrift.scenarios.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.scenarios.file.ScenarioFolder;
import org.vipdrift.scenarios.file.ScenarioLoad;

/** The folders of the catalogue and what is in them. */
final class CatalogueFolders {
  private static final Path CATALOGUE = Path.of("catalogue");

  /** Tells people what there is. */
  static final Path OVERVIEW = CATALOGUE.resolveSibling("CATALOGUE.md");

  private CatalogueFolders() {}

  /** By name. */
  static List<Path> all() {
    try (Stream<Path> folders = Files.list(CATALOGUE)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> names() {
    return all().stream().map(f -> f.getFileName().toString()).toList();
  }

  static Scenario load(Path folder) {
    ScenarioLoad load = ScenarioFolder.load(folder);
    return load.scenario()
        .orElseThrow(
            () ->
                new AssertionError(
                    folder
                        + " has errors: "
                        + load.problems().stream().filter(Problem::isError).toList()));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file of a folder, by path. */
  static List<Path> filesOf(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
