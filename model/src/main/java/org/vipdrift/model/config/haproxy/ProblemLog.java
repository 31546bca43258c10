package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceSpan;

/** Collects the problems of one parse; the same one is kept once. */
final class ProblemLog {
  private static final int MOST = 10_000;

  private final LinkedHashSet<Problem> problems = new LinkedHashSet<>();

  void error(String code, String message, SourceSpan span) {
    add(Problem.of(Severity.ERROR, code, message, span));
  }

  void error(String code, String message, SourceSpan span, Optional<String> suggestion) {
    add(new Problem(Severity.ERROR, code, message, span, suggestion));
  }

  void warning(String code, String message, SourceSpan span) {
    add(Problem.of(Severity.WARNING, code, message, span));
  }

  void warning(String code, String message, SourceSpan span, String suggestion) {
    add(Problem.of(Severity.WARNING, code, message, span).withSuggestion(suggestion));
  }

  void note(String code, String message, SourceSpan span) {
    add(Problem.of(Severity.NOTE, code, message, span));
  }

  private void add(Problem problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    }
  }

  List<Problem> problems() {
    return new ArrayList<>(problems);
  }
}
