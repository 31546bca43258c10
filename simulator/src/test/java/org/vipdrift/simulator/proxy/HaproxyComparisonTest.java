package org.vipdrift.simulator.proxy;

import static org.vipdrift.simulator.proxy.Comparison.compare;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same script gives the same answers, requests and log lines as HAProxy 2.6. */
class HaproxyComparisonTest {
  private static final String DEFAULTS =
      """
      global
        log $log local0
      defaults
        mode http
        log global
        option httplog
        timeout connect 1s
        timeout client 2s
        timeout server 1500ms
        timeout queue 700ms
      """;

  @Nested
  class Connections {
    @Test
    void aDeadServerIsTriedFourTimesASecondApart() {
      compare(DEFAULTS + "listen l\n bind $bind\n server d $dead\n", s -> s.get("/").get("/"));
    }

    @Test
    void withoutRedispatchAClientSticksToTheDeadServerItDrew() {
      compare(
          DEFAULTS + "listen l\n bind $bind\n server d $dead\n server s1 $s1\n",
          s -> s.get("/a").get("/b").get("/c"));
    }

    @Test
    void redispatchGoesElsewhereAtTheFirstRetry() {
      compare(
          DEFAULTS + "listen l\n bind $bind\n option redispatch\n server d $dead\n server s1 $s1\n",
          s -> s.get("/a").get("/b").get("/c"));
    }

