package org.vipdrift.simulator.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.nginx.NginxParser;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.tls.TlsConnection;

class NginxServerTest {
  private final WebNetwork network = new WebNetwork();
  private HostKernel client;

  @BeforeEach
  void start() {
    client = network.host("client", "20.0.0.10/24");
  }

  private NginxServer http(String block) {
    return network.nginx("web", "20.0.0.20/24", "events {}\nhttp {\n" + block + "\n}\n");
  }

  private WebClient get(String path, String... headers) {
    return network.get(client, "http://20.0.0.20" + path, headers);
  }

  private String outcome(String path, String... headers) {
    return get(path, headers).outcome();
  }

  @Nested
  class Choices {
    @Test
    void theServerIsChosenByName() {
      http(
          """
          server { server_name a.org; return 200 exact; }
          server { server_name *.a.org; return 200 suffix; }
          server { server_name www.*; return 200 prefix; }
          server { server_name ~^n[0-9]+$; return 200 regex; }
          server { listen 80 default_server; return 200 default; }
          """);
      assertThat(outcome("/", "Host: A.org")).isEqualTo("exact");
      assertThat(outcome("/", "Host: x.a.org:80")).isEqualTo("suffix");
      assertThat(outcome("/", "Host: www.b.org")).isEqualTo("prefix");
      assertThat(outcome("/", "Host: n12")).isEqualTo("regex");
      assertThat(outcome("/", "Host: other")).isEqualTo("default");
    }

    @Test
    void theLocationIsChosenAsNginxSays() {
      http(
          """
          server {
            location = / { return 200 root; }
            location / { return 200 prefix; }
            location /documents/ { return 200 documents; }
            location ^~ /images/ { return 200 images; }
            location ~* \\.(gif|jpg)$ { return 200 picture-$1; }
            location /outer { location /outer/inner { return 200 inner; } return 200 outer; }
          }
          """);
      assertThat(outcome("/")).isEqualTo("root");
      assertThat(outcome("/index.html")).isEqualTo("prefix");
      assertThat(outcome("/documents/a.html")).isEqualTo("documents");
      assertThat(outcome("/documents/a.GIF")).isEqualTo("picture-GIF");
      assertThat(outcome("/images/a.gif")).isEqualTo("images");
      assertThat(outcome("/outer/inner/x")).isEqualTo("inner");
      assertThat(outcome("/outer/x")).isEqualTo("outer");
      assertThat(outcome("/documents/../images//a%2Egif")).isEqualTo("images");
    }
  }

  @Nested
  class Answers {
    @Test
    void redirectsAreMadeAbsolute() {
      http("server { listen 8080; location / { return 301 /x?$args; } }");
      HttpResponse answer = network.get(client, "http://20.0.0.20:8080/?a=b").answer();
      assertThat(answer.status()).isEqualTo(301);
      assertThat(answer.headers().first("Location")).contains("http://20.0.0.20:8080/x?a=b");
    }

    @Test
    void errorPagesComeFromElsewhere() {
      http(
          """
          server {
            error_page 404 /sorry;
            error_page 403 =200 @named;
            location /sorry { internal; return 200 sorry; }
            location /none { return 404; }
            location /no { deny all; }
            location @named { return 200 named; }
          }
          """);
      HttpResponse missing = get("/none").answer();
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.bodyText()).isEqualTo("sorry");
      assertThat(get("/sorry").answer().status()).isEqualTo(404);
      assertThat(outcome("/no")).isEqualTo("named");
    }

    @Test
    void rewritesLeadToOtherLocations() {
      http(
          """
          server {
            location /old/ { rewrite ^/old/(.*)$ /new/$1 last; }
            location /new/ { return 200 $uri?$args; }
            location /moved { rewrite ^ /new/x permanent; }
            location /loop { rewrite ^ /loop last; }
            location /if { if ($arg_a = 1) { return 200 one; } return 200 other; }
          }
          """);
      assertThat(outcome("/old/a?b=c")).isEqualTo("/new/a?b=c");
      assertThat(outcome("/moved")).isEqualTo("301");
      assertThat(outcome("/loop")).isEqualTo("500");
      assertThat(outcome("/if?a=1")).isEqualTo("one");
      assertThat(outcome("/if")).isEqualTo("other");
    }

