package org.vipdrift.model.config.nginx;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.vipdrift.model.config.SourceSpan;

/** Regular expressions of PCRE, as far as Java's agree with them. */
final class Patterns {
  private static final Pattern NAMED = Pattern.compile("\\(\\?P?<([a-zA-Z_][a-zA-Z0-9_]*)>");

  private Patterns() {}

  /** Checks a pattern and makes its named captures variables; Java's form of it. */
  static Optional<String> read(String text, SourceSpan span, Templates templates, ProblemLog log) {
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      templates.define(named.group(1));
    }
    String java = text.replace("(?P<", "(?<").replace("(?P=", "\\k<");
    try {
      Pattern.compile(java.replaceAll("\\(\\?<([a-zA-Z0-9]*)_", "(?<$1"));
      return Optional.of(java);
    } catch (PatternSyntaxException e) {
      log.error(
          "invalid-pattern",
          "pcre2_compile() failed: " + e.getDescription() + " in \"" + text + "\"",
          span);
      return Optional.empty();
    }
  }
}
