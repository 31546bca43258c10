package org.vipdrift.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;

/** What is written is what is read. */
class ScenarioRoundTripTest {
  @TempDir Path directory;

  private Scenario sample() {
    return SampleFolder.in(directory.resolve("sample"))
        .load(SampleFolder.TRAFFIC)
        .scenario()
        .orElseThrow();
  }

  private Scenario writtenAndRead(Scenario scenario) throws IOException {
    Path folder = directory.resolve("copy").resolve(scenario.name());
    ScenarioWriter.write(folder, scenario);
    ScenarioLoad load = ScenarioFolder.load(folder);
    assertThat(load.problems()).noneMatch(Problem::isError);
    return load.scenario().orElseThrow();
  }

  @Test
  void aScenarioSurvivesWritingAndReading() throws IOException {
    Scenario scenario = sample();
    assertThat(writtenAndRead(scenario)).isEqualTo(scenario);
  }

  @Test
  void loopbacksKernelSettingsAndMarksSurviveWritingAndReading() throws IOException {
    Scenario scenario =
        SampleFolder.in(directory.resolve("sample"))
            .load(
                SampleFolder.edited(
                    "[20.0.0.254] } }, forward: true",
                    "[20.0.0.254] }, lo: { addresses: [20.0.0.100] } }, forward: true,"
                        + " sysctls: { net.ipv4.conf.all.arp_ignore: 1 },"
                        + " marks: [{ match: { port: 80 }, mark: 7 }]"))
            .scenario()
            .orElseThrow();
    assertThat(scenario.hosts().getLast().sysctls())
        .containsEntry("net.ipv4.conf.all.arp_ignore", "1");
    assertThat(scenario.hosts().getLast().marks()).hasSize(1);
    assertThat(writtenAndRead(scenario)).isEqualTo(scenario);
  }

  @Test
  void everyActionSurvivesWritingAndReading() throws IOException {
    List<TimelineEntry> timeline = new ArrayList<>();
    for (Action action : EveryKeyword.actions()) {
      timeline.add(
          new TimelineEntry.Perform(
              Duration.ofSeconds(1),
              "n" + timeline.size(),
              Optional.of(Duration.ofSeconds(2)).filter(_ -> action.heals()),
              action));
    }
    Scenario scenario = sample().withTimeline(timeline);
    assertThat(writtenAndRead(scenario).timeline()).isEqualTo(timeline);
  }

  @Test
  void everyExpectationSurvivesWritingAndReading() throws IOException {
    Scenario scenario = sample().withExpectations(EveryKeyword.expectations());
    assertThat(writtenAndRead(scenario).expectations()).isEqualTo(scenario.expectations());
  }

  @Test
  void noActionAndNoExpectationIsForgottenHere() {
    assertThat(classes(EveryKeyword.actions()))
        .containsExactlyInAnyOrderElementsOf(leaves(Action.class));
    assertThat(classes(EveryKeyword.expectations()))
        .containsExactlyInAnyOrderElementsOf(leaves(Expectation.class));
  }

  @Test
  void theTemplateLoadsWithoutAProblem() throws IOException {
    Path folder = directory.resolve("template");
    ScenarioWriter.writeTemplate(folder);
    ScenarioLoad load = ScenarioFolder.load(folder);
    assertThat(load.problems()).isEmpty();
    assertThat(load.scenario().orElseThrow().hosts()).hasSize(2);
    assertThat(Files.isExecutable(folder.resolve("check_nginx.sh"))).isTrue();
    assertThat(Files.readString(folder.resolve("scenario.schema.json")))
        .isEqualTo(ScenarioWriter.schema());
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path folder = directory.resolve("template");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("scenario.yaml"), "mine");
    assertThatThrownBy(() -> ScenarioWriter.writeTemplate(folder))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(folder.resolve("scenario.yaml"))).isEqualTo("mine");
    assertThat(folder.resolve("nginx1")).doesNotExist();
  }

  private static Set<String> classes(List<?> values) {
    Set<String> names = new LinkedHashSet<>();
    values.forEach(v -> names.add(v.getClass().getSimpleName()));
    return names;
  }

  /** The records below a sealed interface. */
  static Set<String> leaves(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    records(type).forEach(c -> names.add(c.getSimpleName()));
    return names;
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ScenarioRoundTripTest::records)
        : Stream.of(type);
  }
}
