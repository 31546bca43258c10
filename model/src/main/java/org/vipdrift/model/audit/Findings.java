package org.vipdrift.model.audit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceSpan;

/** Collects the findings of one audit. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void warning(String code, Node a, Node b, String keyword, String message) {
    add(Severity.WARNING, code, pair(a, b) + message, spans(a, b, keyword), Optional.empty());
  }

  void note(String code, Node a, Node b, String keyword, String message) {
    add(Severity.NOTE, code, pair(a, b) + message, spans(a, b, keyword), Optional.empty());
  }

  void add(
      Severity severity,
      String code,
      String message,
      List<SourceSpan> spans,
      Optional<String> suggestion) {
    all.add(new Finding(code, severity, message, spans, suggestion));
  }

  static String pair(Node a, Node b) {
    return "VRID " + a.instance().vrid() + " on " + a.host() + " and " + b.host() + ": ";
  }

  private static List<SourceSpan> spans(Node a, Node b, String keyword) {
    return List.of(a.instance().spanOf(keyword), b.instance().spanOf(keyword));
  }

  /** {@code 3.607 s}, without needless zeros. */
  static String seconds(Duration time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
    return (seconds.scale() < 0 ? seconds.setScale(0) : seconds).toPlainString() + " s";
  }

  List<Finding> toList() {
    return List.copyOf(all);
  }
}
