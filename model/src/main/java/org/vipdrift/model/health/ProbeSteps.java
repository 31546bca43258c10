package org.vipdrift.model.health;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.CheckExpectation;
import org.vipdrift.model.haproxy.settings.CheckMethod;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.HeaderField;
import org.vipdrift.model.haproxy.settings.LogFormat;

/** The steps of every kind of check; bytes and words as HAProxy 2.6.12 was seen to use. */
final class ProbeSteps {
  private static final String SSL_CIPHERS =
      "000100020003000400050006000700080009000a000b000c000d000e000f0010001100120013001400150016"
          + "001700180019001a001b002f0030003100320033003400350036003700380039003a";
  private static final Octets SSL_HELLO =
      Octets.ofHex(
          "16030000790100007503006b03449e484150524f585953534c43484b0a484150524f58"
              + "5953534c43484b0a00004e"
              + SSL_CIPHERS
              + "0100");

  private ProbeSteps() {}

  static List<ProbeStep> of(CheckMethod method) {
    return switch (method) {
      case CheckMethod.TcpConnect _, CheckMethod.Spop _, CheckMethod.External _ -> List.of();
      case CheckMethod.Http http -> http(http);
      case CheckMethod.Tcp(List<CheckStep> steps) -> tcp(steps);
      case CheckMethod.SslHello _ ->
          List.of(new ProbeStep.Send(SSL_HELLO), expect(ProbeSteps::sslHello));
      case CheckMethod.Smtp(String greeting, String domain) ->
          List.of(
              expect(ProbeSteps::smtp),
              send(greeting + " " + domain + "\r\n"),
              expect(ProbeSteps::smtp),
              send("QUIT\r\n"));
      case CheckMethod.Redis _ -> List.of(send("*1\r\n$4\r\nPING\r\n"), expect(ProbeSteps::redis));
      case CheckMethod.Mysql(Optional<String> user, boolean old) ->
          user.isEmpty()
              ? List.of(expect(ProbeSteps::mysql))
              : List.of(
                  expect(ProbeSteps::mysql),
                  send(login(user.get(), old)),
                  expect(ProbeSteps::mysql));
      case CheckMethod.Ldap _ ->
          List.of(
              new ProbeStep.Send(Octets.ofHex("300c020101600702010304008000")),
              expect(ProbeSteps::ldap));
      case CheckMethod.Postgresql(String user) ->
          List.of(
              send("\0\0\0" + (char) (15 + user.length()) + "\0\3\0\0user\0" + user + "\0\0"),
              expect(ProbeSteps::postgresql));
    };
  }

  /** Whether failures say at which step they came. */
  static boolean named(CheckMethod method) {
    return method instanceof CheckMethod.Tcp;
  }

