package org.vipdrift.scenarios.file;

import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.scenario.text.DurationText;

/** The entries of a timeline in one line each, in the words of a scenario file. */
public final class ScenarioText {
  private ScenarioText() {}

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
}
