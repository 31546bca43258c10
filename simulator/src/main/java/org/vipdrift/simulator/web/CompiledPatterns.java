package org.vipdrift.simulator.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The regular expressions of one configuration, each compiled once. */
final class CompiledPatterns {
  private final Map<String, Pattern> plain = new LinkedHashMap<>();
  private final Map<String, Pattern> caseless = new LinkedHashMap<>();

  Pattern get(String text, boolean ignoresCase) {
    return ignoresCase
        ? caseless.computeIfAbsent(text, t -> Pattern.compile(t, Pattern.CASE_INSENSITIVE))
        : plain.computeIfAbsent(text, Pattern::compile);
  }
}
