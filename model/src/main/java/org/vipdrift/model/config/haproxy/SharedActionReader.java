package org.vipdrift.model.config.haproxy;

import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.SampleExpression;
import org.vipdrift.model.haproxy.settings.SharedAction;
import org.vipdrift.model.haproxy.settings.VariableName;

/** Reads the actions that HTTP and TCP rules share. */
final class SharedActionReader {
  private static final int MOST_COUNTERS = 3;

  private final Reading reading;
  private final ProxyDraft proxy;
  private final String set;
  private final Place place;

  SharedActionReader(Reading reading, ProxyDraft proxy, String set, Place place) {
    this.reading = reading;
    this.proxy = proxy;
    this.set = set;
    this.place = place;
  }

  private static Optional<Taken<SharedAction>> done(SharedAction action, int next) {
    return Optional.of(new Taken<>(action, next));
  }

  private Optional<Taken<SharedAction>> fail(String message, Line line, int index) {
    reading.log.error("bad-action", message, line.span(index));
    return Optional.empty();
  }

  private Optional<Taken<SharedAction>> sample(
      Line line, int index, Function<SampleExpression, SharedAction> action) {
    return new SampleParser(reading, proxy)
        .words(line, index, place)
        .map(p -> new Taken<>(action.apply(p.expression()), p.nextWord()));
  }

  Optional<Taken<SharedAction>> read(Line line, int at, String name) {
    return switch (name) {
      case "reject" -> done(new SharedAction.Reject(), at + 1);
      case "silent-drop" -> done(new SharedAction.SilentDrop(), at + 1);
      case "track-sc" -> track(line, at);
      case "set-var", "set-var-fmt", "unset-var" -> variable(line, at, name);
      case "set-log-level" -> logLevel(line, at);
      case "capture" -> capture(line, at);
      case "set-src" -> sample(line, at + 1, SharedAction.SetSource::new);
      case "set-src-port" -> sample(line, at + 1, SharedAction.SetSourcePort::new);
      case "set-dst" -> sample(line, at + 1, SharedAction.SetDestination::new);
      case "set-dst-port" -> sample(line, at + 1, SharedAction.SetDestinationPort::new);
      case "set-priority-class" -> sample(line, at + 1, SharedAction.SetPriorityClass::new);
      case "set-priority-offset" -> sample(line, at + 1, SharedAction.SetPriorityOffset::new);
      case "set-tos", "set-mark" -> hexadecimal(line, at, name);
      case "set-nice" ->
          line.has(at + 1)
              ? done(new SharedAction.SetNice(Numbers.intPrefix(line.text(at + 1))), at + 2)
              : fail("\"set-nice\" expects a number", line, at);
      case "sc-inc-gpc", "sc-inc-gpc0", "sc-inc-gpc1" -> increment(line, at, name);
      case "sc-set-gpt", "sc-set-gpt0" -> tag(line, at, name);
      case "use-service" -> service(line, at);
      case "do-resolve" -> resolve(line, at);
      case "send-spoe-group" ->
          fail("there is no SPOE engine \"" + line.text(at + 1) + "\"", line, at);
      default -> done(new SharedAction.NotModelled(name, line.texts(at + 1)), at + 1);
    };
  }

  private Optional<Taken<SharedAction>> track(Line line, int at) {
    String number = line.text(at).substring("track-sc".length());
    int counter = Numbers.intPrefix(number);
    if (counter >= MOST_COUNTERS || counter < 0) {
      return fail("there are the counters 0 to 2 only", line, at);
    }
    Optional<SampleParser.Parsed> key = new SampleParser(reading, proxy).words(line, at + 1, place);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    int next = key.get().nextWord();
    Optional<String> table = Optional.empty();
    if (line.is(next, "table")) {
      if (!line.has(next + 1)) {
        return fail("\"table\" expects a name", line, next);
      }
      table = Optional.of(line.text(next + 1));
      next += 2;
    }
    if (proxy.kind != ProxyDraft.Kind.DEFAULTS || table.isPresent()) {
      References.argument(
          reading, proxy, "table", table.orElse(proxy.name), line.span(Math.max(at, next - 1)));
    }
    return done(new SharedAction.TrackCounters(counter, key.get().expression(), table), next);
  }

  private Optional<Taken<SharedAction>> variable(Line line, int at, String name) {
    Optional<String> variable = ActionNames.argument(line.text(at), name);
    if (variable.isEmpty()) {
      return fail("\"" + name + "\" expects a variable in parentheses", line, at);
    }
    String bare = variable.get().split(",", 2)[0];
    Optional<String> problem = SampleArguments.variable(bare);
    if (problem.isPresent()) {
      return fail(problem.get(), line, at);
    }
    VariableName target = SampleArguments.variableName(bare);
    return switch (name) {
      case "unset-var" -> done(new SharedAction.UnsetVariable(target), at + 1);
      case "set-var" -> sample(line, at + 1, value -> new SharedAction.SetVariable(target, value));
      default -> {
        if (!line.has(at + 1)) {
          yield fail("\"set-var-fmt\" expects a format", line, at);
        }
        yield new LogFormatParser(reading, proxy, false)
            .parse(line.text(at + 1), line.span(at + 1), place)
            .map(f -> new Taken<>(new SharedAction.SetVariableFormat(target, f), at + 2));
      }
    };
  }

  private Optional<Taken<SharedAction>> logLevel(Line line, int at) {
    int level = LogReader.LEVELS.indexOf(line.text(at + 1));
    return level < 0 && !line.is(at + 1, "silent")
        ? fail("\"set-log-level\" expects a log level or silent", line, at + 1)
        : done(new SharedAction.SetLogLevel(level), at + 2);
  }

