package org.vipdrift.scenarios.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.Circumstances;
import org.vipdrift.model.verdict.Judge;
import org.vipdrift.model.verdict.Verdict;
import org.vipdrift.scenarios.trace.TraceReader;

/** Runs of the nginx pair told by trace files beside the tests, with their verdicts. */
record Told(Scenario scenario, Chronicle chronicle, Verdict verdict) {
  private static final IpAddress VIP = IpAddress.parse("20.0.0.100").orElseThrow();

  /** Lab 1 with what it is expected to show. */
  static Told lab1() {
    return tell(
        "lab1.jsonl",
        scenario(
            "nginx-pair",
            "nginx pair - nginx dies on the master",
            "Lab 1. Two machines run nginx and keepalived. A check script stops keepalived when"
                + " nginx is dead, so that the address moves to the other machine.",
            new TimelineEntry.Perform(
                Duration.ofSeconds(10),
                "stop-1",
                Optional.empty(),
                new Action.OnProcess(Action.ProcessVerb.STOP, "nginx1", "nginx")),
            List.of(
                new Expectation.Holder(VIP, "nginx1", between(5, 10)),
                new Expectation.Holder(VIP, "nginx2", between(15, 30)),
                new Expectation.FailoverWithin(
                    VIP, Duration.ofSeconds(10), Optional.of("nginx2"), Duration.ofSeconds(5)),
                new Expectation.AnsweredBy("test1", "nginx2", between(15, 29)),
                new Expectation.Outage(
                    "test1",
                    Optional.of(Duration.ofSeconds(1)),
                    Optional.empty(),
                    Duration.ZERO,
                    Optional.of(between(5, 30))))));
  }

  /** A firewall on the backup and expectations that forget about it. */
  static Told firewall(boolean claimed) {
    return tell(
        "firewall.jsonl",
        scenario(
            "firewall-backup-in",
            "A firewall on the backup drops VRRP",
            "",
            new TimelineEntry.Perform(
                Duration.ofSeconds(10),
                "fw",
                Optional.of(Duration.ofSeconds(9)),
                new Action.Firewall(
                    "nginx2",
                    FirewallRule.Chain.IN,
                    Optional.of("ens33"),
                    new PacketMatch.Vrrp(),
                    false)),
            List.of(
                claimed
                    ? new Expectation.SplitBrain(VIP, moment(13, 14), Optional.of(moment(19, 20)))
                    : new Expectation.Holder(VIP, "nginx1", between(5, 30)))));
  }

  private static Told tell(String resource, Scenario scenario) {
    Chronicle chronicle = new Chronicle(scenario);
    Judge judge = Judge.of(scenario, new Circumstances(1, Duration.ofSeconds(4), List.of(VIP)));
    try (TraceReader reader =
        TraceReader.open(
            resource,
            new BufferedReader(
                new InputStreamReader(
                    Told.class.getResourceAsStream(resource), StandardCharsets.UTF_8)))) {
      for (Optional<TraceEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
        judge.accept(event.get());
        chronicle.accept(event.get());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Told(scenario, chronicle, judge.finish(scenario.until()));
  }

  private static Scenario scenario(
      String name,
      String title,
      String about,
      TimelineEntry entry,
      List<Expectation> expectations) {
    return new Scenario(
        name,
        title,
        about,
        List.of(),
        List.of(host("nginx1"), host("nginx2")),
        List.of(
            new Client(
                "test1",
                "lan",
                IpPrefix.parse("20.0.0.10/24").orElseThrow(),
                VIP,
                Client.DEFAULT_EVERY,
                Client.DEFAULT_TIMEOUT)),
        List.of(entry),
        Duration.ofSeconds(30),
        expectations);
  }

  private static Host host(String name) {
    return new Host(
        name,
        List.of(),
        Optional.empty(),
        List.of(
            new Host.KeepalivedProcess(
                "keepalived",
                Optional.of(Duration.ZERO),
                name + "/keepalived.conf",
                new LinkedHashMap<>())),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        false);
  }

  private static Interval between(long from, long to) {
    return new Interval(Duration.ofSeconds(from), Duration.ofSeconds(to));
  }

  private static Moment moment(long earliest, long latest) {
    return new Moment(Duration.ofSeconds(earliest), Duration.ofSeconds(latest));
  }
}
