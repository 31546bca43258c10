package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;

/**
 * Builds the block tree as keepalived does: the keyword decides whether a brace opens a block. A
 * brace after an unknown word is ignored, and the brace that should close that block closes the
 * block around it.
 */
final class TreeBuilder {
  private final List<Line> lines;
  private final ProblemLog log;
  private final Set<String> names = new TreeSet<>();
  private int next;

  TreeBuilder(List<Line> lines, ProblemLog log) {
    this.lines = lines;
    this.log = log;
  }

  List<Statement> build() {
    return block(Context.TOP, Optional.empty());
  }

  /** Reads statements up to the closing brace of this block, or to the end. */
  private List<Statement> block(Context context, Optional<Line> opened) {
    List<Statement> statements = new ArrayList<>();
    while (next < lines.size()) {
      Line line = lines.get(next++);
      if (line.closes() && opened.isPresent()) {
        return statements;
      }
      if (line.closes()) {
        log.warning("extra-closing-brace", "this '}' closes nothing", Words.span(line));
      } else if (line.opens()) {
        log.warning("unexpected-brace", "this '{' opens nothing and is ignored", Words.span(line));
      } else if (context == Context.LIST) {
        statements.add(statement(line, Words.split(line), List.of(), false));
      } else {
        keyword(context, line).ifPresent(statements::add);
      }
    }
    opened.ifPresent(
        start ->
            log.warning("missing-closing-brace", "the block is never closed", Words.span(start)));
    return statements;
  }

  private static Statement statement(
      Line line, List<Word> words, List<Statement> body, boolean isBlock) {
    SourceSpan span = Words.span(line);
    for (Statement statement : body) {
      span = span.to(statement.span());
    }
    return new Statement(words, body, isBlock, span);
  }

  private Optional<Statement> keyword(Context context, Line line) {
    List<Word> words = Words.split(line);
    Word first = words.getFirst();
    Optional<Keyword> found = KeywordCatalogue.find(context, first.text());
    if (found.isEmpty()) {
      unknown(context, first);
      return Optional.empty();
    }
    Keyword keyword = found.get();
    if (keyword.parameterNeeded() && words.size() < 2) {
      log.error(
          "missing-parameter",
          "'" + keyword.name() + "' needs a parameter; keepalived refuses to run without it",
          first.span());
    }
    if (!keyword.modelled()) {
      log.note("not-modelled", "'" + keyword.name() + "' is accepted, not modelled", first.span());
    }
    if (keyword.opens().isEmpty()) {
      return Optional.of(statement(line, words, List.of(), false));
    }
    Context inner = keyword.opens().get();
    if (!skipped(inner, line, words)) {
      return Optional.of(opened(keyword, inner, line, words));
    }
    log.mute();
    opened(keyword, inner, line, words);
    log.unmute();
    return Optional.empty();
  }

  /** keepalived 2.2.7 skips a whole instance or group that has no name or one already taken. */
  private boolean skipped(Context context, Line line, List<Word> words) {
    if (context != Context.VRRP_INSTANCE && context != Context.VRRP_SYNC_GROUP) {
      return false;
    }
    boolean named = context == Context.VRRP_INSTANCE ? words.size() == 2 : words.size() >= 2;
    String kind = words.getFirst().text();
    if (!named) {
      log.warning(
          "name-missing", kind + " needs exactly one name; it is skipped", Words.span(line));
      return true;
    }
    if (!names.add(kind + " " + words.get(1).text())) {
      log.warning(
          "duplicate-name",
          kind + " '" + words.get(1).text() + "' already exists; this one is skipped",
          words.get(1).span());
      return true;
    }
    return false;
  }

  private Statement opened(Keyword keyword, Context context, Line line, List<Word> words) {
    boolean brace = next < lines.size() && lines.get(next).opens();
    if (brace) {
      next++;
    } else {
      log.warning(
          "missing-opening-brace",
          "'" + keyword.name() + "' must be followed by '{'",
          Words.span(line));
    }
    boolean nameless = context == Context.LIST && !keyword.parameterNeeded();
    if (nameless && words.size() > 1) {
      log.warning(
          "extra-block-parameters",
          "'" + keyword.name() + "' takes no parameter before its '{'",
          words.get(1).span());
    }
    return statement(line, words, block(context, Optional.of(line)), true);
  }

  private void unknown(Context context, Word word) {
    if (word.text().startsWith("//")) {
      log.warning(
          "unknown-keyword",
          "'//' is no comment to keepalived: the line is an unknown keyword",
          word.span(),
          Optional.of("start the comment with #"));
      return;
    }
    Optional<String> suggestion =
        elsewhere(context, word.text())
            .or(() -> Suggestions.didYouMean(word.text(), KeywordCatalogue.names(context)));
    log.warning(
        "unknown-keyword", "unknown keyword '" + word.text() + "'", word.span(), suggestion);
  }

  private static Optional<String> elsewhere(Context context, String word) {
    for (Context other : Context.values()) {
      if (other != context && KeywordCatalogue.find(other, word).isPresent()) {
        String block =
            other == Context.TOP
                ? "outside all blocks"
                : "in a " + other.name().toLowerCase(java.util.Locale.ROOT) + " block";
        return Optional.of("'" + word + "' belongs " + block);
      }
    }
    return Optional.empty();
  }
}
