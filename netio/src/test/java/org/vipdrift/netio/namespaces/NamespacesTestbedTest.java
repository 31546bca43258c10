package org.vipdrift.netio.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

class NamespacesTestbedTest {
  private static final IpAddress VIP = IpAddress.v4(10, 99, 0, 100);

  private static void assumeEverythingIsThere() {
    List<String> missing =
        Requirement.all().stream()
            .filter(r -> r.isNeeded() && !r.isThere())
            .map(Requirement::what)
            .toList();
    assumeTrue(missing.isEmpty(), () -> "needs " + missing);
  }

  private static Host host(String name, int number, int priority, Duration start) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        name + ".conf",
        """
        vrrp_instance VI_1 {
          state BACKUP
          interface ens33
          virtual_router_id 51
          priority %d
          version 3
          advert_int 0.1
          virtual_ipaddress { 10.99.0.100/24 }
        }
        """
            .formatted(priority));
    return new Host(
        name,
        List.of(
            new Host.HostInterface(
                "ens33",
                "lan",
                List.of(new IpPrefix(IpAddress.v4(10, 99, 0, number), 24)),
                Optional.empty())),
        Optional.empty(),
        List.of(
            new Host.KeepalivedProcess("keepalived", Optional.of(start), name + ".conf", texts)),
        Collections.emptyMap(),
        Collections.emptyMap(),
        false);
  }

  private static Scenario pair(Duration until, TimelineEntry... timeline) {
    return new Scenario(
        "pair",
        "a pair",
        "",
        List.of(new Segment("lan", List.of(), Segment.DEFAULT_LATENCY, Optional.empty())),
        // The second later: who is first must not depend on how busy this machine is.
        List.of(host("one", 1, 150, Duration.ZERO), host("two", 2, 100, Duration.ofSeconds(2))),
        List.of(
            new Client(
                "client",
                "lan",
                new IpPrefix(IpAddress.v4(10, 99, 0, 10), 24),
                VIP,
                Duration.ofMillis(50),
                Duration.ofMillis(500))),
        List.of(timeline),
        until,
        List.of());
  }

  private static TimelineEntry at(int millis, String name, Action action) {
    return new TimelineEntry.Perform(Duration.ofMillis(millis), name, Optional.empty(), action);
  }

  private static List<TraceEvent> run(Scenario scenario) {
    List<TraceEvent> events = new ArrayList<>();
    try (NamespacesTestbed testbed = new NamespacesTestbed()) {
      testbed.run(scenario, 1, events::add);
    }
    return events;
  }

  /** The namespaces of all processes that are not this one's, and the processes of daemons. */
  private static Set<String> networks() throws IOException {
    Set<String> found = new LinkedHashSet<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path each : processes.toList()) {
        try {
          found.add(Files.readSymbolicLink(each.resolve("ns/net")).toString());
        } catch (IOException e) {
          // No process, or none any more.
        }
      }
    }
    return found;
  }

  @Test
  void theBackupTakesTheAddressOfAMasterThatIsKilled() {
    assumeEverythingIsThere();
    List<TraceEvent> events =
        run(
            pair(
                Duration.ofSeconds(7),
                at(
                    5_000,
                    "kill",
                    new Action.OnProcess(Action.ProcessVerb.KILL, "one", "keepalived")),
                at(5_000, "off", new Action.OnHost(Action.HostVerb.POWER_OFF, "one"))));
    assertThat(events).extracting(TraceEvent::id).isSorted();
    assertThat(events).extracting(TraceEvent::atNanos).isSorted();
    List<String> takers =
        events.stream()
            .filter(e -> e.detail() instanceof TraceDetail.VipAdded)
            .map(TraceEvent::host)
            .toList();
    // The lower may have been the faster at the start, and handed it over.
    assertThat(takers).endsWith("one", "two");
    List<String> answering =
        events.stream()
            .flatMap(
                e ->
                    e.detail() instanceof TraceDetail.Ping ping
                        ? ping.holder().stream()
                        : Stream.empty())
            .toList();
    assertThat(answering).contains("one").endsWith("two");
    assertThat(events)
        .anyMatch(
            e ->
                e.host().equals("two")
                    && e.detail() instanceof TraceDetail.VrrpStateChanged change
                    && change.to().equals("MASTER"));
  }

  @Test
  void whatAKernelCannotDoIsRefusedBeforeTheStart() {
    Scenario scenario =
        pair(
            Duration.ofSeconds(1),
            at(10, "step", new Action.ClockStep("one", Duration.ofSeconds(1))),
            at(20, "pause", new Action.OnHost(Action.HostVerb.VM_PAUSE, "one")));
    try (NamespacesTestbed testbed = new NamespacesTestbed()) {
      assertThat(testbed.refusals(scenario))
          .anyMatch(r -> r.contains("clock-step") && r.contains("netns"))
          .anyMatch(r -> r.contains("vm-pause"));
    }
  }

  @Test
  void aKilledProgramLeavesNothingBehind() throws Exception {
    assumeEverythingIsThere();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName());
    Process victim =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(victim.inputReader().readLine()).isEqualTo("frozen");
    List<ProcessHandle> started = victim.descendants().toList();
    assertThat(started).hasSizeGreaterThan(6);
    Set<String> networks = new LinkedHashSet<>();
    for (ProcessHandle each : started) {
      networks.add(Files.readSymbolicLink(Path.of("/proc/" + each.pid() + "/ns/net")).toString());
    }
    networks.remove(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
    assertThat(networks).hasSizeGreaterThanOrEqualTo(3);
    victim.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    for (int waited = 0;
        waited < 100 && started.stream().anyMatch(ProcessHandle::isAlive);
        waited++) {
      Thread.sleep(50);
    }
    assertThat(started).noneMatch(ProcessHandle::isAlive);
    assertThat(networks()).doesNotContainAnyElementsOf(networks);
  }

  /** A program that is killed while a daemon of its cluster is frozen. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      Scenario scenario =
          pair(
              Duration.ofSeconds(60),
              at(
                  1_000,
                  "freeze",
                  new Action.OnProcess(Action.ProcessVerb.FREEZE, "one", "keepalived")));
      try (NamespacesTestbed testbed = new NamespacesTestbed()) {
        testbed.run(
            scenario,
            1,
            event -> {
              if (event.detail() instanceof TraceDetail.ProcessChanged change
                  && change.change() == TraceDetail.ProcessChange.FROZEN) {
                System.out.println("frozen");
              }
            });
      }
    }
  }
}
