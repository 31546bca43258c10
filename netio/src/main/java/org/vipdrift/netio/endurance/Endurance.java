package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vipdrift.netio.foreign.Libc;

/** The measures of a real node beside keepalived. */
public final class Endurance {
  private static final List<String> PROGRAMS = List.of("unshare", "nsenter", "ip", "keepalived");

  private Endurance() {}

  /** What can be measured; named so on the command line. */
  public enum Kind {
    TAKEOVER,
    INSTANCES,
    SOAK,
    CYCLES,
    FLOOD
  }

  /**
   * How much of it.
   *
   * @param launcher the words that start vipdrift, before {@code node}
   * @param full as long as the bounds ask, an hour and a half in all, and not some minutes
   * @param progress is told what is being done
   */
  public record Plan(List<String> launcher, boolean full, Consumer<String> progress) {
    public Plan {
      launcher = List.copyOf(launcher);
    }

    Duration lasting(Duration shortly, Duration fully) {
      return full ? fully : shortly;
    }

    int times(int few, int many) {
      return full ? many : few;
    }
  }

  /** What this machine lacks for it; empty where nothing is. */
  public static List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (Libc.userId() != 0) {
      missing.add("root's privileges");
    }
    PROGRAMS.stream().filter(program -> !Processes.isInstalled(program)).forEach(missing::add);
    return missing;
  }

  /**
   * Takes one measure. Whatever it made is gone when it returns.
   *
   * @throws IOException when a program fails, or does not become ready
   */
  public static List<Result> measure(Kind kind, Plan plan)
      throws IOException, InterruptedException {
    Measure measure =
        switch (kind) {
          case TAKEOVER -> new Takeovers(plan);
          case INSTANCES -> new Instances(plan);
          case SOAK -> new Soak(plan);
          case CYCLES -> new Cycles(plan);
          case FLOOD -> new Flood(plan);
        };
    return measure.run();
  }

  /** The cycles alone, as many as wanted. */
  public static List<Result> killAndRestart(Plan plan, int cycles)
      throws IOException, InterruptedException {
    return new Cycles(plan).run(cycles);
  }

  /** A node alone with instances 1 and up: it gets all their addresses, and gives all back. */
  public static List<Result> startAndStop(Plan plan, int instances)
      throws IOException, InterruptedException {
    return Starts.run(plan, instances);
  }
}
