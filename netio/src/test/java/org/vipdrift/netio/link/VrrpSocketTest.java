package org.vipdrift.netio.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.Constants;

class VrrpSocketTest {
  private static final Octets MESSAGE = Octets.ofHex("3133640100645603 14000064");

  /** Of priority 200, which the flood has not. */
  private static final Octets GENUINE = Octets.ofHex("3133c8010064f202 14000064");

  private static final List<PacketCount> ARRIVALS =
      List.of(
          PacketCount.DELIVERED,
          PacketCount.DROPPED_TRUNCATED,
          PacketCount.DROPPED_MALFORMED,
          PacketCount.DROPPED_FOREIGN,
          PacketCount.DROPPED_OVER_RATE,
          PacketCount.DROPPED_IMPLAUSIBLE,
          PacketCount.DROPPED_BY_KERNEL,
          PacketCount.DROPPED_DETACHED);

  private ScratchNamespace here;
  private ScratchNamespace peer;
  private final PacketCounters counters = new PacketCounters();
  private final PacketCounters peerCounters = new PacketCounters();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong genuine = new AtomicLong();
  private final AtomicLong oldest = new AtomicLong();

  @BeforeEach
  void begin() {
    here = ScratchNamespace.open();
    peer = ScratchNamespace.open();
  }

  @AfterEach
  void end() {
    here.close();
    peer.close();
  }

  /** Without duplicate address detection, so that link-local addresses are there at once. */
  private void connect() {
    for (ScratchNamespace each : List.of(here, peer)) {
      each.run(List.of("sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0"));
    }
    here.connect("eth0", peer, "eth0");
    here.ip("address add 20.0.0.21/24 dev eth0");
    peer.ip("address add 20.0.0.22/24 dev eth0");
    peer.ip("address add fe80::22/64 dev eth0 nodad");
  }

  private VrrpSocket listen(IpAddress group) throws IOException {
    return VrrpSocket.open(
        here.namespace(),
        "eth0",
        group,
        new VrrpSocket.Receiver() {
          @Override
          public boolean wants(int vrid) {
            return vrid == 51;
          }

          @Override
          public void received(
              int vrid,
              Octets message,
              IpAddress source,
              IpAddress destination,
              int hopLimit,
              long ageNanos) {
            delivered.incrementAndGet();
            oldest.accumulateAndGet(ageNanos, Math::max);
            if (message.equals(GENUINE)) {
              genuine.incrementAndGet();
            }
          }
        },
        counters);
  }

  private static IpAddress source(IpAddress group) {
    return IpAddress.of(group.family() == IpFamily.IPV4 ? "20.0.0.22" : "fe80::22");
  }

