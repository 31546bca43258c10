package org.vipdrift.simulator.proxy;

import static org.vipdrift.simulator.proxy.Comparison.compare;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the client is, and who the server: PROXY headers, passwords, TLS, as HAProxy 2.6 does it. */
class HaproxyIdentityComparisonTest {
  private static final String DEFAULTS =
      """
      global
        log $log local0
      defaults
        mode http
        log global
        option httplog
        timeout connect 500ms
        timeout client 1s
        timeout server 1s
      """;

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

  private static String binary(int command, int family, String addresses) {
    return "\r\n\r\n\0\r\nQUIT\n"
        + (char) command
        + (char) family
        + (char) 0
        + (char) addresses.length()
        + addresses;
  }

  @Nested
  class ProxyHeaders {
    private static final String ACCEPTING =
        DEFAULTS + "listen l\n bind $bind accept-proxy\n option forwardfor\n server s1 $s1\n";

    @Test
    void tellWhoTheClientIs() {
      compare(
          ACCEPTING,
          s ->
              s.raw("PROXY TCP4 1.2.3.4 5.6.7.8 100 200\r\n" + REQUEST)
                  .raw("PROXY TCP6 2001:db8::1 2001:db8::2 100 200\r\n" + REQUEST)
                  .raw(binary(0x21, 0x11, "\1\2\3\4\5\6\7\10\0d\0\310") + REQUEST)
                  .seen("s1"));
    }

