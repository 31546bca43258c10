package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.GlobPattern;
import org.vipdrift.model.config.SourceFiles;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;

/**
 * Turns files into the lines keepalived acts on: comments cut, conditions decided, parameters and
 * sequences expanded, includes read, braces on their own.
 */
final class LineReader {
  private static final int DEEPEST = 64;
  private static final int MOST_LINES = 500_000;
  private static final long MOST_CHARACTERS = 20_000_000;

  private final SourceFiles files;
  private final Optional<String> configId;
  private final ProblemLog log;
  private final Definitions definitions;
  private final List<Line> lines = new ArrayList<>();
  private long characters;
  private boolean exhausted;

  LineReader(SourceFiles files, ParseOptions options, ProblemLog log) {
    this.files = files;
    this.configId = options.configId();
    this.log = log;
    this.definitions = new Definitions(options);
  }

  List<Line> read(String mainFile) {
    SourceSpan top = SourceSpan.of(new SourcePosition(mainFile, 1, 1), 1);
    files
        .read(mainFile)
        .ifPresentOrElse(
            text -> file(mainFile, text, 0),
            () -> log.error("file-missing", "the configuration file cannot be read", top));
    return lines;
  }

  /** Where a piece of text comes from. */
  private record Origin(String file, int number, int column, boolean verbatim, int depth) {
    SourceSpan span(String text) {
      return SourceSpan.of(
          new SourcePosition(file, number, column), Math.max(1, verbatim ? text.length() : 1));
    }

    Origin advanced(int by) {
      return verbatim ? new Origin(file, number, column + by, true, depth) : this;
    }

    Origin derived() {
      return new Origin(file, number, column, false, depth + 1);
    }
  }

  /** A multi-line definition that is still being read. */
  private record Open(String name, List<String> lines) {}