  /** Sends until one more arrives; adverts are repeated on a real network too. */
  private boolean hears(VrrpSender sender, IpAddress group) throws InterruptedException {
    long before = delivered.get();
    for (int i = 0; i < 50 && delivered.get() == before; i++) {
      sender.send(source(group), group, 255, MESSAGE);
      Thread.sleep(20);
    }
    return delivered.get() > before;
  }

  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.18", "ff02::12"})
  void anInterfaceThatIsMadeAnewIsFollowedAtBothEnds(String text) throws Exception {
    IpAddress group = IpAddress.of(text);
    try (VrrpSocket _ = listen(group);
        VrrpSender sender =
            VrrpSender.open(peer.namespace(), "eth0", group.family(), peerCounters)) {
      sender.send(source(group), group, 255, MESSAGE);
      assertThat(peerCounters.get(PacketCount.LOST_INTERFACE_DOWN)).isEqualTo(1);
      for (int incarnation = 1; incarnation <= 25; incarnation += 8) {
        connect();
        assertThat(hears(sender, group)).as(counters + " " + peerCounters).isTrue();
        here.ip("link set eth0 down");
        here.ip("link set eth0 up");
        assertThat(hears(sender, group)).as("after down and up").isTrue();
        here.ip("link del eth0");
      }
      assertThat(counters.get(PacketCount.REATTACHED)).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.18", "ff02::12"})
  void aPacketIsAsOldAsTheKernelHasHadIt(String text) throws Exception {
    connect();
    IpAddress group = IpAddress.of(text);
    try (VrrpSocket _ = listen(group);
        VrrpSender sender =
            VrrpSender.open(peer.namespace(), "eth0", group.family(), peerCounters)) {
      for (int i = 0; i < 20; i++) {
        assertThat(hears(sender, group)).isTrue();
      }
      assertThat(oldest.get()).isBetween(1_000L, 5_000_000L);
    }
  }

  @Test
  void threadAndDescriptorsGoWithTheSocket() throws Exception {
    connect();
    listen(IpAddress.VRRP_GROUP_V4).close();
    long before = descriptors();
    for (int i = 0; i < 20; i++) {
      VrrpSocket socket = listen(IpAddress.VRRP_GROUP_V4);
      assertThat(threads()).contains("vrrp-rx-eth0-ipv4");
      socket.close();
    }
    assertThat(threads()).doesNotContain("vrrp-rx-eth0-ipv4");
    // Fewer, when something of an earlier test is collected meanwhile.
    assertThat(descriptors()).isLessThanOrEqualTo(before);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  /** Two seconds; five minutes with {@code -Dvipdrift.flood.seconds=300}. */
  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.18", "ff02::12"})
  void everyPacketOfAFloodIsInOneCountAndTheRestIsAsBefore(String text) throws Exception {
    connect();
    IpAddress group = IpAddress.of(text);
    long seconds = Long.getLong("vipdrift.flood.seconds", 2);
    try (VrrpSocket _ = listen(group);
        FrameTap tap = new FrameTap(peer, "eth0", 0);
        VrrpSender sender =
            VrrpSender.open(peer.namespace(), "eth0", group.family(), peerCounters)) {
      assertThat(hears(sender, group)).isTrue();
      RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(4);
      Octets[] frames = new Octets[4096];
      for (int i = 0; i < frames.length; i++) {
        frames[i] = frame(group, random);
      }
      long descriptors = descriptors();
      long heapBefore = heapInUse();
      long arrivedBefore = arrivals();
      long lostBefore = lostOnTheWire();
      long marks = peerCounters.get(PacketCount.SENT);
      long sent = 0;
      long genuineSent = 0;
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() < end) {
        sender.send(source(group), group, 255, GENUINE);
        genuineSent++;
        for (int i = 0; i < 4096; i++) {
          sent += tap.send(frames[random.nextInt(frames.length)]) ? 1 : 0;
        }
      }
      // The kernel tells of its drops with the next packet.
      Thread.sleep(300);
      assertThat(hears(sender, group)).isTrue();
      Thread.sleep(100);
      marks = peerCounters.get(PacketCount.SENT) - marks;
      long arrived = arrivals() - arrivedBefore - marks;
      long lost = lostOnTheWire() - lostBefore;
      long grown = heapInUse() - heapBefore;
      System.out.printf(
          "flood of %s: %,d packets in %d s, %,d lost before the socket, heap %+,d octets, %s%n",
          group, sent, seconds, lost, grown, counters);
      assertThat(arrived).isEqualTo(sent - lost);
      long dropped =
          counters.get(PacketCount.DROPPED_BY_KERNEL) + counters.get(PacketCount.DROPPED_OVER_RATE);
      assertThat(genuine.get() + dropped + lost)
          .as("adverts of a master amid the flood, heard or counted")
          .isGreaterThanOrEqualTo(genuineSent);
      assertThat(counters.get(PacketCount.DROPPED_IMPLAUSIBLE)).isPositive();
      assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
      assertThat(grown).isLessThan(2_000_000);
    }
  }

  private long arrivals() {
    Map<PacketCount, Long> all = counters.snapshot();
    return ARRIVALS.stream().mapToLong(all::get).sum();
  }

  private static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** A veth gives what its receiver's queue does not take back to the sender as dropped. */
  private long lostOnTheWire() {
    String line =
        peer.run(List.of("cat", "/proc/net/dev"))
            .lines()
            .filter(each -> each.strip().startsWith("eth0:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.strip().split("[:\\s]+")[12]);
  }

  /** VRRP messages with one or two octets changed, and noise, half of it for our VRID. */
  private static Octets frame(IpAddress group, RandomGenerator random) {
    byte[] message = MESSAGE.toByteArray();
    int kind = random.nextInt(3);
    if (kind == 0) {
      message = new byte[random.nextInt(1200)];
      random.nextBytes(message);
    } else {
      for (int i = 0; i < kind; i++) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
    }
    if (message.length > 1 && random.nextBoolean()) {
      message[1] = 51;
    }
    IpPacket packet =
        IpPacket.of(
            source(group),
            group,
            Constants.IPPROTO_VRRP,
            random.nextBoolean() ? 255 : 1 + random.nextInt(254),
            Octets.adopt(message));
    return EthernetFrame.encode(
        MacAddress.ofMulticast(group), new MacAddress(0x525400000099L), packet);
  }
}
