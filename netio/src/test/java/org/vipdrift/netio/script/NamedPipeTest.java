package org.vipdrift.netio.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedPipeTest {
  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("notify");
  }

  @Test
  void aNewPipeIsItsOwnersAloneAndRemovedAtTheEnd() throws IOException {
    NamedPipe pipe = NamedPipe.open(path(), Optional.empty());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
    pipe.close();
    assertThat(path()).doesNotExist();
  }

  @Test
  void aReaderThatComesLateHasEveryLine() throws IOException {
    try (NamedPipe pipe = NamedPipe.open(path(), Optional.empty())) {
      pipe.writeLine("INSTANCE \"i\" MASTER 100");
      pipe.writeLine("INSTANCE \"i\" BACKUP 100");
      try (BufferedReader reader = Files.newBufferedReader(path())) {
        assertThat(reader.readLine()).isEqualTo("INSTANCE \"i\" MASTER 100");
        assertThat(reader.readLine()).isEqualTo("INSTANCE \"i\" BACKUP 100");
      }
    }
  }

  @Test
  void whenNobodyReadsLinesAreLostAndNobodyWaits() throws IOException {
    NamedPipe pipe = NamedPipe.open(path(), Optional.empty());
    String line = "x".repeat(1000);
    for (int i = 0; i < 2000; i++) {
      pipe.writeLine(line);
    }
    assertThat(pipe.lostLines()).isPositive();
    pipe.close();
    assertThat(path()).doesNotExist();
  }

  @Test
  void aPipeThatIsThereIsUsedAndLeft() throws IOException {
    NamedPipe first = NamedPipe.open(path(), Optional.empty());
    NamedPipe second = NamedPipe.open(path(), Optional.empty());
    second.close();
    assertThat(path()).exists();
    first.close();
    assertThat(path()).doesNotExist();
  }

  @Test
  void anythingElseIsRefused() throws IOException {
    Files.writeString(path(), "a file");
    assertThatThrownBy(() -> NamedPipe.open(path(), Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a named pipe");
    assertThatThrownBy(() -> NamedPipe.open(folder.resolve("no/such"), Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No such file or directory");
  }
}
