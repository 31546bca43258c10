package org.vipdrift.simulator.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.RegularExpressions;
import org.vipdrift.simulator.shell.Task;

/** {@code grep}: 0 if a line was selected, 1 if none, 2 on an error. */
final class Searching {
  private Searching() {}

  static Task<Integer> grep(Invocation call) {
    Options options =
        Options.parse(
            call.arguments(),
            "vcqwiEoFxnshHe:m:aP",
            "--color",
            "--quiet",
            "--silent",
            "--count",
            "--invert-match",
            "--ignore-case");
    List<String> operands = new ArrayList<>(options.operands());
    List<String> expressions = new ArrayList<>(options.values("-e"));
    if (options.unknown().isPresent()) {
      return call.unsupported(options.unknown().get());
    }
    if (expressions.isEmpty()) {
      if (operands.isEmpty()) {
        call.complain("a pattern is needed");
        return Task.of(2);
      }
      expressions.addAll(List.of(operands.removeFirst().split("\n")));
    }
    List<Pattern> patterns = new ArrayList<>();
    try {
      for (String expression : expressions) {
        patterns.add(pattern(expression, options, call.name()));
      }
    } catch (PatternSyntaxException malformed) {
      call.complain("invalid regular expression");
      return Task.of(2);
    }
    int selected = 0;
    boolean missing = false;
    for (String path : operands.isEmpty() ? List.of("-") : operands) {
      Optional<String> text = call.read(path);
      missing |= text.isEmpty();
      String prefix = operands.size() > 1 && !options.has("-h") ? path + ":" : "";
      selected += text.map(t -> select(call, t, patterns, options, prefix)).orElse(0);
    }
    if (selected > 0 && (!missing || options.has("-q"))) {
      return Task.of(0);
    }
    return Task.of(missing ? 2 : 1);
  }

  private static Pattern pattern(String expression, Options options, String name) {
    boolean ignoreCase = options.has("-i", "--ignore-case");
    Pattern pattern =
        options.has("-F") || name.equals("fgrep")
            ? Pattern.compile(Pattern.quote(expression), ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
            : options.has("-P")
                ? Pattern.compile(expression, ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
                : options.has("-E") || name.equals("egrep")
                    ? RegularExpressions.extended(expression, ignoreCase)
                    : RegularExpressions.basic(expression, ignoreCase);
    if (options.has("-w")) {
      return Pattern.compile(
          "(?<![A-Za-z0-9_])(?:" + pattern.pattern() + ")(?![A-Za-z0-9_])", pattern.flags());
    }
    return options.has("-x")
        ? Pattern.compile("^(?:" + pattern.pattern() + ")$", pattern.flags())
        : pattern;
  }

  private static int select(
      Invocation call, String text, List<Pattern> patterns, Options options, String prefix) {
    boolean inverted = options.has("-v", "--invert-match");
    boolean silent = options.has("-q", "--quiet", "--silent") || options.has("-c", "--count");
    int most = options.number("-m", Integer.MAX_VALUE);
    int selected = 0;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (selected >= most) {
        break;
      }
      boolean found = patterns.stream().anyMatch(p -> p.matcher(line).find());
      if (found == inverted) {
        continue;
      }
      selected++;
      if (silent) {
        continue;
      }
      String start = prefix + (options.has("-n") ? number + ":" : "");
      if (options.has("-o")) {
        for (Pattern pattern : patterns) {
          Matcher matcher = pattern.matcher(line);
          while (matcher.find()) {
            if (!matcher.group().isEmpty()) {
              call.printLine(start + matcher.group());
            }
          }
        }
      } else {
        call.printLine(start + line);
      }
    }
    if (options.has("-c", "--count") && !options.has("-q")) {
      call.printLine(prefix + selected);
    }
    return selected;
  }
}
