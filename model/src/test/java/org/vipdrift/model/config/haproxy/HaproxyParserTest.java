package org.vipdrift.model.config.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.haproxy.settings.AclPattern;
import org.vipdrift.model.haproxy.settings.Condition;
import org.vipdrift.model.haproxy.settings.HttpAction;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.SampleExpression;

class HaproxyParserTest {
  private static final String BASE =
      """
      defaults
       mode http
       timeout client 5s
       timeout server 5s
       timeout connect 5s
      listen web
       bind 127.0.0.1:8080
       server s1 127.0.0.1:80
      """;

  private static HaproxyParse with(String... lines) {
    return HaproxyParser.parse("h.cfg", BASE + " " + String.join("\n ", lines) + "\n");
  }

  private static Optional<Problem> problem(HaproxyParse parse, String code) {
    return parse.problems().stream().filter(p -> p.code().equals(code)).findFirst();
  }

  private static HttpAction action(String rule) {
    return with(rule)
        .configuration()
        .frontend("web")
        .orElseThrow()
        .rules()
        .httpRequest()
        .getFirst()
        .action();
  }

  @Nested
  class Problems {
    @Test
    void pointToTheWordAndSuggestAnother() {
      Problem problem = problem(with("blance roundrobin"), "unknown-keyword").orElseThrow();

      assertThat(problem.toString())
          .startsWith("h.cfg:9:2: error: ")
          .contains("did you mean \"balance\"?");
    }

    @Test
    void areAllReportedAtOnce() {
      HaproxyParse parse =
          with("timeout foo 5s", "server s2 127.0.0.1:80 chek", "acl a pth /x", "use_backend nope");

      assertThat(parse.problems())
          .extracting(Problem::code)
          .contains("unknown-timeout", "unknown-keyword", "unknown-fetch", "unknown-backend");
    }

    @Test
    void namesThatWereMeantAreFound() {
      Problem problem =
          problem(with("acl static path_beg /s", "http-request deny if statc"), "unknown-acl")
              .orElseThrow();

      assertThat(problem.suggestion()).contains("did you mean \"static\"?");
    }

    @Test
    void whatIsNotModelledIsSaidWithItsLine() {
      Problem problem = problem(with("option tcpka"), "accepted-not-modelled").orElseThrow();

      assertThat(problem.severity()).isEqualTo(Severity.NOTE);
      assertThat(problem.span().line()).isEqualTo(9);
    }

    @Test
    void missingFilesAreErrors() {
      assertThat(with("errorfile 503 /nowhere").isRefused()).isTrue();
      assertThat(with("acl a src -f /nowhere").isRefused()).isTrue();
    }

    @Test
    void aFileWithoutALastLineFeedIsRefusedAsIfCutOff() {
      assertThat(HaproxyParser.parse("h.cfg", BASE.stripTrailing()).isRefused()).isTrue();
    }
  }

  @Nested
  class Expressions {
    @Test
    void haveArgumentsAndConverters() {
      HttpAction action = action("http-request set-header X %[req.hdr(host,-1),lower,field(1,:)]");

      assertThat(action)
          .isEqualTo(
              new HttpAction.SetHeader(
                  "X",
                  new LogFormat(
                      List.of(
                          new LogFormat.Expression(
                              new SampleExpression(
                                  "req.hdr",
                                  List.of("host", "-1"),
                                  List.of(
                                      new SampleExpression.Converter("lower", List.of()),
                                      new SampleExpression.Converter("field", List.of("1", ":")))),
                              LogFormat.Options.NONE)))));
    }

    @Test
    void mayNotBeUsedWhereTheirInformationIsMissing() {
      assertThat(problem(with("http-response set-header X %[path]"), "sample-not-available"))
          .isPresent();
    }
  }

  @Nested
  class Conditions {
    private Condition condition(String... lines) {
      return with(lines)
          .configuration()
          .frontend("web")
          .orElseThrow()
          .rules()
          .httpRequest()
          .getFirst()
          .condition()
          .orElseThrow();
    }

    @Test
    void areAlternativesOfConjunctions() {
      Condition condition =
          condition(
              "acl a path /a",
              "acl a path /b",
              "http-request deny unless a !{ src 10.0.0.0/8 } or TRUE");

      assertThat(condition.unless()).isTrue();
      assertThat(condition.alternatives()).hasSize(2);
      assertThat(condition.alternatives().getFirst().getFirst().tests()).hasSize(2);
      assertThat(condition.alternatives().getFirst().get(1).negated()).isTrue();
      assertThat(
              condition.alternatives().getFirst().get(1).tests().getFirst().patterns().getFirst())
          .isInstanceOfSatisfying(
              AclPattern.Network.class, n -> assertThat(n.prefix()).hasToString("10.0.0.0/8"));
    }
  }

  @Test
  void patternFilesAreRead() {
    String text = BASE + " http-request deny if { src -f bad.txt }\n";
    HaproxyParse parse =
        HaproxyParser.parse(
            new SourceTexts(Map.of("h.cfg", text, "bad.txt", "# no\n192.0.2.1\n198.51.100.0/24\n")),
            "h.cfg",
            ParseOptions.DEFAULT);

    assertThat(parse.isRefused()).isFalse();
    assertThat(
            parse
                .configuration()
                .frontend("web")
                .orElseThrow()
                .rules()
                .httpRequest()
                .getFirst()
                .condition()
                .orElseThrow()
                .alternatives()
                .getFirst()
                .getFirst()
                .tests()
                .getFirst()
                .patterns())
        .hasSize(2);
  }

  @Test
  void environmentVariablesCountWithinDoubleQuotesOnly() {
    HaproxyParse parse =
        HaproxyParser.parse(
            new SourceTexts(
                Map.of("h.cfg", BASE + " server s2 \"10.0.0.1:$PORT\" weight 5 cookie $PORT\n")),
            "h.cfg",
            ParseOptions.DEFAULT.withEnvironment(Map.of("PORT", "8081")));

    var server =
        parse
            .configuration()
            .backend("web")
            .orElseThrow()
            .backend()
            .orElseThrow()
            .server("s2")
            .orElseThrow();
    assertThat(server.port())
        .isEqualTo(new org.vipdrift.model.haproxy.settings.ServerPort.Fixed(8081));
    assertThat(server.cookie()).contains("$PORT");
  }
}
