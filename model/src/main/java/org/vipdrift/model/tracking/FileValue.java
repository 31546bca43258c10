package org.vipdrift.model.tracking;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number in a tracked file, as keepalived 2.2.7 reads it. */
public final class FileValue {
  private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*([+-]?[0-9]{1,9})");

  private FileValue() {}

  /** The number that the text begins with; 0 for a missing, empty or other file. */
  public static int of(Optional<String> content) {
    return content
        .map(LEADING_NUMBER::matcher)
        .filter(Matcher::lookingAt)
        .map(m -> Integer.parseInt(m.group(1)))
        .orElse(0);
  }
}
