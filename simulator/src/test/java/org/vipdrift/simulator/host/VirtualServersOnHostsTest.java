package org.vipdrift.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Client.Fetches;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.Observation;

/** keepalived, IPVS, web servers and a client that fetches a page every 200 ms, all together. */
class VirtualServersOnHostsTest {
  private final List<Host> hosts = new ArrayList<>();
  private final List<TimelineEntry> timeline = new ArrayList<>();

  private static Host.HostInterface card(String name, String segment, String address) {
    return new Host.HostInterface(
        name, segment, List.of(IpPrefix.parse(address).orElseThrow()), Optional.empty());
  }

  private void director(String name, String address, int priority, String virtualServer) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(name + ".conf", Experiment.configuration(priority) + virtualServer);
    hosts.add(
        new Host(
            name,
            List.of(card("eth0", "lan", address)),
            Optional.empty(),
            List.of(
                new Host.KeepalivedProcess(
                    "keepalived", Optional.of(Duration.ZERO), name + ".conf", texts)),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            false,
            List.of(new Host.PacketMark(new PacketMatch.Port(80), 7))));
  }

  private void realServer(String name, String address) {
    Map<String, String> sysctls = new LinkedHashMap<>();
    sysctls.put("net.ipv4.conf.all.arp_ignore", "1");
    sysctls.put("net.ipv4.conf.all.arp_announce", "2");
    hosts.add(
        new Host(
            name,
            List.of(card("eth0", "lan", address), card("lo", "", Experiment.VIP + "/32")),
            Optional.empty(),
            List.of(
                new Host.ServerProcess(
                    "nginx", Optional.of(Duration.ZERO), List.of(80), Optional.of(name))),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            sysctls,
            false));
  }

  private VirtualServersOnHostsTest at(int seconds, Action action) {
    timeline.add(
        new TimelineEntry.Perform(
            Duration.ofSeconds(seconds), "action-" + timeline.size(), Optional.empty(), action));
    return this;
  }

  private Observation run(int until) {
    Scenario network = new Experiment().scenario(until);
    Client client =
        new Client(
            "client",
            "lan",
            IpPrefix.parse("20.0.0.10/24").orElseThrow(),
            1,
            Optional.empty(),
            new Client.Start(Duration.ofSeconds(6), Duration.ofSeconds(6)),
            Fetches.get("http://" + Experiment.VIP + "/", IpAddress.of(Experiment.VIP)),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Optional.empty());
    return Experiment.observe(
        new Scenario(
            network.name(),
            network.title(),
            network.about(),
            network.segments(),
            hosts,
            List.of(client),
            timeline,
            network.until(),
            List.of()),
        1);
  }

  private static List<String> servers(Observation seen, double from, double to) {
    return seen.between(from, to, "client", TraceDetail.Request.class).stream()
        .map(r -> r.server().orElse(r.outcome().name()))
        .toList();
  }

  private static Action nginx(ProcessVerb verb, String host) {
    return new Action.OnProcess(verb, host, "nginx");
  }

  private static String pool(String head, String lines) {
    return "virtual_server "
        + head
        + " {\ndelay_loop 2\nlvs_sched rr\nlvs_method DR\n"
        + lines
        + "\nreal_server 20.0.0.51 %1$s {\nHTTP_GET {\nconnect_port 80\nurl {\npath /\n}\n}\n}\n"
            .formatted(head.startsWith("fwmark") ? "" : "80")
        + "real_server 20.0.0.52 %1$s {\nTCP_CHECK {\nconnect_port 80\n}\n}\n}\n"
            .formatted(head.startsWith("fwmark") ? "" : "80");
  }

  private void web() {
    realServer("one", "20.0.0.51/24");
    realServer("two", "20.0.0.52/24");
  }

  @Test
  void aDeadServerIsFoundAndComesBack() {
    director("a", "20.0.0.21/24", 150, pool(Experiment.VIP + " 80", "protocol TCP"));
    web();
    Observation seen =
        at(15, nginx(ProcessVerb.STOP, "one")).at(30, nginx(ProcessVerb.START, "one")).run(40);

    assertThat(servers(seen, 8, 15)).contains("one", "two").doesNotContain("REFUSED");
    assertThat(servers(seen, 21, 30)).containsOnly("two");
    assertThat(servers(seen, 34, 40)).contains("one", "two").hasSizeGreaterThan(25);
    assertThat(seen.between(0, 40, "a", TraceDetail.ServerChanged.class))
        .extracting(c -> c.server() + " " + c.change())
        .containsExactly("20.0.0.51:80 DOWN", "20.0.0.51:80 UP");
  }

  @Test
  void theSorryServerAnswersWhenNobodyElseDoes() {
    director(
        "a",
        "20.0.0.21/24",
        150,
        pool(Experiment.VIP + " 80", "protocol TCP\nsorry_server 20.0.0.59 80"));
    web();
    realServer("sorry", "20.0.0.59/24");
    Observation seen =
        at(12, nginx(ProcessVerb.STOP, "one"))
            .at(12, nginx(ProcessVerb.STOP, "two"))
            .at(30, nginx(ProcessVerb.START, "two"))
            .run(40);

    assertThat(servers(seen, 20, 30)).containsOnly("sorry");
    assertThat(servers(seen, 34, 40)).containsOnly("two");
  }

  @Test
  void aServiceOfAMarkTakesWhatCarriesIt() {
    director("a", "20.0.0.21/24", 150, pool("fwmark 7", ""));
    web();

    assertThat(servers(run(12), 6, 12)).contains("one", "two").doesNotContain("REFUSED");
  }

  @Test
  void aScriptSetsTheWeightAndSeesTheLoopback() {
    director(
        "a",
        "20.0.0.21/24",
        150,
        "virtual_server 20.0.0.100 80 {\ndelay_loop 2\nlvs_sched rr\nlvs_method DR\n"
            + "protocol TCP\nreal_server 20.0.0.51 80 {\nweight 1\n}\n"
            + "real_server 20.0.0.52 80 {\nweight 1\nMISC_CHECK {\n"
            + "misc_path /etc/keepalived/load.sh\nmisc_dynamic\n}\n}\n}\n");
    web();
    Host first = hosts.removeFirst();
    Map<String, Host.HostFile> files = new LinkedHashMap<>();
    files.put(
        "/etc/keepalived/load.sh",
        new Host.HostFile("#!/bin/sh\nip addr show lo | grep -q 127.0.0.99 && exit 2\n", true));
    List<Host.HostInterface> cards = new ArrayList<>(first.interfaces());
    cards.add(card("lo", "", "127.0.0.99/32"));
    hosts.addFirst(
        new Host(
            first.name(),
            cards,
            first.gateway(),
            first.processes(),
            files,
            first.scripts(),
            first.sysctls(),
            first.forward()));

    assertThat(servers(run(14), 8, 14)).containsOnly("one");
  }

  @Test
  void theBackupServesTheSamePoolAfterAFailover() {
    String pool = pool(Experiment.VIP + " 80", "protocol TCP");
    director("a", "20.0.0.21/24", 150, pool);
    director("b", "20.0.0.22/24", 100, pool);
    web();
    Observation seen = at(15, new Action.OnHost(Action.HostVerb.POWER_OFF, "a")).run(30);

    assertThat(servers(seen, 20, 30)).containsOnly("one", "two").hasSizeGreaterThan(45);
  }

  @Test
  void stoppingKeepalivedEmptiesTheTable() {
    director("a", "20.0.0.21/24", 150, pool(Experiment.VIP + " 80", "protocol TCP"));
    web();
    Observation seen =
        at(15, new Action.OnProcess(ProcessVerb.STOP, "a", "keepalived"))
            .at(20, new Action.OnProcess(ProcessVerb.START, "a", "keepalived"))
            .run(30);

    assertThat(servers(seen, 16, 20)).doesNotContain("one", "two");
    assertThat(servers(seen, 26, 30)).containsOnly("one", "two");
  }
}
