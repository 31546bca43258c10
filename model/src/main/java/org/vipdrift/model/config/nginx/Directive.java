package org.vipdrift.model.config.nginx;

import java.util.EnumSet;
import java.util.Set;

/**
 * What nginx allows of a directive in some contexts.
 *
 * @param contexts empty for any
 * @param least the smallest number of arguments
 * @param most the largest
 * @param flag whether its argument is {@code on} or {@code off}
 * @param kind of its only argument
 */
record Directive(
    String name,
    Set<Context> contexts,
    int least,
    int most,
    boolean flag,
    boolean block,
    boolean repeatable,
    String kind) {
  private static final int ANY_NUMBER = Integer.MAX_VALUE;

  boolean isAllowedIn(Context context) {
    return contexts.isEmpty() || contexts.contains(context);
  }

  static Directive read(String name, String contexts, String arguments, String kind) {
    boolean repeatable = arguments.endsWith("*");
    String numbers = arguments.replace("*", "").replace("{", "");
    EnumSet<Context> allowed = EnumSet.noneOf(Context.class);
    for (String context : contexts.split(" ")) {
      Context.named(context).ifPresent(allowed::add);
    }
    int least = 1;
    int most = 1;
    if (numbers.endsWith("+")) {
      least = numbers.charAt(0) - '0';
      most = ANY_NUMBER;
    } else if (!numbers.equals("flag")) {
      least = numbers.charAt(0) - '0';
      most = numbers.charAt(numbers.length() - 1) - '0';
    }
    return new Directive(
        name,
        allowed,
        least,
        most,
        numbers.equals("flag"),
        arguments.contains("{"),
        repeatable,
        kind);
  }
}
