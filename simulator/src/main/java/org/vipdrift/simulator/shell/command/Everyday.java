package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.ShellStep;
import org.vipdrift.simulator.shell.Task;

/** Time, messages, users, and programs that run other programs. */
final class Everyday {
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private Everyday() {}

  static Task<Integer> sleep(Invocation call) {
    Duration total = Duration.ZERO;
    for (String argument : call.arguments()) {
      Optional<Duration> duration = Options.duration(argument);
      if (duration.isEmpty() && !argument.equals("infinity")) {
        call.complain("invalid time interval '" + argument + "'");
        return Task.of(1);
      }
      total = total.plus(duration.orElse(Duration.ofDays(365)));
    }
    if (call.arguments().isEmpty()) {
      call.complain("missing operand");
      return Task.of(1);
    }
    return Task.await(new ShellStep.Sleeping(total)).map(_ -> 0);
  }

  /** {@code timeout}: 124 if the time is over first, 137 with KILL. */
  static Task<Integer> timeout(Invocation call) {
    Options options =
        Options.parseFirst(
            call.arguments(),
            "s:k:v",
            "--signal=",
            "--kill-after=",
            "--foreground",
            "--preserve-status");
    List<String> operands = options.operands();
    Optional<Duration> limit =
        operands.size() < 2 ? Optional.empty() : Options.duration(operands.getFirst());
    if (options.unknown().isPresent() || limit.isEmpty() || options.has("--preserve-status")) {
      call.complain("invalid arguments");
      return Task.of(125);
    }
    Task<Integer> body = call.call(operands.subList(1, operands.size()));
    if (limit.get().isZero()) {
      return body;
    }
    boolean kills =
        options.value("-s", "--signal").filter(s -> s.matches("9|(SIG)?KILL")).isPresent();
    return new Task.Limited<>(
        body, call.host().nowNanos() + limit.get().toNanos(), () -> Task.of(kills ? 137 : 124));
  }

  static Task<Integer> date(Invocation call) {
    ZonedDateTime now = call.host().wallClock();
    String format = "%a %b %e %H:%M:%S %Z %Y";
    for (String argument : call.arguments()) {
      if (argument.startsWith("+")) {
        format = argument.substring(1);
      } else if (!argument.equals("-u")) {
        return call.unsupported(argument);
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 >= format.length()) {
        text.append(c);
        continue;
      }
      Optional<String> field = field(now, format.charAt(++i));
      if (field.isEmpty()) {
        return call.unsupported("%" + format.charAt(i));
      }
      text.append(field.get());
    }
    call.printLine(text.toString());
    return Task.of(0);
  }

  private static Optional<String> field(ZonedDateTime now, char letter) {
    return Optional.ofNullable(
        switch (letter) {
          case 'Y' -> Integer.toString(now.getYear());
          case 'y' -> two(now.getYear() % 100);
          case 'm' -> two(now.getMonthValue());
          case 'd' -> two(now.getDayOfMonth());
          case 'e' -> String.format(Locale.ROOT, "%2d", now.getDayOfMonth());
          case 'H' -> two(now.getHour());
          case 'M' -> two(now.getMinute());
          case 'S' -> two(now.getSecond());
          case 'F' ->
              now.getYear() + "-" + two(now.getMonthValue()) + "-" + two(now.getDayOfMonth());
          case 'T' -> two(now.getHour()) + ":" + two(now.getMinute()) + ":" + two(now.getSecond());
          case 'R' -> two(now.getHour()) + ":" + two(now.getMinute());
          case 'D' ->
              two(now.getMonthValue())
                  + "/"
                  + two(now.getDayOfMonth())
                  + "/"
                  + two(now.getYear() % 100);
          case 's' -> Long.toString(now.toEpochSecond());
          case 'N' -> String.format(Locale.ROOT, "%09d", now.get(ChronoField.NANO_OF_SECOND));
          case 'a' -> DAYS[now.getDayOfWeek().getValue() - 1];
          case 'b', 'h' -> MONTHS[now.getMonthValue() - 1];
          case 'u' -> Integer.toString(now.getDayOfWeek().getValue());
          case 'j' -> String.format(Locale.ROOT, "%03d", now.getDayOfYear());
          case 'Z' -> now.getZone().getId().equals("Z") ? "UTC" : now.getZone().getId();
          case 'z' -> now.getOffset().getId().replace(":", "").replace("Z", "+0000");
          case 'n' -> "\n";
          case '%' -> "%";
          default -> null;
        });
  }

