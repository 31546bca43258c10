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
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.Observation;

/** HAProxy as a program of a simulated host, its servers checked and its clients served. */
class HaproxyDaemonTest {
  private static final String CONFIGURATION =
      """
      global
        stats socket /run/haproxy.sock level admin
      defaults
        mode http
        timeout connect 1s
        timeout client 5s
        timeout server 5s
      frontend web
        bind %s:80
        default_backend servers
      backend servers
        option redispatch
        server web1 20.0.0.31:80 check inter 500ms
        server web2 20.0.0.32:80 check inter 500ms
      """;

  private final List<TimelineEntry> timeline = new ArrayList<>();

  private static Host host(String name, int number, Host.ProcessSpecification process) {
    return new Host(
        name,
        List.of(
            new Host.HostInterface(
                "eth0",
                "lan",
                List.of(new IpPrefix(IpAddress.v4(20, 0, 0, number), 24)),
                Optional.empty())),
        Optional.empty(),
        List.of(process),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        false);
  }

  private static Host.ServerProcess page(String name) {
    return new Host.ServerProcess(
        "nginx", Optional.of(Duration.ZERO), List.of(80), Optional.of(name));
  }

  private static Map<String, String> texts(String configuration) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("haproxy.cfg", configuration);
    return texts;
  }

  private HaproxyDaemonTest at(double seconds, Action action) {
    timeline.add(
        new TimelineEntry.Perform(
            Experiment.duration(seconds),
            "action-" + (timeline.size() + 1),
            Optional.empty(),
            action));
    return this;
  }

  private Observation run(String configuration, double until) {
    Host.HaproxyProcess haproxy =
        new Host.HaproxyProcess(
            "haproxy", Optional.of(Duration.ZERO), "haproxy.cfg", texts(configuration));
    IpAddress balancer = IpAddress.v4(20, 0, 0, 20);
    Client client =
        new Client(
            "client",
            "lan",
            IpPrefix.parse("20.0.0.10/24").orElseThrow(),
            1,
            Optional.empty(),
            new Client.Start(Duration.ofSeconds(1), Duration.ofSeconds(1)),
            Client.Fetches.get("http://20.0.0.20/", balancer),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Optional.empty());
    return Experiment.observe(
        new Scenario(
            "haproxy",
            "HAProxy",
            "",
            List.of(
                new Segment(
                    "lan",
                    List.of(IpPrefix.parse("20.0.0.0/24").orElseThrow()),
                    Segment.DEFAULT_LATENCY,
                    Optional.empty())),
            List.of(
                host("lb", 20, haproxy),
                host("web1", 31, page("web1")),
                host("web2", 32, page("web2"))),
            List.of(client),
            timeline,
            Experiment.duration(until),
            List.of()),
        1);
  }

  private static List<String> served(Observation seen, double from, double to) {
    return seen.between(from, to, "client", TraceDetail.Request.class).stream()
        .map(
            r ->
                r.outcome() == TraceDetail.RequestOutcome.OK
                    ? r.server().orElse("?")
                    : r.outcome().toString())
        .toList();
  }

  private static List<String> changes(Observation seen, double from, double to) {
    return seen.between(from, to, "lb", TraceDetail.ServerChanged.class).stream()
        .map(c -> c.server() + " " + c.change())
        .toList();
  }

  private static String open() {
    return CONFIGURATION.formatted("*");
  }

  @Test
  void servesClientsInTurn() {
    Observation seen = run(open(), 3);
    assertThat(served(seen, 1, 3)).startsWith("web1", "web2", "web1", "web2").hasSize(10);
  }

  @Test
  void takesADeadServerOutAndBackIn() {
    Observation seen =
        at(3, new Action.OnProcess(ProcessVerb.KILL, "web1", "nginx"))
            .at(8, new Action.OnProcess(ProcessVerb.START, "web1", "nginx"))
            .run(open(), 14);
    assertThat(served(seen, 3, 8)).containsOnly("web2");
    assertThat(changes(seen, 3, 6)).containsExactly("web1 DOWN");
    assertThat(changes(seen, 8, 12)).containsExactly("web1 UP");
    assertThat(served(seen, 12, 14)).contains("web1", "web2");
  }

  @Test
  void anAdministratorTakesAServerOut() {
    Observation seen =
        at(3, new Action.Admin("lb", "haproxy", "set server servers/web1 state maint"))
            .at(6, new Action.Admin("lb", "haproxy", "set server servers/web1 state ready"))
            .run(open(), 9);
    assertThat(served(seen, 3.2, 6)).containsOnly("web2");
    assertThat(served(seen, 7, 9)).contains("web1", "web2");
  }

  @Test
  void showsItsStatistics() {
    String page = "listen stats\n  bind *:8080\n  stats enable\n  stats uri /stats\n";
    Observation seen = at(2, new Action.Admin("lb", "haproxy", "show stat")).run(open() + page, 3);
    assertThat(
            seen.between(2, 3, "lb", TraceDetail.LogLine.class).stream()
                .map(TraceDetail.LogLine::text))
        .anyMatch(line -> line.startsWith("servers,web1,") && line.contains(",UP,"));
  }

  @Test
  void refusesToBindAnAddressItsHostDoesNotHave() {
    Observation seen = run(CONFIGURATION.formatted("20.0.0.99"), 2);
    assertThat(
            seen.between(0, 2, "lb", TraceDetail.ProcessChanged.class).stream()
                .map(TraceDetail.ProcessChanged::explanation))
        .anyMatch(text -> text.contains("cannot bind socket (Cannot assign requested address)"));
  }

  @Test
  void refusesWhatHaproxyRefuses() {
    Observation seen = run("frontend f\n  bind *:80\n  bnid *:81\n", 2);
    assertThat(
            seen.between(0, 2, "lb", TraceDetail.ProcessChanged.class).stream()
                .map(TraceDetail.ProcessChanged::explanation))
        .anyMatch(text -> text.contains("haproxy.cfg:3"));
  }

  @Test
  void frozenItTakesConnectionsAndAnswersNobody() {
    Observation seen =
        at(3, new Action.OnProcess(ProcessVerb.FREEZE, "lb", "haproxy"))
            .at(6, new Action.OnProcess(ProcessVerb.THAW, "lb", "haproxy"))
            .run(open(), 9);
    assertThat(served(seen, 4.1, 5.9)).containsOnly(TraceDetail.RequestOutcome.TIMEOUT.toString());
    assertThat(served(seen, 7.5, 9)).containsOnly("web1", "web2");
  }

  @Test
  void killedItsPortIsClosed() {
    Observation seen =
        at(3, new Action.OnProcess(ProcessVerb.KILL, "lb", "haproxy"))
            .at(5, new Action.OnProcess(ProcessVerb.START, "lb", "haproxy"))
            .run(open(), 7);
    assertThat(served(seen, 3.1, 5)).containsOnly(TraceDetail.RequestOutcome.REFUSED.toString());
    assertThat(served(seen, 5.5, 7)).containsOnly("web1", "web2");
  }

  @Test
  void aReloadLosesNoRequest() {
    Observation seen =
        at(
                3,
                new Action.Reload(
                    "lb",
                    "haproxy",
                    Optional.of("haproxy.cfg"),
                    texts(open().replace("  server web1 20.0.0.31:80 check inter 500ms\n", ""))))
            .run(open(), 6);
    assertThat(served(seen, 1, 3)).contains("web1", "web2");
    assertThat(served(seen, 3.1, 6)).containsOnly("web2");
  }
}
