package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceSpan;

/** Collects what is wrong with one file. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  /** Where nothing better can be said: the file's first character. */
  SourceSpan start() {
    return span(1, 1, 1);
  }

  SourceSpan span(int line, int column, int length) {
    return new SourceSpan(file, line, column, line, column + length);
  }

  void error(Mistake mistake, SourceSpan span, String message, String suggestion) {
    add(Severity.ERROR, mistake, span, message, suggestion);
  }

  void note(Mistake mistake, SourceSpan span, String message, String suggestion) {
    add(Severity.NOTE, mistake, span, message, suggestion);
  }

  private void add(
      Severity severity, Mistake mistake, SourceSpan span, String message, String suggestion) {
    Problem problem =
        new Problem(
            severity,
            mistake.code(),
            message,
            span,
            Optional.of(suggestion).filter(s -> !s.isEmpty()));
    // A value that an alias repeats is reported once.
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  int count() {
    return found.size();
  }

  boolean hasErrors() {
    return found.stream().anyMatch(Problem::isError);
  }

  /** In the order of their positions. */
  List<Problem> sorted() {
    return found.stream().sorted(Comparator.comparing((Problem p) -> p.span().start())).toList();
  }
}