  private static ProbeStep send(String text) {
    return new ProbeStep.Send(Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static ProbeStep expect(ProbeStep.Judge judge) {
    return new ProbeStep.Expect(judge, "", false, CheckStatus.L7TOUT, Optional.empty());
  }

  private static List<ProbeStep> http(CheckMethod.Http http) {
    List<ProbeStep> steps = new ArrayList<>();
    boolean expected = false;
    for (CheckStep step : http.steps()) {
      if (step instanceof CheckStep.Expect expect) {
        expected = true;
        steps.add(
            new ProbeStep.Expect(
                (data, ended) -> HttpJudge.judge(data, ended, expect, http.disableOn404()),
                "",
                true,
                timeoutStatus(expect),
                expect.comment()));
      } else {
        add(steps, step);
      }
    }
    if (!expected) {
      steps.add(expect((data, ended) -> HttpJudge.judge(data, ended, http.disableOn404())));
    }
    return steps;
  }

  private static List<ProbeStep> tcp(List<CheckStep> configured) {
    List<ProbeStep> steps = new ArrayList<>();
    configured.forEach(step -> add(steps, step));
    return steps;
  }

  private static void add(List<ProbeStep> steps, CheckStep step) {
    switch (step) {
      case CheckStep.Connect connect -> steps.add(new ProbeStep.Connect(connect));
      case CheckStep.Send(Octets data) -> steps.add(new ProbeStep.Send(data));
      case CheckStep.SendFormat(LogFormat format, boolean hexadecimal) -> {
        String text = text(format);
        steps.add(hexadecimal ? new ProbeStep.Send(Octets.ofHex(text)) : send(text));
      }
      case CheckStep.SendHttp request -> steps.add(send(request(request)));
      case CheckStep.Expect expect ->
          steps.add(
              new ProbeStep.Expect(
                  (data, ended) -> content(data, ended, expect),
                  description(expect),
                  false,
                  timeoutStatus(expect),
                  expect.comment()));
      case CheckStep.Comment(String text) -> steps.add(new ProbeStep.Note(Optional.of(text)));
      case CheckStep.SetVariable _, CheckStep.SetVariableFormat _, CheckStep.UnsetVariable _ ->
          steps.add(new ProbeStep.Note(Optional.empty()));
    }
  }

  private static CheckStatus timeoutStatus(CheckStep.Expect expect) {
    return status(expect.timeoutStatus(), CheckStatus.L7TOUT);
  }

  /** The status that a step names, or the usual one. */
  static CheckStatus status(Optional<String> named, CheckStatus usual) {
    return named.map(CheckStatus::of).orElse(usual);
  }

  private static String request(CheckStep.SendHttp request) {
    StringBuilder text = new StringBuilder();
    text.append(request.method())
        .append(' ')
        .append(text(request.uri()))
        .append(' ')
        .append(request.version())
        .append("\r\n");
    for (HeaderField field : request.headers()) {
      text.append(field.name().toLowerCase(Locale.ROOT))
          .append(": ")
          .append(text(field.value()))
          .append("\r\n");
    }
    String body = request.body().map(ProbeSteps::text).orElse("");
    if (!body.isEmpty()) {
      text.append("content-length: ").append(body.length()).append("\r\n");
    }
    if (request.version().equals("HTTP/1.1")) {
      text.append("connection: close\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  /** Checks have no session that samples could be taken of; the literal text is what is left. */
  static String text(LogFormat format) {
    StringBuilder text = new StringBuilder();
    for (LogFormat.Item item : format.items()) {
      if (item instanceof LogFormat.Text(String literal)) {
        text.append(literal);
      }
    }
    return text.toString();
  }

  private static ProbeStep.Opinion content(String data, boolean ended, CheckStep.Expect expect) {
    if (data.length() < expect.minimumReceived() && !ended) {
      return new ProbeStep.More();
    }
    boolean found = ContentMatch.matches(data, expect.expectation());
    if (found != expect.negated()) {
      return new ProbeStep.Good(
          status(expect.okStatus(), CheckStatus.L7OK),
          0,
          expect.onSuccess().map(ProbeSteps::text).orElse("(tcp-check)"));
    }
    if (!found && !ended && expect.minimumReceived() < 0) {
      return new ProbeStep.More();
    }
    String sort =
        expect.negated() ? "TCPCHK matched unwanted content" : "TCPCHK did not match content";
    return new ProbeStep.Bad(
        status(expect.errorStatus(), CheckStatus.L7RSP),
        0,
        expect
            .onError()
            .map(ProbeSteps::text)
            .orElse(sort + quoted(expect.expectation()) + " at step"));
  }

  private static String quoted(CheckExpectation expectation) {
    return switch (expectation) {
      case CheckExpectation.Text(String text) -> " '" + text + "'";
      case CheckExpectation.Binary _, CheckExpectation.BinaryFormat _ -> " (binary)";
      case CheckExpectation.Expression _ -> " (regex)";
      case CheckExpectation.BinaryExpression _ -> " (binary regex)";
      case CheckExpectation.TextFormat _ -> " (log-format)";
      case CheckExpectation.Status _,
          CheckExpectation.StatusExpression _,
          CheckExpectation.Header _ ->
          "";
    };
  }

  private static String description(CheckStep.Expect expect) {
    return switch (expect.expectation()) {
      case CheckExpectation.Text(String text) -> "expect string '" + text + "'";
      case CheckExpectation.TextFormat _ -> "expect string";
      case CheckExpectation.Expression _ -> "expect regex";
      case CheckExpectation.Binary(Octets data) -> "expect binary '" + upToZero(data) + "'";
      case CheckExpectation.BinaryFormat _ -> "expect binary";
      case CheckExpectation.BinaryExpression _ -> "expect binary regex";
      case CheckExpectation.Status _,
          CheckExpectation.StatusExpression _,
          CheckExpectation.Header _ ->
          "expect";
    };
  }

  /** Octets printed as text end where a zero octet is. */
  private static String upToZero(Octets data) {
    String text = new String(data.toByteArray(), StandardCharsets.ISO_8859_1);
    int zero = text.indexOf(0);
    return zero < 0 ? text : text.substring(0, zero);
  }

  private static ProbeStep.Opinion sslHello(String data, boolean ended) {
    if (data.isEmpty()) {
      return new ProbeStep.Bad(CheckStatus.L6RSP, 0, "");
    }
    char type = data.charAt(0);
    return type == 0x15 || type == 0x16
        ? new ProbeStep.Good(CheckStatus.L6OK, 0, "")
        : new ProbeStep.Bad(CheckStatus.L6RSP, 0, "");
  }

  private static ProbeStep.Opinion smtp(String data, boolean ended) {
    int end = data.indexOf('\n');
    if (end < 0 && !ended) {
      return new ProbeStep.More();
    }
    String line = (end < 0 ? data : data.substring(0, end)).stripTrailing();
    boolean reply = line.length() >= 3 && line.chars().limit(3).allMatch(c -> c >= '0' && c <= '9');
    if (!reply) {
      return new ProbeStep.Bad(CheckStatus.L7RSP, 0, line);
    }
    int code = Integer.parseInt(line.substring(0, 3));
    String rest = line.length() > 4 ? line.substring(4) : "";
    return code / 100 == 2
        ? new ProbeStep.Good(CheckStatus.L7OK, code, rest)
        : new ProbeStep.Bad(CheckStatus.L7STS, code, rest);
  }

  private static ProbeStep.Opinion redis(String data, boolean ended) {
    if (data.startsWith("+PONG\r\n")) {
      return new ProbeStep.Good(CheckStatus.L7OK, 0, "");
    }
    int end = data.indexOf('\n');
    return end < 0 && !ended
        ? new ProbeStep.More()
        : new ProbeStep.Bad(
            CheckStatus.L7STS, 0, (end < 0 ? data : data.substring(0, end)).strip());
  }

  private static ProbeStep.Opinion mysql(String data, boolean ended) {
    int length =
        data.length() < 4 ? 0 : data.charAt(0) | data.charAt(1) << 8 | data.charAt(2) << 16;
    if (data.length() < 5 || data.length() < length + 4) {
      return ended ? new ProbeStep.Bad(CheckStatus.L7RSP, 0, "") : new ProbeStep.More();
    }
    return data.charAt(4) == 0xff
        ? new ProbeStep.Bad(CheckStatus.L7STS, 0, data.substring(Math.min(7, data.length())))
        : new ProbeStep.Good(CheckStatus.L7OK, 0, "");
  }

  private static String login(String user, boolean old) {
    String payload =
        old
            ? "\0\u0080\0\0\1" + user + "\0\0"
            : "\0\u0082\0\0\0\u0080\0\1!" + "\0".repeat(23) + user + "\0\0";
    String quit = "\1\0\0\0\1";
    return (char) payload.length() + "\0\0\1" + payload + quit;
  }

  private static ProbeStep.Opinion ldap(String data, boolean ended) {
    if (data.length() < 14 && !ended) {
      return new ProbeStep.More();
    }
    if (data.isEmpty() || data.charAt(0) != 0x30) {
      return new ProbeStep.Bad(CheckStatus.L7RSP, 0, "Not LDAPv3 protocol");
    }
    return new ProbeStep.Good(CheckStatus.L7OK, 0, "Success");
  }

  private static ProbeStep.Opinion postgresql(String data, boolean ended) {
    if (data.isEmpty()) {
      return new ProbeStep.Bad(CheckStatus.L7RSP, 0, "");
    }
    return data.charAt(0) == 'R'
        ? new ProbeStep.Good(CheckStatus.L7OK, 0, "PostgreSQL server is ok")
        : new ProbeStep.Bad(CheckStatus.L7STS, 0, "PostgreSQL unknown error");
  }
}
