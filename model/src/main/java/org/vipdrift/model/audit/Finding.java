package org.vipdrift.model.audit;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceSpan;

/**
 * Something the configurations of several hosts say together.
 *
 * @param code stable and kebab-case
 * @param spans the places it follows from, one per host where there are several
 */
public record Finding(
    String code,
    Severity severity,
    String message,
    List<SourceSpan> spans,
    Optional<String> suggestion) {
  public Finding {
    spans = List.copyOf(spans);
  }

  /** At the first of its places, naming the others. */
  public Problem toProblem() {
    List<SourceSpan> others = spans.subList(1, spans.size());
    String compared =
        others.isEmpty()
            ? ""
            : "; compare " + String.join(", ", others.stream().map(SourceSpan::toString).toList());
    return new Problem(severity, code, message + compared, spans.getFirst(), suggestion);
  }
}
