package org.vipdrift.simulator.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.RegularExpressions;
import org.vipdrift.simulator.shell.ShellCommand;
import org.vipdrift.simulator.shell.Task;

/** The few programs for {@code awk} and {@code sed} that check scripts contain. */
final class Editing {
  private static final Pattern AWK =
      Pattern.compile(
          "\\s*(?:(NR\\s*(?:==|>|>=|<|<=|!=)\\s*[0-9]{1,9})|(!?)/((?:[^/\\\\]|\\\\.)*)/)?\\s*"
              + "(?:\\{\\s*print\\s*([^{}]*?)\\s*;?\\s*\\})?\\s*");
  private static final Pattern PRINTED =
      Pattern.compile("\\$[0-9]{1,3}|\\$NF|NR|NF|\"[^\"\\\\]*\"");
  private static final Pattern SED_LINES =
      Pattern.compile("(\\$|[0-9]{1,9})(?:,(\\$|[0-9]{1,9}))?([pdq])");
  private static final Pattern SED_MATCH = Pattern.compile("/((?:[^/\\\\]|\\\\.)*)/(!?[pd])");

  private Editing() {}

  /** A command whose first operand is a program in a small language. */
  record Programmed(boolean awk) implements ShellCommand {
    @Override
    public Task<Integer> run(Invocation call) {
      return awk ? runAwk(call) : runSed(call);
    }

    @Override
    public Optional<String> unsupported(List<Optional<String>> arguments) {
      if (arguments.stream().anyMatch(Optional::isEmpty)) {
        return Optional.empty();
      }
      List<String> known = arguments.stream().map(Optional::get).toList();
      Options options = awk ? Options.parseFirst(known, "F:v:") : Options.parse(known, "nEre:i");
      Optional<String> program =
          options.value("-e").or(() -> options.operands().stream().findFirst());
      boolean fine =
          options.unknown().isEmpty()
              && program
                  .map(p -> awk ? awkKnown(p) : sedProgram(p, false).isPresent())
                  .orElse(false);
      return fine ? Optional.empty() : Optional.of("'" + program.orElse("") + "'");
    }
  }

  private static boolean awkKnown(String program) {
    Matcher matcher = AWK.matcher(program);
    return matcher.matches() && !program.isBlank() && printed(matcher.group(4)).isPresent();
  }

  /** The things printed; a comma between two is a blank. */
  private static Optional<List<String>> printed(String list) {
    List<String> items = new ArrayList<>();
    if (list == null || list.isBlank()) {
      return Optional.of(List.of("$0"));
    }
    String rest = list.strip();
    while (!rest.isEmpty()) {
      Matcher item = PRINTED.matcher(rest);
      if (!item.lookingAt()) {
        return Optional.empty();
      }
      items.add(item.group());
      rest = rest.substring(item.end()).strip();
      if (rest.startsWith(",")) {
        items.add("\" \"");
        rest = rest.substring(1).strip();
      }
    }
    return Optional.of(items);
  }

  private static Task<Integer> runAwk(Invocation call) {
    Options options = Options.parseFirst(call.arguments(), "F:v:");
    List<String> operands = options.operands();
    if (options.unknown().isPresent() || options.has("-v") || operands.isEmpty()) {
      return call.unsupported(options.unknown().orElse("-v"));
    }
    Matcher program = AWK.matcher(operands.getFirst());
    if (!program.matches() || !awkKnown(operands.getFirst())) {
      return call.unsupported("'" + operands.getFirst() + "'");
    }
    Optional<String> text = input(call, operands.subList(1, operands.size()));
    if (text.isEmpty()) {
      return Task.of(2);
    }
    List<String> items = printed(program.group(4)).orElseThrow();
    Optional<String> separator = options.value("-F");
    try {
      Optional<Pattern> matching =
          Optional.ofNullable(program.group(3)).map(e -> RegularExpressions.extended(e, false));
      int number = 0;
      for (String line : text.get().lines().toList()) {
        number++;
        boolean selected =
            matching.map(p -> p.matcher(line).find() != program.group(2).equals("!")).orElse(true);
        if (selected && numbered(Optional.ofNullable(program.group(1)), number)) {
          call.printLine(print(items, line, fields(line, separator), number));
        }
      }
    } catch (PatternSyntaxException malformed) {
      call.complain("malformed regular expression");
      return Task.of(2);
    }
    return Task.of(0);
  }

  private static Optional<String> input(Invocation call, List<String> paths) {
    StringBuilder text = new StringBuilder();
    for (String path : paths.isEmpty() ? List.of("-") : paths) {
      Optional<String> read = call.read(path);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      text.append(read.get());
    }
    return Optional.of(text.toString());
  }

  private static boolean numbered(Optional<String> condition, int number) {
    if (condition.isEmpty()) {
      return true;
    }
    int wanted = Integer.parseInt(condition.get().replaceAll("[^0-9]", ""));
    String operator = condition.get().replaceAll("[NR0-9\\s]", "");
    return switch (operator) {
      case "==" -> number == wanted;
      case "!=" -> number != wanted;
      case ">" -> number > wanted;
      case ">=" -> number >= wanted;
      case "<" -> number < wanted;
      default -> number <= wanted;
    };
  }

  private static String[] fields(String line, Optional<String> separator) {
    if (separator.isEmpty() || separator.get().equals(" ")) {
      return line.isBlank() ? new String[0] : line.strip().split("[ \t]+");
    }
    String text = separator.get();
    return line.isEmpty()
        ? new String[0]
        : line.split(
            text.length() == 1
                ? Pattern.quote(text)
                : RegularExpressions.extended(text, false).pattern(),
            -1);
  }