  private void file(String path, String text, int depth) {
    Optional<Open> open = Optional.empty();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
      String kept = line.substring(0, Comments.start(line)).stripTrailing();
      int indent = indent(kept);
      Origin origin = new Origin(path, number, indent + 1, true, depth);
      String content = kept.substring(indent);
      commentInWord(line, kept, origin);
      if (open.isPresent()) {
        open = more(open.get(), content);
      } else {
        Optional<Open> started = conditional(content, origin).flatMap(this::multiLine);
        if (started.isPresent()) {
          open = started;
        } else if (!content.isEmpty()) {
          process(content, origin);
        }
      }
    }
    open.ifPresent(o -> definitions.define(o.name(), o.lines()));
  }

  private static int indent(String text) {
    int i = 0;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The measured trap: a comment sign inside a word cuts the word, silently. */
  private void commentInWord(String line, String kept, Origin origin) {
    int at = kept.length();
    boolean glued =
        at > 0 && at < line.length() && (line.charAt(at) == '#' || line.charAt(at) == '!');
    if (glued && !Character.isWhitespace(line.charAt(at - 1)) && !kept.startsWith("@")) {
      char before = line.charAt(at - 1);
      if (before != '{' && before != '}') {
        SourceSpan span =
            SourceSpan.of(
                new SourcePosition(origin.file(), origin.number(), at + 1), line.length() - at);
        log.warning(
            "comment-in-value",
            "'"
                + line.charAt(at)
                + "' starts a comment even inside a word; the value ends before it",
            span,
            Optional.of("put the value in double quotes"));
      }
    }
  }

  private Optional<Open> multiLine(String content) {
    int equals = content.indexOf('=');
    boolean starts = content.startsWith("$") && content.endsWith("\\") && equals > 1;
    if (!starts || !isDefinition(content)) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    String first = content.substring(equals + 1, content.length() - 1).strip();
    if (!first.isEmpty()) {
      lines.add(first);
    }
    return Optional.of(new Open(content.substring(1, equals), lines));
  }

  private Optional<Open> more(Open open, String content) {
    boolean last = !content.endsWith("\\");
    List<String> all = new ArrayList<>(open.lines());
    all.add((last ? content : content.substring(0, content.length() - 1)).strip());
    if (last) {
      definitions.define(open.name(), all);
      return Optional.empty();
    }
    return Optional.of(new Open(open.name(), all));
  }

  private static boolean isDefinition(String text) {
    int equals = text.indexOf('=');
    return text.startsWith("$")
        && equals > 1
        && !Character.isDigit(text.charAt(1))
        && text.substring(1, equals).chars().allMatch(c -> Definitions.isNamePart((char) c));
  }

  /** The text if its condition holds, without the condition; empty if the line is to be ignored. */
  private Optional<String> conditional(String text, Origin origin) {
    if (!text.startsWith("@")) {
      return Optional.of(text);
    }
    boolean negated = text.startsWith("@^");
    int start = negated ? 2 : 1;
    int end = start;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    boolean equal = configId.equals(Optional.of(text.substring(start, end)));
    return equal != negated ? Optional.of(text.substring(end).strip()) : Optional.empty();
  }

  private void process(String text, Origin origin) {
    if (exhausted || text.isEmpty()) {
      return;
    }
    characters += text.length();
    if (origin.depth() > DEEPEST || characters > MOST_CHARACTERS || lines.size() > MOST_LINES) {
      exhausted = true;
      log.error("expansion-limit", "the configuration expands without end", origin.span(text));
      return;
    }
    Optional<String> applies = conditional(text, origin);
    if (applies.isEmpty() || applies.get().isEmpty()) {
      return;
    }
    String line = applies.get();
    Origin at = origin.advanced(text.length() - line.length());
    if (isDefinition(line)) {
      int equals = line.indexOf('=');
      String value = line.substring(equals + 1);
      boolean continued = value.endsWith("\\");
      definitions.define(
          line.substring(1, equals),
          List.of((continued ? value.substring(0, value.length() - 1) : value).strip()));
      return;
    }
    if (Sequences.startsOne(line)) {
      sequence(line, at);
    } else if (line.indexOf('$') < 0 || !substituted(line, at)) {
      if (!include(line, at)) {
        emit(line, at);
      }
    }
  }

  /** Whether something was replaced; the result is then already processed. */
  private boolean substituted(String line, Origin at) {
    Definitions.Substitution result =
        definitions.substitute(line, folder(at.file()), at.span(line), log);
    if (!result.changed()) {
      return false;
    }
    Origin derived = at.derived();
    List<String> all = result.lines();
    int i = 0;
    while (i < all.size()) {
      String next = all.get(i++);
      Optional<Open> open = conditional(next, derived).flatMap(this::multiLine);
      while (open.isPresent() && i < all.size()) {
        open = more(open.get(), all.get(i++));
      }
      if (open.isPresent()) {
        definitions.define(open.get().name(), open.get().lines());
      } else if (!isDefinition(next) || !next.endsWith("\\")) {
        String kept = next.substring(0, Comments.start(next)).strip();
        process(kept, derived);
      }
    }
    return true;
  }

  private void sequence(String line, Origin at) {
    int close = line.indexOf(')') + 1;
    List<String> head =
        definitions
            .substitute(line.substring(0, close), folder(at.file()), at.span(line), log)
            .lines();
    Optional<Sequences.Rounds> rounds =
        head.size() == 1
            ? Sequences.read(head.getFirst() + line.substring(close))
            : Optional.empty();
    if (rounds.isEmpty()) {
      log.warning(
          "bad-sequence", "the ~SEQ or ~LST cannot be read; the line is left out", at.span(line));
      return;
    }
    Sequences.Rounds found = rounds.get();
    for (List<String> values : found.values()) {
      for (int i = 0; i < found.names().size(); i++) {
        definitions.define(found.names().get(i), List.of(values.get(i)));
      }
      process(found.rest(), at.derived());
      if (exhausted) {
        return;
      }
    }
    found.names().forEach(definitions::remove);
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash > 0 ? path.substring(0, slash) : slash == 0 ? "/" : ".";
  }

  private boolean include(String line, Origin at) {
    if (!line.startsWith("include")) {
      return false;
    }
    int end = 0;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    String word = line.substring(0, end);
    String pattern = line.substring(end).strip();
    if (!word.matches("include[rmwba]?") || pattern.isEmpty()) {
      return false;
    }
    char variant = word.length() > 7 ? word.charAt(7) : ' ';
    if (at.depth() > DEEPEST / 4) {
      log.warning(
          "include-missing", "includes are nested too deep; this one is left out", at.span(line));
      return true;
    }
    List<String> paths = files.glob(pattern, at.file());
    if (paths.isEmpty()) {
      missing(variant, pattern, at.span(line));
    }
    for (String path : paths) {
      Optional<String> text = files.read(path);
      if (text.isPresent()) {
        file(path, text.get(), at.depth() + 1);
      } else {
        missing(variant == 'r' ? 'a' : variant, path, at.span(line));
      }
    }
    return true;
  }

  /**
   * keepalived 2.2.7 refuses to run when a demanded file is missing; {@code include} and {@code
   * includer} only log it.
   */
  private void missing(char variant, String pattern, SourceSpan span) {
    boolean wild = GlobPattern.isPattern(pattern);
    boolean refused =
        variant == 'a' || variant == 'w' || !wild && (variant == 'm' || variant == 'b');
    if (refused) {
      log.error("include-missing-required", "no file matches " + pattern, span);
    } else {
      log.warning("include-missing", "no file matches " + pattern + "; nothing is included", span);
    }
  }

  /** Splits at braces outside double quotes; each brace becomes a line. */
  private void emit(String text, Origin at) {
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '}')) {
        add(text.substring(from, i), at.advanced(from));
        add(String.valueOf(c), at.advanced(i));
        from = i + 1;
      }
    }
    add(text.substring(from), at.advanced(from));
    if (quoted) {
      log.warning("unterminated-quote", "the double quote is never closed", at.span(text));
    }
  }

  private void add(String piece, Origin at) {
    String text = piece.strip();
    if (!text.isEmpty()) {
      int column = at.column() + (at.verbatim() ? indent(piece) : 0);
      lines.add(new Line(text, at.file(), at.number(), column, at.verbatim()));
    }
  }
}
