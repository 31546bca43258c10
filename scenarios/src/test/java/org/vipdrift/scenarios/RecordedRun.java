package org.vipdrift.scenarios;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.scenarios.file.ScenarioFolder;
import org.vipdrift.scenarios.file.ScenarioLoad;
import org.vipdrift.scenarios.trace.TraceDiff;
import org.vipdrift.scenarios.trace.TraceFormat;
import org.vipdrift.scenarios.trace.TraceHeader;
import org.vipdrift.scenarios.trace.TraceReader;
import org.vipdrift.simulator.SimulatedTestbed;

/** The trace file that a run leaves, as bytes. */
final class RecordedRun {
  private RecordedRun() {}

  static Scenario load(Path folder) {
    ScenarioLoad load = ScenarioFolder.load(folder);
    return load.scenario()
        .orElseThrow(() -> new IllegalStateException(folder + ": " + load.problems()));
  }

  static byte[] trace(SimulatedTestbed testbed, Scenario scenario, long seed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    bytes.writeBytes(
        TraceFormat.header(new TraceHeader(scenario.name(), seed, "test", testbed.name())));
    testbed.run(scenario, seed, event -> bytes.writeBytes(TraceFormat.line(event)));
    return bytes.toByteArray();
  }

  /** Where two traces part, for a person; empty if they are the same, byte by byte. */
  static Optional<String> divergence(byte[] expected, byte[] actual) {
    if (Arrays.equals(expected, actual)) {
      return Optional.empty();
    }
    try (TraceReader left = open("expected", expected);
        TraceReader right = open("actual", actual)) {
      return Optional.of(
          TraceDiff.first(left, right)
              .map(
                  d ->
                      "line %d: expected %s, came %s, after %s"
                          .formatted(d.line(), d.left(), d.right(), d.last()))
              .orElse("the same events in different bytes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TraceReader open(String name, byte[] trace) throws IOException {
    return TraceReader.open(
        name, new BufferedReader(new StringReader(new String(trace, StandardCharsets.UTF_8))));
  }

  /**
   * Runs the folder of the first argument with the seed of the second into the file of the third.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Thread runner =
        new Thread(
            () -> {
              Scenario scenario = load(Path.of(arguments[0]));
              try (SimulatedTestbed testbed = SimulatedTestbed.open()) {
                byte[] trace = trace(testbed, scenario, Long.parseLong(arguments[1]));
                Files.write(Path.of(arguments[2]), trace);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "a thread of another name");
    runner.start();
    runner.join();
  }
}
