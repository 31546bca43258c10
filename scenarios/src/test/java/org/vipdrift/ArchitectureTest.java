package org.vipdrift;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules that keep the design what it is. */
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.vipdrift");

  private static final String[] SHARED = {
    "org.vipdrift.model..", "org.vipdrift.actors..", "org.vipdrift.simulator.."
  };

  @Test
  void theProductIsSeen() {
    assertThat(PRODUCT.size()).isGreaterThan(100);
  }

  @Nested
  class Modules {
    @Test
    void modelStandsAlone() {
      noClasses()
          .that()
          .resideInAPackage("org.vipdrift.model..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.vipdrift..")
                  .and(DescribedPredicate.not(resideInAPackage("org.vipdrift.model.."))))
          .check(PRODUCT);
    }

    @Test
    void actorsKnowOnlyTheModel() {
      noClasses()
          .that()
          .resideInAPackage("org.vipdrift.actors..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.vipdrift.simulator..", "org.vipdrift.netio..", "org.vipdrift.scenarios..")
          .check(PRODUCT);
    }

    @Test
    void simulatorAndRealNetworksNeverSeeEachOther() {
      noClasses()
          .that()
          .resideInAPackage("org.vipdrift.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.vipdrift.netio..", "org.vipdrift.scenarios..")
          .check(PRODUCT);
      noClasses()
          .that()
          .resideInAPackage("org.vipdrift.netio..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.vipdrift.simulator..", "org.vipdrift.scenarios..")
          .allowEmptyShould(true)
          .check(PRODUCT);
    }

    @Test
    void packagesHaveNoCycles() {
      slices().matching("org.vipdrift.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void modelUsesNothingButThePlainLanguage() {
      noClasses()
          .that()
          .resideInAPackage("org.vipdrift.model..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.apache.pekko..",
                      "org.slf4j..",
                      "java.net..",
                      "java.nio.file..",
                      "java.nio.channels..",
                      "java.util.concurrent..",
                      "scala..")
                  .or(
                      DescribedPredicate.describe(
                          "files or threads",
                          c ->
                              List.of("java.io.File", "java.lang.Thread", "java.time.Clock")
                                  .contains(c.getName()))))
          .check(PRODUCT);
    }
  }

  @Nested
  class Determinism {
    private static final Map<String, List<String>> BANNED_CALLS =
        Map.ofEntries(
            Map.entry("java.lang.System", List.of("nanoTime", "currentTimeMillis")),
            Map.entry("java.time.Instant", List.of("now")),
            Map.entry("java.time.LocalDateTime", List.of("now")),
            Map.entry("java.time.ZonedDateTime", List.of("now")),
            Map.entry("java.lang.Thread", List.of("sleep", "ofVirtual", "ofPlatform", "<init>")),
            Map.entry("java.util.Random", List.of("<init>")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", List.of("current")),
            Map.entry("java.lang.Math", List.of("log", "exp", "pow", "random", "sin", "cos")),
            Map.entry("java.util.UUID", List.of("randomUUID")),
            Map.entry("java.util.Set", List.of("of", "copyOf")),
            Map.entry("java.util.Map", List.of("of", "copyOf", "ofEntries")),
            Map.entry("java.util.HashMap", List.of("<init>")),
            Map.entry("java.util.HashSet", List.of("<init>")),
            Map.entry("java.util.IdentityHashMap", List.of("<init>")),
            Map.entry("java.util.Locale", List.of("getDefault")),
            Map.entry("java.time.ZoneId", List.of("systemDefault")),
            Map.entry("java.util.TimeZone", List.of("getDefault")));

    @Test
    void nothingSharedAsksTheRealWorldOrDependsOnHashOrder() {
      noClasses()
          .that()
          .resideInAnyPackage(SHARED)
          .should()
          .callCodeUnitWhere(
              DescribedPredicate.describe("it is banned in shared code", Determinism::isBanned))
          .check(PRODUCT);
    }

    private static boolean isBanned(JavaAccess<?> access) {
      String owner = access.getTargetOwner().getName();
      String name = access.getTarget().getName();
      if (BANNED_CALLS.getOrDefault(owner, List.of()).contains(name)) {
        return true;
      }
      if (!owner.equals("java.util.stream.Collectors")) {
        return false;
      }
      int parameters =
          ((com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget) access.getTarget())
              .getRawParameterTypes()
              .size();
      return switch (name) {
        case "toSet", "toUnmodifiableSet", "toUnmodifiableMap" -> true;
        case "toMap" -> parameters < 4;
        case "groupingBy" -> parameters < 3;
        default -> false;
      };
    }
  }

  @Nested
  class Actors {
    @Test
    void nativeCodeIsCalledInFewPlaces() {
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.vipdrift.netio.foreign..",
              "org.vipdrift.netio.link..",
              "org.vipdrift.netio.ipvs..",
              "org.vipdrift.netio.namespaces..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..")
          .check(PRODUCT);
    }

    @Test
    void actorsNeverBlockOrLeaveTheirThread() {
      noClasses()
          .that()
          .resideInAPackage("org.vipdrift.actors..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.concurrent\\.(CompletableFuture|CompletionStage|Executor.*|.*Queue)"
                  + "|org\\.apache\\.pekko\\.actor\\.typed\\.javadsl\\.AskPattern.*")
          .check(PRODUCT);
    }

    @Test
    void behaviorsAreMadeByAStaticCreate() {
      constructors()
          .that()
          .areDeclaredInClassesThat()
          .areAssignableTo("org.apache.pekko.actor.typed.ExtensibleBehavior")
          .should()
          .bePrivate()
          .check(PRODUCT);
    }

    @Test
    void everySpawnInheritsTheDispatcher() {
      noClasses()
          .that()
          .resideInAPackage("org.vipdrift.actors..")
          .should()
          .callCodeUnitWhere(
              DescribedPredicate.describe(
                  "it spawns on the default dispatcher",
                  access ->
                      access.getTarget().getName().equals("spawnAnonymous")
                          || access.getTarget().getName().equals("spawn")
                              && access
                                  .getTargetOwner()
                                  .isAssignableTo(
                                      "org.apache.pekko.actor.typed.javadsl.ActorContext")
                              && access.getTarget().getRawParameterTypes().size() < 3))
          .check(PRODUCT);
    }

    @Test
    void machinesSpeakInSealedWords() {
      classes()
          .that()
          .areInterfaces()
          .and(
              DescribedPredicate.describe(
                  "are named Event, Effect, Command or State",
                  (JavaClass c) -> c.getSimpleName().matches(".*(Event|Effect|Command)")))
          .and()
          .resideInAnyPackage("org.vipdrift.model..", "org.vipdrift.actors..")
          .should(
              com.tngtech.archunit.lang.ArchCondition.from(
                  DescribedPredicate.describe("be sealed", c -> c.reflect().isSealed())))
          .check(PRODUCT);
    }
  }

  @Test
  void theNodeReachesNoLabReportOrLesson() {
    noClasses()
        .that()
        .haveSimpleNameStartingWith("Node")
        .and()
        .resideInAPackage("org.vipdrift.scenarios.cli..")
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAnyPackage(
            "org.vipdrift.scenarios.lab..",
            "org.vipdrift.scenarios.report..",
            "org.vipdrift.scenarios.lesson..")
        .allowEmptyShould(true)
        .check(PRODUCT);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    assertThat(
            PRODUCT.stream()
                .filter(c -> !c.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(c -> c.getPackage())
                .distinct()
                .filter(p -> p.tryGetPackageInfo().isEmpty())
                .map(p -> p.getName())
                .toList())
        .isEmpty();
  }
}
