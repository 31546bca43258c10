package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.firewall.PacketMatch;
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
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.host.HaproxyTrial.Deed;
import org.vipdrift.simulator.host.HaproxyTrial.Fate;
import org.vipdrift.simulator.host.HaproxyTrial.Findings;
import org.vipdrift.simulator.host.HaproxyTrial.Line;
import org.vipdrift.simulator.host.HaproxyTrial.Timed;
import org.vipdrift.simulator.host.HaproxyTrial.Visitor;

/** Carries out a trial in the simulation. */
final class SimulatedTrial {
  private static final IpAddress BALANCER = IpAddress.v4(20, 0, 0, 20);

  /** What HAProxy logs of its servers, among which the simulation logs what its socket answers. */
  private static final Pattern EVENT =
      Pattern.compile(
          "^(Backup )?[Ss]erver \\S+/\\S+ (is|was|enters|remains) |^Health check for "
              + "|^(backend|proxy) \\S+ has no server|^(Paused|Resumed) ");

  /** By then the servers are up. */
  private static final Duration LATER = Duration.ofMillis(300);

  private SimulatedTrial() {}

  static Findings run(HaproxyTrial trial, long seed, double until) {
    Map<String, String> places = HaproxyTrial.places("/dev/log");
    List<Host> hosts = new ArrayList<>();
    int number = 30;
    for (String server : trial.servers()) {
      places.put(server, "20.0.0." + ++number + ":80");
      hosts.add(
          host(
              server,
              number,
              new Host.ServerProcess(
                  "nginx", Optional.of(Duration.ZERO), List.of(80), Optional.of(server))));
    }
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String frontend : trial.frontends()) {
      ports.put(frontend, 8_001 + ports.size());
      places.put("bind:" + frontend, "*:" + ports.get(frontend));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        "haproxy.cfg",
        "global\n    stats socket /run/haproxy.sock level admin\n" + trial.configuration(places));
    hosts.add(
        host(
            "lb",
            20,
            new Host.HaproxyProcess("haproxy", Optional.of(LATER), "haproxy.cfg", texts)));
    Scenario scenario =
        new Scenario(
            "trial",
            "trial",
            "",
            List.of(
                new Segment(
                    "lan",
                    List.of(IpPrefix.parse("20.0.0.0/24").orElseThrow()),
                    Segment.DEFAULT_LATENCY,
                    Optional.empty())),
            hosts,
            clients(trial.visitors, ports),
            timeline(trial.deeds),
            HaproxyTrial.seconds(until),
            List.of());
    return findings(trial, Experiment.observe(scenario, seed).events());
  }

  private static List<Client> clients(List<Visitor> visitors, Map<String, Integer> ports) {
    List<Client> clients = new ArrayList<>();
    for (Visitor visitor : visitors) {
      Duration from = HaproxyTrial.seconds(visitor.from());
      clients.add(
          new Client(
              visitor.frontend(),
              "lan",
              new IpPrefix(IpAddress.v4(20, 0, 0, 150 + clients.size()), 24),
              1,
              Optional.empty(),
              new Client.Start(from, from),
              Client.Fetches.get(
                  "http://20.0.0.20:" + ports.get(visitor.frontend()) + "/", BALANCER),
              HaproxyTrial.seconds(visitor.every()),
              Duration.ofSeconds(5),
              Optional.of(visitor.times())));
    }
    return clients;
  }

  private static List<TimelineEntry> timeline(List<Timed> deeds) {
    List<TimelineEntry> timeline = new ArrayList<>();
    for (Timed timed : deeds) {
      Duration at = HaproxyTrial.seconds(timed.at());
      timeline.add(
          switch (timed.deed()) {
            case Deed.Say(String command) ->
                perform(at, "say-" + timeline.size(), new Action.Admin("lb", "haproxy", command));
            case Deed.ToServer(String server, Fate fate) -> suffer(at, server, fate);
          });
    }
    return timeline;
  }

  private static TimelineEntry perform(Duration at, String name, Action action) {
    return new TimelineEntry.Perform(at, name, Optional.empty(), action);
  }

  private static TimelineEntry suffer(Duration at, String server, Fate fate) {
    return switch (fate) {
      case KILLED -> onProcess(at, ProcessVerb.KILL, server);
      case STARTED -> onProcess(at, ProcessVerb.START, server);
      case HANGING -> onProcess(at, ProcessVerb.FREEZE, server);
      case AWAKE -> onProcess(at, ProcessVerb.THAW, server);
      case FAILING ->
          perform(at, "fail-" + server, new Action.ServerError(server, "nginx", 500, 100));
      case RECOVERED -> new TimelineEntry.Heal(at, "fail-" + server);
      case MUTE ->
          perform(
              at,
              "mute-" + server,
              new Action.Firewall(
                  server,
                  FirewallRule.Chain.IN,
                  Optional.of("eth0"),
                  new PacketMatch.Port(80),
                  false));
      case HEARD -> new TimelineEntry.Heal(at, "mute-" + server);
    };
  }

  private static TimelineEntry onProcess(Duration at, ProcessVerb verb, String server) {
    return perform(
        at,
        verb.name().toLowerCase(java.util.Locale.ROOT) + "-" + server + "-" + at.toMillis(),
        new Action.OnProcess(verb, server, "nginx"));
  }

  private static Findings findings(HaproxyTrial trial, List<TraceEvent> events) {
    List<Line> lines = new ArrayList<>();
    Map<Double, StringBuilder> answers = new TreeMap<>();
    Map<String, List<String>> served = new TreeMap<>();
    trial.visitors.forEach(v -> served.put(v.frontend(), new ArrayList<>()));
    List<Double> said = new ArrayList<>();
    for (Timed timed : trial.deeds) {
      if (timed.deed() instanceof Deed.Say) {
        said.add(timed.at());
        answers.put(timed.at(), new StringBuilder());
      }
    }
    for (TraceEvent event : events) {
      double at = event.atNanos() / 1e9;
      if (event.detail() instanceof TraceDetail.LogLine line && event.host().equals("lb")) {
        if (EVENT.matcher(line.text()).find()) {
          lines.add(new Line(at, line.text()));
        } else {
          said.stream()
              .filter(s -> s <= at)
              .reduce((_, last) -> last)
              .ifPresent(s -> answers.get(s).append(line.text()).append('\n'));
        }
      } else if (event.detail() instanceof TraceDetail.ProcessChanged changed
          && event.host().equals("lb")
          && changed.change() == TraceDetail.ProcessChange.REFUSED) {
        throw new IllegalStateException(changed.explanation());
      } else if (event.detail() instanceof TraceDetail.Request request) {
        served
            .get(request.client())
            .add(
                request.outcome() == TraceDetail.RequestOutcome.OK
                    ? request.server().orElse("?")
                    : request.status().map(s -> "" + s).orElse(request.outcome().toString()));
      }
    }
    return new Findings(
        lines, answers.values().stream().map(StringBuilder::toString).toList(), served);
  }

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
}
