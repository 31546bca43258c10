package org.vipdrift.simulator.shell.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.Task;

/** Filters: {@code cat wc head tail cut tr sort uniq tee xargs}. */
final class TextTools {
  private TextTools() {}

  /** Applies a filter to the files or the input; 1 if a file is missing. */
  private static Task<Integer> filter(
      Invocation call, List<String> paths, Function<String, String> change) {
    StringBuilder text = new StringBuilder();
    int code = 0;
    for (String path : paths.isEmpty() ? List.of("-") : paths) {
      Optional<String> read = call.read(path);
      code = read.isEmpty() ? 1 : code;
      text.append(read.orElse(""));
    }
    call.print(change.apply(text.toString()));
    return Task.of(code);
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  static Task<Integer> cat(Invocation call) {
    Options options = Options.parse(call.arguments(), "");
    return options.unknown().isPresent()
        ? call.unsupported(options.unknown().get())
        : filter(call, options.operands(), text -> text);
  }

  static Task<Integer> wc(Invocation call) {
    Options options = Options.parse(call.arguments(), "lcwm", "--lines", "--bytes", "--words");
    if (options.unknown().isPresent()) {
      return call.unsupported(options.unknown().get());
    }
    if (options.operands().size() > 1) {
      return call.unsupported("with several files");
    }
    boolean all = !options.has("-l", "-c", "-w", "-m", "--lines", "--bytes", "--words");
    String suffix = options.operands().isEmpty() ? "" : " " + options.operands().getFirst();
    return filter(
        call,
        options.operands(),
        text -> {
          List<String> counts = new ArrayList<>();
          if (all || options.has("-l", "--lines")) {
            counts.add(Long.toString(text.chars().filter(c -> c == '\n').count()));
          }
          if (all || options.has("-w", "--words")) {
            counts.add(text.isBlank() ? "0" : Integer.toString(text.strip().split("\\s+").length));
          }
          if (all || options.has("-c", "-m", "--bytes")) {
            counts.add(
                Integer.toString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length));
          }
          return (all
                  ? String.format(java.util.Locale.ROOT, "%7s %7s %7s", counts.toArray())
                  : String.join(" ", counts))
              + suffix
              + "\n";
        });
  }

  static Task<Integer> head(Invocation call) {
    return edge(call, true);
  }

  static Task<Integer> tail(Invocation call) {
    return edge(call, false);
  }

  private static Task<Integer> edge(Invocation call, boolean first) {
    List<String> arguments = new ArrayList<>();
    for (String argument : call.arguments()) {
      if (argument.matches("-[0-9]{1,9}")) {
        arguments.addAll(List.of("-n", argument.substring(1)));
      } else {
        arguments.add(argument);
      }
    }
    Options options = Options.parse(arguments, "n:c:q", "--lines=");
    String count = options.value("-n", "--lines").orElse("10");
    if (options.unknown().isPresent()
        || options.has("-c")
        || !count.matches(first ? "[0-9]{1,9}" : "\\+?[0-9]{1,9}")) {
      return call.unsupported(options.unknown().orElse("with such a count"));
    }
    int number = Integer.parseInt(count.replace("+", ""));
    return filter(
        call,
        options.operands(),
        text -> {
          List<String> lines = text.lines().toList();
          if (first) {
            return joined(lines.subList(0, Math.min(number, lines.size())));
          }
          int from =
              count.startsWith("+") ? Math.max(0, number - 1) : Math.max(0, lines.size() - number);
          return joined(lines.subList(Math.min(from, lines.size()), lines.size()));
        });
  }

  static Task<Integer> cut(Invocation call) {
    Options options = Options.parse(call.arguments(), "d:f:c:sb:", "--delimiter=", "--fields=");
    Optional<String> list = options.value("-f", "--fields").or(() -> options.value("-c", "-b"));
    boolean characters = options.has("-c", "-b");
    String delimiter = options.value("-d", "--delimiter").orElse("\t");
    if (options.unknown().isPresent()
        || list.isEmpty()
        || !list.get().matches("([0-9]{0,6}-?[0-9]{0,6},?)+")) {
      return call.unsupported(options.unknown().orElse("with such a list"));
    }
    return filter(
        call,
        options.operands(),
        text ->
            joined(
                text.lines()
                    .filter(l -> characters || !options.has("-s") || l.contains(delimiter))
                    .map(line -> cutLine(line, list.get(), characters, delimiter))
                    .toList()));
  }

  private static String cutLine(String line, String list, boolean characters, String delimiter) {
    if (!characters && !line.contains(delimiter)) {
      return line;
    }
    String[] fields =
        characters ? line.split("") : line.split(java.util.regex.Pattern.quote(delimiter), -1);
    TreeSet<Integer> chosen = new TreeSet<>();
    for (String range : list.split(",")) {
      if (range.isEmpty()) {
        continue;
      }
      String[] ends = range.split("-", -1);
      int from = ends[0].isEmpty() ? 1 : Integer.parseInt(ends[0]);
      int to =
          ends.length == 1 ? from : ends[1].isEmpty() ? fields.length : Integer.parseInt(ends[1]);
      for (int i = Math.max(1, from); i <= Math.min(to, fields.length); i++) {
        chosen.add(i - 1);
      }
    }
    List<String> parts = new ArrayList<>();
    chosen.forEach(i -> parts.add(fields[i]));
    return String.join(characters ? "" : delimiter, parts);
  }

