package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;

/** Cuts a line into words: quotes, escapes, comments and variables in double quotes. */
final class LineSplitter {
  private static final int MOST_WORDS = 64;

  /** Where variables get their values. */
  interface Variables {
    Optional<String> value(String name);
  }

  private final String text;
  private final String file;
  private final int lineNumber;
  private final Variables variables;
  private final ProblemLog log;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean started;
  private int wordStart;
  private int at;
  private boolean weak;
  private boolean strong;
  private int quoteStart;
  private boolean failed;

  private LineSplitter(
      String text, String file, int lineNumber, Variables variables, ProblemLog log) {
    this.text = text;
    this.file = file;
    this.lineNumber = lineNumber;
    this.variables = variables;
    this.log = log;
  }

  /** The words of a line; empty if it says nothing or cannot be cut, which is reported. */
  static List<Word> split(
      String text, String file, int lineNumber, Variables variables, ProblemLog log) {
    return new LineSplitter(text, file, lineNumber, variables, log).run();
  }

  private List<Word> run() {
    while (at < text.length() && !failed) {
      char c = text.charAt(at);
      if (c == '"' && !strong) {
        start();
        weak = !weak;
        quoteStart = at++;
      } else if (c == '\'' && !weak) {
        start();
        strong = !strong;
        quoteStart = at++;
      } else if (c == '\\' && !strong) {
        start();
        escape();
      } else if (c == '#' && !weak && !strong) {
        break;
      } else if (isBlank(c) && !weak && !strong) {
        end();
        at++;
      } else if (c == '$' && weak) {
        start();
        variable();
      } else {
        start();
        word.append(c);
        at++;
      }
    }
    if (!failed && (weak || strong)) {
      fail("unmatched-quote", "unmatched quote", quoteStart, quoteStart + 1);
    }
    end();
    if (!failed && words.size() >= MOST_WORDS) {
      fail("too-many-words", "too many words, at most 64 are read", 0, text.length());
    }
    return failed ? List.of() : words;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  private void start() {
    if (!started) {
      started = true;
      wordStart = at;
    }
  }

  private void end() {
    if (started) {
      words.add(new Word(word.toString(), span(wordStart, Math.min(at, text.length()))));
      word.setLength(0);
      started = false;
    }
  }

  private SourceSpan span(int from, int to) {
    return SourceSpan.of(new SourcePosition(file, lineNumber, from + 1), Math.max(0, to - from));
  }

  private void fail(String code, String message, int from, int to) {
    failed = true;
    log.error(code, message, span(from, to));
  }

  private void escape() {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    switch (next) {
      case 'n' -> put('\n');
      case 'r' -> put('\r');
      case 't' -> put('\t');
      case ' ', '\\', '#', '"', '\'', '$' -> put(next);
      case 'x' -> hexadecimal();
      default -> {
        word.append('\\');
        at++;
      }
    }
  }

  private void put(char c) {
    word.append(c);
    at += 2;
  }

  private void hexadecimal() {
    int value = 0;
    for (int i = at + 2; i < at + 4; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        fail("bad-escape", "\\x needs two hexadecimal digits", at, Math.min(text.length(), at + 4));
        return;
      }
      value = value * 16 + digit;
    }
    word.append((char) value);
    at += 4;
  }

  private void variable() {
    int begin = at;
    int i = at + 1;
    boolean brace = i < text.length() && text.charAt(i) == '{';
    if (brace) {
      i++;
    }
    int nameStart = i;
    char first = i < text.length() ? text.charAt(i) : '\0';
    if (!(isNameCharacter(first) && !Character.isDigit(first) || first == '.')) {
      fail("bad-variable", "a variable's name starts with a letter, _ or a dot", begin, i);
      return;
    }
    boolean pseudo = first == '.';
    while (i < text.length()
        && (isNameCharacter(text.charAt(i)) || pseudo && text.charAt(i) == '.')) {
      i++;
    }
    String name = text.substring(nameStart, i);
    Optional<String> preset = Optional.empty();
    boolean list = false;
    if (brace) {
      if (text.startsWith("[*]", i)) {
        list = true;
        i += 3;
      } else if (i < text.length() && text.charAt(i) == '-') {
        int close = text.indexOf('}', i);
        preset = Optional.of(text.substring(i + 1, close < 0 ? text.length() : close));
        i = close < 0 ? text.length() : close;
      }
      if (i >= text.length() || text.charAt(i) != '}') {
        fail("unclosed-brace", "the variable's brace is not closed", begin, i);
        return;
      }
      i++;
    }
    Optional<String> fallback = preset;
    String value = variables.value(name).or(() -> fallback).orElse("");
    if (list) {
      at = i;
      expand(value);
    } else {
      word.append(value);
      at = i;
    }
  }

  /** {@code ${NAME[*]}}: each word of the value becomes a word of the line. */
  private void expand(String value) {
    int i = 0;
    while (i < value.length()) {
      char c = value.charAt(i++);
      if (isBlank(c)) {
        while (i < value.length() && isBlank(value.charAt(i))) {
          i++;
        }
        end();
        start();
      } else {
        word.append(c);
      }
    }
  }

  private static boolean isNameCharacter(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