  private Optional<Taken<SharedAction>> capture(Line line, int at) {
    Optional<SampleParser.Parsed> sample =
        new SampleParser(reading, proxy).words(line, at + 1, place);
    if (sample.isEmpty()) {
      return Optional.empty();
    }
    int next = sample.get().nextWord();
    boolean response = set.contains("response");
    if (line.is(next, "len") && !response) {
      int length = Numbers.intPrefix(line.text(next + 1));
      if (length <= 0) {
        return fail("the length must be above 0", line, next + 1);
      }
      if (proxy.kind == ProxyDraft.Kind.BACKEND) {
        return fail("only a frontend can capture with \"len\"", line, at);
      }
      return done(
          new SharedAction.Capture(
              sample.get().expression(), Optional.of(length), Optional.empty()),
          next + 2);
    }
    boolean tcp = set.startsWith("tcp");
    Optional<Integer> slot = Numbers.whole(line.text(next + 1), 0, Integer.MAX_VALUE);
    if (tcp || !line.is(next, "id") || slot.isEmpty()) {
      return fail("\"capture\" expects len LENGTH or id SLOT", line, next);
    }
    SourceSpan span = line.span(next + 1);
    reading.afterwards(() -> slot(slot.get(), response, span));
    return done(
        new SharedAction.Capture(sample.get().expression(), Optional.empty(), slot), next + 2);
  }

  private void slot(int slot, boolean response, SourceSpan span) {
    int count = (response ? proxy.responseCaptures : proxy.requestCaptures).size();
    if (proxy.isFrontend() && slot >= count) {
      reading.log.error(
          "unknown-capture",
          "there is no capture slot " + slot,
          span,
          Optional.of("declare it with \"declare capture\""));
    }
  }

  private Optional<Taken<SharedAction>> hexadecimal(Line line, int at, String name) {
    String text = line.text(at + 1);
    try {
      long value = Long.decode(text);
      return done(
          name.equals("set-tos")
              ? new SharedAction.SetTypeOfService((int) value)
              : new SharedAction.SetMark(value),
          at + 2);
    } catch (NumberFormatException e) {
      return fail("\"" + name + "\" expects a number, decimal or hexadecimal", line, at + 1);
    }
  }

  private static Optional<int[]> pair(String word, String name, boolean both) {
    Optional<String> argument = ActionNames.argument(word, name);
    if (argument.isEmpty()) {
      return word.equals(name) && !both ? Optional.of(new int[] {0, 0}) : Optional.empty();
    }
    String[] parts = argument.get().split(",", -1);
    if (parts.length != (both ? 2 : 1)) {
      return Optional.empty();
    }
    int[] numbers = new int[2];
    for (int i = 0; i < parts.length; i++) {
      Optional<Integer> number = Numbers.whole(parts[i], 0, 99);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      numbers[both ? i : 1] = number.get();
    }
    return numbers[1] >= MOST_COUNTERS ? Optional.empty() : Optional.of(numbers);
  }

  private Optional<Taken<SharedAction>> increment(Line line, int at, String name) {
    boolean both = name.equals("sc-inc-gpc");
    Optional<int[]> numbers = pair(line.text(at), name, both);
    if (numbers.isEmpty()) {
      return fail("\"" + name + "\" expects the number of a counter, at most 2", line, at);
    }
    int index = name.equals("sc-inc-gpc1") ? 1 : numbers.get()[0];
    return done(new SharedAction.IncrementCounter(index, numbers.get()[1]), at + 1);
  }

  private Optional<Taken<SharedAction>> tag(Line line, int at, String name) {
    Optional<int[]> numbers = pair(line.text(at), name, name.equals("sc-set-gpt"));
    if (numbers.isEmpty() || !line.has(at + 1)) {
      return fail("\"" + name + "\" expects the number of a counter, and a value", line, at);
    }
    int index = numbers.get()[0];
    int counter = numbers.get()[1];
    Optional<Long> value = Numbers.whole(line.text(at + 1));
    return value.isPresent()
        ? done(new SharedAction.SetTag(index, counter, value, Optional.empty()), at + 2)
        : sample(
            line,
            at + 1,
            e -> new SharedAction.SetTag(index, counter, Optional.empty(), Optional.of(e)));
  }

  private Optional<Taken<SharedAction>> service(Line line, int at) {
    String name = line.text(at + 1);
    if (!name.equals("prometheus-exporter")) {
      return fail(
          name.isEmpty() ? "\"use-service\" expects a service" : "unknown service \"" + name + "\"",
          line,
          at + 1);
    }
    return set.startsWith("tcp")
        ? fail("\"" + name + "\" serves HTTP only", line, at + 1)
        : done(new SharedAction.UseService(name), at + 2);
  }

  private Optional<Taken<SharedAction>> resolve(Line line, int at) {
    String[] parts = ActionNames.argument(line.text(at), "do-resolve").orElse("").split(",");
    if (parts.length < 2
        || SampleArguments.variable(parts[0]).isPresent()
        || parts.length > 2 && !parts[2].equals("ipv4") && !parts[2].equals("ipv6")) {
      return fail(
          "\"do-resolve\" expects a variable, resolvers, and perhaps ipv4 or ipv6", line, at);
    }
    SourceSpan span = line.span(at);
    reading.afterwards(
        () -> {
          if (!reading.sections.has("resolvers", parts[1])) {
            reading.log.error(
                "unknown-section", "there is no resolvers section \"" + parts[1] + "\"", span);
          }
        });
    return sample(
        line,
        at + 1,
        e ->
            new SharedAction.Resolve(
                SampleArguments.variableName(parts[0]),
                parts[1],
                parts.length > 2 && parts[2].equals("ipv4"),
                e));
  }
}
