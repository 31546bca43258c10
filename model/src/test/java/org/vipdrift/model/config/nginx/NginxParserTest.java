package org.vipdrift.model.config.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.balance.nginx.UpstreamMethod;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.nginx.LocationMatch;
import org.vipdrift.model.nginx.ProxyPass;
import org.vipdrift.model.nginx.RewriteStep;
import org.vipdrift.model.nginx.ServerName;
import org.vipdrift.model.nginx.StreamServer;
import org.vipdrift.model.nginx.Upstream;
import org.vipdrift.model.nginx.WebHost;
import org.vipdrift.model.nginx.WebLocation;

class NginxParserTest {
  private static NginxParse http(String block) {
    return NginxParser.parse("nginx.conf", "events {}\nhttp {\n" + block + "\n}\n");
  }

  private static WebHost host(String block) {
    NginxParse parse = http(block);
    assertThat(parse.isRefused()).as(parse.problems().toString()).isFalse();
    return parse.configuration().hosts().getFirst();
  }

  @Nested
  class Words {
    @Test
    void quotesAndEscapesAreTakenAway() {
      NginxParse parse =
          http("server { return 200 \"a \\\"b\\\" \\t\"; }\nserver { return 200 'c\\d'; }");
      assertThat(text(parse.configuration().hosts().getFirst())).isEqualTo("a \"b\" \t");
      assertThat(text(parse.configuration().hosts().get(1))).isEqualTo("c\\d");
    }

    private String text(WebHost host) {
      return ((RewriteStep.Return) host.location().steps().getFirst())
          .text()
          .orElseThrow()
          .toString();
    }

    @Test
    void variablesAreFoundInAnyWord() {
      WebHost host = host("server { return 200 ${host}x$uri-$1; }");
      assertThat(
              ((RewriteStep.Return) host.location().steps().getFirst())
                  .text()
                  .orElseThrow()
                  .variables())
          .containsExactly("host", "uri", "1");
    }

    @Test
    void includesFollowTheMainFile() {
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("lb/nginx.conf", "events {} http { include mime.types; include conf.d/*.conf; }");
      texts.put("lb/conf.d/b.conf", "server { listen 82; include snippets/common; }");
      texts.put("lb/conf.d/a.conf", "server { listen 81; }");
      texts.put("lb/snippets/common", "server_name common;");
      NginxParse parse =
          NginxParser.parse(new SourceTexts(texts), "lb/nginx.conf", HostNames.LOCALHOST);
      assertThat(parse.problems()).isEmpty();
      assertThat(parse.configuration().ports()).containsExactly(81, 82);
      assertThat(parse.configuration().hosts().get(1).names())
          .containsExactly(new ServerName.Exact("common"));
    }

    @Test
    void aFileThatIncludesItselfIsAnError() {
      NginxParse parse = NginxParser.parse("nginx.conf", "events {} include nginx.conf;");
      assertThat(parse.problems())
          .extracting(Problem::code)
          .containsOnly("include-loop", "duplicate-directive");
    }
  }

  @Nested
  class Problems {
    @Test
    void allAreToldWithPlaceAndSuggestion() {
      NginxParse parse =
          http(
              """
              server {
                lisen 80;
                listen 81 defalt;
                location / { proxy_pas http://127.0.0.1; }
              }
              """);
      assertThat(parse.problems())
          .extracting(Problem::toString)
          .containsExactly(
              "nginx.conf:4:3: error: unknown directive \"lisen\" [unknown-directive]"
                  + " (did you mean \"listen\"?)",
              "nginx.conf:5:13: error: invalid parameter \"defalt\" [invalid-parameter]",
              "nginx.conf:6:16: error: unknown directive \"proxy_pas\" [unknown-directive]"
                  + " (did you mean \"proxy_pass\"?)");
      assertThat(parse.refusal()).contains("unknown directive \"lisen\" in nginx.conf:4");
    }

