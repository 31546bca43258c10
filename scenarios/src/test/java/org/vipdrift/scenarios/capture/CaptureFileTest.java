package org.vipdrift.scenarios.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.scenarios.file.ScenarioFolder;
import org.vipdrift.scenarios.trace.TraceHeader;
import org.vipdrift.simulator.SimulatedTestbed;

class CaptureFileTest {
  private static final TraceHeader HEADER = new TraceHeader("two-segments", 7, "0.1.0", "sim");
  private static final long NEW_YEAR = 1_767_225_600_000_000_000L;

  private final Scenario scenario =
      new Scenario(
          "two-segments",
          "Two segments",
          "",
          List.of(segment("lan", "20.0.0.0/24", "fd00::/64"), segment("heartbeat", "10.0.0.0/30")),
          List.of(host("a", "20.0.0.21/24", "fd00::21/64"), host("b", "20.0.0.22/24")),
          List.of(
              new Client(
                  "client",
                  "lan",
                  prefix("20.0.0.10/24"),
                  IpAddress.of("20.0.0.100"),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(1))),
          List.of(),
          Duration.ofSeconds(30),
          List.of());
  private final Octets announcement = gratuitous("20.0.0.21");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("run.pcapng");
  }

  private static Segment segment(String name, String... subnets) {
    return new Segment(
        name,
        List.of(subnets).stream().map(CaptureFileTest::prefix).toList(),
        Segment.DEFAULT_LATENCY,
        Optional.empty());
  }

  private static Host host(String name, String... addresses) {
    return new Host(
        name,
        List.of(
            new Host.HostInterface(
                "eth0",
                "lan",
                List.of(addresses).stream().map(CaptureFileTest::prefix).toList(),
                Optional.empty())),
        Optional.empty(),
        List.of(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        false);
  }

  private static IpPrefix prefix(String text) {
    return IpPrefix.parse(text).orElseThrow();
  }

  private static Octets gratuitous(String address) {
    MacAddress mac = new MacAddress(0x020000000100L);
    return EthernetFrame.encode(
        MacAddress.BROADCAST, mac, ArpPacket.gratuitous(mac, (IpAddress.V4) IpAddress.of(address)));
  }

  @Test
  void saysWhatWasRunAndNamesEverySegmentAndAddress() throws IOException {
    CaptureFile.create(file, HEADER, scenario).close();

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("vipdrift 0.1.0")
        .contains("scenario two-segments (Two segments), seed 7, testbed sim")
        .containsSubsequence(
            "lan", "segment 20.0.0.0/24 fd00::/64", "heartbeat", "segment 10.0.0.0/30")
        .containsSubsequence(
            "\u0014\0\0\u0015a\0", "\u0021a\0", "\u0014\0\0\u0016b\0", "\u0014\0\0\nclient\0");
  }

  @Test
  void aSnifferReadsNamesStampsAndSegments() throws Exception {
    assumeTrue(Tshark.isInstalled(), Tshark.MISSING);
    try (CaptureFile capture = CaptureFile.create(file, HEADER, scenario)) {
      capture.accept("lan", NEW_YEAR, announcement);
      capture.accept("heartbeat", NEW_YEAR + 1, gratuitous("10.0.0.1"));
      capture.accept("lan", NEW_YEAR + 3_600_000_000_123L, announcement);
    }

    assertThat(
            Tshark.fields(
                file,
                "frame.interface_name",
                "frame.interface_description",
                "frame.time_epoch",
                "frame.len",
                "frame.cap_len",
                "arp.src.proto_ipv4"))
        .containsExactly(
            List.of(
                "lan",
                "segment 20.0.0.0/24 fd00::/64",
                "1767225600.000000000",
                "42",
                "42",
                "20.0.0.21"),
            List.of(
                "heartbeat", "segment 10.0.0.0/30", "1767225600.000000001", "42", "42", "10.0.0.1"),
            List.of(
                "lan",
                "segment 20.0.0.0/24 fd00::/64",
                "1767229200.000000123",
                "42",
                "42",
                "20.0.0.21"));
  }

  @Test
  void theSameRunLeavesTheSameBytesAndAnotherSeedOthers() throws IOException {
    Scenario rich =
        ScenarioFolder.load(Path.of("src/test/resources/determinism")).scenario().orElseThrow();
    byte[] first = captured(rich, 42);

    assertThat(captured(rich, 42)).isEqualTo(first);
    assertThat(captured(rich, 43)).isNotEqualTo(first);
  }

  private byte[] captured(Scenario run, long seed) throws IOException {
    TraceHeader header = new TraceHeader(run.name(), 0, "0.1.0", "sim");
    try (SimulatedTestbed testbed = SimulatedTestbed.open();
        CaptureFile capture = CaptureFile.create(file, header, run)) {
      testbed.run(run, seed, _ -> {}, Optional.of(capture), _ -> {});
    }
    return Files.readAllBytes(file);
  }

  @Test
  void stampsNeverRunBackwardsAndBeginWithTheRun() {
    Scenario rich =
        ScenarioFolder.load(Path.of("src/test/resources/determinism")).scenario().orElseThrow();
    List<Long> stamps = new ArrayList<>();
    List<String> segments = new ArrayList<>();
    try (SimulatedTestbed testbed = SimulatedTestbed.open()) {
      testbed.run(
          rich,
          1,
          _ -> {},
          Optional.of(
              (segment, at, _) -> {
                stamps.add(at);
                segments.add(segment);
              }),
          _ -> {});
    }

    assertThat(stamps).isSorted();
    assertThat(stamps.getFirst()).isBetween(NEW_YEAR, NEW_YEAR + 1_000_000_000L);
    assertThat(stamps.getLast()).isLessThanOrEqualTo(NEW_YEAR + rich.until().toNanos());
    assertThat(segments).containsAll(rich.segments().stream().map(Segment::name).toList());
  }

  @Test
  void aShorterCaptureReplacesALongerOne() throws IOException {
    try (CaptureFile capture = CaptureFile.create(file, HEADER, scenario)) {
      for (int i = 0; i < 10_000; i++) {
        capture.accept("lan", NEW_YEAR + i, announcement);
      }
    }
    long longer = Files.size(file);
    CaptureFile.create(file, HEADER, scenario).close();

    assertThat(longer - Files.size(file)).isEqualTo(10_000L * (32 + 44));
  }

  @Test
  void aFrameOfNoSegmentIsABug() {
    try (CaptureFile capture = CaptureFile.create(file, HEADER, scenario)) {
      assertThatThrownBy(() -> capture.accept("wan", NEW_YEAR, announcement))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the scenario has no segment wan");
    }
  }

  @Test
  void aFolderThatIsMissingIsReported() {
    Path nowhere = directory.resolve("missing").resolve("run.pcapng");

    assertThatThrownBy(() -> CaptureFile.create(nowhere, HEADER, scenario))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write capture " + nowhere);
  }

  @Test
  void aFullDiskIsReportedWhenItIsMetAndClosedAllTheSame() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "there is no /dev/full to write to");
    CaptureFile capture = CaptureFile.create(full, HEADER, scenario);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                capture.accept("lan", NEW_YEAR + i, announcement);
              }
            })
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write capture /dev/full")
        .hasMessageContaining("No space left");
    assertThatThrownBy(capture::close).isInstanceOf(UncheckedIOException.class);
    capture.close();
  }
}
