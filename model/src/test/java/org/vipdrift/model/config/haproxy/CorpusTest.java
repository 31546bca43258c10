package org.vipdrift.model.config.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.BindSettings;
import org.vipdrift.model.haproxy.settings.CheckExpectation;
import org.vipdrift.model.haproxy.settings.CheckMethod;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.CookieSettings;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.haproxy.settings.HttpAction;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ProxyOptions;
import org.vipdrift.model.haproxy.settings.ServerCheck;
import org.vipdrift.model.haproxy.settings.ServerPort;
import org.vipdrift.model.haproxy.settings.ServerSettings;
import org.vipdrift.model.haproxy.settings.StickTableSettings;
import org.vipdrift.model.haproxy.settings.TcpAction;

/** What comes out of whole files. */
class CorpusTest {
  static Stream<String> names() {
    return HaproxyCorpus.texts().keySet().stream();
  }

  private static HaproxyConfiguration read(String name) {
    return HaproxyCorpus.parse(name).configuration();
  }

  private static ServerSettings server(HaproxyConfiguration settings, String backend, String name) {
    return settings
        .backend(backend)
        .orElseThrow()
        .backend()
        .orElseThrow()
        .server(name)
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAcceptedWithoutAnError(String name) {
    assertThat(HaproxyCorpus.parse(name).problems()).noneMatch(p -> p.isError());
  }

  @Test
  void theLabsPairForwardsToBothServersInTurn() {
    HaproxyConfiguration settings = read("03-lab-pair.cfg");
    var main = settings.frontend("main").orElseThrow();
    var app = settings.backend("app").orElseThrow();

    assertThat(settings.global().maxconn()).contains(4000);
    assertThat(main.frontend().orElseThrow().defaultBackend()).contains("app");
    assertThat(main.frontend().orElseThrow().maxconn()).contains(3000);
    assertThat(main.options().connectionMode()).isEqualTo(ProxyOptions.ConnectionMode.SERVER_CLOSE);
    assertThat(main.options().has(ProxyOption.DONTLOGNULL)).isTrue();
    assertThat(main.options().forwardFor().orElseThrow().except().orElseThrow())
        .hasToString("127.0.0.0/8");
    assertThat(app.options().redispatch()).contains(-1);
    assertThat(app.timeouts().check()).contains(Duration.ofSeconds(10));
    assertThat(app.timeouts().queue()).contains(Duration.ofMinutes(1));
    assertThat(app.backend().orElseThrow().balance()).isEqualTo(new Balance.RoundRobin());
    assertThat(app.backend().orElseThrow().servers())
        .extracting(ServerSettings::name)
        .containsExactly("nginx1", "nginx2");
    assertThat(server(settings, "app", "nginx1").check().enabled()).isTrue();
    assertThat(server(settings, "app", "nginx2").port()).isEqualTo(new ServerPort.Fixed(80));
    assertThat(main.log().targets()).hasSize(1);
  }

  @Test
  void aListenSectionIsBothHalves() {
    var stats = read("04-listen-stats.cfg").frontend("stats").orElseThrow();

    assertThat(stats.isBackend()).isTrue();
    assertThat(stats.stats().orElseThrow().uri()).isEqualTo("/stats");
    assertThat(stats.stats().orElseThrow().realm()).contains("HAProxy Statistics");
    assertThat(stats.stats().orElseThrow().credentials()).containsExactly("admin:secret");
    assertThat(stats.stats().orElseThrow().admin()).hasSize(1);
  }

  @Test
  void checksTakeDefaultServerAndHttpSteps() {
    HaproxyConfiguration settings = read("04-listen-stats.cfg");
    ServerCheck check = server(settings, "web", "web3").check();
    CheckMethod method = settings.backend("web").orElseThrow().backend().orElseThrow().check();

    assertThat(check.interval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(check.fall()).isEqualTo(3);
    assertThat(check.rise()).isEqualTo(2);
    assertThat(server(settings, "web", "web3").backup()).isTrue();
    assertThat(method).isInstanceOf(CheckMethod.Http.class);
    List<CheckStep> steps = ((CheckMethod.Http) method).steps();
    assertThat(steps.get(0)).isInstanceOf(CheckStep.SendHttp.class);
    assertThat(((CheckStep.SendHttp) steps.get(0)).uri().literal()).contains("/health");
    assertThat(((CheckStep.Expect) steps.get(1)).expectation())
        .isInstanceOf(CheckExpectation.Status.class);
  }

  @Test
  void certificatesBringTheirNames() {
    BindSettings bind =
        read("05-tls-termination.cfg")
            .frontend("https")
            .orElseThrow()
            .frontend()
            .orElseThrow()
            .binds()
            .get(1);

    assertThat(bind.tls().orElseThrow().strictSni()).isTrue();
    assertThat(bind.tls().orElseThrow().alpn()).containsExactly("h2", "http/1.1");
    assertThat(bind.tls().orElseThrow().certificates().get(0).names())
        .containsExactly("www.example.com", "example.com");
    assertThat(bind.tls().orElseThrow().certificates().get(1).names()).contains("*.example.org");
  }

  @Test
  void aCertificateListReplacesNames() {
    BindSettings bind =
        read("27-crt-list-and-rules.cfg")
            .frontend("in")
            .orElseThrow()
            .frontend()
            .orElseThrow()
            .binds()
            .getFirst();

    assertThat(bind.tls().orElseThrow().certificates().get(1).names())
        .containsExactly("*.example.org", "!old.example.org");
  }

  @Test
  void cookiesAreReadWithTheirModes() {
    HaproxyConfiguration settings = read("11-cookies.cfg");
    CookieSettings inserted =
        settings.backend("inserted").orElseThrow().backend().orElseThrow().cookie().orElseThrow();

    assertThat(inserted.kind()).isEqualTo(CookieSettings.Kind.INSERT);
    assertThat(inserted.indirect()).isTrue();
    assertThat(inserted.nocache()).isTrue();
    assertThat(inserted.maxIdle()).contains(Duration.ofMinutes(30));
    assertThat(inserted.attributes()).containsExactly("SameSite=Lax");
    assertThat(server(settings, "inserted", "s3").disabled()).isTrue();
    assertThat(server(settings, "inserted", "s1").cookie()).contains("s1");
    assertThat(
            settings
                .backend("prefixed")
                .orElseThrow()
                .backend()
                .orElseThrow()
                .cookie()
                .orElseThrow()
                .kind())
        .isEqualTo(CookieSettings.Kind.PREFIX);
  }

  @Test
  void everyBalancingAlgorithmIsRead() {
    HaproxyConfiguration settings = read("23-many-balancers.cfg");

    assertThat(settings.proxies())
        .extracting(p -> p.backend().orElseThrow().balance().getClass().getSimpleName())
        .containsExactly(
            "RoundRobin",
            "StaticRoundRobin",
            "LeastConnections",
            "First",
            "Source",
            "Uri",
            "Header",
            "Random",
            "Hash",
            "RdpCookie");
    assertThat(settings.backend("byuri").orElseThrow().backend().orElseThrow().balance())
        .isEqualTo(new Balance.Uri(20, 3, false, true));
  }

  @Test
  void queueAndDynamicLimitsAreRead() {
    HaproxyConfiguration settings = read("24-queues-retries.cfg");
    ServerSettings a = server(settings, "app", "a");

    assertThat(a.maxconn()).isEqualTo(20);
    assertThat(a.minconn()).isEqualTo(2);
    assertThat(a.maxqueue()).isEqualTo(50);
    assertThat(a.slowstart()).isEqualTo(Duration.ofSeconds(30));
    assertThat(a.check().onError()).isEqualTo(ServerCheck.OnError.MARK_DOWN);
    assertThat(server(settings, "app", "b").agent().orElseThrow().port()).isEqualTo(9999);
    assertThat(settings.backend("app").orElseThrow().backend().orElseThrow().fullconn())
        .contains(200);
    assertThat(settings.backend("app").orElseThrow().backend().orElseThrow().retryOn()).hasSize(3);
    assertThat(settings.global().bufferSize()).isEqualTo(32_768);
  }

  @Test
  void stickTablesAndTrackingAreRead() {
    HaproxyConfiguration settings = read("12-stick-tables.cfg");
    StickTableSettings table = settings.stickTable("limited").orElseThrow();

    assertThat(table.size()).isEqualTo(100 * 1024);
    assertThat(table.store())
        .contains(
            new StickTableSettings.StoredData("conn_rate", Optional.of(Duration.ofSeconds(3)), 1));
    assertThat(settings.frontend("limited").orElseThrow().rules().tcpRequestConnection())
        .hasSize(3);
    assertThat(settings.backend("app").orElseThrow().backend().orElseThrow().stickRules())
        .hasSize(2);
  }

  @Test
  void repliesCarryTheirBodies() {
    var in = read("19-http-errors.cfg").frontend("in").orElseThrow();

    assertThat(in.errorFiles()).containsKeys(403, 404, 500, 503);
    assertThat(in.errorFiles().get(503).body()).isInstanceOf(HttpReply.RawMessage.class);
    assertThat(in.rules().httpRequest().get(2).action())
        .isInstanceOfSatisfying(
            HttpAction.Return.class,
            r -> assertThat(r.reply().body()).isInstanceOf(HttpReply.Format.class));
  }

  @Test
  void namedDefaultsHandDownTheirRules() {
    HaproxyConfiguration settings = read("21-defaults-from.cfg");

    assertThat(settings.frontend("f1").orElseThrow().rules().httpRequest()).hasSize(1);
    assertThat(settings.frontend("f2").orElseThrow().isHttp()).isFalse();
    assertThat(settings.frontend("f1").orElseThrow().timeouts().client())
        .contains(Duration.ofSeconds(20));
  }

  @Test
  void conditionsAndVariablesAreApplied() {
    HaproxyConfiguration settings = read("22-conditionals.cfg");
    var in = settings.frontend("in").orElseThrow().frontend().orElseThrow();

    assertThat(in.maxconn()).contains(500);
    assertThat(in.binds().getFirst().firstPort()).isEqualTo(8097);
    assertThat(server(settings, "web", "w1").port()).isEqualTo(new ServerPort.Fixed(8081));
    assertThat(settings.frontend("in").orElseThrow().rules().httpRequest().get(1).action())
        .isInstanceOfSatisfying(
            HttpAction.SetHeader.class,
            h -> assertThat(h.value().literal()).contains("a \"b\" 'c' \\ A"));
  }

  @Test
  void templatesBecomeServers() {
    var apps = read("14-resolvers.cfg").backend("apps").orElseThrow().backend().orElseThrow();

    assertThat(apps.servers())
        .extracting(ServerSettings::name)
        .containsExactly("app1", "app2", "app3", "app4");
    assertThat(apps.servers().get(3).id()).isEqualTo(4);
  }

  @Test
  void tcpRulesWaitForTheServerName() {
    var tls = read("25-sni-passthrough.cfg").frontend("tls").orElseThrow();

    assertThat(tls.rules().requestInspectDelay()).contains(Duration.ofSeconds(5));
    assertThat(tls.rules().tcpRequestContent().getLast().action())
        .isEqualTo(new TcpAction.Accept());
    assertThat(
            tls.frontend()
                .orElseThrow()
                .backendRules()
                .getFirst()
                .condition()
                .orElseThrow()
                .alternatives()
                .getFirst()
                .getFirst()
                .tests()
                .getFirst()
                .ignoreCase())
        .isTrue();
  }
}
