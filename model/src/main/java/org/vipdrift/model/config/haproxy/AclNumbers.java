package org.vipdrift.model.config.haproxy;

import java.util.Optional;
import org.vipdrift.model.haproxy.settings.IntegerRange;

/** Numbers in ACLs: {@code 5}, {@code 1:10}, {@code :10}, {@code 3.1:3.3}. */
final class AclNumbers {
  private AclNumbers() {}

  static Optional<IntegerRange> range(String text, String operator, boolean dotted) {
    int colon = Math.max(text.indexOf(':'), text.indexOf('-', 1));
    Optional<Long> first = number(colon < 0 ? text : text.substring(0, colon), dotted);
    Optional<Long> last = number(colon < 0 ? text : text.substring(colon + 1), dotted);
    if (text.isEmpty() || text.equals(":") || text.equals("-")) {
      return Optional.empty();
    }
    boolean openStart = colon == 0;
    boolean openEnd = colon == text.length() - 1;
    if (first.isEmpty() && !openStart || last.isEmpty() && !openEnd) {
      return Optional.empty();
    }
    long low = openStart ? Long.MIN_VALUE : first.orElseThrow();
    long high = openEnd ? Long.MAX_VALUE : last.orElseThrow();
    if (low > high) {
      return Optional.empty();
    }
    return switch (operator) {
      case "gt" ->
          colon >= 0 ? Optional.empty() : Optional.of(new IntegerRange(low + 1, Long.MAX_VALUE));
      case "ge" ->
          colon >= 0 ? Optional.empty() : Optional.of(new IntegerRange(low, Long.MAX_VALUE));
      case "lt" ->
          colon >= 0 ? Optional.empty() : Optional.of(new IntegerRange(Long.MIN_VALUE, high - 1));
      case "le" ->
          colon >= 0 ? Optional.empty() : Optional.of(new IntegerRange(Long.MIN_VALUE, high));
      default -> Optional.of(new IntegerRange(low, high));
    };
  }

  private static Optional<Long> number(String text, boolean dotted) {
    int dot = text.indexOf('.');
    if (dotted && dot > 0) {
      Optional<Long> major = Numbers.whole(text.substring(0, dot));
      Optional<Long> minor = Numbers.whole(text.substring(dot + 1));
      return major.flatMap(a -> minor.map(b -> (a << 16) + b));
    }
    Optional<Long> value = Numbers.whole(text);
    return dotted ? value.map(v -> v << 16) : value;
  }
}
