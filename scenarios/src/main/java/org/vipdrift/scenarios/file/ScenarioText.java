package org.vipdrift.scenarios.file;

import java.time.Duration;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.TimelineEntry;

/** Parts of a scenario in one line each, in the words of a scenario file. */
public final class ScenarioText {
  private ScenarioText() {}

  public static String duration(Duration duration) {
    return DurationText.format(duration);
  }

  /** When, what, and for how long. */
  public static String entry(TimelineEntry entry) {
    String at = DurationText.format(entry.at()) + "  ";
    return switch (entry) {
      case TimelineEntry.Heal heal -> at + "heal: " + heal.name();
      case TimelineEntry.Perform perform ->
          at
              + perform.action().keyword()
              + ": "
              + ActionWriter.write(perform.action())
              + perform.duration().map(d -> ", for " + DurationText.format(d)).orElse("");
    };
  }

  public static String expectation(Expectation expectation) {
    return expectation.keyword() + ": " + ExpectationWriter.write(expectation);
  }
}