    @Test
    void mayLeaveItOpen() {
      compare(
          ACCEPTING,
          s ->
              s.raw("PROXY UNKNOWN\r\n" + REQUEST)
                  .raw("PROXY UNKNOWN what ever\r\n" + REQUEST)
                  .raw(binary(0x20, 0, "") + REQUEST)
                  .raw(binary(0x21, 0, "") + REQUEST)
                  .seen("s1"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /\r\n\r\n",
          "PROXY TCP4 1.2.3.4 nonsense 100 200\r\n",
          "PROXY TCP4 1.2.3.4 5.6.7.8 100\r\n",
          "PROXY TCP4 1.2.3.4 5.6.7.8 100 70000\r\n",
          "PROXY TCP4 2001:db8::1 2001:db8::2 100 200\r\n",
          "PROXY TCP5 1.2.3.4 5.6.7.8 100 200\r\n",
          "PROXY TCP4 1.2.3.4 5.6.7.8 1",
          "PROX",
          "\r\n\r\n\0\r\nQU",
          "\r\n\r\n\0\r\nQUIT\n\61\21\0\0",
          "\r\n\r\n\0\r\nQUIT\n\41\21\0\1a"
        })
    void areRefusedAndLoggedWhereTheyAreWrong(String first) {
      compare(ACCEPTING, s -> s.raw(first));
    }

    @Test
    void areAwaitedAsLongAsAClient() {
      compare(ACCEPTING, s -> s.raw(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void areSentBeforeTheRequest(String option) {
      compare(
          DEFAULTS + "listen l\n bind $bind\n server s1 $s1 " + option + "\n",
          s -> s.get("/a").converse("/b", "/c").get("/d").seen("s1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void areSentBeforeTheFirstOctet(String option) {
      compare(
          DEFAULTS
              + "listen l\n mode tcp\n option tcplog\n bind $bind\n server s1 $s1 "
              + option
              + "\n",
          s -> s.get("/a").seen("s1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2", "send-proxy ssl verify none"})
    void passTheClientOn(String options) {
      String tls = options.contains("ssl") ? " ssl crt $certificates/a.pem" : "";
      compare(
          DEFAULTS
              + "listen outer\n bind $bind accept-proxy\n server x $inner "
              + options
              + "\nlisten inner\n bind $inner accept-proxy"
              + tls
              + "\n server s1 $s1\n",
          s -> s.raw("PROXY TCP4 1.2.3.4 5.6.7.8 100 200\r\n" + REQUEST).seen("s1"));
    }
  }

  @Nested
  class Passwords {
    private static final String LISTS =
        """
        userlist people
          group admins users tim
          user tim insecure-password secret
          user sha5 password $5$rounds=1000$xyz$g9ZmkI99NBf8mF8hKGuc6sCwYCshJMGe.1lArIPCWBC
          user sha6 password $6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.
        """;

    private static String basic(String user) {
      return "Authorization: Basic "
          + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void areAskedForAndChecked() {
      compare(
          DEFAULTS
              + LISTS
              + "listen l\n bind $bind\n http-request auth realm Here if !{ http_auth(people) }\n"
              + " server s1 $s1\n",
          s ->
              s.get("/")
                  .get("/", basic("tim:secret"))
                  .get("/", basic("tim:wrong"))
                  .get("/", basic("nobody:secret"))
                  .get("/", basic("sha5:secret"))
                  .get("/", basic("sha6:secret"))
                  .get("/", basic("sha6:Secret"))
                  .get("/", "Authorization: Basic !")
                  .get("/", "Authorization: Bearer abc")
                  .seen("s1"));
    }

    @Test
    void openWhatAGroupMaySee() {
      compare(
          DEFAULTS
              + LISTS
              + "listen l\n bind $bind\n acl admin http_auth_group(people) admins\n"
              + " http-request deny deny_status 403 if { path /admin } !admin\n"
              + " http-request set-header X-User %[http_auth_user]\n server s1 $s1\n",
          s ->
              s.get("/admin")
                  .get("/admin", basic("tim:secret"))
                  .get("/admin", basic("sha5:secret"))
                  .get("/", basic("sha5:wrong"))
                  .seen("s1"));
    }
  }

  @Nested
  class Cookies {
    @Test
    void mayBeMadeFromTheServersAddress() {
      compare(
          DEFAULTS
              + "backend b\n cookie S insert indirect dynamic\n dynamic-cookie-key key\n"
              + " server s1 $s1\n server s2 $s2 cookie own\n server s3 $s3\n"
              + "frontend f\n bind $bind\n default_backend b\n",
          s -> s.get("/").get("/").get("/").get("/", "Cookie: S=own").get("/", "Cookie: S=other"));
    }
  }

  @Nested
  class Certificates {
    private static final String TWO =
        "frontend f\n bind $bind ssl crt $certificates/a.pem crt $certificates/b.pem";
    private static final String TO_S1 = "\n default_backend b\nbackend b\n server s1 $s1\n";

    @Test
    void areChosenByTheNameTheClientAsksFor() {
      compare(
          DEFAULTS + TWO + TO_S1,
          s ->
              s.getSecurely("a.example", "/")
                  .getSecurely("b.example", "/")
                  .getSecurely("x.w.example", "/")
                  .getSecurely("x.y.w.example", "/")
                  .getSecurely("B.Example", "/")
                  .getSecurely("other.example", "/")
                  .getSecurely("", "/"));
    }

    @Test
    void areWithheldWhereTheNameMustMatch() {
      compare(
          DEFAULTS + TWO + " strict-sni" + TO_S1,
          s ->
              s.getSecurely("b.example", "/")
                  .getSecurely("other.example", "/")
                  .getSecurely("", "/"));
    }

    @Test
    void areOfNoUseToPlainRequests() {
      compare(DEFAULTS + TWO + TO_S1, s -> s.get("/").raw(""));
    }

    @Test
    void areLoggedWithHttpslog() {
      compare(
          DEFAULTS + TWO + "\n option httpslog" + TO_S1,
          s ->
              s.getSecurely("a.example", "/a")
                  .getSecurely("", "/b")
                  .mode("s1", "hang")
                  .getSecurely("b.example", "/c"));
    }

    @Test
    void areNotToldWithoutThem() {
      compare(
          DEFAULTS + "frontend f\n bind $bind\n option httpslog" + TO_S1,
          s -> s.get("/a").raw("nonsense\r\n\r\n"));
    }

    @Test
    void areAskedForByServerName() {
      compare(
          DEFAULTS
              + "listen outer\n"
              + " bind $bind\n"
              + " log-format \"%HU %s %ST %ts\"\n"
              + " server x $inner ssl verify none sni req.hdr(X-Name)\n"
              + "frontend inner\n"
              + " bind $inner ssl crt $certificates/a.pem crt $certificates/b.pem\n"
              + " log-format \"%HU %[ssl_fc_sni] %[ssl_fc_has_sni]\"\n"
              + TO_S1.substring(1),
          s ->
              s.get("/1", "X-Name: a.example")
                  .get("/2", "X-Name: b.example")
                  .get("/3")
                  .converse("/4", "/5"));
    }
  }

  @Nested
  class Records {
    @Test
    void mayBeInTheCommonLogFormat() {
      compare(
          DEFAULTS
              + "frontend f\n bind $bind\n option httplog clf\n capture request header Host len 5\n"
              + " default_backend b\nbackend b\n server s1 $s1\n",
          s -> s.get("/a?b=c").mode("s1", "close").get("/d"));
    }
  }

  @Nested
  class Timeouts {
    /** 192.0.2.0/24 is for documentation (RFC 5737): nobody answers. */
    private static final String NOBODY = "192.0.2.1:80";

    @Test
    void endConnectionsThatNobodyAnswers() {
      compare(
          DEFAULTS + "listen l\n bind $bind\n retries 1\n server n " + NOBODY + "\n",
          s -> s.get("/"));
    }

    @Test
    void leadElsewhereWithRedispatch() {
      compare(
          DEFAULTS
              + "listen l\n bind $bind\n option redispatch\n server n "
              + NOBODY
              + "\n server s1 $s1\n",
          s -> s.get("/a").get("/b"));
    }
  }
}
