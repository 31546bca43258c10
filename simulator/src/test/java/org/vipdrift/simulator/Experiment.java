package org.vipdrift.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceEvent;

/**
 * A scenario put together by a test: machines with an {@code eth0} on one segment, {@code a} at
 * 20.0.0.21, {@code b} at 20.0.0.22 and so on, and a client that pings {@link #VIP}.
 */
public final class Experiment {
  public static final String VIP = "20.0.0.100";

  private static Optional<SimulatedTestbed> testbed = Optional.empty();

  private final List<Host> hosts = new ArrayList<>();
  private final List<TimelineEntry> timeline = new ArrayList<>();
  private int entries;

  /** Priorities 150 and 100. */
  public static Experiment pair() {
    return new Experiment().host("a", configuration(150)).host("b", configuration(100));
  }

  /** A master alone. */
  public static Experiment single(String configuration) {
    return new Experiment().host("a", configuration);
  }

  /** An instance VI_1 for {@link #VIP}, with further lines. */
  public static String configuration(int priority, String... lines) {
    return """
    vrrp_instance VI_1 {
      state BACKUP
      interface eth0
      virtual_router_id 51
      priority %d
      advert_int 1
      %s
      virtual_ipaddress {
        20.0.0.100/24
      }
    }
    """
        .formatted(priority, String.join("\n  ", lines));
  }

  public Experiment host(String name, String configuration) {
    return host(name, Optional.of(Duration.ZERO), configuration);
  }

  public Experiment host(String name, Optional<Duration> start, String configuration) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(name + ".conf", configuration);
    hosts.add(
        new Host(
            name,
            List.of(
                new Host.HostInterface(
                    "eth0",
                    "lan",
                    List.of(new IpPrefix(IpAddress.v4(20, 0, 0, 21 + hosts.size()), 24)),
                    Optional.empty())),
            Optional.empty(),
            List.of(
                new Host.KeepalivedProcess("keepalived", start, name + ".conf", texts),
                new Host.ServerProcess(
                    "nginx", Optional.of(Duration.ZERO), List.of(80), Optional.of(name))),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            false));
    return this;
  }

  /** An executable file on the host added last. */
  public Experiment file(String path, String text) {
    Host last = hosts.removeLast();
    Map<String, Host.HostFile> files = new LinkedHashMap<>(last.files());
    files.put(path, new Host.HostFile(text, true));
    hosts.add(
        new Host(
            last.name(),
            last.interfaces(),
            last.gateway(),
            last.processes(),
            files,
            last.scripts(),
            last.forward()));
    return this;
  }

  public Experiment at(double seconds, Action action) {
    timeline.add(
        new TimelineEntry.Perform(
            duration(seconds), "action-" + ++entries, Optional.empty(), action));
    return this;
  }

  /** The action heals by itself after that many seconds. */
  public Experiment during(double seconds, double length, Action action) {
    timeline.add(
        new TimelineEntry.Perform(
            duration(seconds), "action-" + ++entries, Optional.of(duration(length)), action));
    return this;
  }

  public Experiment entry(TimelineEntry entry) {
    timeline.add(entry);
    return this;
  }

  public Experiment process(double seconds, Action.ProcessVerb verb, String host) {
    return at(seconds, new Action.OnProcess(verb, host, "keepalived"));
  }

  public static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  public Scenario scenario(double until) {
    return new Scenario(
        "experiment",
        "An experiment",
        "",
        List.of(
            new Segment(
                "lan",
                List.of(IpPrefix.parse("20.0.0.0/24").orElseThrow()),
                Segment.DEFAULT_LATENCY,
                Optional.empty())),
        hosts,
        List.of(
            new Client(
                "client",
                "lan",
                IpPrefix.parse("20.0.0.10/24").orElseThrow(),
                IpAddress.of(VIP),
                Client.DEFAULT_EVERY,
                Client.DEFAULT_TIMEOUT)),
        timeline,
        duration(until),
        List.of());
  }

  public Observation run(double until) {
    return run(until, 1);
  }

  public Observation run(double until, long seed) {
    return observe(scenario(until), seed);
  }

  /** Runs it on a testbed that all experiments share, as a search over many scenarios would. */
  public static Observation observe(Scenario scenario, long seed) {
    if (testbed.isEmpty()) {
      testbed = Optional.of(SimulatedTestbed.open());
    }
    List<TraceEvent> events = new ArrayList<>();
    testbed.get().run(scenario, seed, events::add);
    return new Observation(List.copyOf(events));
  }
}
