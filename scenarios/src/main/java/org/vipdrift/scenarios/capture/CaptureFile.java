package org.vipdrift.scenarios.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.FrameSink;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.scenarios.trace.TraceHeader;

/**
 * Writes a capture while a run goes on; the same frames give the same bytes. For one thread at a
 * time.
 */
public final class CaptureFile implements FrameSink, AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path file;
  private final OutputStream out;
  private final Map<String, Integer> interfaces = new LinkedHashMap<>();

  private CaptureFile(Path file, Scenario scenario) throws IOException {
    this.file = file;
    this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    for (Segment segment : scenario.segments()) {
      interfaces.put(segment.name(), interfaces.size());
    }
  }

  /**
   * Begins a file, replacing one of that name, with one interface per segment.
   *
   * @param header of the run's trace
   * @throws UncheckedIOException if the file cannot be written
   */
  public static CaptureFile create(Path file, TraceHeader header, Scenario scenario) {
    try {
      CaptureFile capture = new CaptureFile(file, scenario);
      capture.write(
          PcapngBlocks.sectionHeader("vipdrift " + header.version(), comment(header, scenario)));
      for (Segment segment : scenario.segments()) {
        capture.write(PcapngBlocks.interfaceDescription(segment.name(), description(segment)));
      }
      capture.write(PcapngBlocks.nameResolution(names(scenario)));
      return capture;
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static String comment(TraceHeader header, Scenario scenario) {
    return "scenario %s (%s), seed %d, testbed %s"
        .formatted(header.scenario(), scenario.title(), header.seed(), header.testbed());
  }

  private static String description(Segment segment) {
    return segment.subnets().stream()
        .map(subnet -> " " + subnet)
        .collect(Collectors.joining("", "segment", ""));
  }

  /** Virtual addresses have no name: they belong to nobody. */
  private static SequencedMap<IpAddress, List<String>> names(Scenario scenario) {
    SequencedMap<IpAddress, List<String>> names = new LinkedHashMap<>();
    for (Host host : scenario.hosts()) {
      for (Host.HostInterface card : host.interfaces()) {
        card.addresses().forEach(a -> name(names, a.address(), host.name()));
      }
    }
    for (Client client : scenario.clients()) {
      name(names, client.address().address(), client.name());
    }
    return names;
  }

  private static void name(
      SequencedMap<IpAddress, List<String>> names, IpAddress address, String name) {
    List<String> known = names.computeIfAbsent(address, _ -> new ArrayList<>());
    if (!known.contains(name)) {
      known.add(name);
    }
  }

  /**
   * Appends a frame.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  @Override
  public void accept(String segment, long wallClockNanos, Octets frame) {
    Integer number = interfaces.get(segment);
    if (number == null) {
      throw new IllegalArgumentException("the scenario has no segment " + segment);
    }
    write(PcapngBlocks.enhancedPacket(number, wallClockNanos, frame));
  }

  /**
   * Completes the file; calling it again does nothing.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private void write(byte[] block) {
    try {
      out.write(block);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static UncheckedIOException failure(Path file, IOException cause) {
    return new UncheckedIOException("cannot write capture " + file + ": " + cause, cause);
  }
}