    @Test
    void filesAreFoundByRootAliasAndTryFiles() {
      http(
          """
          server {
            root /srv/www;
            index index.html;
            location /pics/ { alias /data/p/; }
            location /app/ { try_files $uri $uri/ /index.html; }
          }
          """);
      network.host("web").files().write("/srv/www/index.html", "front", 0);
      network.host("web").files().write("/srv/www/sub/a.txt", "text", 0);
      network.host("web").files().write("/data/p/x.png", "png", 0);
      assertThat(outcome("/")).isEqualTo("front");
      assertThat(outcome("/sub/a.txt")).isEqualTo("text");
      assertThat(outcome("/sub")).isEqualTo("301");
      assertThat(outcome("/sub/")).isEqualTo("403");
      assertThat(outcome("/pics/x.png")).isEqualTo("png");
      assertThat(outcome("/app/nothing")).isEqualTo("front");
      assertThat(outcome("/nothing")).isEqualTo("404");
    }

    @Test
    void variablesMapsAndAddedHeaders() {
      http(
          """
          map $http_user_agent $kind { default browser; ~*curl tool; }
          server {
            add_header X-Kind $kind;
            add_header X-Never no;
            server_tokens off;
            location / { set $a b; return 200 "$remote_addr $a $host $request_method"; }
            location /status { stub_status; }
          }
          """);
      HttpResponse answer = get("/", "User-Agent: CURL/8").answer();
      assertThat(answer.bodyText()).isEqualTo("20.0.0.10 b 20.0.0.20 GET");
      assertThat(answer.headers().first("X-Kind")).contains("tool");
      assertThat(answer.headers().first("Server")).contains("nginx");
      assertThat(get("/status").answer().bodyText()).startsWith("Active connections: ");
    }
  }

  @Nested
  class Proxying {
    @BeforeEach
    void servers() {
      network.server("nginx1", "20.0.0.21/24", Duration.ZERO);
      network.server("nginx2", "20.0.0.22/24", Duration.ZERO);
      network.server("nginx3", "20.0.0.23/24", Duration.ZERO);
    }

    private String sequence(int requests) {
      StringBuilder sequence = new StringBuilder();
      for (int number = 0; number < requests; number++) {
        String outcome = outcome("/");
        sequence.append(
            outcome.startsWith("nginx")
                ? outcome.substring("nginx".length())
                : "(" + outcome + ")");
      }
      return sequence.toString();
    }

    private void upstream(String lines) {
      upstream(lines, "");
    }

    private void upstream(String lines, String proxyLines) {
      http(
          "upstream u { "
              + lines
              + " } server { location / { proxy_pass http://u; "
              + proxyLines
              + " } }");
    }

    @Test
    void smoothWeightedRoundRobinIsNginxs() {
      upstream("server 20.0.0.21 weight=5; server 20.0.0.22; server 20.0.0.23;");
      assertThat(sequence(7)).isEqualTo("1121311");
    }

    @Test
    void weightsOfThreeTwoOne() {
      upstream("server 20.0.0.21 weight=3; server 20.0.0.22 weight=2; server 20.0.0.23;");
      assertThat(sequence(6)).isEqualTo("121321");
    }

    @Test
    void theAnswerIsWrittenAsNginxWritesIt() {
      upstream("server 20.0.0.21;");
      assertThat(get("/").raw())
          .isEqualTo(
              """
              HTTP/1.1 200 OK\r
              Server: nginx/1.22.1\r
              Date: Thu, 01 Jan 2026 00:00:00 GMT\r
              Content-Type: text/html\r
              Content-Length: 7\r
              Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r
              Connection: keep-alive\r
              ETag: "6955b900-7"\r
              Accept-Ranges: bytes\r
              \r
              nginx1
              """);
    }

    @Test
    void aDeadServerIsLeftOutForTenSeconds() {
      upstream("server 20.0.0.21; server 20.0.0.22;");
      network.kill("nginx1");
      assertThat(sequence(4)).isEqualTo("2222");
      network.run(Duration.ofSeconds(9));
      assertThat(sequence(1)).isEqualTo("2");
    }

    @Test
    void theErrorLogSaysWhoIsLeftOut() {
      upstream("server 20.0.0.21; server 20.0.0.22;");
      network.kill("nginx1");
      network.kill("nginx2");
      sequence(3);
      assertThat(network.log)
          .containsExactly(
              "upstream server temporarily disabled, upstream: \"u\", server: 20.0.0.21:80",
              "upstream server temporarily disabled, upstream: \"u\", server: 20.0.0.22:80",
              "no live upstreams, upstream: \"u\"",
              "no live upstreams, upstream: \"u\"");
    }

    @Test
    void moreConnectionsThanWorkerConnectionsAreClosed() {
      network.nginx(
          "web",
          "20.0.0.20/24",
          "events { worker_connections 4; }"
              + " http { server { location / { proxy_pass http://20.0.0.21; } } }");
      network.server("nginx1").slow(Duration.ofSeconds(1));
      List<WebClient> asking = new ArrayList<>();
      for (int number = 0; number < 3; number++) {
        WebClient each = network.connect(client, "20.0.0.20", 80);
        each.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        asking.add(each);
        network.run(Duration.ofMillis(10));
      }
      network.run(Duration.ofSeconds(2));
      assertThat(asking).extracting(WebClient::outcome).startsWith("nginx1", "nginx1");
      assertThat(asking.getLast().answers).isEmpty();
      assertThat(network.log).containsExactly("4 worker_connections are not enough");
    }

    @Test
    void allDeadIs502() {
      upstream("server 20.0.0.21; server 20.0.0.22;");
      network.kill("nginx1");
      network.kill("nginx2");
      assertThat(sequence(2)).isEqualTo("(502)(502)");
    }

    @Test
    void aSilentServerIs504AfterTheReadTimeout() {
      upstream("server 20.0.0.21;", "proxy_read_timeout 2s;");
      network.server("nginx1").slow(Duration.ofSeconds(5));
      WebClient asking = get("/");
      assertThat(asking.outcome()).isEqualTo("504");
      assertThat(asking.answeredAt.getFirst() / 1e9).isBetween(2.0, 2.01);
    }

    @Test
    void http503GoesToTheNextServerOnlyWhenNamed() {
      upstream(
          "server 20.0.0.21; server 20.0.0.22;", "proxy_next_upstream error timeout http_503;");
      network.server("nginx1").fail(503, 100);
      assertThat(sequence(3)).isEqualTo("222");
    }

    @Test
    void byDefaultAnErrorOfTheServerIsPassedOn() {
      upstream("server 20.0.0.21; server 20.0.0.22;");
      network.server("nginx1").fail(503, 100);
      assertThat(sequence(4)).isEqualTo("(503)2(503)2");
    }

    @Test
    void backupsWaitUntilAllOthersAreDown() {
      upstream("server 20.0.0.21; server 20.0.0.22 backup;");
      assertThat(sequence(2)).isEqualTo("11");
      network.kill("nginx1");
      assertThat(sequence(2)).isEqualTo("22");
    }

    @Test
    void ipHashKeepsAClientWithItsServer() {
      upstream("ip_hash; server 20.0.0.21; server 20.0.0.22; server 20.0.0.23;");
      String sequence = sequence(5);
      assertThat(sequence).isEqualTo(sequence.substring(0, 1).repeat(5));
    }

    @Test
    void keepaliveReusesConnections() {
      upstream(
          "server 20.0.0.21; keepalive 4;",
          "proxy_http_version 1.1; proxy_set_header Connection \"\";");
      assertThat(sequence(5)).isEqualTo("11111");
      network.run(Duration.ofSeconds(59));
      assertThat(sequence(1)).isEqualTo("1");
      network.run(Duration.ofSeconds(80));
      assertThat(sequence(1)).isEqualTo("1");
    }

    @Test
    void theUriOfProxyPassReplacesTheLocations() {
      http(
          """
          server { location /a/ { proxy_pass http://20.0.0.20:8080/b/; }
                   location /c/ { proxy_pass http://20.0.0.20:8080; }
                   location /v/ { proxy_pass http://20.0.0.20:8080$uri?x=y; } }
          server { listen 8080; return 200 "$request_uri $host $http_connection $server_protocol"; }
          """);
      assertThat(outcome("/a/x?y")).isEqualTo("/b/x?y 20.0.0.20 close HTTP/1.0");
      assertThat(outcome("/c/x?y")).isEqualTo("/c/x?y 20.0.0.20 close HTTP/1.0");
    }

    @Test
    void aReloadKeepsConnectionsAndForgetsFailures() {
      NginxServer nginx =
          http("upstream u { server 20.0.0.21; } server { location / { proxy_pass http://u; } }");
      WebClient before = network.connect(client, "20.0.0.20", 80);
      before.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      network.server("nginx1").slow(Duration.ofMillis(300));
      network.run(Duration.ofMillis(100));
      List<String> problems = new ArrayList<>();
      nginx.reload(
          NginxParser.parse(
                  "nginx.conf",
                  "events {} http { server { location / { proxy_pass http://20.0.0.22; } } }")
              .configuration(),
          problems,
          0);
      assertThat(problems).isEmpty();
      assertThat(outcome("/")).isEqualTo("nginx2");
      network.run(Duration.ofMillis(500));
      assertThat(before.outcome()).isEqualTo("nginx1");
      assertThat(before.finished).isTrue();
    }

    @Test
    void layerFourPassesOctetsThrough() {
      network.nginx(
          "web",
          "20.0.0.20/24",
          """
          events {}
          stream {
            upstream u { server 20.0.0.21:80; server 20.0.0.22:80; }
            server { listen 80; proxy_pass u; proxy_connect_timeout 1s; }
          }
          """);
      assertThat(sequence(4)).isEqualTo("1212");
      network.kill("nginx1");
      assertThat(sequence(3)).isEqualTo("222");
      network.kill("nginx2");
      assertThat(sequence(1)).isEqualTo("(CLOSED)");
    }
  }

  @Test
  void tlsShowsTheCertificateOfTheServerThatIsAskedFor() {
    http(
        """
        ssl_certificate /etc/ssl/site.pem;
        ssl_certificate_key /etc/ssl/site.key;
        server { listen 443 ssl; server_name www.example.org; return 200 "$scheme www"; }
        server { listen 443 ssl; server_name *.shop.example.org; return 200 "$scheme shop"; }
        """);
    WebClient www = network.connectTls(client, "20.0.0.20", "www.example.org");
    www.send("GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n");
    WebClient shop = network.connectTls(client, "20.0.0.20", "a.shop.example.org");
    shop.send("GET / HTTP/1.1\r\nHost: a.shop.example.org\r\n\r\n");
    network.run(Duration.ofMillis(100));
    assertThat(www.outcome()).isEqualTo("https www");
    assertThat(shop.outcome()).isEqualTo("https shop");
    assertThat(((TlsConnection) www.connection).certificateNames())
        .containsExactly("www.example.org");
    assertThat(((TlsConnection) shop.connection).certificateNames())
        .containsExactly("*.shop.example.org");
  }

  @Test
  void anAddressThatIsNotThereCannotBeBound() {
    assertThat(
            NginxServer.bindProblem(
                NginxParser.parse(
                        "nginx.conf", "events {} http { server { listen 20.0.0.100:80; } }")
                    .configuration(),
                address -> address.equals(IpAddress.of("20.0.0.20"))))
        .contains("bind() to 20.0.0.100:80 failed (99: Cannot assign requested address)");
  }
}
