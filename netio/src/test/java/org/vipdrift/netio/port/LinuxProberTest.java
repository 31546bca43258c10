package org.vipdrift.netio.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ProberContract;
import org.vipdrift.actors.port.TestWorld;

/** On the loopback interface. */
class LinuxProberTest extends ProberContract {
  private static final int PORT = 27_907;

  /** The first handshake of a JVM takes longer than the suite waits. */
  @BeforeAll
  static void speakTlsOnce() throws InterruptedException {
    try (LocalWorld world = new LocalWorld()) {
      Runnable end = world.host().echoTls(PORT, "warm.example.com");
      TestWorld.Inbox<Prober.Answer> answers = world.inbox();
      world
          .host()
          .prober()
          .tell(
              new Prober.Open(
                  world.host().who(),
                  1,
                  Prober.Transport.TCP,
                  Optional.empty(),
                  world.host().ipv4(),
                  PORT,
                  Optional.of(new Prober.Tls(Optional.empty())),
                  0,
                  answers.ref(),
                  0));
      for (int i = 0; i < 200 && answers.received().isEmpty(); i++) {
        Thread.sleep(50);
      }
      assertThat(answers.received()).hasOnlyElementsOfType(Prober.Opened.class);
      end.run();
    }
  }

  @Override
  protected TestWorld openWorld() {
    return new LocalWorld();
  }

  @Override
  @Test
  public void whoDoesNotAnswerArpIsUnreachable() {
    abort("nobody is asked by ARP on the loopback interface");
  }
}
