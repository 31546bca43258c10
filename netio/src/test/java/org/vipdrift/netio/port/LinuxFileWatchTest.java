package org.vipdrift.netio.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.FileWatch.FileStatus;
import org.vipdrift.actors.port.FileWatchContract;
import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.TestWorld.Inbox;

class LinuxFileWatchTest extends FileWatchContract {
  @TempDir private Path folder;

  @Override
  protected TestWorld openWorld() {
    return new LocalWorld();
  }

  private Inbox<FileStatus> watched(Path file) {
    Inbox<FileStatus> inbox = world.inbox();
    left.fileWatch().tell(new FileWatch.Watch(left.who(), file.toString(), inbox.ref()));
    settle();
    return inbox;
  }

  private static String latest(Inbox<FileStatus> inbox) {
    return inbox.received().getLast().content().orElse("none");
  }

  @Test
  void aFileThatIsReplacedByRenamingIsSeen() throws IOException {
    Path file = Files.writeString(folder.resolve("weight"), "1");
    Inbox<FileStatus> inbox = watched(file);
    Files.move(
        Files.writeString(folder.resolve("weight.new"), "2"),
        file,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    settle();
    assertThat(latest(inbox)).isEqualTo("2");
    assertThat(inbox.received()).hasSize(2);
  }

  @Test
  void aFolderThatComesLaterIsFound() throws IOException {
    Path later = folder.resolve("later");
    Inbox<FileStatus> inbox = watched(later.resolve("weight"));
    assertThat(latest(inbox)).isEqualTo("none");
    Files.createDirectory(later);
    Files.writeString(later.resolve("weight"), "3");
    world.run(Duration.ofSeconds(2));
    assertThat(latest(inbox)).isEqualTo("3");
    Files.delete(later.resolve("weight"));
    Files.delete(later);
    settle();
    assertThat(latest(inbox)).isEqualTo("none");
    Files.createDirectory(later);
    Files.writeString(later.resolve("weight"), "4");
    world.run(Duration.ofSeconds(2));
    assertThat(latest(inbox)).isEqualTo("4");
  }

  @Test
  void theSameContentIsToldOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("weight"), "1");
    Inbox<FileStatus> inbox = watched(file);
    Files.writeString(file, "1");
    world.run(Duration.ofSeconds(2));
    assertThat(inbox.received()).hasSize(1);
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(latest(watched(folder))).isEqualTo("none");
  }
}
