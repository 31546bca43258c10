package org.vipdrift.scenarios.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vipdrift.model.scenario.Scenario;

/** A scenario on disk: {@code scenario.yaml} and the files that it names. */
public final class ScenarioFolder {
  public static final String FILE_NAME = "scenario.yaml";

  private ScenarioFolder() {}

  /**
   * Reads a scenario and everything that belongs to it.
   *
   * @param folder the folder, or its scenario.yaml
   */
  public static ScenarioLoad load(Path folder) {
    boolean fileGiven = Files.isRegularFile(folder);
    Path file = fileGiven ? folder : folder.resolve(FILE_NAME);
    Path directory =
        fileGiven ? Optional.ofNullable(folder.getParent()).orElse(Path.of("")) : folder;
    Problems problems = new Problems(file.toString());
    FolderFiles files = new FolderFiles(directory);
    Optional<Scenario> scenario =
        switch (files.read(file.getFileName().toString())) {
          case FolderFiles.Contents.Text(String text, boolean _) ->
              YamlSource.parse(text, problems)
                  .map(root -> new ScenarioReader(nameOf(directory), files).read(root));
          case FolderFiles.Contents.Unreadable(String reason) -> {
            problems.error(
                Mistake.UNREADABLE_FILE,
                problems.start(),
                Files.exists(directory)
                    ? "the file " + reason
                    : "the folder '" + directory + "' does not exist",
                "a scenario is a folder with a " + FILE_NAME);
            yield Optional.empty();
          }
        };
    return new ScenarioLoad(scenario, problems.sorted());
  }

  private static String nameOf(Path directory) {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    return name == null ? "scenario" : name.toString();
  }
}
