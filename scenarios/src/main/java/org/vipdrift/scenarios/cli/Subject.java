package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.scenarios.file.PairScenario;
import org.vipdrift.scenarios.file.ScenarioFolder;
import org.vipdrift.scenarios.file.ScenarioLoad;

/**
 * What is to be run: a scenario, and what the command line called it.
 *
 * @param called fit to be typed again
 * @param folder where its files lie
 */
record Subject(String called, Path folder, ScenarioLoad load) {
  /** What the arguments of a verb name, or why they name nothing. */
  sealed interface Named {
    record Subjects(List<Subject> subjects) implements Named {}

    record Nothing(String why) implements Named {}
  }

  /**
   * Folders, folders of folders, scenario.yaml files, names of the catalogue; or two
   * keepalived.conf files.
   *
   * @param arguments at least one
   */
  static Named named(Console console, List<String> arguments) {
    boolean configurations = arguments.stream().allMatch(a -> a.endsWith(".conf"));
    if (configurations) {
      if (arguments.size() != 2) {
        return new Named.Nothing("two keepalived.conf files make a pair; got " + arguments.size());
      }
      Path a = Path.of(arguments.get(0));
      Path b = Path.of(arguments.get(1));
      return new Named.Subjects(
          List.of(
              new Subject(
                  word(arguments.get(0)) + " " + word(arguments.get(1)),
                  Path.of(""),
                  PairScenario.of(a, b))));
    }
    List<Subject> subjects = new java.util.ArrayList<>();
    for (String argument : arguments) {
      Optional<Path> place = place(console, argument);
      if (place.isEmpty()) {
        return new Named.Nothing(unknown(console, argument));
      }
      List<Path> within = scenariosWithin(place.get());
      if (within.isEmpty()) {
        subjects.add(of(word(argument), place.get()));
      } else {
        within.forEach(folder -> subjects.add(of(word(folder.toString()), folder)));
      }
    }
    return new Named.Subjects(List.copyOf(subjects));
  }

  private static Subject of(String called, Path place) {
    Path folder =
        Files.isDirectory(place)
            ? place
            : Optional.ofNullable(place.getParent()).orElse(Path.of(""));
    return new Subject(called, folder, ScenarioFolder.load(place));
  }

  /** The scenarios in a folder that is none itself, as the catalogue; sorted. */
  private static List<Path> scenariosWithin(Path folder) {
    if (!Files.isDirectory(folder) || isScenario(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(Subject::isScenario).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isScenario(Path folder) {
    return Files.isRegularFile(folder.resolve(ScenarioFolder.FILE_NAME));
  }

  /** As a shell takes it for one word. */
  private static String word(String argument) {
    return argument.matches("[A-Za-z0-9_./@%+=:,-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private static Optional<Path> place(Console console, String argument) {
    Path path = Path.of(argument);
    if (Files.exists(path)) {
      return Optional.of(path);
    }
    Path listed = console.catalogue().resolve(argument);
    return Files.isRegularFile(listed.resolve(ScenarioFolder.FILE_NAME))
        ? Optional.of(listed)
        : Optional.empty();
  }

  private static String unknown(Console console, String argument) {
    return "no scenario '"
        + argument
        + "': neither a folder nor in the catalogue"
        + Suggestions.nearest(argument, catalogue(console))
            .map(s -> "; did you mean '" + s + "'?")
            .orElse(" (vipdrift list)");
  }

  /** The names of the catalogue's scenarios, sorted. */
  static List<String> catalogue(Console console) {
    try (Stream<Path> folders = Files.list(console.catalogue())) {
      return folders
          .filter(f -> Files.isRegularFile(f.resolve(ScenarioFolder.FILE_NAME)))
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The text of a file that a problem is about. */
  Optional<String> text(String file) {
    Optional<String> carried =
        load.draft().stream()
            .map(Scenario::hosts)
            .flatMap(List::stream)
            .flatMap(h -> h.processes().stream())
            .flatMap(p -> Optional.ofNullable(texts(p).get(file)).stream())
            .findFirst();
    return carried.or(() -> read(Path.of(file))).or(() -> read(folder.resolve(file)));
  }

  private static Map<String, String> texts(Host.ProcessSpecification process) {
    return switch (process) {
      case Host.KeepalivedProcess p -> p.texts();
      case Host.HaproxyProcess p -> p.texts();
      case Host.NginxProcess p -> p.texts();
      case Host.ServerProcess _ -> Collections.emptyMap();
    };
  }

  static Optional<String> read(String file) {
    return read(Path.of(file));
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