    @Test
    void whatIsKnownButNotModelledIsNoted() {
      NginxParse parse = http("server { location / { proxy_cache off; sendfile on; } }");
      assertThat(parse.isRefused()).isFalse();
      assertThat(parse.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.severity()).isEqualTo(Severity.NOTE);
                assertThat(problem.code()).isEqualTo("accepted-not-modelled");
                assertThat(problem.message()).contains("proxy_cache");
              });
    }

    @Test
    void aMissingFileIsOne() {
      NginxParse parse =
          NginxParser.parse(
              new SourceTexts(new LinkedHashMap<>()), "nginx.conf", HostNames.LOCALHOST);
      assertThat(parse.problems()).singleElement().matches(p -> p.code().equals("missing-file"));
    }
  }

  @Nested
  class Settings {
    @Test
    void upstreamsHaveTheirParameters() {
      NginxParse parse =
          http(
              """
              upstream u {
                least_conn;
                server 20.0.0.21:8080 weight=5 max_fails=3 fail_timeout=30s max_conns=10;
                server 20.0.0.22 backup;
                server [2001:db8::1]:81 down;
                keepalive 16;
                keepalive_timeout 5s;
              }
              """);
      Upstream upstream = parse.configuration().upstream("u").orElseThrow();
      assertThat(upstream.method()).isEqualTo(new UpstreamMethod.LeastConnections());
      assertThat(upstream.idleConnections()).isEqualTo(16);
      assertThat(upstream.idleTimeout()).isEqualTo(Duration.ofSeconds(5));
      Upstream.Member first = upstream.members().getFirst();
      assertThat(first.address()).isEqualTo(IpAddress.of("20.0.0.21"));
      assertThat(first.port()).isEqualTo(8080);
      assertThat(first.settings().weight()).isEqualTo(5);
      assertThat(first.settings().maxFails()).isEqualTo(3);
      assertThat(first.settings().failTimeout()).isEqualTo(Duration.ofSeconds(30));
      assertThat(first.settings().maxConnections()).isEqualTo(10);
      assertThat(upstream.members().get(1).port()).isEqualTo(80);
      assertThat(upstream.members().get(1).settings().backup()).isTrue();
      assertThat(upstream.members().get(2).settings().down()).isTrue();
    }

    @Test
    void aLocationTakesWhatItLacksFromAround() {
      WebHost host =
          host(
              """
              proxy_connect_timeout 1s;
              proxy_set_header X-A a;
              server {
                proxy_read_timeout 2s;
                location / { proxy_pass http://20.0.0.21; }
                location /own { proxy_set_header X-B b; proxy_pass http://20.0.0.21:8080/x; }
              }
              """);
      ProxyPass first = host.location().locations().getFirst().proxy().orElseThrow();
      assertThat(first.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
      assertThat(first.readTimeout()).isEqualTo(Duration.ofSeconds(2));
      assertThat(first.sendTimeout()).isEqualTo(Duration.ofSeconds(60));
      assertThat(first.headers()).extracting(ProxyPass.Header::name).containsExactly("X-A");
      assertThat(first.uri()).isEmpty();
      assertThat(first.nextUpstream())
          .containsExactlyInAnyOrder(ProxyPass.Failure.ERROR, ProxyPass.Failure.TIMEOUT);
      ProxyPass second = host.location().locations().get(1).proxy().orElseThrow();
      assertThat(second.headers()).extracting(ProxyPass.Header::name).containsExactly("X-B");
      assertThat(second.uri()).contains("/x");
      assertThat(second.authority()).isEqualTo("20.0.0.21:8080");
    }

    @Test
    void locationsKeepTheirKindsAndOrder() {
      WebHost host =
          host(
              """
              server {
                location = /a {}
                location ^~ /b {}
                location ~ c$ {}
                location ~* d$ {}
                location /e { location /e/f {} }
                location @g {}
              }
              """);
      assertThat(host.location().locations())
          .extracting(location -> location.match().kind())
          .containsExactly(
              LocationMatch.Kind.EXACT,
              LocationMatch.Kind.PREFIX_FIRST,
              LocationMatch.Kind.REGEX,
              LocationMatch.Kind.REGEX_CASELESS,
              LocationMatch.Kind.PREFIX,
              LocationMatch.Kind.NAMED);
      assertThat(host.location().locations().get(4).locations())
          .extracting(WebLocation::match)
          .containsExactly(new LocationMatch(LocationMatch.Kind.PREFIX, "/e/f"));
    }

    @Test
    void aServerWithoutListenListensOn80() {
      assertThat(host("server {}").listens())
          .singleElement()
          .satisfies(
              listen -> {
                assertThat(listen.port()).isEqualTo(80);
                assertThat(listen.isWildcard()).isTrue();
              });
    }

    @Test
    void namesOfUpstreamsAreResolvedAtStart() {
      Map<String, IpAddress> names = new LinkedHashMap<>();
      names.put("web1", IpAddress.of("20.0.0.21"));
      String text = "events {} http { server { location / { proxy_pass http://web1; } } }";
      NginxParse parse =
          NginxParser.parse(
              org.vipdrift.model.config.SourceFiles.single("nginx.conf", text),
              "nginx.conf",
              HostNames.of(names));
      assertThat(parse.configuration().upstream("web1").orElseThrow().members())
          .extracting(Upstream.Member::address)
          .containsExactly(IpAddress.of("20.0.0.21"));
      assertThat(NginxParser.parse("nginx.conf", text).refusal())
          .contains("host not found in upstream \"web1\" in nginx.conf:1");
    }

    @Test
    void streamServersAreRead() {
      NginxParse parse =
          NginxParser.parse(
              "nginx.conf",
              """
              events {}
              stream {
                proxy_timeout 30s;
                upstream db { server 20.0.0.31:3306; server 20.0.0.32:3306 backup; }
                server { listen 3306; proxy_pass db; proxy_connect_timeout 1s; }
                server { listen 53 udp; proxy_pass 20.0.0.31:53; }
              }
              """);
      assertThat(parse.problems()).isEmpty();
      StreamServer server = parse.configuration().streams().getFirst();
      assertThat(server.upstream()).isEqualTo(Optional.of("db"));
      assertThat(server.timeout()).isEqualTo(Duration.ofSeconds(30));
      assertThat(server.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
      assertThat(parse.configuration().ports()).containsExactly(3306);
    }
  }

  @Provide
  Arbitrary<String> almostConfigurations() {
    return Arbitraries.of(
            "events",
            "http",
            "server",
            "location",
            "upstream",
            "listen",
            "proxy_pass",
            "if",
            "map",
            "stream",
            "return",
            "rewrite",
            "set",
            "error_page",
            "try_files",
            "server_name",
            "{",
            "}",
            ";",
            " ",
            "\n",
            "\"",
            "'",
            "\\",
            "$",
            "${",
            "(",
            ")",
            "=",
            "~",
            "*",
            "/",
            ":",
            "http://",
            "80",
            "=404",
            "[::]",
            "#",
            "include",
            "nginx.conf",
            "hash",
            "@",
            "$host",
            "random",
            "root",
            "add_header",
            "allow",
            "default",
            "-1")
        .list()
        .ofMaxSize(60)
        .map(words -> String.join(" ", words));
  }

  @Property(tries = 2_000)
  void noTextMakesItThrow(@ForAll("almostConfigurations") String text, @ForAll boolean wrapped) {
    NginxParse parse =
        wrapped ? http("server { " + text + " }") : NginxParser.parse("nginx.conf", text);
    assertThat(parse.problems()).allMatch(problem -> problem.span().line() >= 1);
  }

  @Property(tries = 500)
  void randomTextNeverMakesItThrow(@ForAll String text) {
    assertThat(NginxParser.parse("nginx.conf", "events {}\n" + text).problems()).isNotNull();
  }
}
