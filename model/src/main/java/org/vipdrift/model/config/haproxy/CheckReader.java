package org.vipdrift.model.config.haproxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.HeaderField;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.VariableName;

/** Reads {@code http-check}, {@code tcp-check} and {@code external-check}. */
final class CheckReader {
  private final Reading reading;
  private final ProxyDraft proxy;

  CheckReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  private void fail(String message, Line line, int index) {
    reading.log.error("bad-check", message, line.span(index));
  }

  void read(Line line) {
    if (line.is(0, "external-check")) {
      external(line);
      return;
    }
    boolean http = line.is(0, "http-check");
    String action = line.text(1).replaceFirst("\\(.*", "");
    if (!action.equals("disable-on-404") && !action.equals("send-state")) {
      proxy.check.startOwn(http);
    }
    List<CheckStep> steps = http ? proxy.check.httpSteps : proxy.check.tcpSteps;
    String word = line.text(1);
    String name = word.replaceFirst("\\(.*", "");
    boolean rule = true;
    if (misplaced(name, steps, http)) {
      reading.log.error(
          "misplaced-check-step",
          name.equals("connect")
              ? "where there are connect steps, the first step must be one"
              : "connect, send and expect must follow each other in this order",
          line.span());
      return;
    }
    switch (name) {
      case "comment" -> {
        if (!line.has(2)) {
          fail("\"comment\" expects a text", line, 1);
        } else {
          steps.add(new CheckStep.Comment(line.text(2)));
        }
      }
      case "connect" -> new CheckConnectReader(reading, proxy).read(line).ifPresent(steps::add);
      case "expect" -> new CheckExpectReader(reading, proxy, http).read(line).ifPresent(steps::add);
      case "send" -> (http ? sendHttp(line) : send(line)).ifPresent(steps::add);
      case "send-lf", "send-binary", "send-binary-lf" -> {
        if (http) {
          unknown(line);
        } else {
          sendOther(line, name).ifPresent(steps::add);
        }
      }
      case "disable-on-404", "send-state" -> {
        rule = false;
        if (!http) {
          unknown(line);
        } else if (reading.atMost(line.from(1), 0)) {
          proxy.check.disableOn404 |= name.equals("disable-on-404");
          proxy.check.sendState |= name.equals("send-state");
        }
      }
      case "set-var", "set-var-fmt", "unset-var" -> variable(line, name).ifPresent(steps::add);
      default -> unknown(line);
    }
    if (rule) {
      reading.afterwards(() -> used(http, line.span()));
    }
  }

  /** Whether a step cannot follow those before it. */
  private static boolean misplaced(String name, List<CheckStep> steps, boolean http) {
    List<CheckStep> acting =
        steps.stream()
            .filter(
                s ->
                    s instanceof CheckStep.Connect
                        || s instanceof CheckStep.Send
                        || s instanceof CheckStep.SendFormat
                        || s instanceof CheckStep.SendHttp
                        || s instanceof CheckStep.Expect)
            .toList();
    if (acting.isEmpty()) {
      return false;
    }
    if (name.equals("connect") && !(acting.getFirst() instanceof CheckStep.Connect)) {
      return true;
    }
    CheckStep last = acting.getLast();
    return http
        && switch (name) {
          case "connect" -> !(last instanceof CheckStep.Expect);
          case "send" -> !(last instanceof CheckStep.Connect);
          case "expect" -> last instanceof CheckStep.Connect;
          default -> false;
        };
  }

  private void used(boolean http, SourceSpan span) {
    CheckDraft.Kind wanted = http ? CheckDraft.Kind.HTTP : CheckDraft.Kind.TCP;
    boolean plain =
        proxy.check.kind == CheckDraft.Kind.NONE
            || proxy.check.kind == CheckDraft.Kind.HTTP
            || proxy.check.kind == CheckDraft.Kind.TCP;
    if (proxy.isBackend() && plain && proxy.check.kind != wanted) {
      reading.log.warning(
          "unused-check-rules",
          (http ? "http-check" : "tcp-check")
              + " rules are ignored without \"option "
              + (http ? "httpchk" : "tcp-check")
              + "\"",
          span);
    }
  }

  private void unknown(Line line) {
    List<String> words =
        line.is(0, "http-check")
            ? List.of(
                "comment",
                "connect",
                "disable-on-404",
                "expect",
                "send",
                "send-state",
                "set-var",
                "set-var-fmt",
                "unset-var")
            : List.of(
                "comment",
                "connect",
                "expect",
                "send",
                "send-lf",
                "send-binary",
                "send-binary-lf",
                "set-var",
                "set-var-fmt",
                "unset-var");
    reading.log.error(
        "unknown-keyword",
        "\"" + line.text(0) + "\" does not know \"" + line.text(1) + "\"",
        line.span(1),
        Suggestions.didYouMean(line.text(1), words));
  }

