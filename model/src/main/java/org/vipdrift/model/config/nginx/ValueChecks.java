package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What some directives of several arguments take, whether anything uses them or not. */
final class ValueChecks {
  private static final List<String> NEXT =
      List.of(
          "error",
          "timeout",
          "invalid_header",
          "http_500",
          "http_502",
          "http_503",
          "http_504",
          "http_403",
          "http_404",
          "http_429",
          "non_idempotent",
          "off");

  private ValueChecks() {}

  static boolean check(NginxStatement statement, ProblemLog log) {
    return switch (statement.name()) {
      case "proxy_next_upstream" -> words(statement, log);
      case "expires" -> expires(statement, log);
      default -> true;
    };
  }

  private static boolean words(NginxStatement statement, ProblemLog log) {
    List<String> seen = new ArrayList<>();
    boolean right = true;
    for (NginxWord word : statement.words().subList(1, statement.words().size())) {
      String text = word.text().toLowerCase(Locale.ROOT);
      if (!NEXT.contains(text)) {
        log.error("invalid-value", "invalid value \"" + word.text() + "\"", word.span());
        right = false;
      } else if (seen.contains(text)) {
        log.warning("duplicate-value", "duplicate value \"" + word.text() + "\"", word.span());
      }
      seen.add(text);
    }
    return right;
  }

  private static boolean expires(NginxStatement statement, ProblemLog log) {
    boolean modified = statement.count() == 2;
    String value = statement.argument(statement.count());
    String bare =
        value.startsWith("-") || value.startsWith("+") || !modified && value.startsWith("@")
            ? value.substring(1)
            : value;
    boolean word = !modified && List.of("epoch", "max", "off").contains(value);
    boolean right =
        (!modified || statement.argument(1).equals("modified"))
            && (word || value.startsWith("$") || Values.seconds(bare).isPresent());
    if (!right) {
      log.error("invalid-value", "\"expires\" directive invalid value", statement.span());
    }
    return right;
  }
}