  private static String two(int number) {
    return String.format(Locale.ROOT, "%02d", number);
  }

  static Task<Integer> logger(Invocation call) {
    Options options = Options.parse(call.arguments(), "t:p:isf:", "--tag=", "--priority=");
    if (options.unknown().isPresent() || options.has("-f")) {
      return call.unsupported(options.unknown().orElse("-f"));
    }
    String tag = options.value("-t", "--tag").orElse("root");
    String text =
        options.operands().isEmpty() ? call.input() : String.join(" ", options.operands());
    text.lines().forEach(line -> call.host().log(tag, line));
    return Task.of(0);
  }

  static Task<Integer> mail(Invocation call) {
    Options options = Options.parse(call.arguments(), "s:a:c:b:r:S:A:nvt");
    if (options.unknown().isPresent()) {
      return call.unsupported(options.unknown().get());
    }
    List<String> recipients = new ArrayList<>(options.operands());
    recipients.addAll(options.values("-c"));
    call.host().mail(recipients, options.value("-s").orElse(""), call.input());
    return Task.of(0);
  }

  /** {@code sendmail}: the subject and, with -t, the recipients are in the message. */
  static Task<Integer> sendmail(Invocation call) {
    Options options = Options.parse(call.arguments(), "tif:F:o:");
    String message = call.input();
    int blank = message.indexOf("\n\n");
    String headers = blank < 0 ? message : message.substring(0, blank);
    List<String> recipients = new ArrayList<>(options.operands());
    String subject = "";
    for (String header : headers.lines().toList()) {
      if (header.regionMatches(true, 0, "Subject:", 0, 8)) {
        subject = header.substring(8).strip();
      } else if (options.has("-t") && header.regionMatches(true, 0, "To:", 0, 3)) {
        recipients.addAll(List.of(header.substring(3).strip().split("\\s*,\\s*")));
      }
    }
    call.host().mail(recipients, subject, blank < 0 ? "" : message.substring(blank + 2));
    return Task.of(0);
  }

  static Task<Integer> id(Invocation call) {
    return switch (String.join(" ", call.arguments())) {
      case "-u", "-g" -> say(call, "0");
      case "-un", "-u -n" -> say(call, "root");
      case "" -> say(call, "uid=0(root) gid=0(root) groups=0(root)");
      default -> call.unsupported(String.join(" ", call.arguments()));
    };
  }

  static Task<Integer> say(Invocation call, String text) {
    call.printLine(text);
    return Task.of(0);
  }

  static Task<Integer> uptime(Invocation call) {
    Duration up = call.host().uptime();
    ZonedDateTime now = call.host().wallClock();
    return say(
        call,
        String.format(
            Locale.ROOT,
            " %02d:%02d:%02d up %d:%02d,  0 users,  load average: 0.00, 0.00, 0.00",
            now.getHour(),
            now.getMinute(),
            now.getSecond(),
            up.toHours(),
            up.toMinutesPart()));
  }

  /** {@code nohup}, {@code sudo}, {@code nice}, {@code setsid}: the rest is the command. */
  static Task<Integer> prefix(Invocation call) {
    Options options =
        Options.parseFirst(call.arguments(), call.name().equals("nice") ? "n:" : "nEH");
    if (options.unknown().isPresent() || options.operands().isEmpty()) {
      return call.unsupported(options.unknown().orElse("without a command"));
    }
    return call.call(options.operands());
  }

