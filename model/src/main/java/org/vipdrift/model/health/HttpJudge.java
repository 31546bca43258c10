package org.vipdrift.model.health;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vipdrift.model.haproxy.settings.CheckExpectation;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.MatchMethod;

/** Judges the answer to an HTTP check. */
final class HttpJudge {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: (.*))?");

  private HttpJudge() {}

  /** An answer as far as it came. */
  private record Answer(int code, String reason, List<String> headers, String body) {}

  /** Without {@code http-check expect}: 2xx and 3xx pass. */
  static ProbeStep.Opinion judge(String data, boolean ended, boolean disableOn404) {
    int head = data.indexOf("\r\n\r\n");
    if (head < 0 && !ended && isPlausible(data)) {
      return new ProbeStep.More();
    }
    Optional<Answer> answer = read(data, head);
    if (answer.isEmpty()) {
      return new ProbeStep.Bad(CheckStatus.L7RSP, 0, "");
    }
    int code = answer.get().code();
    if (code / 100 == 2 || code / 100 == 3) {
      return new ProbeStep.Good(CheckStatus.L7OK, code, "");
    }
    return code == 404 && disableOn404
        ? new ProbeStep.Good(CheckStatus.L7OKC, code, "")
        : new ProbeStep.Bad(CheckStatus.L7STS, code, answer.get().reason());
  }

  static ProbeStep.Opinion judge(
      String data, boolean ended, CheckStep.Expect expect, boolean disableOn404) {
    int head = data.indexOf("\r\n\r\n");
    if (head < 0 && !ended && isPlausible(data)) {
      return new ProbeStep.More();
    }
    Optional<Answer> answer = read(data, head);
    if (answer.isEmpty()) {
      return new ProbeStep.Bad(CheckStatus.L7RSP, 0, "");
    }
    Answer found = answer.get();
    return switch (expect.expectation()) {
      case CheckExpectation.Status status ->
          byStatus(
              found,
              status.ranges().stream().anyMatch(r -> r.contains(found.code())) != expect.negated(),
              expect,
              disableOn404);
      case CheckExpectation.StatusExpression(String regex) ->
          byStatus(
              found,
              Pattern.compile(regex).matcher(Integer.toString(found.code())).find()
                  != expect.negated(),
              expect,
              disableOn404);
      case CheckExpectation.Header header ->
          byStatus(found, hasHeader(found, header) != expect.negated(), expect, disableOn404);
      case CheckExpectation.Text _,
          CheckExpectation.TextFormat _,
          CheckExpectation.Expression _,
          CheckExpectation.Binary _,
          CheckExpectation.BinaryFormat _,
          CheckExpectation.BinaryExpression _ ->
          content(found, ended || isComplete(found), expect);
    };
  }

  private static ProbeStep.Opinion content(
      Answer answer, boolean complete, CheckStep.Expect expect) {
    boolean matches = ContentMatch.matches(answer.body(), expect.expectation());
    if (!matches && !complete) {
      return new ProbeStep.More();
    }
    CheckStatus bad = ProbeSteps.status(expect.errorStatus(), CheckStatus.L7RSP);
    if (answer.body().isEmpty()) {
      return new ProbeStep.Bad(
          bad, answer.code(), "HTTP content check could not find a response body");
    }
    return matches != expect.negated()
        ? good(answer, expect)
        : new ProbeStep.Bad(
            bad,
            answer.code(),
            expect
                .onError()
                .map(ProbeSteps::text)
                .orElse(
                    matches
                        ? "HTTP check matched unwanted content"
                        : "HTTP content check did not match"));
  }

  private static ProbeStep.Opinion good(Answer answer, CheckStep.Expect expect) {
    return new ProbeStep.Good(
        ProbeSteps.status(expect.okStatus(), CheckStatus.L7OK),
        answer.code(),
        expect.onSuccess().map(ProbeSteps::text).orElse(""));
  }

  private static ProbeStep.Opinion byStatus(
      Answer answer, boolean good, CheckStep.Expect expect, boolean disableOn404) {
    if (good) {
      return good(answer, expect);
    }
    return answer.code() == 404 && disableOn404
        ? new ProbeStep.Good(CheckStatus.L7OKC, 404, "")
        : new ProbeStep.Bad(
            ProbeSteps.status(expect.errorStatus(), CheckStatus.L7STS),
            answer.code(),
            expect.onError().map(ProbeSteps::text).orElse(answer.reason()));
  }

  private static boolean isPlausible(String data) {
    String start = "HTTP/1.";
    return data.startsWith(start) || start.startsWith(data);
  }

  private static Optional<Answer> read(String data, int head) {
    String text = head < 0 ? data : data.substring(0, head);
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var match = STATUS_LINE.matcher(lines.getFirst());
    if (!match.matches()) {
      return Optional.empty();
    }
    String reason = match.group(2) == null ? "" : match.group(2);
    return Optional.of(
        new Answer(
            Integer.parseInt(match.group(1)),
            reason,
            lines.subList(1, lines.size()),
            head < 0 ? "" : data.substring(head + 4)));
  }

  private static boolean isComplete(Answer answer) {
    for (String line : answer.headers()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        String length = line.substring(15).strip();
        return length.matches("\\d{1,9}") && answer.body().length() >= Integer.parseInt(length);
      }
    }
    return false;
  }

  private static boolean hasHeader(Answer answer, CheckExpectation.Header wanted) {
    for (String line : answer.headers()) {
      int colon = line.indexOf(':');
      if (colon > 0
          && matches(
              wanted.nameMatch(),
              line.substring(0, colon).toLowerCase(Locale.ROOT),
              ProbeSteps.text(wanted.name()).toLowerCase(Locale.ROOT))) {
        String value = line.substring(colon + 1).strip();
        if (wanted.value().isEmpty() || hasValue(value, wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasValue(String value, CheckExpectation.Header wanted) {
    String pattern = wanted.value().map(HttpJudge::literal).orElse("");
    if (wanted.full()) {
      return matches(wanted.valueMatch(), value, pattern);
    }
    for (String part : value.split(",")) {
      if (matches(wanted.valueMatch(), part.strip(), pattern)) {
        return true;
      }
    }
    return false;
  }

  private static String literal(LogFormat format) {
    return ProbeSteps.text(format);
  }

  private static boolean matches(MatchMethod method, String text, String pattern) {
    return switch (method) {
      case BEGINNING -> text.startsWith(pattern);
      case END -> text.endsWith(pattern);
      case SUBSTRING -> text.contains(pattern);
      case EXPRESSION -> Pattern.compile(pattern).matcher(text).find();
      case FOUND -> true;
      case STRING, BOOLEAN, INTEGER, IP, BINARY, LENGTH, SUBDIRECTORY, DOMAIN ->
          text.equals(pattern);
    };
  }
}
