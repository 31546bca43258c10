package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.segment.FrameMatch;
import org.vipdrift.model.segment.LinkRule;
import org.vipdrift.model.segment.Selector;
import org.vipdrift.model.segment.Treatment;

/** Whatever a segment does to frames, both streams arrive as they were sent. */
class TcpStreamTest {
  private static byte[] randomBytes(SplitRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void sendInPieces(TcpProgram from, byte[] bytes, SplitRandom random) {
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(5000));
      from.connection().send(Octets.copyOf(bytes).slice(at, end), 0);
      at = end;
      from.network.run(Duration.ofNanos(random.nextInt(300_000)));
    }
    from.connection().finish(0);
  }

  /** Of all rules the first that matches decides, so that each direction has one. */
  private static void disturb(SmallNetwork network, HostKernel sender, Treatment treatment) {
    network.lan.install(
        new LinkRule(
            "disturbance",
            Selector.of(SmallNetwork.eth0(sender).port().id()),
            Selector.everyone(),
            new FrameMatch.Any(),
            treatment));
  }

  @Provide
  Arbitrary<Treatment> treatments() {
    Arbitrary<Integer> percent = Arbitraries.integers().between(0, 30);
    return Arbitraries.oneOf(
        percent.map(Treatment.LoseFraction::new),
        percent.map(each -> new Treatment.LoseBursts(each / 3.0, 30, 80, 1)),
        percent.map(Treatment.Duplicate::new),
        percent.map(each -> new Treatment.Reorder(each, Duration.ofNanos(400_000))),
        percent.map(each -> new Treatment.Delay(Duration.ofMillis(1), Duration.ofMillis(each))),
        percent.map(each -> new Treatment.Corrupt(each / 3.0)));
  }

  private record Outcome(List<String> heard, List<SmallNetwork.Capture> frames) {}

  private static Outcome exchange(long seed, Treatment there, Treatment back, int up, int down) {
    SmallNetwork network = new SmallNetwork();
    HostKernel client = network.host("client", "20.0.0.10/24");
    HostKernel server = network.host("server", "20.0.0.20/24");
    SplitRandom random = SplitRandom.ofSeed(seed);
    List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
    TcpProgram browser = TcpProgram.connect(network, client, "20.0.0.20", 80);
    network.seconds(0.1);
    disturb(network, client, there);
    disturb(network, server, back);
    TcpProgram web = accepted.getFirst();
    byte[] request = randomBytes(random, up);
    byte[] response = randomBytes(random, down);
    sendInPieces(browser, request, random);
    sendInPieces(web, response, random);
    network.seconds(600);
    assertThat(web.bytes.toByteArray()).isEqualTo(request);
    assertThat(browser.bytes.toByteArray()).isEqualTo(response);
    assertThat(browser.heard).endsWith("finished").doesNotContain("RESET");
    assertThat(web.heard).endsWith("finished").doesNotContain("RESET");
    List<String> heard = new ArrayList<>(browser.heard);
    heard.addAll(web.heard);
    return new Outcome(heard, network.frames);
  }

  @Property(tries = 60)
  void bothStreamsArriveAsTheyWereSent(
      @ForAll @LongRange(min = 1, max = 1_000_000) long seed,
      @ForAll("treatments") Treatment there,
      @ForAll("treatments") Treatment back,
      @ForAll @IntRange(max = 150_000) int up,
      @ForAll @IntRange(max = 150_000) int down) {
    exchange(seed, there, back, up, down);
  }

  @Property(tries = 3)
  void theSameSeedGivesTheSameFramesAtTheSameInstants(
      @ForAll @LongRange(min = 1, max = 1_000_000) long seed,
      @ForAll("treatments") Treatment there,
      @ForAll("treatments") Treatment back) {
    assertThat(exchange(seed, there, back, 30_000, 30_000))
        .isEqualTo(exchange(seed, there, back, 30_000, 30_000));
  }
}
