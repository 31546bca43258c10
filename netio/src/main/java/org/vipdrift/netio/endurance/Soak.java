package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A heap of 64 MB at adverts of 100 ms, and what its garbage collector does. */
final class Soak implements Measure {
  private static final String NAME = "soak";
  private static final int INSTANCES = 20;
  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

  private final Endurance.Plan plan;

  Soak(Endurance.Plan plan) {
    this.plan = plan;
  }

  @Override
  public List<Result> run() throws IOException, InterruptedException {
    try (Pair pair = Pair.open(plan.launcher())) {
      Path log = pair.folder().resolve("gc.log");
      Quiet.Seeing seen =
          Quiet.watch(
              pair,
              INSTANCES,
              Duration.ofMillis(100),
              plan.lasting(Duration.ofSeconds(60), Duration.ofMinutes(30)),
              Optional.of("-Xmx64m -Xlog:gc:file=" + log),
              plan.progress());
      List<Double> pauses = pauses(log);
      List<Result> results = new ArrayList<>(seen.calm(NAME, ""));
      results.add(Result.of(NAME, "pauses of the garbage collector", "", pauses.size()));
      results.add(
          Result.of(
              NAME,
              "longest pause",
              "ms",
              pauses.stream().mapToDouble(Double::doubleValue).max().orElse(0)));
      return results;
    }
  }

  private static List<Double> pauses(Path log) throws IOException {
    List<Double> pauses = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        pauses.add(Double.parseDouble(pause.group(1)));
      }
    }
    return pauses;
  }
}
