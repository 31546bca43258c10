package org.vipdrift.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.node.NodeConfiguration.CheckScript;
import org.vipdrift.model.node.NodeConfiguration.Instance;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommand;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.NodeConfiguration.WatchedFile;
import org.vipdrift.model.node.NodeConfiguration.WatchedProcess;
import org.vipdrift.model.vrrp.Authentication;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

class NodeConfigurationReaderTest {
  private static NodeReading reading(String text) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("keepalived.conf", text);
    return NodeReading.of("keepalived.conf", texts, List.of("eth0", "eth1"));
  }

  private static NodeConfiguration read(String text) {
    return switch (reading(text)) {
      case NodeReading.Accepted(NodeConfiguration configuration) -> configuration;
      case NodeReading.Refused(String why) -> throw new AssertionError("refused: " + why);
    };
  }

  private static Instance instance(String... lines) {
    return read("vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n"
            + String.join("\n", lines)
            + "\n}\n")
        .instances()
        .getFirst();
  }

  private static VirtualRouterSettings settings(String... lines) {
    return instance(lines).settings();
  }

  private static final String VIP = "virtual_ipaddress {\n 20.0.0.100/24\n}";

  @Nested
  class AnInstance {
    @Test
    void ofTheTutorialIsReadWhole() {
      VirtualRouterSettings settings =
          settings(
              "state MASTER",
              "priority 150",
              "advert_int 2",
              "authentication {\n auth_type PASS\n auth_pass 1111\n}",
              VIP);
      assertThat(settings)
          .isEqualTo(
              VirtualRouterSettings.builder("VI_1", "eth0", 51)
                  .configuredMaster(true)
                  .basePriority(150)
                  .advertisementInterval(Duration.ofSeconds(2))
                  .authentication(Authentication.Password.of("1111"))
                  .virtualAddresses("20.0.0.100/24")
                  .build());
    }

    @Test
    void hasKeepalivedsDefaults() {
      VirtualRouterSettings settings = settings("priority 100", VIP);
      assertThat(settings)
          .isEqualTo(
              VirtualRouterSettings.builder("VI_1", "eth0", 51)
                  .virtualAddresses("20.0.0.100/24")
                  .build());
    }

    @Test
    void withIpv6AddressesSpeaksVersion3ToTheIpv6Group() {
      VirtualRouterSettings settings =
          settings("priority 100", "virtual_ipaddress {\n fe80::100/64\n fd00::100/64\n}");
      assertThat(settings.family()).isEqualTo(IpFamily.IPV6);
      assertThat(settings.version()).isEqualTo(3);
      assertThat(settings.multicastGroup()).isEqualTo(IpAddress.VRRP_GROUP_V6);
    }

    @Test
    void installsAddressesOfTheOtherFamilyWithoutAdvertisingThem() {
      VirtualRouterSettings settings =
          settings(
              "priority 100",
              VIP,
              "virtual_ipaddress_excluded {\n fd00::100/64\n 20.0.0.101/24 dev eth1\n}");
      assertThat(settings.virtualAddresses())
          .extracting(a -> a.address().toString())
          .containsExactly("20.0.0.100");
      assertThat(settings.excludedAddresses())
          .extracting(a -> a.address().toString())
          .containsExactly("fd00::100", "20.0.0.101");
      assertThat(settings.excludedAddresses())
          .extracting(VirtualAddress::interfaceName)
          .containsExactly(Optional.empty(), Optional.of("eth1"));
    }

    @Test
    void withPeersSpeaksUnicast() {
      VirtualRouterSettings settings =
          settings(
              "priority 100",
              "unicast_src_ip 20.0.0.21",
              "unicast_peer {\n 20.0.0.22\n 20.0.0.23\n}",
              VIP);
      assertThat(settings.destinations())
          .extracting(IpAddress::toString)
          .containsExactly("20.0.0.22", "20.0.0.23");
      assertThat(settings.sourceAddress()).contains(IpAddress.of("20.0.0.21"));
      assertThat(settings.ttl()).isEqualTo(255);
    }

    @Test
    void preemptionIsAsTheFileSays() {
      assertThat(settings("priority 100", "nopreempt", VIP).preempt()).isFalse();
      VirtualRouterSettings delayed = settings("priority 100", "preempt_delay 20", VIP);
      assertThat(delayed.preempt()).isTrue();
      assertThat(delayed.preemptDelay()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void globalSettingsHold() {
      VirtualRouterSettings settings =
          read("""
          global_defs {
            vrrp_version 3
            vrrp_mcast_group4 224.0.0.99
            vrrp_garp_master_repeat 2
            vrrp_garp_master_refresh 30
            vrrp_down_timer_adverts 5
          }
          vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 0.5
            virtual_ipaddress {
              20.0.0.100/24
            }
          }
          """)
              .instances()
              .getFirst()
              .settings();
      assertThat(settings.version()).isEqualTo(3);
      assertThat(settings.advertisementInterval()).isEqualTo(Duration.ofMillis(500));
      assertThat(settings.multicastGroup()).isEqualTo(IpAddress.of("224.0.0.99"));
      assertThat(settings.garp().masterRepeat()).isEqualTo(2);
      assertThat(settings.garp().refresh()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void tracksItsOwnInterfaceUnlessToldNotTo() {
      assertThat(instance("priority 100", VIP).tracksOwnInterface()).isTrue();
      assertThat(instance("priority 100", "dont_track_primary", VIP).tracksOwnInterface())
          .isFalse();
    }

    @Test
    void notifiesWhomTheFileNames() {
      NotifyCommands commands =
          instance(
                  "priority 100",
                  "notify_master \"/bin/m one\"",
                  "notify_backup /bin/b",
                  "notify_fault /bin/f",
                  "notify_stop /bin/s",
                  "notify /bin/n",
                  VIP)
              .notifications();
      assertThat(commands.master()).contains(new NotifyCommand(List.of("/bin/m", "one")));
      assertThat(commands.backup()).contains(new NotifyCommand(List.of("/bin/b")));
      assertThat(commands.fault()).contains(new NotifyCommand(List.of("/bin/f")));
      assertThat(commands.stop()).contains(new NotifyCommand(List.of("/bin/s")));
      assertThat(commands.any()).contains(new NotifyCommand(List.of("/bin/n")));
      assertThat(commands.deleted()).isEmpty();
    }
  }

  @Nested
  class WhatIsTracked {
    private final NodeConfiguration configuration =
        read(
            """
            vrrp_script check {
              script "/bin/check -x"
              interval 3
              timeout 2
              rise 2
              fall 4
              weight -20
              init_fail
            }
            vrrp_script other {
              script /bin/other
            }
            vrrp_track_file maintenance {
              file "/etc/maintenance"
              weight 2
            }
            vrrp_track_process web {
              process nginx
              quorum 2
              delay 3
            }
            vrrp_sync_group G {
              group {
                VI_2
                VI_3
              }
              track_interface {
                eth1
              }
              notify_master /bin/group
            }
            vrrp_instance VI_1 {
              interface eth0
              virtual_router_id 51
              priority 100
              track_script {
                check
                other weight -5 reverse
              }
              track_file {
                maintenance
              }
              track_process {
                web
              }
              virtual_ipaddress {
                20.0.0.100/24
              }
            }
            vrrp_instance VI_2 {
              interface eth1
              virtual_router_id 52
              priority 100
              virtual_ipaddress {
                10.0.0.100/24
              }
            }
            vrrp_instance VI_3 {
              interface eth0
              virtual_router_id 53
              priority 100
              virtual_ipaddress {
                20.0.0.103/24
              }
            }
            """);

    @Test
    void scriptsKeepTheirSettings() {
      CheckScript script = configuration.scripts().getFirst();
      assertThat(script.name()).isEqualTo("check");
      assertThat(script.command()).containsExactly("/bin/check", "-x");
      assertThat(script.settings().interval()).isEqualTo(Duration.ofSeconds(3));
      assertThat(script.settings().timeout()).isEqualTo(Duration.ofSeconds(2));
      assertThat(script.settings().rise()).isEqualTo(2);
      assertThat(script.settings().fall()).isEqualTo(4);
      assertThat(script.settings().initiallyFailed()).isTrue();
    }

    @Test
    void filesAndProcessesKeepTheirs() {
      assertThat(configuration.files())
          .containsExactly(new WatchedFile("maintenance", "/etc/maintenance"));
      WatchedProcess process = configuration.processes().getFirst();
      assertThat(process.program()).isEqualTo("nginx");
      assertThat(process.arguments()).isEmpty();
      assertThat(process.quorum()).isEqualTo(2);
      assertThat(process.quorumMaximum()).isEqualTo(Integer.MAX_VALUE);
      assertThat(process.riseDelay()).isEqualTo(Duration.ofSeconds(3));
      assertThat(process.fallDelay()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void anInstanceTracksWhatItNamesWithTheWeightOfTheEntryOrTheDefinition() {
      assertThat(configuration.instances().getFirst().tracked())
          .containsExactly(
              new Tracked(TrackedKind.SCRIPT, "check", -20, false),
              new Tracked(TrackedKind.SCRIPT, "other", -5, true),
              new Tracked(TrackedKind.FILE, "maintenance", 2, false),
              new Tracked(TrackedKind.PROCESS, "web", 1, false));
    }

    @Test
    void anInstanceTracksWhatItsGroupNamesToo() {
      assertThat(configuration.instances())
          .filteredOn(i -> i.settings().syncGroup().isPresent())
          .hasSize(2)
          .allSatisfy(
              i ->
                  assertThat(i.tracked())
                      .filteredOn(t -> t.kind() == TrackedKind.INTERFACE && t.name().equals("eth1"))
                      .hasSize(1));
    }

    @Test
    void aGroupKnowsItsMembersAndTheyKnowIt() {
      assertThat(configuration.groups())
          .singleElement()
          .satisfies(
              g -> {
                assertThat(g.name()).isEqualTo("G");
                assertThat(g.members()).containsExactly("VI_2", "VI_3");
                assertThat(g.notifications().master())
                    .contains(new NotifyCommand(List.of("/bin/group")));
              });
      assertThat(configuration.instances())
          .extracting(i -> i.settings().syncGroup())
          .containsExactly(Optional.empty(), Optional.of("G"), Optional.of("G"));
    }
  }

  @Nested
  class AReading {
    @Test
    void isRefusedWithThePlaceWhereKeepalivedWouldRefuse() {
      assertThat(reading("vrrp_instance VI_1 {\n interface eth0\n priority 100\n}\n"))
          .isInstanceOfSatisfying(
              NodeReading.Refused.class, r -> assertThat(r.why()).startsWith("keepalived.conf:"));
    }

    @Test
    void isAcceptedWithWhatKeepalivedMerelyComplainsAbout() {
      assertThat(reading("frobnicate yes\n")).isInstanceOf(NodeReading.Accepted.class);
    }

    @Test
    void followsIncludes() {
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("keepalived.conf", "include vi.conf\n");
      texts.put(
          "vi.conf",
          "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n priority 100\n"
              + VIP
              + "\n}\n");
      assertThat(NodeReading.of("keepalived.conf", texts, List.of("eth0")))
          .isInstanceOfSatisfying(
              NodeReading.Accepted.class,
              a -> assertThat(a.configuration().instances()).hasSize(1));
    }
  }

  @Nested
  class Announcements {
    private static Duration interval(String vip) {
      return read("""
      global_defs {
          vrrp_garp_interval 0.001
          vrrp_gna_interval 0.002
      }
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          virtual_ipaddress {
              %s
          }
      }
      """
              .formatted(vip))
          .instances()
          .getFirst()
          .settings()
          .garp()
          .interval();
    }

    @Test
    void ofEachFamilyHaveTheirOwnInterval() {
      assertThat(interval("20.0.0.100")).isEqualTo(Duration.ofMillis(1));
      assertThat(interval("fe80::100")).isEqualTo(Duration.ofMillis(2));
    }
  }
}
