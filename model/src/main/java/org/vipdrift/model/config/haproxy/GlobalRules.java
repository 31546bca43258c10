package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.Suggestions;

/** Checks a global keyword's arguments by the rule in the catalogue. */
final class GlobalRules {
  private final Reading reading;
  private final Set<String> seen = new TreeSet<>();

  GlobalRules(Reading reading) {
    this.reading = reading;
  }

  /** True if the arguments are right; reported otherwise. */
  boolean holds(Line line, String rule) {
    String[] parts = rule.split(" ");
    String keyword = line.text(0);
    return switch (parts[0]) {
      case "any", "own" -> true;
      case "none" -> reading.atMost(line, 0);
      case "int", "text" -> reading.atMost(line, 1) && present(line, "an argument");
      case "word", "words" -> present(line, "an argument");
      case "once" -> present(line, "a path") && reading.atMost(line, 1);
      case "range" ->
          reading.atMost(line, 1)
              && present(line, "a whole number")
              && bounds(line, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      case "strict" ->
          reading.atMost(line, 1)
              && reading
                  .number(line, 1, keyword, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                  .isPresent();
      case "least" ->
          reading.atMost(line, 1) && bounds(line, Integer.parseInt(parts[1]), Integer.MAX_VALUE);
      case "choice" -> choice(line, List.of(parts).subList(1, parts.length));
      case "time" -> present(line, "a time") && reading.time(line, 1, keyword).isPresent();
      case "time1" ->
          present(line, "a time")
              && reading.atMost(line, 1)
              && reading.time(line, 1, keyword).isPresent();
      case "first", "secret" -> first(line, parts[0].equals("first"));
      case "provider" ->
          present(line, "a provider")
              && choice(line, List.of("default", "base", "legacy", "null", "fips"));
      case "file" -> present(line, "a file") && file(line);
      case "directory" -> present(line, "a directory") && file(line);
      case "size" -> size(line);
      case "lua" ->
          present(line, "a number")
              && reading.number(line, 1, keyword, Integer.MIN_VALUE, Integer.MAX_VALUE).isPresent();
      case "cpu" -> CpuMap.check(reading, line);
      case "experimental" -> experimental(line);
      case "gone" -> gone(line, "is not supported any more since HAProxy 2.5");
      case "unbuilt" -> gone(line, "belongs to a module that is not built in");
      default -> throw new IllegalStateException("no rule " + rule);
    };
  }

  private boolean present(Line line, String what) {
    if (line.has(1)) {
      return true;
    }
    reading.missing(line, 1, what);
    return false;
  }

  /** Only the first one counts. */
  private boolean first(Line line, boolean number) {
    if (!seen.add(line.text(0))) {
      reading.log.warning(
          "repeated", "\"" + line.text(0) + "\" was set before; the first one counts", line.span());
      return false;
    }
    return number
        ? reading.atMost(line, 1) && present(line, "an argument")
        : present(line, "an argument") && reading.atMost(line, 1);
  }

  private boolean bounds(Line line, int least, int most) {
    long value = Numbers.prefix(line.text(1));
    if (value < least || value > most) {
      reading.log.error(
          "bad-number",
          "\"" + line.text(0) + "\" expects a number from " + least + " to " + most,
          line.span(1));
      return false;
    }
    return true;
  }

  private boolean choice(Line line, List<String> choices) {
    if (choices.contains(line.text(1))) {
      return reading.atMost(line, 1);
    }
    reading.log.error(
        "bad-choice",
        "\""
            + line.text(0)
            + "\" expects one of "
            + String.join(", ", choices)
            + ", not \""
            + line.text(1)
            + "\"",
        line.span(1),
        Suggestions.didYouMean(line.text(1), choices));
    return false;
  }

  private boolean file(Line line) {
    if (reading.files.read(line.text(1)).isPresent()) {
      return true;
    }
    reading.log.error("unreadable-file", "cannot read " + line.text(1), line.span(1));
    return false;
  }

  private boolean size(Line line) {
    if (line.has(1) && Numbers.size(line.text(1)) >= 0) {
      return true;
    }
    reading.log.error("bad-size", "\"" + line.text(1) + "\" is not a size", line.span(1));
    return false;
  }

  private boolean experimental(Line line) {
    if (reading.global.experimental) {
      return choice(line, List.of("on", "off"));
    }
    reading.log.error(
        "experimental",
        "\"" + line.text(0) + "\" is experimental",
        line.span(),
        Optional.of("allow it with expose-experimental-directives"));
    return false;
  }

  private boolean gone(Line line, String why) {
    reading.log.error("gone", "\"" + line.text(0) + "\" " + why, line.span(0));
    return false;
  }
}
