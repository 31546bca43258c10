package org.vipdrift.netio.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  @TempDir private Path folder;

  @Test
  void itHoldsTheNumberAndGoesAway() throws Exception {
    Path file = folder.resolve("run").resolve("n.pid");
    try (PidFile taken = PidFile.take(file, 42)) {
      assertThat(file).content().isEqualTo("42\n");
      assertThat(taken).isNotNull();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void whatADeadDaemonLeftIsTaken() throws Exception {
    Path file = Files.writeString(folder.resolve("n.pid"), "2147483646\n");
    try (PidFile taken = PidFile.take(file, 42)) {
      assertThat(taken).isNotNull();
      assertThat(file).content().isEqualTo("42\n");
    }
  }

  @Test
  void aFolderIsNoPidFile() {
    assertThatThrownBy(() -> PidFile.take(folder, 42))
        .isInstanceOf(NodeRefusal.class)
        .hasMessageContaining("cannot write the PID file");
  }
}
