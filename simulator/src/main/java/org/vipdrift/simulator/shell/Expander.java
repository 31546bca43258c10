package org.vipdrift.simulator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.simulator.shell.syntax.Command;
import org.vipdrift.simulator.shell.syntax.Word;
import org.vipdrift.simulator.shell.syntax.Word.ArithmeticExpansion;
import org.vipdrift.simulator.shell.syntax.Word.CommandSubstitution;
import org.vipdrift.simulator.shell.syntax.Word.Literal;
import org.vipdrift.simulator.shell.syntax.Word.Parameter;
import org.vipdrift.simulator.shell.syntax.Word.Part;

/** Expands words into fields, plain text or patterns. */
final class Expander {
  private final Substitution substitution;
  private final ParameterExpansion parameters = new ParameterExpansion(this);

  Expander(Substitution substitution) {
    this.substitution = substitution;
  }

  /** Runs the command of {@code $(...)} and gives its output. */
  @FunctionalInterface
  interface Substitution {
    Task<String> output(Command body, Frame frame);
  }

  /**
   * A piece of an expanded word.
   *
   * @param quoted whether pattern characters in it stand for themselves
   * @param split whether blanks in it end a field
   * @param boundary whether a field ends before it whatever it holds
   */
  record Segment(String text, boolean quoted, boolean split, boolean boundary) {
    static Segment of(String text, boolean quoted) {
      return new Segment(text, quoted, false, false);
    }

    static Segment expanded(String text, boolean quoted) {
      return new Segment(text, quoted, !quoted, false);
    }

    static Segment next(String text, boolean quoted) {
      return new Segment(text, quoted, !quoted, true);
    }
  }

  /** All words' fields. */
  Task<List<String>> fields(List<Word> words, Frame frame) {
    return Task.each(words, word -> segments(word, frame).map(s -> fields(word, s, frame)))
        .map(lists -> lists.stream().flatMap(List::stream).toList());
  }

  /** The word's text without splitting, as in an assignment. */
  Task<String> text(Word word, Frame frame) {
    Optional<String> plain = word.literal().filter(text -> !text.startsWith("~"));
    if (plain.isPresent()) {
      return Task.of(plain.get());
    }
    return segments(word, frame).map(segments -> join(segments));
  }

  static String join(List<Segment> segments) {
    StringBuilder text = new StringBuilder();
    for (Segment segment : segments) {
      if (segment.boundary()) {
        text.append(' ');
      }
      text.append(segment.text());
    }
    return text.toString();
  }

  Task<Pattern> pattern(Word word, Frame frame) {
    return segments(word, frame)
        .map(
            segments -> {
              Pattern pattern = new Pattern();
              for (Segment segment : segments) {
                if (segment.quoted()) {
                  pattern.literal(segment.text());
                } else {
                  pattern.pattern(segment.text());
                }
              }
              return pattern;
            });
  }

  /** The regular expression after {@code =~}: quoted parts stand for themselves. */
  Task<String> regularExpression(Word word, Frame frame) {
    return segments(word, frame)
        .map(
            segments -> {
              StringBuilder expression = new StringBuilder();
              for (Segment segment : segments) {
                expression.append(
                    segment.quoted()
                        ? segment.text().replaceAll("([\\\\.\\[\\]{}()*+?^$|])", "\\\\$1")
                        : segment.text());
              }
              return expression.toString();
            });
  }

  Task<List<Segment>> segments(Word word, Frame frame) {
    return Task.each(word.parts(), part -> part(part, frame))
        .map(
            lists -> {
              List<Segment> all = lists.stream().flatMap(List::stream).toList();
              return tilde(word, all, frame);
            });
  }

  private static List<Segment> tilde(Word word, List<Segment> segments, Frame frame) {
    if (word.parts().isEmpty()
        || !(word.parts().getFirst() instanceof Literal(String text, boolean quoted))
        || quoted
        || !(text.equals("~") || text.startsWith("~/"))) {
      return segments;
    }
    List<Segment> changed = new ArrayList<>(segments);
    String home = frame.state().get("HOME").orElse("/root");
    changed.set(0, Segment.of(home + text.substring(1), false));
    return changed;
  }

  private Task<List<Segment>> part(Part part, Frame frame) {
    return switch (part) {
      case Literal(String text, boolean quoted) -> Task.of(List.of(Segment.of(text, quoted)));
      case Parameter parameter -> parameters.expand(parameter, frame);
      case CommandSubstitution(Command body, boolean quoted) ->
          substitution
              .output(body, frame)
              .map(output -> List.of(Segment.expanded(stripNewlines(output), quoted)));
      case ArithmeticExpansion(_, Word expression, boolean quoted) ->
          arithmetic(expression, frame)
              .map(value -> List.of(Segment.expanded(Long.toString(value), quoted)));
    };
  }

  private static String stripNewlines(String output) {
    int end = output.length();
    while (end > 0 && output.charAt(end - 1) == '\n') {
      end--;
    }
    return output.substring(0, end);
  }

  /** The value of an arithmetic text; a failure is reported and leaves the command. */
  Task<Long> arithmetic(Word expression, Frame frame) {
    return text(expression, frame).then(text -> arithmetic(text, frame));
  }

  static Task<Long> arithmetic(String text, Frame frame) {
    return switch (Arithmetic.evaluate(text, frame.state())) {
      case Arithmetic.Outcome.Value(long value) -> Task.of(value);
      case Arithmetic.Outcome.Wrong(String message) -> {
        frame.complain(message);
        yield Task.raise(new Task.Leaving.Aborted(1));
      }
    };
  }

  private static List<String> fields(Word word, List<Segment> segments, Frame frame) {
    if (isEmptyList(word, segments)) {
      return List.of();
    }
    FieldBuilder builder = new FieldBuilder(frame.state().get("IFS").orElse(" \t\n"));
    for (Segment segment : segments) {
      builder.add(segment);
    }
    return builder.fields();
  }

  /** {@code "$@"} without arguments is no field at all, unlike {@code ""}. */
  private static boolean isEmptyList(Word word, List<Segment> segments) {
    boolean list = false;
    for (Part part : word.parts()) {
      list |=
          part instanceof Parameter parameter
              && parameter.quoted()
              && parameter.operator() == Word.Operator.VALUE
              && (parameter.name().equals("@")
                  || parameter.index().flatMap(Word::literal).equals(Optional.of("@")));
    }
    return list
        && segments.stream().allMatch(s -> s.text().isEmpty() && !s.boundary())
        && segments.stream().allMatch(Segment::quoted)
        && segments.size() < word.parts().size();
  }

  /** Splits expanded text at the characters of IFS. */
  private static final class FieldBuilder {
    private final String separators;
    private final List<String> fields = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private boolean started;

    FieldBuilder(String separators) {
      this.separators = separators;
    }

    void add(Segment segment) {
      if (segment.boundary()) {
        end();
        started = segment.quoted();
      }
      if (!segment.split()) {
        current.append(segment.text());
        started |= segment.quoted() || !segment.text().isEmpty();
        return;
      }
      String text = segment.text();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (separators.indexOf(c) < 0) {
          current.append(c);
          started = true;
        } else if (c == ' ' || c == '\t' || c == '\n') {
          end();
        } else {
          started = true;
          end();
        }
      }
    }

    private void end() {
      if (started) {
        fields.add(current.toString());
      }
      current.setLength(0);
      started = false;
    }

    List<String> fields() {
      end();
      return fields;
    }
  }
}
