package org.vipdrift.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.Observation;

/** An nginx in front of two web servers, as a process of a scenario's host. */
class NginxDaemonTest {
  private static final String BALANCER =
      """
      events {}
      http {
        upstream web { server web1; server web2; }
        server { listen 80; location / { proxy_pass http://web; proxy_connect_timeout 1s; } }
      }
      """;

  private final List<TimelineEntry> timeline = new ArrayList<>();
  private final Map<String, Host.HostFile> files = new LinkedHashMap<>();

  private static Host host(String name, int last, Host.ProcessSpecification process) {
    return host(name, last, process, new LinkedHashMap<>());
  }

  private static Host host(
      String name, int last, Host.ProcessSpecification process, Map<String, Host.HostFile> files) {
    return new Host(
        name,
        List.of(
            new Host.HostInterface(
                "eth0",
                "lan",
                List.of(new IpPrefix(IpAddress.v4(20, 0, 0, last), 24)),
                Optional.empty())),
        Optional.empty(),
        List.of(process),
        files,
        new LinkedHashMap<>(),
        false);
  }

  private static Map<String, String> texts(String path, String text) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(path, text);
    return texts;
  }

  private static Host.ServerProcess server(String page) {
    return new Host.ServerProcess(
        "nginx", Optional.of(Duration.ZERO), List.of(80), Optional.of(page));
  }

  private NginxDaemonTest at(double seconds, Action action) {
    timeline.add(
        new TimelineEntry.Perform(
            Experiment.duration(seconds), "a" + timeline.size(), Optional.empty(), action));
    return this;
  }

  private Observation run(String configuration, double until) {
    IpAddress balancer = IpAddress.of("20.0.0.20");
    return Experiment.observe(
        new Scenario(
            "nginx",
            "nginx",
            "",
            List.of(
                new Segment(
                    "lan",
                    List.of(IpPrefix.parse("20.0.0.0/24").orElseThrow()),
                    Segment.DEFAULT_LATENCY,
                    Optional.empty())),
            List.of(
                host(
                    "lb",
                    20,
                    new Host.NginxProcess(
                        "nginx",
                        Optional.of(Duration.ZERO),
                        "lb/nginx.conf",
                        texts("lb/nginx.conf", configuration)),
                    files),
                host("web1", 21, server("web1")),
                host("web2", 22, server("web2"))),
            List.of(
                new Client(
                    "client",
                    "lan",
                    IpPrefix.parse("20.0.0.10/24").orElseThrow(),
                    1,
                    Optional.empty(),
                    Client.Start.AT_ONCE,
                    Client.Fetches.get("http://20.0.0.20/", balancer),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(1),
                    Optional.empty())),
            timeline,
            Experiment.duration(until),
            List.of()),
        1);
  }

  /** Which server's page a client saw, or what became of its request, in an interval. */
  private static String answers(Observation seen, double from, double to) {
    StringBuilder text = new StringBuilder();
    for (TraceDetail.Request request :
        seen.between(from, to, "client", TraceDetail.Request.class)) {
      text.append(
          request.outcome() == RequestOutcome.OK
              ? request.server().map(name -> name.substring(3)).orElse("?")
              : request.status().map(s -> "(" + s + ")").orElse(request.outcome() + " "));
    }
    return text.toString();
  }

  @Test
  void requestsAlternateBetweenTheServers() {
    assertThat(answers(run(BALANCER, 3), 1, 3)).containsPattern("^(12)+1?$|^(21)+2?$");
  }

  @Test
  void aStoppedServerIsPassedOver() {
    at(2, new Action.OnProcess(ProcessVerb.STOP, "web1", "nginx"));
    assertThat(answers(run(BALANCER, 5), 2.1, 5)).matches("2+");
  }

  @Test
  void whatNginxRefusesIsRefusedWithItsReason() {
    Observation seen = run("events {}\nhttp {\n  servr {}\n}\n", 1);
    assertThat(seen.between(0, 1, "lb", TraceDetail.ProcessChanged.class))
        .singleElement()
        .satisfies(
            changed ->
                assertThat(changed.explanation())
                    .isEqualTo("unknown directive \"servr\" in lb/nginx.conf:3"));
  }

  @Test
  void anAddressOfAnotherMachineCannotBeBoundUnlessTheKernelLetsIt() {
    String vip = "events {} http { server { listen 20.0.0.100:80; listen 80; } }";
    assertThat(run(vip, 1).changes("lb", "nginx", 0)).containsExactly("started", "ready");
    String only = "events {} http { server { listen 20.0.0.100:80; } }";
    Observation refused = run(only, 1);
    assertThat(refused.between(0, 1, "lb", TraceDetail.ProcessChanged.class))
        .singleElement()
        .satisfies(
            changed ->
                assertThat(changed.explanation())
                    .isEqualTo(
                        "bind() to 20.0.0.100:80 failed (99: Cannot assign requested address)"));
    files.put("/proc/sys/net/ipv4/ip_nonlocal_bind", new Host.HostFile("1\n", false));
    assertThat(run(only, 1).changes("lb", "nginx", 0)).containsExactly("started", "ready");
  }

  @Test
  void aReloadTakesTheNewFileAndLosesNoRequest() {
    String other = "events {} http { server { location / { proxy_pass http://web2; } } }";
    at(
        2,
        new Action.Reload("lb", "nginx", Optional.of("lb/new.conf"), texts("lb/new.conf", other)));
    Observation seen = run(BALANCER, 4);
    assertThat(answers(seen, 2.1, 4)).matches("2+");
    assertThat(answers(seen, 1, 4)).doesNotContain("(");
    assertThat(seen.changes("lb", "nginx", 1)).containsExactly("reloaded");
  }

  @Test
  void aReloadOfARefusedFileChangesNothing() {
    at(2, new Action.Reload("lb", "nginx", Optional.of("x.conf"), texts("x.conf", "nonsense")));
    Observation seen = run(BALANCER, 4);
    assertThat(answers(seen, 1, 4)).containsPattern("^(12)+1?$|^(21)+2?$");
    assertThat(seen.changes("lb", "nginx", 1)).isEmpty();
  }

  @Test
  void aFrozenNginxAnswersNothing() {
    at(2, new Action.OnProcess(ProcessVerb.FREEZE, "lb", "nginx"));
    at(5, new Action.OnProcess(ProcessVerb.THAW, "lb", "nginx"));
    Observation seen = run(BALANCER, 9);
    assertThat(answers(seen, 3.1, 4.9)).matches("(TIMEOUT )+");
    assertThat(answers(seen, 7, 9)).containsPattern("^[12]+$");
  }

  @Test
  void aKilledNginxRefuses() {
    at(2, new Action.OnProcess(ProcessVerb.KILL, "lb", "nginx"));
    assertThat(answers(run(BALANCER, 4), 2.1, 4)).matches("(REFUSED )+");
  }

  @Test
  void itsOwnErrorsAndSlownessAreFaults() {
    at(2, new Action.ServerError("lb", "nginx", 503, 100));
    Observation seen = run(BALANCER, 4);
    assertThat(answers(seen, 2.1, 4)).matches("(\\(503\\))+");
    timeline.clear();
    at(2, new Action.ServerSlow("lb", "nginx", Duration.ofSeconds(2)));
    assertThat(answers(run(BALANCER, 5), 3.5, 5)).matches("(TIMEOUT )+");
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    at(2, new Action.OnProcess(ProcessVerb.STOP, "web1", "nginx"));
    Observation first = run(BALANCER, 4);
    Observation second = run(BALANCER, 4);
    assertThat(second).isEqualTo(first);
  }
}
