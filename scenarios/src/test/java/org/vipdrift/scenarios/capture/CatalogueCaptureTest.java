package org.vipdrift.scenarios.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.scenarios.file.ScenarioFolder;
import org.vipdrift.scenarios.trace.TraceHeader;
import org.vipdrift.simulator.SimulatedTestbed;

/** What simulated machines send is what a sniffer takes for real. */
class CatalogueCaptureTest {
  private static final long SEED = 1;

  private static final String GOOD = "1";
  private static final int IP_HEADER = 14;
  private static final int VRRP = 112;

  /** Of a crowd's run not all million frames are read: the others are like these. */
  private static final int MOST_FRAMES_OF_A_RUN = 30_000;

  /**
   * Groups of remarks that tell what happens, not that bytes are wrong: Wireshark's sequence (a
   * split-brain, a reset, a retransmission), response code, request code.
   */
  private static final List<String> LEGITIMATE = List.of("33554432", "50331648", "67108864");

  private static final List<String> CHECKSUMS =
      List.of("ip", "tcp", "udp", "icmp", "icmpv6", "igmp", "vrrp");

  @TempDir private Path directory;

  private static List<Path> folders() throws IOException {
    try (Stream<Path> catalogue = Files.list(Path.of("catalogue"))) {
      return Stream.concat(
              catalogue.filter(Files::isDirectory).sorted(),
              Stream.of(Path.of("src/test/resources/determinism")))
          .toList();
    }
  }

  @Test
  void noFrameIsMalformedOrHasAWrongChecksum() throws Exception {
    assumeTrue(Tshark.isInstalled(), Tshark.MISSING);
    // Sections of one file, as the format allows: starting the sniffer takes longer than reading.
    Path all = directory.resolve("all.pcapng");
    List<String> origins = new ArrayList<>();
    try (SimulatedTestbed testbed = SimulatedTestbed.open();
        OutputStream sections = Files.newOutputStream(all)) {
      for (Path folder : folders()) {
        Scenario scenario = ScenarioFolder.load(folder).scenario().orElseThrow();
        Path file = directory.resolve("one.pcapng");
        TraceHeader header = new TraceHeader(scenario.name(), SEED, "test", testbed.name());
        try (CaptureFile capture = CaptureFile.create(file, header, scenario)) {
          int before = origins.size();
          testbed.run(
              scenario,
              SEED,
              _ -> {},
              Optional.of(
                  (segment, at, frame) -> {
                    if (origins.size() - before == MOST_FRAMES_OF_A_RUN) {
                      return;
                    }
                    origins.add(folder.getFileName() + " " + segment + " " + at + " " + frame);
                    capture.accept(segment, at, frame);
                  }),
              _ -> {});
        }
        Files.copy(file, sections);
      }
    }

    List<List<String>> frames = read(all);

    assertThat(frames).hasSameSizeAs(origins);
    assertThat(frames)
        .as("what is checked")
        .anySatisfy(frame -> assertThat(checksum(frame, "ip")).isEqualTo(GOOD))
        .anySatisfy(frame -> assertThat(checksum(frame, "tcp")).isEqualTo(GOOD))
        .anySatisfy(frame -> assertThat(checksum(frame, "udp")).isEqualTo(GOOD))
        .anySatisfy(frame -> assertThat(checksum(frame, "icmp")).isEqualTo(GOOD))
        .anySatisfy(frame -> assertThat(checksum(frame, "icmpv6")).isEqualTo(GOOD))
        .anySatisfy(frame -> assertThat(checksum(frame, "igmp")).isEqualTo(GOOD))
        .anySatisfy(frame -> assertThat(checksum(frame, "vrrp")).isEqualTo(GOOD));
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      String complaint = complaint(frames.get(i));
      if (!complaint.isEmpty()) {
        wrong.add(complaint + ": " + origins.get(i));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aFrameThatIsWrongOnPurposeIsFound() throws Exception {
    assumeTrue(Tshark.isInstalled(), Tshark.MISSING);
    Scenario scenario =
        ScenarioFolder.load(Path.of("catalogue/nginx-pair")).scenario().orElseThrow();
    String segment = scenario.segments().getFirst().name();
    Path file = directory.resolve("wrong.pcapng");
    int changed = 0;
    try (SimulatedTestbed testbed = SimulatedTestbed.open();
        CaptureFile capture =
            CaptureFile.create(file, new TraceHeader("wrong", SEED, "test", "sim"), scenario)) {
      List<Octets> adverts = adverts(testbed, scenario);
      assertThat(adverts).isNotEmpty();
      byte[] advert = adverts.getFirst().toByteArray();
      for (int at = IP_HEADER; at < advert.length; at++) {
        byte[] wrong = advert.clone();
        wrong[at] ^= 0x01;
        capture.accept(segment, changed++, Octets.copyOf(wrong));
      }
      capture.accept(segment, changed++, Octets.copyOf(Arrays.copyOf(advert, advert.length - 1)));
    }

    List<List<String>> frames = read(file);

    assertThat(frames).hasSize(changed).noneMatch(frame -> complaint(frame).isEmpty());
  }

  private static List<Octets> adverts(SimulatedTestbed testbed, Scenario scenario) {
    List<Octets> adverts = new ArrayList<>();
    testbed.run(
        scenario,
        SEED,
        _ -> {},
        Optional.of(
            (_, _, frame) -> {
              if (frame.length() > IP_HEADER + 9 && frame.unsignedByte(IP_HEADER + 9) == VRRP) {
                adverts.add(frame);
              }
            }),
        _ -> {});
    return adverts;
  }

  private static List<List<String>> read(Path capture) throws IOException, InterruptedException {
    return Tshark.fields(
        capture,
        Stream.concat(
                CHECKSUMS.stream().map(protocol -> protocol + ".checksum.status"),
                Stream.of("_ws.malformed", "_ws.short", "_ws.expert.group", "_ws.expert.message"))
            .toArray(String[]::new));
  }

  private static String checksum(List<String> frame, String protocol) {
    return frame.get(CHECKSUMS.indexOf(protocol));
  }

  /** What is wrong with a frame; empty if nothing is. */
  private static String complaint(List<String> frame) {
    List<String> complaints = new ArrayList<>();
    for (String protocol : CHECKSUMS) {
      // An ICMP error quotes a packet, whose status then follows.
      for (String status : checksum(frame, protocol).split(",")) {
        if (!status.isEmpty() && !status.equals(GOOD)) {
          complaints.add(protocol + " checksum " + status);
        }
      }
    }
    int next = CHECKSUMS.size();
    frame.subList(next, next + 2).stream().filter(t -> !t.isEmpty()).forEach(complaints::add);
    String groups = frame.get(next + 2);
    if (!groups.isEmpty() && !LEGITIMATE.containsAll(List.of(groups.split(",")))) {
      complaints.add(frame.get(next + 3));
    }
    return String.join(", ", complaints);
  }
}
