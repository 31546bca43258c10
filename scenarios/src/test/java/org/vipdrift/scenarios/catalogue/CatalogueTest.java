package org.vipdrift.scenarios.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.scenarios.file.ScenarioFolder;
import org.vipdrift.simulator.SimulatedTestbed;

/** Every scenario of the catalogue can be read by people and programs, and its verdict holds. */
class CatalogueTest {
  private static final List<Long> SEEDS = List.of(1L, 2L, 20260101L);
  private static final Pattern KEBAB_CASE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](\\s|$)");
  private static final Pattern REFERENCE =
      Pattern.compile("(?:[Ss]ee|as in|pair of)\\s+([a-z0-9]+(?:-[a-z0-9]+)+)");
  private static final int LONGEST_TITLE = 80;

  private static SimulatedTestbed testbed;

  @BeforeAll
  static void open() {
    testbed = SimulatedTestbed.open();
  }

  @AfterAll
  static void close() {
    testbed.close();
  }

  private static Stream<DynamicNode> each(Consumer<Path> test) {
    return CatalogueFolders.all().stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> test.accept(f)));
  }

  @TestFactory
  Stream<DynamicNode> verdictHolds() {
    return each(
        folder -> {
          Scenario scenario = CatalogueFolders.load(folder);
          for (long seed : SEEDS) {
            JudgedRun run = JudgedRun.of(testbed, scenario, seed);
            assertThat(run.holds()).as(() -> "seed " + seed + "\n" + run.report()).isTrue();
            assertThat(run.notModelled()).isEmpty();
          }
        });
  }

  @TestFactory
  Stream<DynamicNode> folderHasNoErrors() {
    return each(
        folder -> {
          assertThat(ScenarioFolder.load(folder).problems()).filteredOn(Problem::isError).isEmpty();
          assertThat(JudgedRun.configurationErrors(CatalogueFolders.load(folder))).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicNode> proseTellsANewcomerWhatToExpect() {
    return each(
        folder -> {
          Scenario scenario = CatalogueFolders.load(folder);
          assertThat(scenario.name()).matches(KEBAB_CASE);
          assertThat(scenario.title()).isNotEqualTo(scenario.name());
          assertThat(scenario.title().length()).isLessThanOrEqualTo(LONGEST_TITLE);
          assertThat(scenario.title()).doesNotEndWith(".");
          assertThat(SENTENCE_END.matcher(scenario.about()).results().count())
              .as("sentences of: " + scenario.about())
              .isBetween(2L, 6L);
        });
  }

  @TestFactory
  Stream<DynamicNode> proseRefersOnlyToScenariosThatExist() {
    List<String> names = CatalogueFolders.names();
    return each(
        folder -> {
          String about = CatalogueFolders.load(folder).about();
          assertThat(REFERENCE.matcher(about).results().map(m -> m.group(1)).toList())
              .isSubsetOf(names);
        });
  }

  @TestFactory
  Stream<DynamicNode> configurationsCouldBeCopiedToAMachine() {
    return each(
        folder -> {
          for (Path file : CatalogueFolders.filesOf(folder)) {
            String text = CatalogueFolders.read(file);
            assertThat(text).endsWith("\n").doesNotContain("\t");
            if (file.endsWith("keepalived.conf")) {
              String host = file.getParent().getFileName().toString();
              assertThat(text)
                  .contains("# " + host + ":")
                  .contains("router_id " + host + "\n")
                  .contains("script_user root\n")
                  .contains("enable_script_security\n");
            }
            if (file.toString().endsWith(".sh")) {
              assertThat(text).startsWith("#!/bin/bash\n# ");
              assertThat(Files.isExecutable(file)).as(file + " is executable").isTrue();
            }
          }
        });
  }

  @Test
  void overviewNamesEveryScenario() {
    String overview = CatalogueFolders.read(CatalogueFolders.OVERVIEW);
    List<String> words = List.of(overview.split("[^a-z0-9-]+"));
    assertThat(words).containsAll(CatalogueFolders.names());
  }

  @Test
  void catalogueIsLarge() {
    assertThat(CatalogueFolders.all()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void everyActionIsUsed() {
    List<Action> used = actions().toList();
    assertThat(new TreeSet<>(used.stream().map(a -> a.getClass().getSimpleName()).toList()))
        .containsAll(leaves(Action.class));
    assertThat(new TreeSet<>(used.stream().map(Action::keyword).toList()))
        .containsAll(Stream.of(Action.ProcessVerb.values()).map(v -> v.keyword()).toList())
        .containsAll(Stream.of(Action.HostVerb.values()).map(v -> v.keyword()).toList())
        .containsAll(Stream.of(Action.LinkVerb.values()).map(v -> v.keyword()).toList());
  }

  @Test
  void everyChainAndMatchOfAFirewallIsUsed() {
    List<Action.Firewall> rules =
        actions()
            .filter(Action.Firewall.class::isInstance)
            .map(Action.Firewall.class::cast)
            .toList();
    assertThat(rules).extracting(Action.Firewall::chain).contains(FirewallRule.Chain.values());
    assertThat(rules).extracting(Action.Firewall::reject).contains(true, false);
    // Port matches nothing that the clients of these scenarios send.
    assertThat(rules.stream().map(r -> r.match().getClass().getSimpleName()).distinct().toList())
        .contains("Vrrp", "Destination", "Source", "Everything");
  }

  @Test
  void everyExpectationIsUsed() {
    List<Expectation> used =
        CatalogueFolders.all().stream()
            .flatMap(f -> CatalogueFolders.load(f).expectations().stream())
            .toList();
    assertThat(new TreeSet<>(used.stream().map(e -> e.getClass().getSimpleName()).toList()))
        .containsAll(leaves(Expectation.class));
    assertThat(used.stream().map(Expectation::keyword).toList()).contains("logged", "not-logged");
  }

  @Test
  void bothSortsOfTimelineEntriesAreUsed() {
    assertThat(
            CatalogueFolders.all().stream()
                .flatMap(f -> CatalogueFolders.load(f).timeline().stream())
                .map(e -> e.getClass().getSimpleName())
                .distinct()
                .toList())
        .containsExactlyInAnyOrderElementsOf(leaves(TimelineEntry.class));
  }

  private static Stream<Action> actions() {
    return CatalogueFolders.all().stream()
        .flatMap(f -> CatalogueFolders.load(f).timeline().stream())
        .filter(TimelineEntry.Perform.class::isInstance)
        .map(e -> ((TimelineEntry.Perform) e).action());
  }

  /** The records of a sealed interface, those of its sealed parts included. */
  private static List<String> leaves(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(c -> c.isSealed() ? leaves(c).stream() : Stream.of(c.getSimpleName()))
        .toList();
  }
}
