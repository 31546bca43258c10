package org.vipdrift.netio.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeftoversTest {
  private static final String NOBODY = Long.MAX_VALUE + "-1";

  private static Process sleeper(String mark) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put("VIPDRIFT_RUN", mark);
    return builder.start();
  }

  @Test
  void processesOfADeadRunAreKilledAndThoseOfALivingOneAreNot() throws Exception {
    Process left = sleeper(NOBODY);
    Process anotherStart = sleeper(ProcessHandle.current().pid() + "-1");
    Process owned = sleeper(Owner.self().mark());
    Process unmarked = sleeper("by hand");
    try {
      List<String> removed = Leftovers.remove();
      assertThat(removed)
          .filteredOn(each -> each.contains("process " + left.pid() + " "))
          .hasSize(1);
      assertThat(removed)
          .filteredOn(each -> each.contains("process " + anotherStart.pid() + " "))
          .hasSize(1);
      assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(anotherStart.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(owned.isAlive()).isTrue();
      assertThat(unmarked.isAlive()).isTrue();
    } finally {
      for (Process each : List.of(left, anotherStart, owned, unmarked)) {
        each.destroyForcibly();
      }
    }
  }

  @Test
  void foldersOfADeadRunAreRemovedAndThoseOfALivingOneAreNot() throws IOException {
    Path ours = Leftovers.temporaryFolder();
    Path theirs =
        Files.createDirectory(ours.resolveSibling("vipdrift-" + NOBODY + "-" + System.nanoTime()));
    Files.writeString(Files.createDirectory(theirs.resolve("inside")).resolve("file"), "text");
    try {
      assertThat(Leftovers.remove()).anyMatch(each -> each.contains(theirs.toString()));
      assertThat(theirs).doesNotExist();
      assertThat(ours).exists();
      assertThat(Leftovers.remove()).noneMatch(each -> each.contains(theirs.toString()));
    } finally {
      Files.delete(ours);
    }
  }

  @Test
  void whatRunsOnAMachineBearsItsOwnersMark() throws IOException {
    assumeTrue(
        Requirement.all().stream().allMatch(r -> !r.isNeeded() || r.isThere()), "needs root");
    try (Machine machine = Machine.host("test", List.of())) {
      assertThat(machine.run("", "sh", "-c", "echo $VIPDRIFT_RUN").output().strip())
          .isEqualTo(Owner.self().mark());
      List<ProcessHandle> keepers =
          ProcessHandle.current()
              .descendants()
              .filter(each -> Owner.ofProcess(each.pid()).equals(Optional.of(Owner.self())))
              .toList();
      assertThat(keepers).isNotEmpty();
    }
  }
}
