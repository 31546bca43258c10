package org.vipdrift.netio.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.actors.port.NotifyFifo;

class LinuxNotifyFifoTest {
  private static final String WHO = "keepalived#1";

  private final LocalWorld world = new LocalWorld();
  private final ActorRef<NotifyFifo.Command> fifo = world.spawn(LinuxNotifyFifo.create());

  @TempDir private Path folder;

  @AfterEach
  void close() {
    world.close();
  }

  private String path() {
    return folder.resolve("notify").toString();
  }

  private void open() {
    fifo.tell(new NotifyFifo.Open(WHO, path(), Optional.empty()));
  }

  private void eventually(BooleanSupplier condition) {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      world.run(Duration.ofMillis(20));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private boolean isThere() {
    return Files.exists(Path.of(path()));
  }

  @Test
  void linesComeInTheirOrderEvenThoseWrittenBeforeThePipeWasOpen() throws IOException {
    open();
    fifo.tell(new NotifyFifo.WriteLine(WHO, path(), "INSTANCE \"i\" BACKUP 100", 0));
    fifo.tell(new NotifyFifo.WriteLine(WHO, path(), "INSTANCE \"i\" MASTER 100", 0));
    eventually(this::isThere);
    try (BufferedReader reader = Files.newBufferedReader(Path.of(path()))) {
      assertThat(reader.readLine()).isEqualTo("INSTANCE \"i\" BACKUP 100");
      assertThat(reader.readLine()).isEqualTo("INSTANCE \"i\" MASTER 100");
    }
  }

  @Test
  void itsPipesGoWithTheProcess() {
    open();
    eventually(this::isThere);
    world.run(Duration.ofMillis(100));
    fifo.tell(new NotifyFifo.CloseAll("another#1"));
    world.run(Duration.ofMillis(100));
    assertThat(isThere()).isTrue();
    fifo.tell(new NotifyFifo.CloseAll(WHO));
    eventually(() -> !isThere());
  }

  @Test
  void itsPipesGoWithThePort() {
    open();
    eventually(this::isThere);
    world.run(Duration.ofMillis(100));
    world.stop(fifo);
    eventually(() -> !isThere());
  }

  @Test
  void aPipeThatCannotBeMadeHarmsNobody() throws IOException {
    String impossible = folder.resolve("no/such/folder").toString();
    fifo.tell(new NotifyFifo.Open(WHO, impossible, Optional.empty()));
    fifo.tell(new NotifyFifo.WriteLine(WHO, impossible, "lost", 0));
    open();
    fifo.tell(new NotifyFifo.WriteLine(WHO, path(), "heard", 0));
    eventually(this::isThere);
    try (BufferedReader reader = Files.newBufferedReader(Path.of(path()))) {
      assertThat(reader.readLine()).isEqualTo("heard");
    }
  }
}
