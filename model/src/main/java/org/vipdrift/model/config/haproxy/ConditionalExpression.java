package org.vipdrift.model.config.haproxy;

import java.util.Arrays;
import java.util.List;
import org.vipdrift.model.config.SourceSpan;

/** The condition of {@code .if}. */
final class ConditionalExpression {
  private static final List<String> FEATURES =
      List.of(
          "ACCEPT4",
          "BACKTRACE",
          "CPU_AFFINITY",
          "CRYPT_H",
          "DL",
          "EPOLL",
          "GETADDRINFO",
          "LIBCRYPT",
          "LINUX_SPLICE",
          "LINUX_TPROXY",
          "LUA",
          "NETFILTER",
          "NS",
          "OPENSSL",
          "OT",
          "PCRE2",
          "PCRE2_JIT",
          "POLL",
          "PRCTL",
          "PROMEX",
          "RT",
          "SLZ",
          "SYSTEMD",
          "TFO",
          "THREAD",
          "THREAD_DUMP",
          "TPROXY");
  private static final int DEEPEST = 1024;

  private final String text;
  private final SourceSpan span;
  private final Reading reading;
  private int at;
  private boolean failed;

  private ConditionalExpression(String text, SourceSpan span, Reading reading) {
    this.text = text;
    this.span = span;
    this.reading = reading;
  }

  static boolean holds(String text, SourceSpan span, Reading reading) {
    if (text.isEmpty()) {
      return false;
    }
    ConditionalExpression expression = new ConditionalExpression(text, span, reading);
    boolean value = expression.alternatives(DEEPEST);
    if (!expression.failed && expression.at < text.length()) {
      expression.fail("unexpected text at \"" + text.substring(expression.at) + "\"");
    }
    return value && !expression.failed;
  }

  private void fail(String message) {
    if (!failed) {
      failed = true;
      reading.log.error("bad-condition", message + " in the condition", span);
    }
  }

  private void blanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private boolean alternatives(int depth) {
    boolean value = conjunction(depth);
    while (!failed && text.startsWith("||", at)) {
      at += 2;
      boolean next = conjunction(depth);
      value |= next;
    }
    return value;
  }

  private boolean conjunction(int depth) {
    boolean value = term(depth);
    while (!failed && text.startsWith("&&", at)) {
      at += 2;
      boolean next = term(depth);
      value &= next;
    }
    return value;
  }

  private boolean term(int depth) {
    if (depth == 0) {
      fail("too many levels");
      return false;
    }
    boolean negated = false;
    blanks();
    while (at < text.length() && text.charAt(at) == '!') {
      negated = !negated;
      at++;
      blanks();
    }
    boolean value;
    if (at < text.length() && text.charAt(at) == '(') {
      at++;
      value = alternatives(depth - 1);
      if (at < text.length() && text.charAt(at) == ')') {
        at++;
      } else {
        fail("a closing parenthesis is missing");
      }
    } else if (at < text.length() && Numbers.isDigit(text.charAt(at))) {
      value = Numbers.prefix(text.substring(at)) != 0;
      while (at < text.length() && Numbers.isDigit(text.charAt(at))) {
        at++;
      }
    } else {
      value = predicate();
    }
    blanks();
    return value != negated;
  }

  private boolean predicate() {
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String name = text.substring(from, at);
    List<String> arguments = List.of();
    if (at < text.length() && text.charAt(at) == '(') {
      ArgumentSplitter splitter = new ArgumentSplitter(text, at + 1);
      arguments = splitter.split();
      at = splitter.end();
      if (at >= text.length() || text.charAt(at) != ')') {
        fail("a closing parenthesis is missing");
        return false;
      }
      at++;
    }
    return switch (name) {
      case "defined" -> needs(arguments, 1) && reading.environment.containsKey(arguments.get(0));
      case "feature" -> needs(arguments, 1) && FEATURES.contains(arguments.get(0));
      case "streq" -> needs(arguments, 2) && arguments.get(0).equals(arguments.get(1));
      case "strneq" -> needs(arguments, 2) && !arguments.get(0).equals(arguments.get(1));
      case "version_atleast" -> needs(arguments, 1) && Version.compare(arguments.get(0)) >= 0;
      case "version_before" -> needs(arguments, 1) && Version.compare(arguments.get(0)) < 0;
      case "openssl_version_atleast" ->
          needs(arguments, 1) && Version.openssl(arguments.get(0)) >= 0;
      case "openssl_version_before" -> needs(arguments, 1) && Version.openssl(arguments.get(0)) < 0;
      case "ssllib_name_startswith" ->
          needs(arguments, 1) && "OpenSSL 3.0".startsWith(arguments.get(0));
      default -> {
        fail("unknown predicate at \"" + text.substring(from) + "\"");
        yield false;
      }
    };
  }

  private boolean needs(List<String> arguments, int count) {
    if (arguments.size() != count || arguments.getFirst().isEmpty() && count == 1) {
      fail("a predicate takes " + count + " arguments");
      return false;
    }
    return true;
  }

  /** Versions this dialect claims to be: HAProxy 2.6.12 with OpenSSL 3.0. */
  private static final class Version {
    private Version() {}

    static int compare(String wanted) {
      return Arrays.compare(new int[] {2, 6, 12}, numbers(wanted));
    }

    static int openssl(String wanted) {
      return Arrays.compare(new int[] {3, 0, 22}, numbers(wanted));
    }

    private static int[] numbers(String version) {
      String plain = version.split("-", 2)[0];
      String[] parts = plain.split("\\.", -1);
      int[] numbers = new int[3];
      for (int i = 0; i < Math.min(3, parts.length); i++) {
        numbers[i] = Numbers.intPrefix(parts[i]);
      }
      return numbers;
    }
  }
}
