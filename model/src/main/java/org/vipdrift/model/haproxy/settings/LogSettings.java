package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/**
 * What a proxy writes to its logs.
 *
 * @param targets already with the global ones where {@code log global} says so
 * @param format the line, absent where {@code option httplog} and the like are off
 */
public record LogSettings(
    List<LogTarget> targets,
    LogStyle style,
    Optional<LogFormat> format,
    Optional<LogFormat> errorFormat,
    Optional<LogFormat> structuredData,
    Optional<String> tag) {
  public LogSettings {
    targets = List.copyOf(targets);
  }
}