  static Task<Integer> tr(Invocation call) {
    Options options = Options.parseFirst(call.arguments(), "dscC");
    List<String> sets = options.operands();
    if (options.unknown().isPresent() || sets.isEmpty() || options.has("-C")) {
      return call.unsupported(options.unknown().orElse(""));
    }
    String from = characters(sets.getFirst());
    String to = sets.size() > 1 ? characters(sets.get(1)) : "";
    boolean complement = options.has("-c");
    boolean delete = options.has("-d");
    StringBuilder result = new StringBuilder();
    for (char c : call.input().toCharArray()) {
      int index = from.indexOf(c);
      boolean member = index >= 0 != complement;
      if (member && delete) {
        continue;
      }
      char mapped =
          member && !to.isEmpty()
              ? to.charAt(complement ? to.length() - 1 : Math.min(index, to.length() - 1))
              : c;
      String squeezed = to.isEmpty() ? from : to;
      boolean repeated =
          options.has("-s")
              && !result.isEmpty()
              && result.charAt(result.length() - 1) == mapped
              && (to.isEmpty() ? member : squeezed.indexOf(mapped) >= 0);
      if (!repeated) {
        result.append(mapped);
      }
    }
    call.print(result.toString());
    return Task.of(0);
  }

  private static String characters(String set) {
    String plain =
        set.replace("[:space:]", " \t\n\r\f")
            .replace("[:blank:]", " \t")
            .replace("[:digit:]", "0123456789")
            .replace("[:upper:]", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            .replace("[:lower:]", "abcdefghijklmnopqrstuvwxyz")
            .replace("\\n", "\n")
            .replace("\\t", "\t")
            .replace("\\r", "\r");
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      if (i + 2 < plain.length()
          && plain.charAt(i + 1) == '-'
          && plain.charAt(i) < plain.charAt(i + 2)) {
        for (char c = plain.charAt(i); c <= plain.charAt(i + 2); c++) {
          result.append(c);
        }
        i += 2;
      } else {
        result.append(plain.charAt(i));
      }
    }
    return result.toString();
  }

  static Task<Integer> sort(Invocation call) {
    Options options = Options.parse(call.arguments(), "nruk:t:");
    if (options.unknown().isPresent() || options.has("-k", "-t")) {
      return call.unsupported(options.unknown().orElse("-k"));
    }
    Comparator<String> byText = Comparator.naturalOrder();
    Comparator<String> order =
        options.has("-n")
            ? Comparator.comparingLong(TextTools::leadingNumber).thenComparing(byText)
            : byText;
    Comparator<String> chosen = options.has("-r") ? order.reversed() : order;
    return filter(
        call,
        options.operands(),
        text -> {
          var lines = text.lines().sorted(chosen);
          return joined((options.has("-u") ? lines.distinct() : lines).toList());
        });
  }

  private static long leadingNumber(String line) {
    var matcher = java.util.regex.Pattern.compile("^\\s*(-?[0-9]{1,18})").matcher(line);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  static Task<Integer> uniq(Invocation call) {
    Options options = Options.parse(call.arguments(), "cdu");
    if (options.unknown().isPresent()) {
      return call.unsupported(options.unknown().get());
    }
    return filter(
        call,
        options.operands(),
        text -> {
          List<String> result = new ArrayList<>();
          List<String> lines = text.lines().toList();
          int i = 0;
          while (i < lines.size()) {
            int from = i;
            while (i < lines.size() && lines.get(i).equals(lines.get(from))) {
              i++;
            }
            int count = i - from;
            if (options.has("-d") && count == 1 || options.has("-u") && count > 1) {
              continue;
            }
            result.add(
                options.has("-c")
                    ? String.format(java.util.Locale.ROOT, "%7d %s", count, lines.get(from))
                    : lines.get(from));
          }
          return joined(result);
        });
  }

  static Task<Integer> tee(Invocation call) {
    Options options = Options.parse(call.arguments(), "a");
    String text = call.input();
    for (String path : options.operands()) {
      String before = options.has("-a") ? call.host().file(path).map(f -> f.text()).orElse("") : "";
      call.host().writeFile(path, before + text);
    }
    call.print(text);
    return Task.of(0);
  }

  static Task<Integer> xargs(Invocation call) {
    Options options = Options.parseFirst(call.arguments(), "rtn:I:0");
    if (options.unknown().isPresent() || options.has("-n", "-I", "-0")) {
      return call.unsupported(options.unknown().orElse("with such an option"));
    }
    String input = call.input().strip();
    if (input.isEmpty() && options.has("-r")) {
      return Task.of(0);
    }
    List<String> words = new ArrayList<>(options.operands());
    if (words.isEmpty()) {
      words.add("echo");
    }
    if (!input.isEmpty()) {
      words.addAll(List.of(input.split("\\s+")));
    }
    return call.call(words, "").map(code -> code == 0 ? 0 : code >= 126 ? code : 123);
  }
}
