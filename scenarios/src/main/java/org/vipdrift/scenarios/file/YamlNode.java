package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.text.DurationText;

/**
 * A value of a YAML file that knows where it stands; every getter reports what is wrong and answers
 * empty then.
 */
final class YamlNode {
  private final Node node;
  private final Problems problems;

  YamlNode(Node node, Problems problems) {
    this.node = node;
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  /** The first line of the value. */
  SourceSpan span() {
    Optional<Mark> start = node.getStartMark();
    if (start.isEmpty()) {
      return problems.start();
    }
    Optional<Mark> end = node.getEndMark().filter(e -> e.getLine() == start.get().getLine());
    int length = end.map(e -> e.getColumn() - start.get().getColumn()).orElse(1);
    return spanAt(start.get(), Math.max(1, length), problems);
  }

  static SourceSpan spanAt(Mark mark, int length, Problems problems) {
    return problems.span(mark.getLine() + 1, mark.getColumn() + 1, length);
  }

  int line() {
    return span().line();
  }

  void error(Mistake mistake, String message, String suggestion) {
    problems.error(mistake, span(), message, suggestion);
  }

  boolean isScalar() {
    return node instanceof ScalarNode && !isEmpty();
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  /** Nothing, {@code ~} or {@code null}. */
  boolean isEmpty() {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && List.of("", "~", "null", "Null", "NULL").contains(scalar.getValue());
  }

  /** Any text but nothing. */
  Optional<String> text(String what) {
    if (node instanceof ScalarNode scalar && !isEmpty()) {
      Tag tag = scalar.getTag();
      if (!tag.getValue().startsWith("tag:yaml.org,2002:")) {
        error(
            Mistake.WRONG_VALUE,
            "'" + tag.getValue() + "' is a YAML tag, but " + what + " is wanted here",
            "quote a value that begins with '!'");
        return Optional.empty();
      }
      return Optional.of(scalar.getValue());
    }
    wrong(what);
    return Optional.empty();
  }

  private void wrong(String expected) {
    Optional<String> address = misreadAddress();
    if (address.isPresent()) {
      error(
          Mistake.WRONG_VALUE,
          "'" + address.get() + "' is read as a YAML mapping; expected " + expected,
          "quote this IPv6 address: \"" + address.get() + "\"");
    } else {
      error(Mistake.WRONG_VALUE, "expected " + expected + ", found " + describe(), "");
    }
  }

  /** {@code fd00::} before a space, a comma or a bracket is a key {@code fd00:} without a value. */
  Optional<String> misreadAddress() {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      return Optional.empty();
    }
    NodeTuple first = mapping.getValue().getFirst();
    if (!(first.getKeyNode() instanceof ScalarNode key)
        || !(first.getValueNode() instanceof ScalarNode value)) {
      return Optional.empty();
    }
    String text = key.getValue() + ":" + value.getValue();
    return text.contains("::") && IpPrefix.parse(text).isPresent()
        ? Optional.of(text)
        : Optional.empty();
  }

  String describe() {
    return switch (node) {
      case ScalarNode scalar when isEmpty() -> "nothing";
      case ScalarNode scalar -> "'" + shortened(scalar.getValue()) + "'";
      case SequenceNode _ -> "a list";
      case MappingNode _ -> "a mapping";
      default -> "something else";
    };
  }

  private static String shortened(String text) {
    String line = text.replace("\n", "\\n");
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }

  private <E> Optional<E> parsed(String expected, String suggestion, Optional<E> value) {
    if (value.isEmpty()) {
      error(Mistake.WRONG_VALUE, "expected " + expected + ", found " + describe(), suggestion);
    }
    return value;
  }

  /** A duration that is not negative. */
  Optional<Duration> duration() {
    return anyDuration()
        .flatMap(
            d ->
                parsed(
                    "a duration that is not negative",
                    "",
                    Optional.of(d).filter(v -> !v.isNegative())));
  }

  Optional<Duration> positiveDuration() {
    return anyDuration()
        .flatMap(
            d ->
                parsed(
                    "a duration longer than 0",
                    "",
                    Optional.of(d).filter(v -> !v.isNegative() && !v.isZero())));
  }

  Optional<Duration> anyDuration() {
    String expected = "a duration such as 200ms, 5s or 1m30s";
    return text(expected).flatMap(t -> parsed(expected, durationHint(t), DurationText.parse(t)));
  }

  static String durationHint(String text) {
    String number = text.replaceFirst("(?i) *(sec|secs|second|seconds|s)$", "");
    if (number.matches("[0-9]+(\\.[0-9]+)?")) {
      return "write the unit: " + number + "s";
    }
    return "units are h, m, s, ms, us, ns; the longest is " + DurationText.LONGEST.toHours() + "h";
  }

  /** A whole number within bounds, both included. */
  Optional<Integer> integer(String what, int least, int most) {
    String expected = what + " from " + least + " to " + most;
    return text(expected)
        .flatMap(
            t ->
                parsed(
                    expected,
                    "",
                    Optional.of(t)
                        .filter(v -> v.matches("-?[0-9]{1,9}"))
                        .map(Integer::parseInt)
                        .filter(v -> v >= least && v <= most)));
  }

  /** A share of 100: {@code 40}, {@code 40%} or {@code 0.5%}. */
  Optional<Double> percent() {
    String expected = "a percentage from 0% to 100%";
    return text(expected)
        .flatMap(
            t ->
                parsed(
                    expected,
                    t.matches("0?\\.[0-9]+") ? "write " + t + "% or a share such as 40%" : "",
                    Optional.of(t)
                        .filter(v -> v.matches("[0-9]{1,3}(\\.[0-9]{1,9})?%?"))
                        .map(v -> Double.parseDouble(v.replace("%", "")))
                        .filter(v -> v <= 100)));
  }

  Optional<Boolean> flag() {
    return text("true or false")
        .flatMap(
            t ->
                switch (t) {
                  case "true", "True", "TRUE" -> Optional.of(true);
                  case "false", "False", "FALSE" -> Optional.of(false);
                  case "yes", "on", "Yes", "On" ->
                      parsed("true or false", "write true", Optional.empty());
                  case "no", "off", "No", "Off" ->
                      parsed("true or false", "write false", Optional.empty());
                  default -> parsed("true or false", "", Optional.empty());
                });
  }

  /** An address without a prefix length. */
  Optional<IpAddress> address() {
    return text("an IP address")
        .flatMap(
            t -> {
              Optional<IpPrefix> prefix = t.contains("/") ? IpPrefix.parse(t) : Optional.empty();
              return parsed(
                  "an IP address",
                  prefix
                      .map(p -> "write it without a prefix length: " + p.address())
                      .orElseGet(() -> addressHint(t)),
                  IpAddress.parse(t));
            });
  }

  /** An address, with a prefix length or without. */
  Optional<WrittenAddress> writtenAddress() {
    String expected = "an IP address such as 20.0.0.20 or 20.0.0.20/24";
    return text(expected)
        .flatMap(
            t ->
                parsed(
                    expected,
                    addressHint(t),
                    IpPrefix.parse(t)
                        .map(
                            p ->
                                new WrittenAddress(
                                    p.address(),
                                    t.contains("/")
                                        ? Optional.of(p.length())
                                        : Optional.empty()))));
  }

  private static String addressHint(String text) {
    if (text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){2}")) {
      return "an IPv4 address has four numbers";
    }
    if (text.matches("[0-9]+(\\.[0-9]+){3}(/[0-9]+)?")) {
      return text.matches("(.*\\.)?0[0-9].*")
          ? "numbers are written without leading zeros"
          : "numbers of an IPv4 address go to 255, prefix lengths to 32";
    }
    return "";
  }