  private static String print(List<String> items, String line, String[] fields, int number) {
    StringBuilder result = new StringBuilder();
    for (String item : items) {
      result.append(
          switch (item) {
            case "$0" -> line;
            case "$NF" -> fields.length == 0 ? line : fields[fields.length - 1];
            case "NF" -> Integer.toString(fields.length);
            case "NR" -> Integer.toString(number);
            default -> {
              if (item.startsWith("\"")) {
                yield item.substring(1, item.length() - 1);
              }
              int index = Integer.parseInt(item.substring(1));
              yield index <= fields.length ? fields[index - 1] : "";
            }
          });
    }
    return result.toString();
  }

  /** Changes or selects one line; empty if it is not printed by itself. */
  @FunctionalInterface
  private interface Edit {
    void line(String line, int number, boolean last, List<String> output);
  }

  private static Optional<Edit> sedProgram(String program, boolean extended) {
    try {
      if (program.length() > 3 && program.startsWith("s")) {
        return substitution(program, extended);
      }
      Matcher lines = SED_LINES.matcher(program);
      if (lines.matches() && !lines.group(3).equals("q")) {
        boolean prints = lines.group(3).equals("p");
        return Optional.of(
            (line, number, last, output) -> {
              boolean inside = inside(lines.group(1), lines.group(2), number, last);
              if (inside == prints) {
                output.add(line);
              }
            });
      }
      Matcher match = SED_MATCH.matcher(program);
      if (match.matches()) {
        Pattern pattern = sedPattern(match.group(1).replace("\\/", "/"), extended);
        boolean prints = match.group(2).endsWith("p");
        boolean negated = match.group(2).startsWith("!");
        return Optional.of(
            (line, _, _, output) -> {
              if ((pattern.matcher(line).find() != negated) == prints) {
                output.add(line);
              }
            });
      }
    } catch (PatternSyntaxException malformed) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean inside(String from, String to, int number, boolean last) {
    if (to == null) {
      return from.equals("$") ? last : number == Integer.parseInt(from);
    }
    boolean started = from.equals("$") ? last : number >= Integer.parseInt(from);
    return started && (to.equals("$") || number <= Integer.parseInt(to));
  }

  private static Pattern sedPattern(String expression, boolean extended) {
    return extended
        ? RegularExpressions.extended(expression, false)
        : RegularExpressions.basic(expression, false);
  }

  private static Optional<Edit> substitution(String program, boolean extended) {
    String delimiter = Pattern.quote(program.substring(1, 2));
    String[] parts = program.substring(2).split("(?<!\\\\)" + delimiter, -1);
    if (parts.length != 3 || !parts[2].matches("g?p?I?")) {
      return Optional.empty();
    }
    Pattern pattern =
        sedPattern(parts[0].replace("\\" + program.charAt(1), program.substring(1, 2)), extended);
    String replacement = replacement(parts[1]);
    boolean all = parts[2].contains("g");
    boolean prints = parts[2].contains("p");
    return Optional.of(
        (line, _, _, output) -> {
          Matcher matcher = pattern.matcher(line);
          boolean found = matcher.find();
          matcher.reset();
          String changed =
              !found
                  ? line
                  : all ? matcher.replaceAll(replacement) : matcher.replaceFirst(replacement);
          if (!prints || found) {
            output.add(changed);
          }
        });
  }

  private static String replacement(String text) {
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '&') {
        java.append("$0");
      } else if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        java.append(
            Character.isDigit(next)
                ? "$" + next
                : next == 'n' ? "\n" : Matcher.quoteReplacement("" + next));
      } else {
        java.append(Matcher.quoteReplacement("" + c));
      }
    }
    return java.toString();
  }

  private static Task<Integer> runSed(Invocation call) {
    Options options = Options.parse(call.arguments(), "nEre:i");
    List<String> operands = new ArrayList<>(options.operands());
    List<String> programs = new ArrayList<>(options.values("-e"));
    if (programs.isEmpty() && !operands.isEmpty()) {
      programs.add(operands.removeFirst());
    }
    if (options.unknown().isPresent() || programs.size() != 1) {
      return call.unsupported(options.unknown().orElse("with several programs"));
    }
    String program = programs.getFirst();
    Optional<Edit> edit = sedProgram(program, options.has("-E", "-r"));
    // Whether lines print by themselves is part of what these small programs mean.
    boolean printsOnly = program.endsWith("p");
    if (edit.isEmpty()
        || printsOnly != options.has("-n")
        || options.has("-i") && operands.size() != 1) {
      return call.unsupported("'" + program + "'");
    }
    Optional<String> text = input(call, operands);
    if (text.isEmpty()) {
      return Task.of(2);
    }
    List<String> lines = text.get().lines().toList();
    List<String> output = new ArrayList<>();
    try {
      for (int i = 0; i < lines.size(); i++) {
        edit.get().line(lines.get(i), i + 1, i == lines.size() - 1, output);
      }
    } catch (IndexOutOfBoundsException noSuchGroup) {
      call.complain("invalid reference in the replacement");
      return Task.of(1);
    }
    String result = output.isEmpty() ? "" : String.join("\n", output) + "\n";
    if (options.has("-i")) {
      call.host().writeFile(operands.getFirst(), result);
    } else {
      call.print(result);
    }
    return Task.of(0);
  }
}
