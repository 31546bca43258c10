package org.vipdrift.netio.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir private Path directory;

  @Test
  void itsDiskForTemporaryFilesBeginsEmptyButForWhatStaysVisible() throws IOException {
    assumeTrue(
        Requirement.all().stream().allMatch(r -> !r.isNeeded() || r.isThere()), "needs root");
    assumeTrue(directory.startsWith("/tmp"), "temporary files lie elsewhere");
    Path kept = Files.createDirectories(directory.resolve("some folder/kept"));
    Files.writeString(kept.resolve("program"), "text");
    Files.writeString(directory.resolve("other"), "text");
    try (Machine machine = Machine.host("test", List.of(kept, Path.of("/usr/lib")))) {
      assertThat(machine.run("", "cat", kept.resolve("program").toString()).output())
          .isEqualTo("text");
      assertThat(machine.run("", "touch", kept.resolve("more").toString()).exit()).isNotZero();
      assertThat(machine.run("", "ls", directory.toString()).output().strip())
          .isEqualTo("some folder");
    }
    assertThat(kept.resolve("more")).doesNotExist();
  }
}