    @Test
    void aPersistentClientIsRedispatchedAtTheLastRetry() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n option redispatch\n cookie SRV insert indirect\n"
              + " server d $dead cookie d\n server s1 $s1 cookie s\n",
          s -> s.get("/a", "Cookie: SRV=d").get("/b", "Cookie: SRV=s"));
    }

    @Test
    void redispatchEveryRetryDoesNotWait() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n option redispatch 1\n cookie SRV insert indirect\n"
              + " server d $dead cookie d\n server s1 $s1 cookie s\n",
          s -> s.get("/a", "Cookie: SRV=d"));
    }

    @Test
    void aBackupIsNoOtherServerToGoTo() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n option redispatch\n server d $dead\n"
              + " server s1 $s1 backup\n",
          s -> s.get("/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leastconn", "static-rr", "first", "uri"})
    void whetherARetryGoesElsewhereDependsOnTheAlgorithm(String balance) {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n balance "
              + balance
              + "\n option redispatch\n server d $dead\n server s1 $s1\n server e $dead2\n",
          s -> s.get("/a").get("/b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void retriesAreCounted(int retries) {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n retries "
              + retries
              + "\n timeout connect 300ms\n server d $dead\n",
          s -> s.get("/"));
    }

    @Test
    void twoDeadServersAreTriedInTurn() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n option redispatch\n server d $dead\n server e $dead2\n",
          s -> s.get("/"));
    }
  }

  @Nested
  class Servers {
    @ParameterizedTest
    @ValueSource(strings = {"hang", "reset", "close", "garbage", "okclose", "slow:300"})
    void aBadServerShowsInAnswerAndLog(String mode) {
      compare(
          DEFAULTS + "listen l\n bind $bind\n server s1 $s1\n",
          s -> s.mode("s1", mode).get("/").ask("HEAD", "/h").get("/c", "Connection: close"));
    }

    @Test
    void answersThatEndBadlyAreRetriedWhereThatIsAsked() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n option redispatch\n"
              + " retry-on conn-failure empty-response 503\n server s1 $s1\n server s2 $s2\n",
          s -> s.mode("s1", "close").get("/").get("/").seen("s1", "s2"));
    }

    @Test
    void headersArriveInHaproxysForm() {
      compare(
          DEFAULTS
              + "frontend f\n bind $bind\n option forwardfor\n default_backend b\n"
              + "backend b\n server s1 $s1\n",
          s ->
              s.answers("s1", "200 Fine", "X-Upper: Yes\r\nKeep-Alive: timeout=5\r\n")
                  .get("/a?b=c", "X-Mixed-Case: Value", "Connection: close")
                  .get("/", "Keep-Alive: 5")
                  .ask("HEAD", "/")
                  .raw("GET / HTTP/1.0\r\n\r\n")
                  .raw("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                  .raw("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc")
                  .seen("s1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-keep-alive", "http-server-close", "httpclose"})
    void connectionModes(String option) {
      compare(
          DEFAULTS + "listen l\n bind $bind\n option " + option + "\n server s1 $s1\n",
          s -> s.converse("/1", "/2").get("/3").seen("s1"));
    }

    @Test
    void keptConnectionsBalanceEachRequest() {
      compare(
          DEFAULTS + "listen l\n bind $bind\n server s1 $s1\n server s2 $s2\n",
          s -> s.converse("/1", "/2", "/3", "/4", "/5"));
    }
  }

  @Nested
  class Queues {
    @Test
    void theQueueTimesOut() {
      compare(
          DEFAULTS + "listen l\n bind $bind\n server s1 $s1 maxconn 1\n",
          s -> s.mode("s1", "slow:1100").together(100, "/1", "/2", "/3"));
    }

    @Test
    void whoeverWaitedLongestGoesFirst() {
      compare(
          DEFAULTS + "listen l\n bind $bind\n timeout queue 5s\n server s1 $s1 maxconn 1\n",
          s -> s.mode("s1", "slow:300").together(40, "/1", "/2", "/3", "/4"));
    }

    @Test
    void aPersistentClientWaitsForItsServerAlone() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n timeout queue 5s\n balance source\n"
              + " server s1 $s1 maxconn 1\n",
          s -> s.mode("s1", "slow:300").together(40, "/1", "/2", "/3"));
    }
  }

  @Nested
  class Cookies {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "insert",
          "insert indirect",
          "insert indirect nocache",
          "insert indirect preserve",
          "insert postonly indirect",
          "insert indirect httponly secure domain a.b domain c.d",
          "insert indirect maxidle 10m maxlife 1h",
          "insert attr SameSite=Strict",
          "prefix",
          "prefix nocache",
          "rewrite"
        })
    void cookiesNameServers(String mode) {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n cookie SRV "
              + mode
              + "\n server s1 $s1 cookie a\n server s2 $s2 cookie b\n"
              + " server d $dead cookie d disabled\n server s3 $s3 weight 0\n",
          s -> {
            s.get("/").get("/", "Cookie: SRV=a").get("/", "Cookie: x=1; SRV=b; y=2");
            s.get("/", "Cookie: SRV=zz").get("/", "Cookie: SRV=d");
            s.get("/", "Cookie: SRV=a~session; z=1").get("/", "Cookie: a=b");
            s.ask("POST", "/", "Content-Length: 0");
            s.answers("s1", "200 OK", "Set-Cookie: SRV=app; path=/x\r\nETag: \"1\"\r\n");
            s.answers("s2", "200 OK", "Cache-Control: max-age=60\r\nSet-Cookie: other=1\r\n");
            s.get("/").get("/").get("/", "Cookie: SRV=a").get("/", "Cookie: SRV=b");
            s.seen("s1", "s2");
          });
    }

    @Test
    void persistenceCanBeForcedAndIgnored() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n cookie SRV insert indirect\n"
              + " force-persist if { path_beg /force }\n ignore-persist if { path_beg /ignore }\n"
              + " server s1 $s1 cookie a disabled\n server s2 $s2 cookie b\n"
              + " server s3 $s3 cookie c\n",
          s ->
              s.get("/force", "Cookie: SRV=a")
                  .get("/x", "Cookie: SRV=a")
                  .get("/ignore", "Cookie: SRV=c")
                  .get("/ignore", "Cookie: SRV=c")
                  .get("/x", "Cookie: SRV=c"));
    }
  }

  @Nested
  class Rules {
    @Test
    void conditionsChooseBackends() {
      compare(
          DEFAULTS
              + """
              frontend f
                bind $bind
                acl static path_beg /static /img
                acl static path_end .png
                acl api hdr(host) -i API.example
                acl post method POST
                acl q url_param(q) -m found
                use_backend b1 if static !post
                use_backend b2 if api || q
                use_backend %[path,word(2,/)] if { path_beg /to/ }
                use_backend b3 unless { hdr_sub(user-agent) curl }
                default_backend b1
              backend b1
                server s1 $s1
              backend b2
                server s2 $s2
              backend b3
                server s3 $s3
              """,
          s ->
              s.get("/static/x")
                  .get("/a.png")
                  .ask("POST", "/a.png", "Content-Length: 0")
                  .get("/?q=1")
                  .get("/to/b2")
                  .get("/to/nowhere")
                  .raw("GET / HTTP/1.1\r\nHost: api.example\r\n\r\n")
                  .get("/", "User-Agent: curl/7"));
    }

    @Test
    void rulesAnswerThemselves() {
      compare(
          DEFAULTS
              + """
              frontend f
                bind $bind
                monitor-uri /mon
                http-request deny if { path /deny }
                http-request deny deny_status 429 if { path /deny429 }
                http-request return status 200 content-type text/plain string hello hdr X-A b if { path /return }
                http-request return status 404 if { path /gone }
                http-request return status 200 content-type text/plain lf-string "%[src] %[path]" if { path /format }
                http-request redirect location https://x/y if { path /location }
                http-request redirect scheme https code 301 if { path /scheme }
                http-request redirect prefix /pp drop-query append-slash if { path /prefix }
                http-request redirect prefix http://o code 307 if { path /keep }
                redirect location /z code 303 set-cookie A=B if { path /cookie }
                redirect location /z code 308 clear-cookie A= if { path /clear }
                default_backend none
              backend none
              """,
          s -> {
            for (String path :
                new String[] {
                  "/mon",
                  "/deny",
                  "/deny429",
                  "/return",
                  "/gone",
                  "/format",
                  "/location?a=1",
                  "/scheme?a=1",
                  "/prefix?a=1",
                  "/keep?a=1",
                  "/cookie",
                  "/clear",
                  "/other"
                }) {
              s.get(path).get(path, "Connection: close");
            }
            s.ask("HEAD", "/deny").ask("HEAD", "/return").raw("GET /deny HTTP/1.0\r\n\r\n");
          });
    }

    @Test
    void rulesRewriteRequestsAndAnswers() {
      compare(
          DEFAULTS
              + """
              frontend f
                bind $bind
                http-request set-header X-One 1
                http-request add-header X-Src "%[src] %[hdr(x-list)] %HM"
                http-request del-header X-Gone
                http-request replace-header X-Re ^a(.*)$ <\\1>
                http-request replace-value X-List b(.*) [\\1]
                http-request replace-path /old/(.*) /new/\\1
                http-request set-query x=%[query,upper] if { query -m found }
                http-response set-header X-Out %[status]
                http-response del-header Server
                http-response set-status 202 reason Yes if { path /x } || { status 200 }
                default_backend b
              backend b
                http-request set-header X-Two 2
                http-response add-header X-Backend b
                server s1 $s1
              """,
          s ->
              s.answers("s1", "200 OK", "Server: nginx\r\nX-Out: no\r\n")
                  .get("/old/path?a=b", "X-Gone: x", "X-Re: abc", "X-List: a, bcd,be", "X-One: 0")
                  .get("/", "X-List: 1,2")
                  .seen("s1"));
    }

    @Test
    void badRequestsAreRefused() {
      compare(
          DEFAULTS + "listen l\n bind $bind\n server s1 $s1\n",
          s ->
              s.raw("GARBAGE\r\n\r\n")
                  .raw("GET / HTTP/1.1\r\nHo st: x\r\n\r\n")
                  .raw("GET / HTTP/1.1\r\nHost: h")
                  .raw(""));
    }

    @Test
    void aFrontendWithoutBackendAnswers503() {
      compare(DEFAULTS + "frontend f\n bind $bind\n", s -> s.get("/"));
    }

    @Test
    void stickTablesRememberServers() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n stick-table type string size 10 expire 1s\n"
              + " stick on hdr(x-user)\n server s1 $s1\n server s2 $s2\n server s3 $s3\n",
          s ->
              s.get("/", "X-User: a")
                  .get("/", "X-User: b")
                  .get("/", "X-User: a")
                  .get("/", "X-User: b")
                  .get("/", "X-User: c")
                  .get("/")
                  .pause(1300)
                  .get("/", "X-User: a")
                  .get("/", "X-User: b"));
    }

    @Test
    void customLogFormats() {
      compare(
          DEFAULTS
              + """
              frontend f
                bind $bind
                capture request header Host len 10
                capture response header X-A len 2
                capture cookie C len 4
                log-format "%b %s %ST %B %ts %tsc %ac %fc %bc %sc %rc %sq %bq %HM %HP %HU %HV %HQ %{+Q}r %hr %hs %CC %CS %ft"
                default_backend b
              backend b
                server s1 $s1
              """,
          s -> s.answers("s1", "200 OK", "X-A: abc\r\n").get("/p?q=1", "Cookie: C=value; D=1"));
    }
  }

  @Nested
  class Tcp {
    private static final String TCP =
        """
        global
          log $log local0
        defaults
          mode tcp
          log global
          option tcplog
          timeout connect 1s
          timeout client 2s
          timeout server 1500ms
        """;

    @Test
    void octetsPassBothWays() {
      compare(
          TCP + "listen l\n bind $bind\n server s1 $s1\n server s2 $s2\n",
          s -> s.get("/1").get("/2").get("/3"));
    }

    @Test
    void aDeadServerEndsTheConnection() {
      compare(TCP + "listen l\n bind $bind\n server d $dead\n", s -> s.get("/1"));
    }

    @Test
    void nobodyToForwardTo() {
      compare(TCP + "frontend f\n bind $bind\n default_backend b\nbackend b\n", s -> s.get("/1"));
    }
  }
}
