package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.vipdrift.model.config.SourceSpan;

/** The {@code $NAME=value} parameters in force, and the substitution of them. */
final class Definitions {
  private static final int MOST_REPLACEMENTS = 1_000;
  private static final int LONGEST_LINE = 65_536;

  private final Map<String, List<String>> values = new TreeMap<>();
  private final String instance;
  private RandomGenerator random;

  Definitions(ParseOptions options) {
    this.instance = options.configId().orElse("localhost");
    this.random = random(options.randomSeed());
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  void seed(long seed) {
    random = random(seed);
  }

  /**
   * @param lines more than one for a multi-line definition
   */
  void define(String name, List<String> lines) {
    values.put(name, List.copyOf(lines));
  }

  void remove(String name) {
    values.remove(name);
  }

  /** Whether a replacement happened, and what came out; several lines if a value had several. */
  record Substitution(List<String> lines, boolean changed) {}

  /**
   * Replaces parameters from the left, values included, until none is left or a value has several
   * lines: those are handed back to be read one by one.
   */
  Substitution substitute(String text, String folder, SourceSpan span, ProblemLog log) {
    StringBuilder line = new StringBuilder(text);
    int at = line.indexOf("$");
    int replaced = 0;
    while (at >= 0) {
      Optional<Reference> found = reference(line, at);
      Optional<List<String>> value = found.flatMap(r -> value(r, folder));
      if (found.isEmpty() || value.isEmpty()) {
        at = line.indexOf("$", at + 1);
        continue;
      }
      if (++replaced > MOST_REPLACEMENTS || line.length() > LONGEST_LINE) {
        log.error(
            "endless-substitution",
            "parameter substitution never ends here; keepalived 2.2.7 hangs",
            span);
        return new Substitution(List.of(), true);
      }
      List<String> lines = value.get();
      if (lines.size() > 1) {
        return new Substitution(spread(line, at, found.get().end(), lines), true);
      }
      line.replace(at, found.get().end(), lines.getFirst());
      at = line.indexOf("$", at);
    }
    return new Substitution(List.of(line.toString()), replaced > 0);
  }

  private static List<String> spread(CharSequence line, int from, int to, List<String> value) {
    String head = line.subSequence(0, from) + value.getFirst();
    String tail = value.getLast() + line.subSequence(to, line.length());
    List<String> all = new java.util.ArrayList<>(value);
    all.set(0, head);
    all.set(all.size() - 1, tail);
    return all;
  }

  private record Reference(String name, String arguments, int end) {}

  /**
   * The {@code ${NAME}} at an index, or {@code $NAME} if a blank or the end of the line follows.
   */
  private static Optional<Reference> reference(CharSequence line, int at) {
    boolean braced = at + 1 < line.length() && line.charAt(at + 1) == '{';
    int start = at + (braced ? 2 : 1);
    int end = start;
    while (end < line.length() && isNamePart(line.charAt(end))) {
      end++;
    }
    if (end == start || Character.isDigit(line.charAt(start))) {
      return Optional.empty();
    }
    String name = line.subSequence(start, end).toString();
    if (!braced) {
      boolean ends = end == line.length() || Character.isWhitespace(line.charAt(end));
      return ends ? Optional.of(new Reference(name, "", end)) : Optional.empty();
    }
    int close = end;
    while (close < line.length() && line.charAt(close) != '}') {
      close++;
    }
    if (close == line.length() || close > end && !name.equals("_RANDOM")) {
      return Optional.empty();
    }
    return Optional.of(new Reference(name, line.subSequence(end, close).toString(), close + 1));
  }

  static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  private Optional<List<String>> value(Reference reference, String folder) {
    return switch (reference.name()) {
      case "_PWD" -> Optional.of(List.of(folder));
      case "_INSTANCE" -> Optional.of(List.of(instance));
      case "_HASH" -> Optional.of(List.of("#"));
      case "_BANG" -> Optional.of(List.of("!"));
      case "_RANDOM" -> Optional.of(List.of(randomNumber(reference.arguments())));
      default -> Optional.ofNullable(values.get(reference.name()));
    };
  }

  private String randomNumber(String arguments) {
    String[] bounds = arguments.strip().split("\\s+");
    long low = bounds.length > 0 ? Numbers.whole(bounds[0]).orElse(0) : 0;
    long high = bounds.length > 1 ? Numbers.whole(bounds[1]).orElse(32_767) : 32_767;
    return Long.toString(high > low ? random.nextLong(low, high + 1) : low);
  }
}
