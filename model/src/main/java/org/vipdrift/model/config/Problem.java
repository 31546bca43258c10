package org.vipdrift.model.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Something to say about a place in a configuration file.
 *
 * @param code stable and kebab-case, for filters and documentation
 * @param message one sentence without a full stop
 * @param suggestion what to write instead, or what to do
 */
public record Problem(
    Severity severity, String code, String message, SourceSpan span, Optional<String> suggestion) {

  public static Problem of(Severity severity, String code, String message, SourceSpan span) {
    return new Problem(severity, code, message, span, Optional.empty());
  }

  public Problem withSuggestion(String text) {
    return new Problem(severity, code, message, span, Optional.of(text));
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code file:line:column: severity: message [code] (suggestion)}. */
  @Override
  public String toString() {
    return span
        + ": "
        + severity.name().toLowerCase(Locale.ROOT)
        + ": "
        + message
        + " ["
        + code
        + "]"
        + suggestion.map(s -> " (" + s + ")").orElse("");
  }
}
