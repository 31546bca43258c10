package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.vipdrift.model.config.SourceSpan;

/** Turns the text of a YAML file into nodes, or reports the first syntax error. */
final class YamlSource {
  private static final Pattern ADDRESS =
      Pattern.compile("(?<![\"'\\w:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}");
  private static final int DEEPEST = 30;
  private static final int LARGEST = 1_000_000;

  private final String text;
  private final Problems problems;

  private YamlSource(String text, Problems problems) {
    this.text = text;
    this.problems = problems;
  }

  static Optional<YamlNode> parse(String text, Problems problems) {
    return new YamlSource(text, problems).parse();
  }

  private Optional<YamlNode> parse() {
    if (text.length() > LARGEST) {
      problems.error(
          Mistake.UNREADABLE_FILE,
          problems.start(),
          "the file is larger than " + LARGEST + " characters",
          "");
      return Optional.empty();
    }
    LoadSettings settings = LoadSettings.builder().setLabel("scenario").setUseMarks(true).build();
    try {
      if (!wellFormed(settings)) {
        return Optional.empty();
      }
      Optional<YamlNode> root =
          new Compose(settings).composeString(text).map(n -> new YamlNode(n, problems));
      if (root.isEmpty()) {
        problems.error(
            Mistake.MISSING_KEY,
            problems.start(),
            "the file is empty",
            "a scenario needs at least hosts and until");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      report(e);
    } catch (ReaderException e) {
      problems.error(
          Mistake.YAML_SYNTAX,
          placeOf(e.getPosition()),
          String.format("the character U+%04X is not allowed in YAML", e.getCodePoint()),
          "");
    } catch (YamlEngineException e) {
      problems.error(
          Mistake.YAML_SYNTAX, problems.start(), "not readable as YAML: " + e.getMessage(), "");
    }
    return Optional.empty();
  }

  /**
   * Walks the events before nodes are made of them: nesting is bounded, and an anchor is known
   * before it is used and does not contain itself.
   */
  private boolean wellFormed(LoadSettings settings) {
    Set<String> anchors = new LinkedHashSet<>();
    List<String> open = new ArrayList<>();
    boolean good = true;
    for (Event event : new Parse(settings).parseString(text)) {
      SourceSpan place = event.getStartMark().map(this::spanAt).orElse(problems.start());
      switch (event) {
        case AliasEvent alias -> {
          String name = alias.getAlias().toString();
          if (!anchors.contains(name) || open.contains(name)) {
            problems.error(
                Mistake.YAML_SYNTAX,
                place,
                open.contains(name)
                    ? "the anchor '" + name + "' contains itself"
                    : "unknown anchor '" + name + "'",
                "write the value out, or quote a text that begins with '*'");
            good = false;
          }
        }
        case CollectionStartEvent start -> {
          start.getAnchor().ifPresent(a -> anchors.add(a.toString()));
          open.add(start.getAnchor().map(Object::toString).orElse(""));
          if (open.size() > DEEPEST) {
            problems.error(Mistake.YAML_SYNTAX, place, "nested more than " + DEEPEST + " deep", "");
            return false;
          }
        }
        case CollectionEndEvent _ -> open.removeLast();
        case NodeEvent node -> node.getAnchor().ifPresent(a -> anchors.add(a.toString()));
        default -> {}
      }
    }
    return good;
  }

  private SourceSpan spanAt(Mark mark) {
    return YamlNode.spanAt(mark, 1, problems);
  }

  private void report(MarkedYamlEngineException e) {
    SourceSpan place =
        e.getProblemMark().or(e::getContextMark).map(this::spanAt).orElse(problems.start());
    String problem = e.getProblem() == null ? "not readable as YAML" : e.getProblem();
    String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
    problems.error(
        Mistake.YAML_SYNTAX, place, "YAML syntax: " + problem + context, hint(place, problem));
  }

  private String hint(SourceSpan place, String problem) {
    String line = text.lines().skip(place.line() - 1L).findFirst().orElse("");
    if (problem.contains("TAB") || line.matches("\\s*\t.*")) {
      return "indent with spaces, not tabs";
    }
    Optional<String> address = addressAt(line, place.column());
    if (address.isPresent()) {
      return "quote this IPv6 address: \"" + address.get() + "\"";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "quote a text that contains ': '";
    }
    if (problem.contains("cannot start any token")) {
      return "quote a text that begins with this character";
    }
    if (problem.contains("but found another document")) {
      return "one file holds one scenario";
    }
    if (problem.contains("expected ',' or")) {
      return "a bracket or a comma is missing before this place";
    }
    return "";
  }

  /** The unquoted IPv6 address at a column, or the last one before it. */
  private static Optional<String> addressAt(String line, int column) {
    Matcher address = ADDRESS.matcher(line);
    Optional<String> found = Optional.empty();
    while (address.find() && address.start() < column) {
      if (address.group().contains("::")) {
        found = Optional.of(address.group());
      }
    }
    return found;
  }

  private SourceSpan placeOf(int codePoints) {
    int end =
        text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    int lineStart = text.lastIndexOf('\n', end - 1) + 1;
    int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    return problems.span(line, 1 + end - lineStart, 1);
  }
}