  private void external(Line line) {
    if (!line.is(1, "command") && !line.is(1, "path")) {
      reading.log.error("unknown-keyword", "external-check knows command and path", line.span(1));
    } else if (!line.has(2)) {
      reading.missing(line, 2, "an argument after \"" + line.text(1) + "\"");
    } else if (reading.atMost(line, 2)) {
      reading.afterwards(
          () -> {
            if (proxy.isBackend() && proxy.check.kind != CheckDraft.Kind.EXTERNAL) {
              reading.log.warning(
                  "unused-check-rules",
                  "\"external-check\" is ignored without \"option external-check\"",
                  line.span());
            }
          });
      if (line.is(1, "command")) {
        proxy.check.externalCommand = Optional.of(line.text(2));
      } else {
        proxy.check.externalPath = Optional.of(line.text(2));
      }
    }
  }

  /** Whether nothing but a comment follows; reported otherwise. */
  private boolean commentOnly(Line line, int index) {
    if (!line.has(index)) {
      return true;
    }
    if (line.is(index, "comment") && line.has(index + 1) && !line.has(index + 2)) {
      return true;
    }
    fail("only \"comment\" and a text may follow", line, index);
    return false;
  }

  private Optional<CheckStep> send(Line line) {
    if (!line.has(2)) {
      fail("\"send\" expects a text", line, 1);
      return Optional.empty();
    }
    return commentOnly(line, 3)
        ? Optional.of(
            new CheckStep.Send(Octets.adopt(line.text(2).getBytes(StandardCharsets.ISO_8859_1))))
        : Optional.empty();
  }

  private Optional<CheckStep> sendOther(Line line, String name) {
    if (!line.has(2)) {
      fail("\"" + name + "\" expects an argument", line, 1);
      return Optional.empty();
    }
    if (!commentOnly(line, 3)) {
      return Optional.empty();
    }
    if (name.equals("send-binary")) {
      String digits = line.text(2);
      if (digits.length() % 2 != 0 || !digits.matches("[0-9a-fA-F]*")) {
        fail("an even number of hexadecimal digits is expected", line, 2);
        return Optional.empty();
      }
      return Optional.of(new CheckStep.Send(Octets.ofHex(digits)));
    }
    return new LogFormatParser(reading, proxy, false)
        .parse(line.text(2), line.span(2), Place.CHECK)
        .map(f -> new CheckStep.SendFormat(f, name.equals("send-binary-lf")));
  }

  private Optional<CheckStep> sendHttp(Line line) {
    CheckStep.SendHttp base =
        proxy.check.request.orElseGet(
            () ->
                new CheckStep.SendHttp(
                    "OPTIONS", LogFormat.text("/"), "HTTP/1.0", List.of(), Optional.empty()));
    String method = base.method();
    LogFormat uri = base.uri();
    String version = base.version();
    List<HeaderField> headers = new ArrayList<>(base.headers());
    Optional<LogFormat> body = Optional.empty();
    LogFormatParser formats = new LogFormatParser(reading, proxy, false);
    for (int i = 2; line.has(i); i += 2) {
      if (!line.has(i + 1)) {
        fail("\"" + line.text(i) + "\" expects an argument", line, i);
        return Optional.empty();
      }
      String value = line.text(i + 1);
      switch (line.text(i)) {
        case "meth" -> method = value;
        case "uri" -> uri = LogFormat.text(value);
        case "ver" -> version = value;
        case "body" -> body = Optional.of(LogFormat.text(value));
        case "comment" -> {
          // For people.
        }
        case "uri-lf", "body-lf" -> {
          Optional<LogFormat> format = formats.parse(value, line.span(i + 1), Place.CHECK);
          if (format.isEmpty()) {
            return Optional.empty();
          }
          uri = line.is(i, "uri-lf") ? format.get() : uri;
          body = line.is(i, "body-lf") ? format : body;
        }
        case "hdr" -> {
          if (!line.has(i + 2)) {
            fail("\"hdr\" expects a name and a value", line, i);
            return Optional.empty();
          }
          Optional<LogFormat> format =
              formats.parse(line.text(i + 2), line.span(i + 2), Place.CHECK);
          if (format.isEmpty()) {
            return Optional.empty();
          }
          headers.add(new HeaderField(value, format.get()));
          i++;
        }
        default -> {
          reading.log.error(
              "unknown-keyword",
              "\"http-check send\" does not know \"" + line.text(i) + "\"",
              line.span(i),
              Suggestions.didYouMean(
                  line.text(i),
                  List.of("meth", "uri", "uri-lf", "ver", "hdr", "body", "body-lf", "comment")));
          return Optional.empty();
        }
      }
    }
    return Optional.of(new CheckStep.SendHttp(method, uri, version, headers, body));
  }

  private Optional<CheckStep> variable(Line line, String name) {
    String variable = ActionNames.argument(line.text(1), name).orElse("");
    Optional<String> problem = SampleArguments.variable(variable);
    if (problem.isPresent()) {
      fail(problem.get(), line, 1);
      return Optional.empty();
    }
    VariableName target = SampleArguments.variableName(variable);
    return switch (name) {
      case "unset-var" -> Optional.of(new CheckStep.UnsetVariable(target));
      case "set-var" ->
          new SampleParser(reading, proxy)
              .words(line, 2, Place.CHECK)
              .map(p -> new CheckStep.SetVariable(target, p.expression()));
      default ->
          new LogFormatParser(reading, proxy, false)
              .parse(line.text(2), line.span(2), Place.CHECK)
              .map(f -> new CheckStep.SetVariableFormat(target, f));
    };
  }
}
