package org.vipdrift.scenarios.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;

/** What is run to measure: pairs that advertise once a second, without clients and scripts. */
final class BenchScenarios {
  /** How many virtual routers {@link #crowd} has. */
  static final int CROWD = 1_000;

  private static final int SEGMENTS = 4;
  private static final int VRIDS = CROWD / SEGMENTS;
  private static final IpAddress VIP = IpAddress.v4(10, 0, 0, 1);

  /** Longer than start-up and the master down interval together. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private BenchScenarios() {}

  /** A pair to which nothing happens. */
  static Scenario quietPair(Duration until) {
    return pair("quiet-pair", List.of(), until, List.of(holds("a", SETTLED, until)));
  }

  /** A pair whose master is killed, which leaves it the address, and comes back. */
  static Scenario killAndReturn() {
    Duration killed = Duration.ofSeconds(40);
    Duration returned = Duration.ofSeconds(80);
    Duration until = Duration.ofSeconds(120);
    return pair(
        "kill-and-return",
        List.of(
            onProcess("kill", killed, Action.ProcessVerb.KILL),
            onProcess("return", returned, Action.ProcessVerb.START)),
        until,
        List.of(
            holds("a", SETTLED, killed),
            holds("a", returned.plus(SETTLED), until),
            new Expectation.SplitBrain(
                VIP,
                new Expectation.Moment(killed, killed.plus(SETTLED)),
                Optional.of(new Expectation.Moment(returned, returned.plus(SETTLED)))),
            new Expectation.FailoverWithin(VIP, killed, Optional.of("b"), SETTLED)));
  }

  /** Two hosts with {@link #CROWD} virtual routers between them, on four segments. */
  static Scenario crowd(Duration until) {
    return scenario(
        "crowd", SEGMENTS, VRIDS, List.of(), until, List.of(holds("a", SETTLED, until)));
  }

  private static Scenario pair(
      String name, List<TimelineEntry> timeline, Duration until, List<Expectation> expectations) {
    return scenario(name, 1, 1, timeline, until, expectations);
  }

  private static Scenario scenario(
      String name,
      int segments,
      int vrids,
      List<TimelineEntry> timeline,
      Duration until,
      List<Expectation> expectations) {
    List<Segment> lans = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      lans.add(
          new Segment(
              "lan" + i,
              List.of(new IpPrefix(IpAddress.v4(10, i, 0, 0), 16)),
              Segment.DEFAULT_LATENCY,
              Optional.empty()));
    }
    return new Scenario(
        name,
        name,
        "",
        lans,
        List.of(host("a", 100, 1, segments, vrids), host("b", 90, 2, segments, vrids)),
        List.of(),
        timeline,
        until,
        expectations);
  }

  private static Host host(String name, int priority, int lastOctet, int segments, int vrids) {
    List<Host.HostInterface> interfaces = new ArrayList<>();
    StringBuilder configuration = new StringBuilder();
    for (int i = 0; i < segments; i++) {
      interfaces.add(
          new Host.HostInterface(
              "eth" + i,
              "lan" + i,
              List.of(new IpPrefix(IpAddress.v4(10, i, 255, lastOctet), 16)),
              Optional.empty()));
      for (int vrid = 1; vrid <= vrids; vrid++) {
        configuration.append(instance(i, vrid, priority));
      }
    }
    String file = name + "/keepalived.conf";
    return new Host(
        name,
        interfaces,
        Optional.empty(),
        List.of(
            new Host.KeepalivedProcess(
                "keepalived",
                Optional.of(Duration.ZERO),
                file,
                Map.of(file, configuration.toString()))),
        Map.of(),
        Map.of(),
        false);
  }

  private static String instance(int segment, int vrid, int priority) {
    return """
    vrrp_instance VI_%1$d_%2$d {
        state BACKUP
        interface eth%1$d
        virtual_router_id %2$d
        priority %3$d
        advert_int 1
        authentication {
            auth_type PASS
            auth_pass 1111
        }
        virtual_ipaddress {
            10.%1$d.0.%2$d/16
        }
    }
    """
        .formatted(segment, vrid, priority);
  }

  private static TimelineEntry onProcess(String name, Duration at, Action.ProcessVerb verb) {
    return new TimelineEntry.Perform(
        at, name, Optional.empty(), new Action.OnProcess(verb, "a", "keepalived"));
  }

  private static Expectation holds(String host, Duration from, Duration to) {
    return new Expectation.Holder(VIP, host, new Expectation.Interval(from, to));
  }
}
