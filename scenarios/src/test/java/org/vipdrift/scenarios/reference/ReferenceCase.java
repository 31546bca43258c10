package org.vipdrift.scenarios.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;

/** A timeline recorded from real keepalived, and the scenario that repeats it. */
record ReferenceCase(String name, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An address appeared on a host, or disappeared. */
  record VipChange(double seconds, String host, boolean added, String vip) {}

  static ReferenceCase read(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return new ReferenceCase(json.get("case").asText(), json);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /** What keepalived did to the addresses. */
  List<VipChange> recorded() {
    List<VipChange> changes = new ArrayList<>();
    for (JsonNode row : json.get("vip")) {
      changes.add(
          new VipChange(
              row.get(0).asDouble(),
              row.get(1).asText(),
              row.get(2).asText().equals("+"),
              row.get(3).asText()));
    }
    return changes;
  }

  /** The seconds at which something was done. */
  List<Double> actionTimes() {
    List<Double> times = new ArrayList<>();
    json.get("actions").forEach(action -> times.add(action.get(0).asDouble()));
    return times;
  }

  /** In these, timers are as short as the differences of start-up. */
  boolean onlyWhatFollowsTheFirstActionCounts() {
    return name.startsWith("v3-100ms");
  }

  Scenario scenario() {
    List<Host> hosts = new ArrayList<>();
    int last = 21;
    for (String host : hostNames()) {
      hosts.add(host(host, last++));
    }
    List<TimelineEntry> timeline = new ArrayList<>();
    int number = 0;
    for (JsonNode action : json.get("before")) {
      timeline.add(entry(Duration.ZERO, "before-" + ++number, action, 0));
    }
    for (JsonNode action : json.get("actions")) {
      timeline.add(entry(seconds(action.get(0)), "action-" + ++number, action, 1));
    }
    Segment lan =
        new Segment(
            "lan",
            List.of(IpPrefix.parse("20.0.0.0/24").orElseThrow()),
            Segment.DEFAULT_LATENCY,
            Optional.empty());
    return new Scenario(
        name,
        name,
        "",
        List.of(lan),
        hosts,
        List.of(),
        timeline,
        seconds(json.get("duration")),
        List.of());
  }

  private List<String> hostNames() {
    List<String> names = new ArrayList<>();
    json.get("conf").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private Host host(String host, int lastOctet) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        host + "/keepalived.conf", json.get("conf").get(host).asText().replace("TMP", "/tmp/lab"));
    Optional<Duration> start =
        Optional.of(
            json.get("late").has(host) ? seconds(json.get("late").get(host)) : Duration.ZERO);
    return new Host(
        host,
        List.of(
            new Host.HostInterface(
                "eth0",
                "lan",
                List.of(new IpPrefix(IpAddress.v4(20, 0, 0, lastOctet), 24)),
                Optional.empty())),
        Optional.empty(),
        List.of(new Host.KeepalivedProcess("keepalived", start, host + "/keepalived.conf", texts)),
        Map.of(),
        Map.of(),
        false);
  }

  private static TimelineEntry entry(Duration at, String name, JsonNode row, int first) {
    String verb = row.get(first).asText();
    String host = row.get(first + 1).asText();
    if (verb.equals("heal-firewall")) {
      return new TimelineEntry.Heal(at, "firewall-" + host);
    }
    Action action =
        switch (verb) {
          case "stop" -> process(Action.ProcessVerb.STOP, host);
          case "start" -> process(Action.ProcessVerb.START, host);
          case "kill" -> process(Action.ProcessVerb.KILL, host);
          case "freeze" -> process(Action.ProcessVerb.FREEZE, host);
          case "thaw" -> process(Action.ProcessVerb.THAW, host);
          case "link-down" -> link(Action.LinkVerb.LINK_DOWN, host);
          case "link-up" -> link(Action.LinkVerb.LINK_UP, host);
          case "unplug" -> link(Action.LinkVerb.UNPLUG, host);
          case "plug" -> link(Action.LinkVerb.PLUG, host);
          case "create-file" -> new Action.CreateFile(host, file(host), "");
          case "remove-file" -> new Action.RemoveFile(host, file(host));
          case "firewall" ->
              new Action.Firewall(
                  host,
                  FirewallRule.Chain.valueOf(
                      row.get(first + 2).asText().toUpperCase(java.util.Locale.ROOT)),
                  Optional.empty(),
                  row.get(first + 3).asText().equals("vrrp")
                      ? new PacketMatch.Vrrp()
                      : new PacketMatch.Destination(IpPrefix.parse("224.0.0.18").orElseThrow()),
                  false);
          default -> throw new IllegalArgumentException("unknown action " + verb);
        };
    String entryName = verb.equals("firewall") ? "firewall-" + host : name;
    return new TimelineEntry.Perform(at, entryName, Optional.empty(), action);
  }

  private static Action process(Action.ProcessVerb verb, String host) {
    return new Action.OnProcess(verb, host, "keepalived");
  }

  private static Action link(Action.LinkVerb verb, String host) {
    return new Action.OnLink(verb, host, "eth0");
  }

  private static String file(String host) {
    return "/tmp/lab/" + host + ".bad";
  }

  private static Duration seconds(JsonNode number) {
    return Duration.ofNanos(Math.round(number.asDouble() * 1e9));
  }

  @Override
  public String toString() {
    return name;
  }
}
