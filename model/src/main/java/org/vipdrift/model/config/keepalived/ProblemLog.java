package org.vipdrift.model.config.keepalived;

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

  private int muted;

  /** Ignores what is reported until {@link #unmute()}: keepalived does not read such a block. */
  void mute() {
    muted++;
  }

  void unmute() {
    muted--;
  }

  void error(String code, String message, SourceSpan span) {
    add(Problem.of(Severity.ERROR, code, message, span));
  }

  void warning(String code, String message, SourceSpan span) {
    add(Problem.of(Severity.WARNING, code, message, span));
  }

  void warning(String code, String message, SourceSpan span, Optional<String> suggestion) {
    add(new Problem(Severity.WARNING, code, message, span, suggestion));
  }

  void note(String code, String message, SourceSpan span) {
    add(Problem.of(Severity.NOTE, code, message, span));
  }

  void add(Problem problem) {
    if (muted == 0 && problems.size() < MOST) {
      problems.add(problem);
    }
  }

  List<Problem> problems() {
    return new ArrayList<>(problems);
  }
}
