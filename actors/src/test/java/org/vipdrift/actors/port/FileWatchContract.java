package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.FileWatch.FileStatus;
import org.vipdrift.actors.port.TestWorld.Inbox;

/** What every {@link FileWatch} does. */
public abstract class FileWatchContract extends PortContract {
  private static final String PATH = "/tmp/vipdrift-contract";

  private Inbox<FileStatus> watch(String path) {
    Inbox<FileStatus> inbox = world.inbox();
    left.fileWatch().tell(new FileWatch.Watch(left.who(), path, inbox.ref()));
    settle();
    return inbox;
  }

  private void write(String path, String text) {
    left.writeFile(path, text);
    settle();
  }

  private static Optional<String> latest(Inbox<FileStatus> inbox) {
    return inbox.received().getLast().content();
  }

  @Test
  public void watchingTellsWhatTheFileIsNow() {
    write(PATH, "10\n");
    Inbox<FileStatus> inbox = watch(PATH);
    assertThat(inbox.received()).hasSize(1);
    assertThat(inbox.received().getFirst().path()).isEqualTo(PATH);
    assertThat(latest(inbox)).contains("10\n");
  }

  @Test
  public void aFileThatDoesNotExistIsEmptyUntilItDoes() {
    Inbox<FileStatus> inbox = watch(PATH);
    assertThat(latest(inbox)).isEmpty();
    write(PATH, "1");
    assertThat(latest(inbox)).contains("1");
  }

  @Test
  public void changesAndRemovalAreTold() {
    write(PATH, "1");
    Inbox<FileStatus> inbox = watch(PATH);
    write(PATH, "2");
    assertThat(latest(inbox)).contains("2");
    left.removeFile(PATH);
    settle();
    assertThat(latest(inbox)).isEmpty();
  }

  @Test
  public void otherFilesAreNot() {
    Inbox<FileStatus> inbox = watch(PATH);
    write(PATH + "-other", "1");
    assertThat(inbox.received()).hasSize(1);
  }

  @Test
  public void afterUnwatchNothingIsTold() {
    Inbox<FileStatus> inbox = watch(PATH);
    left.fileWatch().tell(new FileWatch.Unwatch(left.who()));
    settle();
    write(PATH, "1");
    assertThat(inbox.received()).hasSize(1);
  }

  @Test
  public void aDeadProcessIsToldNothing() {
    Inbox<FileStatus> inbox = watch(PATH);
    left.killProcess();
    write(PATH, "1");
    assertThat(inbox.received()).hasSize(1);
  }
}
