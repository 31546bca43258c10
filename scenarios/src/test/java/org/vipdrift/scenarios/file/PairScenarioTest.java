package org.vipdrift.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.HostVerb;
import org.vipdrift.model.scenario.Action.LinkVerb;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.DeclaredScript;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.scenario.Host.ServerProcess;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry.Perform;

/** A scenario from two keepalived.conf files alone. */
class PairScenarioTest {
  @TempDir Path directory;

  private Path file(String name, String text) {
    Path path = directory.resolve(name);
    try {
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String instance(String networkInterface, int priority, String more) {
    return """
    vrrp_instance VI_1 {
        state BACKUP
        interface %s
        virtual_router_id 51
        priority %d
        advert_int 1
        virtual_ipaddress {
            20.0.0.100/24
        }
    %s
    }
    """
        .formatted(networkInterface, priority, more);
  }

  private ScenarioLoad load(String left, String right) {
    return PairScenario.of(file("a.conf", left), file("b.conf", right));
  }

  private Scenario scenario(String left, String right) {
    ScenarioLoad load = load(left, right);
    assertThat(load.problems()).isEmpty();
    return load.scenario().orElseThrow();
  }

  private static List<String> addresses(Scenario scenario, String host, int which) {
    HostInterface networkInterface = scenario.host(host).orElseThrow().interfaces().get(which);
    return networkInterface.addresses().stream().map(IpPrefix::toString).toList();
  }

  @Nested
  class Names {
    @Test
    void areTheRouterIds() {
      assertThat(
              scenario(
                      "global_defs {\n router_id lb1\n}\n" + instance("eth0", 100, ""),
                      "global_defs {\n router_id lb2\n}\n" + instance("eth0", 90, ""))
                  .hosts())
          .extracting(Host::name)
          .containsExactly("lb1", "lb2");
    }

    @Test
    void areTheFilesWhereTheRouterIdsAreTheSame() {
      String global = "global_defs {\n router_id LVS_DEVEL\n}\n";
      assertThat(
              scenario(global + instance("eth0", 100, ""), global + instance("eth0", 90, ""))
                  .hosts())
          .extracting(Host::name)
          .containsExactly("a", "b");
    }

    @Test
    void areTheDirectoriesWhereTheFilesAreNamedAlike() {
      Scenario scenario =
          PairScenario.of(
                  file("left/keepalived.conf", instance("eth0", 100, "")),
                  file("right/keepalived.conf", instance("eth0", 90, "")))
              .scenario()
              .orElseThrow();
      assertThat(scenario.hosts()).extracting(Host::name).containsExactly("left", "right");
      assertThat(scenario.name()).isEqualTo("left-right");
    }
  }

  @Nested
  class Network {
    @Test
    void isOneSegmentOfTheVirtualAddresses() {
      Scenario scenario = scenario(instance("eth0", 100, ""), instance("ens33", 90, ""));
      assertThat(scenario.segments())
          .singleElement()
          .satisfies(
              s ->
                  assertThat(s.subnets())
                      .containsExactly(IpPrefix.parse("20.0.0.0/24").orElseThrow()));
      assertThat(addresses(scenario, "a", 0)).containsExactly("20.0.0.11/24");
      assertThat(addresses(scenario, "b", 0)).containsExactly("20.0.0.12/24");
      assertThat(scenario.host("b").orElseThrow().interfaces())
          .extracting(HostInterface::name)
          .containsExactly("ens33");
      assertThat(scenario.clients())
          .containsExactly(
              new Client(
                  "client",
                  "lan",
                  IpPrefix.parse("20.0.0.50/24").orElseThrow(),
                  IpAddress.of("20.0.0.100"),
                  Client.DEFAULT_EVERY,
                  Client.DEFAULT_TIMEOUT));
    }

    @Test
    void takesTheAddressesOfUnicast() {
      Scenario scenario =
          scenario(
              instance("eth0", 100, "unicast_src_ip 20.0.0.5\nunicast_peer {\n20.0.0.6\n}"),
              instance("eth0", 90, "unicast_peer {\n20.0.0.5\n}"));
      assertThat(addresses(scenario, "a", 0)).containsExactly("20.0.0.5/24");
      assertThat(addresses(scenario, "b", 0)).containsExactly("20.0.0.6/24");
    }

    @Test
    void givesHostsAnAddressBesideTheVipWhereTheirOwnAreElsewhere() {
      Scenario scenario =
          scenario(
              instance("eth0", 100, "unicast_src_ip 10.0.0.5\nunicast_peer {\n10.0.0.6\n}"),
              instance("eth0", 90, "unicast_src_ip 10.0.0.6\nunicast_peer {\n10.0.0.5\n}"));
      assertThat(addresses(scenario, "a", 0)).containsExactly("10.0.0.5/24", "20.0.0.11/24");
      assertThat(scenario.clients().getFirst().address())
          .isEqualTo(IpPrefix.parse("20.0.0.50/24").orElseThrow());
    }

    @Test
    void hasASegmentForEachPairOfInterfaces() {
      String inner =
          """
          vrrp_instance VI_2 {
              interface eth1
              virtual_router_id 52
              priority 100
              virtual_ipaddress {
                  10.1.0.1/16
              }
          }
          """;
      Scenario scenario =
          scenario(instance("eth0", 100, "") + inner, instance("eth0", 90, "") + inner);
      assertThat(scenario.segments()).extracting(s -> s.name()).containsExactly("lan", "lan-2");
      assertThat(addresses(scenario, "b", 1)).containsExactly("10.1.0.12/16");
      assertThat(scenario.clients()).extracting(Client::name).containsExactly("client", "client-2");
    }

    @Test
    void joinsInterfacesOfInstancesWhoseRouterIdsDiffer() {
      Scenario scenario =
          scenario(
              instance("eth0", 100, ""),
              instance("ens33", 90, "").replace("virtual_router_id 51", "virtual_router_id 52"));
      assertThat(scenario.segments()).hasSize(1);
    }

    @Test
    void speaksIpv6() {
      String addresses = "virtual_ipaddress {\n fe80::100/64\n fd00::100/64\n }";
      String ours =
          instance("eth0", 100, "").replaceAll("(?s)virtual_ipaddress \\{.*?\\}", addresses);
      Scenario scenario = scenario(ours, ours.replace("priority 100", "priority 90"));
      assertThat(addresses(scenario, "a", 0)).containsExactly("fd00::b/64");
      assertThat(scenario.clients())
          .singleElement()
          .satisfies(c -> assertThat(c.target()).isEqualTo(IpAddress.of("fd00::100")));
    }
  }

  @Nested
  class Scripts {
    private static final String CHECK =
        """
        vrrp_script chk {
            script "%s"
            interval 2
        }
        """;
    private static final String TRACKED = "    track_script {\n        chk\n    }";

    private ScenarioLoad with(String script) {
      return load(
          CHECK.formatted(script) + instance("eth0", 100, TRACKED), instance("eth0", 90, ""));
    }

    private Host host(String script) {
      return with(script).scenario().flatMap(s -> s.host("a")).orElseThrow();
    }

    @Test
    void nameTheDaemonsThatTheyWatch() {
      for (String script :
          List.of(
              "killall -0 nginx",
              "/usr/bin/killall -0 nginx",
              "pidof nginx",
              "pgrep -x nginx",
              "systemctl is-active --quiet nginx",
              "/bin/sh -c 'pidof nginx'")) {
        assertThat(host(script).process("nginx"))
            .as(script)
            .contains(
                new ServerProcess(
                    "nginx", Optional.of(Duration.ZERO), List.of(80), Optional.empty()));
      }
    }

    @Test
    void nameThePortsThatTheyProbe() {
      assertThat(host("/usr/bin/nc -z 127.0.0.1 8080").process("service-8080")).isPresent();
    }

    @Test
    void areTakenFromBesideTheConfiguration() {
      file("check.sh", "#!/bin/bash\nif [ $(ps -C haproxy --no-header | wc -l) -eq 0 ]\n");
      Host host = host("/etc/keepalived/check.sh");
      assertThat(host.files()).containsOnlyKeys("/etc/keepalived/check.sh");
      assertThat(host.process("haproxy")).isPresent();
      assertThat(host.scripts()).isEmpty();
    }

    @Test
    void areTakenToSucceedWhereTheyAreNotAtHand() {
      ScenarioLoad load = with("/etc/keepalived/check.sh 3");
      assertThat(load.problems())
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.severity()).isEqualTo(Severity.NOTE);
                assertThat(p.code()).isEqualTo("script-declared");
                assertThat(p.message()).contains("/etc/keepalived/check.sh");
                assertThat(p.span().file()).isEqualTo(directory.resolve("a.conf").toString());
                assertThat(p.span().line()).isEqualTo(2);
              });
      assertThat(load.scenario().flatMap(s -> s.host("a")).orElseThrow().scripts())
          .containsEntry("/etc/keepalived/check.sh", new DeclaredScript(0, Duration.ofMillis(20)));
    }
  }

  @Nested
  class Timeline {
    @Test
    void stopsCutsAndUnplugsTheMasterThenTheBackup() {
      Scenario scenario = scenario(instance("eth0", 90, ""), instance("eth1", 100, ""));
      assertThat(scenario.timeline().stream().map(e -> ((Perform) e).action()))
          .containsExactly(
              new Action.OnProcess(ProcessVerb.STOP, "b", "keepalived"),
              new Action.OnHost(HostVerb.POWER_OFF, "b"),
              new Action.OnLink(LinkVerb.LINK_DOWN, "b", "eth1"),
              new Action.OnLink(LinkVerb.UNPLUG, "a", "eth0"));
      assertThat(scenario.timeline().getFirst().at()).isEqualTo(Duration.ofSeconds(15));
      assertThat(scenario.until()).isEqualTo(Duration.ofSeconds(135));
      assertThat(scenario.expectations()).isEmpty();
    }

    @Test
    void givesSlowPairsMoreTime() {
      Scenario scenario =
          scenario(
              instance("eth0", 100, "").replace("advert_int 1", "advert_int 10"),
              instance("eth0", 90, "").replace("advert_int 1", "advert_int 10"));
      assertThat(scenario.timeline().getFirst().at()).isEqualTo(Duration.ofSeconds(85));
    }
  }

  @Nested
  class Mistakes {
    @Test
    void areAFileThatIsMissing() {
      ScenarioLoad load =
          PairScenario.of(directory.resolve("no.conf"), file("b.conf", instance("eth0", 90, "")));
      assertThat(load.scenario()).isEmpty();
      assertThat(load.problems())
          .singleElement()
          .satisfies(p -> assertThat(p.code()).isEqualTo("unreadable-file"));
    }

    @Test
    void areAFileWithoutInstances() {
      ScenarioLoad load = load("global_defs {\n}\n", instance("eth0", 90, ""));
      assertThat(load.scenario()).isEmpty();
      assertThat(load.problems())
          .singleElement()
          .satisfies(p -> assertThat(p.code()).isEqualTo("no-instance"));
    }
  }

  @Test
  void canBeWrittenAsAFolderThatMeansTheSame() throws IOException {
    Scenario pair =
        PairScenario.asFolder(scenario(instance("eth0", 100, ""), instance("eth0", 90, "")));
    Path folder = directory.resolve(pair.name());
    ScenarioWriter.write(folder, pair);
    ScenarioLoad load = ScenarioFolder.load(folder);
    assertThat(load.problems()).isEmpty();
    assertThat(load.scenario()).contains(pair);
    assertThat(folder.resolve("a/keepalived.conf")).content().isEqualTo(instance("eth0", 100, ""));
  }
}