  /** One of a few words. */
  <E> Optional<E> oneOf(String what, Map<String, E> choices) {
    return text(what)
        .flatMap(
            t -> {
              if (choices.containsKey(t)) {
                return Optional.of(choices.get(t));
              }
              error(
                  Mistake.WRONG_VALUE,
                  "'" + shortened(t) + "' is not " + what,
                  Spelling.suggest(t, choices.keySet()));
              return Optional.empty();
            });
  }

  /** A name that must be among the known ones. */
  Optional<String> nameOf(String sort, Collection<String> known) {
    return nameOf(sort, "", known);
  }

  /** A name that must be among those known at a place, such as " on host 'a'". */
  Optional<String> nameOf(String sort, String where, Collection<String> known) {
    return text("the name of a " + sort)
        .flatMap(
            t -> {
              if (known.contains(t)) {
                return Optional.of(t);
              }
              error(
                  Mistake.UNKNOWN_NAME,
                  "there is no " + sort + " '" + shortened(t) + "'" + where,
                  known.isEmpty() ? "there is none" + where : Spelling.suggest(t, known));
              return Optional.empty();
            });
  }

  /** The items of a list; a single value counts as a list of one. */
  List<YamlNode> itemsOrOne() {
    return node instanceof SequenceNode ? items("a list") : List.of(this);
  }

  /** The items of a list; nothing is an empty list. */
  List<YamlNode> items(String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(n -> new YamlNode(n, problems)).toList();
    }
    if (!isEmpty()) {
      wrong(what);
    }
    return List.of();
  }

  /** A mapping; nothing is an empty one; anything else is reported and read as an empty one. */
  YamlMap map(String what) {
    if (node instanceof MappingNode mapping) {
      return YamlMap.of(mapping, what, this);
    }
    if (!isEmpty()) {
      wrong("a mapping for " + what);
      return YamlMap.unreadable(what, this);
    }
    return YamlMap.empty(what, this);
  }

  /** A mapping, or a single value that stands for its most important key. */
  YamlMap mapOr(String key, String what) {
    return isScalar() ? YamlMap.single(key, what, this) : map(what);
  }

  /** An address as written, the prefix length empty where none is. */
  record WrittenAddress(IpAddress address, Optional<Integer> length) {}
}