  static Task<Integer> expr(Invocation call) {
    List<String> words = call.arguments();
    if (words.size() != 3) {
      return words.size() == 1
          ? say(call, words.getFirst())
              .map(_ -> words.getFirst().isEmpty() || words.getFirst().equals("0") ? 1 : 0)
          : call.unsupported(String.join(" ", words));
    }
    String left = words.getFirst();
    String right = words.get(2);
    boolean numbers = left.matches("-?[0-9]{1,17}") && right.matches("-?[0-9]{1,17}");
    if (!numbers) {
      if (words.get(1).matches("[-+*/%]")) {
        call.complain("non-integer argument");
        return Task.of(2);
      }
      return compared(call, words.get(1), left.compareTo(right));
    }
    long a = Long.parseLong(left);
    long b = Long.parseLong(right);
    if (words.get(1).matches("[/%]") && b == 0) {
      call.complain("division by zero");
      return Task.of(2);
    }
    Optional<Long> value =
        switch (words.get(1)) {
          case "+" -> Optional.of(a + b);
          case "-" -> Optional.of(a - b);
          case "*" -> Optional.of(a * b);
          case "/" -> Optional.of(a / b);
          case "%" -> Optional.of(a % b);
          default -> Optional.empty();
        };
    return value.isPresent()
        ? say(call, value.get().toString()).map(_ -> value.get() == 0 ? 1 : 0)
        : compared(call, words.get(1), Long.compare(a, b));
  }

  private static Task<Integer> compared(Invocation call, String operator, int order) {
    if (!operator.matches("=|==|!=|<|<=|>|>=")) {
      return call.unsupported(operator);
    }
    boolean holds =
        switch (operator) {
          case "!=" -> order != 0;
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          case ">=" -> order >= 0;
          default -> order == 0;
        };
    return say(call, holds ? "1" : "0").map(_ -> holds ? 0 : 1);
  }

  static Task<Integer> sequence(Invocation call) {
    List<String> words = call.arguments();
    if (words.isEmpty()
        || words.size() > 3
        || !words.stream().allMatch(w -> w.matches("-?[0-9]{1,9}"))) {
      return call.unsupported(String.join(" ", words));
    }
    long first = words.size() == 1 ? 1 : Long.parseLong(words.getFirst());
    long step = words.size() == 3 ? Long.parseLong(words.get(1)) : 1;
    long last = Long.parseLong(words.getLast());
    if (step == 0) {
      call.complain("invalid Zero increment value");
      return Task.of(1);
    }
    for (long value = first; step > 0 ? value <= last : value >= last; value += step) {
      call.printLine(Long.toString(value));
    }
    return Task.of(0);
  }

  static Task<Integer> baseName(Invocation call) {
    if (call.arguments().isEmpty()) {
      call.complain("missing operand");
      return Task.of(1);
    }
    String path = call.arguments().getFirst().replaceAll("(.)/+$", "$1");
    String name = path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
    String suffix = call.arguments().size() > 1 ? call.arguments().get(1) : "";
    return say(
        call,
        !suffix.isEmpty() && name.endsWith(suffix) && !name.equals(suffix)
            ? name.substring(0, name.length() - suffix.length())
            : name);
  }

  static Task<Integer> directoryName(Invocation call) {
    if (call.arguments().isEmpty()) {
      call.complain("missing operand");
      return Task.of(1);
    }
    String path = call.arguments().getFirst().replaceAll("(.)/+$", "$1");
    int slash = path.lastIndexOf('/');
    return say(call, slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash));
  }

  /** {@code which}: 1 if one of the names is no program. */
  static Task<Integer> which(Invocation call) {
    int code = 0;
    for (String name : call.arguments()) {
      if (StandardCommands.ALL.find(name).isPresent()) {
        call.printLine("/usr/bin/" + name);
      } else {
        code = 1;
      }
    }
    return Task.of(code);
  }
}
