package org.vipdrift.simulator.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Client.Fetches;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.Experiment;

/** A web server "web" at 20.0.0.21, and clients that fetch its page. */
final class WebScenario {
  static final IpAddress SERVER = IpAddress.of("20.0.0.21");
  static final IpPrefix CLIENT = IpPrefix.parse("20.0.0.10/24").orElseThrow();

  private final List<Client> clients = new ArrayList<>();
  private final List<TimelineEntry> timeline = new ArrayList<>();
  private Duration takes = Duration.ZERO;

  /** A client "c" whose first request goes out a second after the start. */
  static Client client(Fetches fetches) {
    return new Client(
        "c",
        "lan",
        CLIENT,
        1,
        Optional.empty(),
        new Client.Start(Duration.ofSeconds(1), Duration.ofSeconds(1)),
        fetches,
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Optional.empty());
  }

  static Fetches get() {
    return Fetches.get("http://20.0.0.21/", SERVER);
  }

  static WebScenario with(Client client) {
    WebScenario scenario = new WebScenario();
    scenario.clients.add(client);
    return scenario;
  }

  static WebScenario with(Fetches fetches) {
    return with(client(fetches));
  }

  WebScenario edit(UnaryOperator<Client> edit) {
    clients.add(edit.apply(clients.removeLast()));
    return this;
  }

  WebScenario takes(Duration each) {
    takes = each;
    return this;
  }

  WebScenario at(double seconds, Action action) {
    timeline.add(
        new TimelineEntry.Perform(
            Experiment.duration(seconds), "entry-" + timeline.size(), Optional.empty(), action));
    return this;
  }

  List<TraceEvent> events(double until) {
    return Experiment.observe(scenario(until), 1).events();
  }

  List<Request> requests(double until) {
    List<Request> requests = new ArrayList<>();
    for (TraceEvent event : events(until)) {
      if (event.detail() instanceof Request request) {
        requests.add(request);
      }
    }
    return requests;
  }

  private Scenario scenario(double until) {
    Host web =
        new Host(
            "web",
            List.of(
                new Host.HostInterface(
                    "eth0", "lan", List.of(new IpPrefix(SERVER, 24)), Optional.empty())),
            Optional.empty(),
            List.of(
                new Host.ServerProcess(
                    "nginx",
                    Optional.of(Duration.ZERO),
                    List.of(80, 443),
                    Optional.of("hello"),
                    takes,
                    List.of("www.example"))),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            false);
    return new Scenario(
        "web",
        "",
        "",
        List.of(
            new Segment(
                "lan",
                List.of(IpPrefix.parse("20.0.0.0/24").orElseThrow()),
                Segment.DEFAULT_LATENCY,
                Optional.empty())),
        List.of(web),
        clients,
        timeline,
        Experiment.duration(until),
        List.of());
  }
}
