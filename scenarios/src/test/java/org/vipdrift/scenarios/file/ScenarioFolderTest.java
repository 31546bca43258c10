package org.vipdrift.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.HaproxyProcess;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Host.ServerProcess;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.scenario.TimelineEntry.Perform;

/** What a good folder becomes. */
class ScenarioFolderTest {
  @TempDir Path directory;
  SampleFolder sample;

  @BeforeEach
  void writeFolder() {
    sample = SampleFolder.in(directory);
  }

  private Scenario loaded(String yaml) {
    ScenarioLoad load = sample.load(yaml);
    assertThat(load.problems()).isEmpty();
    return load.scenario().orElseThrow();
  }

  private static KeepalivedProcess keepalived(Scenario scenario, String host) {
    return (KeepalivedProcess)
        scenario.host(host).flatMap(h -> h.process("keepalived")).orElseThrow();
  }

  private static Action actionOf(Scenario scenario, String name) {
    return scenario.timeline().stream()
        .filter(e -> e instanceof Perform perform && perform.name().equals(name))
        .map(e -> ((Perform) e).action())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theScenarioIsNamedAfterItsFolder() {
    Scenario scenario = loaded(SampleFolder.YAML);
    assertThat(scenario.name()).isEqualTo(directory.getFileName().toString());
    assertThat(scenario.title()).isEqualTo("A pair");
    assertThat(scenario.about()).isEqualTo("Two hosts and a client.");
    assertThat(scenario.until()).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void itsFileMayBeNamedInsteadOfTheFolder() {
    Scenario scenario = loaded(SampleFolder.YAML);
    assertThat(ScenarioFolder.load(directory.resolve("scenario.yaml")).scenario())
        .contains(scenario);
  }

  @Test
  void anAddressWithoutLengthGetsThatOfItsSubnet() {
    Host host = loaded(SampleFolder.YAML).host("a").orElseThrow();
    assertThat(host.interfaces().getFirst().addresses())
        .containsExactly(
            IpPrefix.parse("20.0.0.20/24").orElseThrow(),
            IpPrefix.parse("fd00::20/64").orElseThrow());
    assertThat(host.gateway()).contains(IpAddress.of("20.0.0.254"));
  }

  @Test
  void theSegmentMayBeLeftOutWhereThereIsOnlyOne() {
    Scenario scenario =
        loaded(
            """
            segments: { lan: { subnet: 10.0.0.0/8 } }
            hosts:
              a: { interfaces: { eth0: { addresses: 10.1.0.1 } } }
            clients:
              c: { address: 10.1.0.2, ping: 10.1.0.1 }
            timeline:
              - { at: 1s, lose-garp: {} }
            until: 5s
            """);
    assertThat(scenario.hosts().getFirst().interfaces().getFirst().segment()).isEqualTo("lan");
    assertThat(scenario.clients().getFirst().segment()).isEqualTo("lan");
    assertThat(actionOf(scenario, "lose-garp-1"))
        .isInstanceOfSatisfying(
            Action.LoseGarp.class, a -> assertThat(a.path().segment()).isEqualTo("lan"));
  }

  @Test
  void aProcessStartsAtOnceLaterOrNever() {
    Scenario scenario = loaded(SampleFolder.edited("body: nginx1 }", "start: never }"));
    assertThat(keepalived(scenario, "a").start()).contains(Duration.ofSeconds(1));
    assertThat(keepalived(scenario, "b").start()).contains(Duration.ZERO);
    assertThat(scenario.host("a").flatMap(h -> h.process("nginx")))
        .contains(new ServerProcess("nginx", Optional.empty(), List.of(80), Optional.empty()));
  }

  @Test
  void aFileIsExecutableIfItBeginsLikeAScript() {
    Host host = loaded(SampleFolder.YAML).host("a").orElseThrow();
    assertThat(host.files().get("/etc/keepalived/check.sh").executable()).isTrue();
    Host other =
        loaded(SampleFolder.edited("check.sh: check.sh", "check.sh: { text: \"exit 0\" }"))
            .host("a")
            .orElseThrow();
    assertThat(other.files().get("/etc/keepalived/check.sh").executable()).isFalse();
  }

  @Test
  void aConfigurationBringsWhatItMayInclude() throws IOException {
    Files.createDirectories(directory.resolve("a/conf.d"));
    Files.writeString(directory.resolve("a/conf.d/one.conf"), "! one");
    Files.writeString(
        directory.resolve("a/keepalived.conf"),
        "include conf.d/*.conf\n" + SampleFolder.KEEPALIVED);
    KeepalivedProcess process = keepalived(loaded(SampleFolder.YAML), "a");
    assertThat(process.configurationFile()).isEqualTo("a/keepalived.conf");
    assertThat(process.texts())
        .containsOnlyKeys("a/keepalived.conf", "a/conf.d/one.conf", "/etc/keepalived/check.sh");
  }

  @Test
  void aConfigurationNeedNotBeUtf8() throws IOException {
    Files.write(directory.resolve("a/keepalived.conf"), new byte[] {'!', ' ', (byte) 0xd6, 10});
    assertThat(keepalived(loaded(SampleFolder.YAML), "a").texts().get("a/keepalived.conf"))
        .isEqualTo("! \u00d6\n");
  }

  @Test
  void haproxyHasItsConfigurationWithIt() {
    ScenarioLoad load =
        sample.load(
            SampleFolder.edited(
                "{ keepalived: { config: b/keepalived.conf } }",
                "{ haproxy: { config: haproxy.cfg } }"));
    assertThat(load.problems()).isEmpty();
    assertThat(load.scenario().flatMap(s -> s.host("b")).flatMap(h -> h.process("haproxy")))
        .get()
        .isInstanceOfSatisfying(
            HaproxyProcess.class,
            haproxy -> {
              assertThat(haproxy.configurationFile()).isEqualTo("haproxy.cfg");
              assertThat(haproxy.configuration()).contains("bind");
            });
  }

  @Test
  void aHostAloneMeansItsKeepalivedAndItsOnlyInterface() {
    Scenario scenario =
        loaded(
            SampleFolder.edited(
                "kill: a }", "name: k, kill: a }\n  - { at: 31s, name: l, link-down: a }"));
    assertThat(actionOf(scenario, "k"))
        .isEqualTo(new Action.OnProcess(ProcessVerb.KILL, "a", "keepalived"));
    assertThat(actionOf(scenario, "l"))
        .isEqualTo(new Action.OnLink(Action.LinkVerb.LINK_DOWN, "a", "eth0"));
  }

  @Test
  void theTimelineIsInTheOrderOfTimeAndActionsAreNamedAfterTheirPlace() {
    Scenario scenario = loaded(SampleFolder.edited("at: 10s, stop", "at: 40s, stop"));
    assertThat(scenario.timeline()).extracting(TimelineEntry::at).isSorted();
    assertThat(
            scenario.timeline().stream()
                .flatMap(e -> e instanceof Perform p ? Stream.of(p.name()) : Stream.empty()))
        .containsExactly("fw", "kill-4", "stop-1");
  }

  @Test
  void anchorsMayBeUsed() {
    Scenario scenario =
        loaded(
            SampleFolder.YAML
                .replace("vip: 20.0.0.100, host: a", "vip: &vip 20.0.0.100, host: a")
                .replace("vip: 20.0.0.100, from: 13s", "vip: *vip, from: 13s"));
    assertThat(scenario).isEqualTo(loaded(SampleFolder.YAML));
  }
}
