package org.vipdrift.model.config.nginx;

import java.util.Optional;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;

/**
 * Cuts a text into words and the three marks.
 *
 * <p>A word ends at a blank, {@code ;} or <code>{</code>; quotes count only where a word begins;
 * {@code #} begins a comment only there too.
 */
final class NginxLexer {
  /** What comes next. */
  sealed interface Token {
    SourceSpan span();

    /** A word. */
    record Word(NginxWord word) implements Token {
      @Override
      public SourceSpan span() {
        return word.span();
      }
    }

    /**
     * A mark.
     *
     * @param mark {@code ;}, <code>{</code> or <code>}</code>
     */
    record Mark(char mark, SourceSpan span) implements Token {}

    /** Something right after a closing quote. */
    record Unexpected(char what, SourceSpan span) implements Token {}

    /** The text is over. */
    record End(boolean inQuotes, SourceSpan span) implements Token {}
  }

  private final String file;
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;
  private boolean afterQuote;

  NginxLexer(String file, String text) {
    this.file = file;
    this.text = text;
  }

  Token next() {
    if (afterQuote) {
      afterQuote = false;
      if (at < text.length() && " \t\r\n;{)".indexOf(text.charAt(at)) < 0) {
        SourcePosition here = position();
        char what = text.charAt(at);
        advance();
        return new Token.Unexpected(what, SourceSpan.of(here, 1));
      }
    }
    skipBlanks();
    SourcePosition start = position();
    if (at >= text.length()) {
      return new Token.End(false, SourceSpan.of(start, 0));
    }
    char first = text.charAt(at);
    if (first == ';' || first == '{' || first == '}') {
      advance();
      return new Token.Mark(first, SourceSpan.of(start, 1));
    }
    return first == '"' || first == '\'' ? quoted(first, start) : bare(start);
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          advance();
        }
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        advance();
      } else {
        return;
      }
    }
  }

  private Token quoted(char quote, SourcePosition start) {
    advance();
    int from = at;
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\') {
        advance();
      }
      advance();
    }
    if (at >= text.length()) {
      return new Token.End(true, span(start));
    }
    String content = unescaped(from, at);
    advance();
    afterQuote = true;
    return new Token.Word(new NginxWord(content, true, span(start)));
  }

  private Token bare(SourcePosition start) {
    int from = at;
    boolean variable = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{' && variable) {
        variable = false;
        advance();
        continue;
      }
      variable = c == '$';
      if (c == '\\') {
        advance();
      } else if (" \t\r\n;{".indexOf(c) >= 0) {
        break;
      }
      advance();
    }
    at = Math.min(at, text.length());
    return new Token.Word(new NginxWord(unescaped(from, at), false, span(start)));
  }

  private String unescaped(int from, int to) {
    int backslash = text.indexOf('\\', from);
    if (backslash < 0 || backslash >= to) {
      return text.substring(from, to);
    }
    StringBuilder plain = new StringBuilder(to - from);
    for (int index = from; index < to; index++) {
      char c = text.charAt(index);
      Optional<Character> meant =
          c == '\\' && index + 1 < to ? escaped(text.charAt(index + 1)) : Optional.empty();
      plain.append(meant.orElse(c));
      index += meant.isPresent() ? 1 : 0;
    }
    return plain.toString();
  }

  private static Optional<Character> escaped(char c) {
    return switch (c) {
      case '"', '\'', '\\' -> Optional.of(c);
      case 't' -> Optional.of('\t');
      case 'r' -> Optional.of('\r');
      case 'n' -> Optional.of('\n');
      default -> Optional.empty();
    };
  }

  private void advance() {
    if (at < text.length() && text.charAt(at) == '\n') {
      line++;
      lineStart = at + 1;
    }
    at++;
  }

  private SourcePosition position() {
    return new SourcePosition(file, line, at - lineStart + 1);
  }

  private SourceSpan span(SourcePosition start) {
    return new SourceSpan(file, start.line(), start.column(), line, at - lineStart + 1);
  }
}
