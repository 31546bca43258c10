package org.vipdrift.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.KeepalivedParser;

class KeepalivedAuditTest {
  private static final String NODE =
      """
      vrrp_script chk {
       script "/bin/true"
      }
      vrrp_instance A {
       interface eth0
       virtual_router_id 5
       priority 100
       advert_int 1
       authentication {
        auth_type PASS
        auth_pass secret
       }
       virtual_ipaddress {
        10.0.0.100/24
       }
       track_script {
        chk
       }
       unicast_src_ip 10.0.0.1
       unicast_peer {
        10.0.0.2
       }
      }
      """;

  private static final String PEER =
      NODE.replace("priority 100", "priority 90")
          .replace("src_ip 10.0.0.1", "src_ip 10.0.0.9")
          .replace("  10.0.0.2", "  10.0.0.1")
          .replace("10.0.0.9", "10.0.0.2");

  private static List<Finding> findings(String left, String right) {
    Map<String, KeepalivedConfiguration> hosts = new LinkedHashMap<>();
    hosts.put("a", KeepalivedParser.parse("a.conf", left).configuration());
    hosts.put("b", KeepalivedParser.parse("b.conf", right).configuration());
    return KeepalivedAudit.audit(hosts);
  }

  private static List<String> codes(String left, String right) {
    return findings(left, right).stream().map(Finding::code).toList();
  }

  private static Finding only(String left, String right) {
    assertThat(codes(left, right)).hasSize(1);
    return findings(left, right).getFirst();
  }

  private static Finding alone(String text) {
    Map<String, KeepalivedConfiguration> hosts = new LinkedHashMap<>();
    hosts.put("a", KeepalivedParser.parse("a.conf", text).configuration());
    assertThat(KeepalivedAudit.audit(hosts)).hasSize(1);
    return KeepalivedAudit.audit(hosts).getFirst();
  }

  private static String with(String node, String line) {
    return node.replace(" advert_int 1", " advert_int 1\n " + line);
  }

  private static String multicast(String node) {
    return node.substring(0, node.indexOf(" unicast_src_ip")) + "}\n";
  }

  private static String version3(String node) {
    String open = node.substring(0, node.indexOf(" authentication"));
    return open + " version 3\n" + node.substring(node.indexOf(" virtual_ipaddress"));
  }

  @Test
  void aSoundPairHasNoFindings() {
    assertThat(codes(NODE, PEER)).isEmpty();
    assertThat(codes(multicast(NODE), multicast(PEER))).isEmpty();
    assertThat(codes(version3(NODE), version3(PEER))).isEmpty();
  }

  @Test
  void interfacesMayHaveDifferentNames() {
    assertThat(codes(NODE, PEER.replace("eth0", "ens3"))).isEmpty();
  }

  @Nested
  class TwoHosts {
    @ParameterizedTest
    @CsvSource({
      "virtual_router_id 5, virtual_router_id 6, vrid-mismatch, two masters",
      "auth_pass secret, auth_pass Secret, password-mismatch, two masters",
      "auth_type PASS, auth_type AH, auth-type-mismatch, 'PASS on a, AH on b'",
      "advert_int 1, advert_int 2, advert-interval-mismatch, 'is 1 s on a, 2 s on b: each drops'",
      "10.0.0.100/24, 10.0.0.101/24, address-list-mismatch, only on a: 10.0.0.100; only on b",
      "10.0.0.100/24, 10.0.0.100, netmask-mismatch, so the election works",
      "priority 90, priority 100, equal-priorities, who was first",
    })
    void eachMismatchHasItsFinding(String from, String to, String code, String says) {
      Finding finding = only(NODE, PEER.replace(from, to));

      assertThat(finding.code()).isEqualTo(code);
      assertThat(finding.message()).contains(says);
      assertThat(finding.severity()).isEqualTo(Severity.WARNING);
      assertThat(finding.spans()).extracting(SourceSpan::file).containsExactly("a.conf", "b.conf");
    }

    @Test
    void differentVersionsMakeTwoMasters() {
      Finding finding = only(NODE, version3(PEER));

      assertThat(finding.code()).isEqualTo("version-mismatch");
      assertThat(finding.message()).contains("2 on a, 3 on b").endsWith("two masters");
    }

    @Test
    void anAddressThatOneHostLacksIsNamed() {
      Finding finding = only(NODE.replace("/24", "/24\n10.0.0.7/24"), PEER);

      assertThat(finding.code()).isEqualTo("address-list-mismatch");
      assertThat(finding.message()).contains("(only on a: 10.0.0.7)");
    }

    @Test
    void anExcludedAddressThatOneHostLacksSplitsNothingButVanishes() {
      Finding finding = only(with(NODE, "virtual_ipaddress_excluded {\n10.0.0.7\n}"), PEER);

      assertThat(finding.code()).isEqualTo("excluded-addresses-differ");
      assertThat(finding.message()).contains("the election works");
    }

    @Test
    void unicastAgainstTheGroupMakesTwoMasters() {
      Finding finding = only(multicast(NODE), PEER);

      assertThat(finding.code()).isEqualTo("unicast-mismatch");
      assertThat(finding.message())
          .contains("b sends to its peers", "a sends to the group")
          .endsWith("two masters");
    }

    @Test
    void differentGroupsMakeTwoMasters() {
      Finding finding = only(multicast(NODE), with(multicast(PEER), "mcast_dst_ip 224.0.0.19"));

      assertThat(finding.code()).isEqualTo("multicast-group-mismatch");
      assertThat(finding.message()).contains("224.0.0.18 on a, 224.0.0.19 on b");
    }

    @Test
    void aPeerThatIsNotSentToMattersByPriority() {
      Finding master = only(NODE.replace("  10.0.0.2", "  10.0.0.7"), PEER);
      Finding backup = only(NODE, PEER.replace("  10.0.0.1\n", "  10.0.0.7\n"));

      assertThat(master.code()).isEqualTo("peer-missing");
      assertThat(master.message()).contains("a does not send to 10.0.0.2").endsWith("two masters");
      assertThat(backup.code()).isEqualTo("peer-missing");
      assertThat(backup.message()).contains("a never hears it").contains("higher priority");
    }

    @Test
    void inVersion3DifferentIntervalsAreOnlyWorthKnowing() {
      Finding finding =
          only(version3(NODE), version3(PEER).replace("advert_int 1", "advert_int 2"));

      assertThat(finding.code()).isEqualTo("advert-intervals-differ");
      assertThat(finding.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void anInstanceThatOnlyOneHostHasIsReported() {
      String second =
          multicast(NODE)
              .replace("vrrp_script chk", "vrrp_script chk2")
              .replace("instance A", "instance B")
              .replace("_id 5", "_id 9")
              .replace("10.0.0.100", "10.0.0.200")
              .replace("  chk\n", "  chk2\n");
      Finding finding = only(NODE + second, PEER);

      assertThat(finding.code()).isEqualTo("instance-without-peer");
      assertThat(finding.message()).startsWith("VRID 9 is only on a");
    }

    @Test
    void aVridUsedOnTwoInterfacesIsComparedWithItsLikeOnly() {
      String second =
          multicast(NODE)
              .substring(NODE.indexOf("vrrp_instance"))
              .replace("instance A", "instance B")
              .replace("eth0", "eth1")
              .replace("10.0.0.100", "10.0.1.100");
      String peerSecond = second.replace("priority 100", "priority 90");

      assertThat(codes(NODE + second, PEER + peerSecond)).isEmpty();
    }

    @Test
    void oneRouterIdForBothIsWorthKnowing() {
      String global = "global_defs {\n router_id LVS_DEVEL\n}\n";
      Finding finding = only(global + NODE, global + PEER);

      assertThat(finding.code()).isEqualTo("same-router-id");
      assertThat(finding.severity()).isEqualTo(Severity.NOTE);
      assertThat(finding.spans()).extracting(SourceSpan::line).containsExactly(2, 2);
    }
  }

  @Nested
  class Elections {
    @Test
    void twoOwnersAreReported() {
      Finding finding =
          only(
              NODE.replace("priority 100", "priority 255"),
              PEER.replace("priority 90", "priority 255"));

      assertThat(finding.code()).isEqualTo("both-owners");
      assertThat(finding.message()).contains("steps down to 254");
    }

    @Test
    void nopreemptBesideAWeightedMasterIsTheClassicTrap() {
      Finding finding =
          only(NODE.replace("/bin/true\"", "/bin/true\"\n weight -20"), with(PEER, "nopreempt"));

      assertThat(finding.code()).isEqualTo("nopreempt-with-weighted-peer");
      assertThat(finding.message()).contains("b never takes over");
    }

    @Test
    void aWeightThatLeavesTheMasterAheadChangesNothing() {
      String weighted =
          NODE.replace("priority 100", "priority 150")
              .replace("/bin/true\"", "/bin/true\"\n weight -20");
      Finding finding = only(weighted, PEER);

      assertThat(finding.code()).isEqualTo("weight-too-small");
      assertThat(finding.message()).contains("falls from 150 to 130", "not below the 90 of b");
      assertThat(finding.suggestion()).hasValueSatisfying(s -> assertThat(s).contains("-61"));
      assertThat(codes(weighted.replace("-20", "-61"), PEER)).isEmpty();
      assertThat(codes(weighted.replace("-20", "-60"), PEER)).containsExactly("weight-too-small");
    }

    @Test
    void aPositiveWeightIsTakenFromBothHostsScripts() {
      String left = NODE.replace("/bin/true\"", "/bin/true\"\n weight 5");
      String right = PEER.replace("/bin/true\"", "/bin/true\"\n weight 5");

      assertThat(codes(left, right)).containsExactly("weight-too-small");
      assertThat(codes(left.replace("weight 5", "weight 20"), right.replace("ht 5", "ht 20")))
          .isEmpty();
    }

    @Test
    void weightsThatSufficeOnlyTogetherAreWorthKnowing() {
      String two =
          "vrrp_script two {\n script \"/bin/true\"\n weight -6\n}\n"
              + NODE.replace("/bin/true\"", "/bin/true\"\n weight -6")
                  .replace("  chk\n", "  chk\n  two\n");

      assertThat(findings(two, PEER))
          .hasSize(2)
          .allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.NOTE))
          .allSatisfy(f -> assertThat(f.message()).contains("only together"));
    }

    @Test
    void theStateDoesNotDecide() {
      Finding both = only(with(NODE, "state MASTER"), with(PEER, "state MASTER"));
      Finding against = only(NODE, with(PEER, "state MASTER"));

      assertThat(both.code()).isEqualTo("both-state-master");
      assertThat(both.message()).contains("100 on a, 90 on b");
      assertThat(against.code()).isEqualTo("state-against-priority");
      assertThat(List.of(both.severity(), against.severity())).containsOnly(Severity.NOTE);
    }

    @Test
    void preemptDelayCountsOnTheHostThatReturns() {
      Finding lower = only(NODE, with(PEER, "preempt_delay 5"));
      Finding both = only(with(NODE, "preempt_delay 9"), with(PEER, "preempt_delay 5"));

      assertThat(lower.code()).isEqualTo("preempt-delays-differ");
      assertThat(lower.message()).contains("only on b").contains("nobody to preempt");
      assertThat(both.message()).contains("9 s on a").contains("5 s on b");
    }
  }

  @Nested
  class OneHost {
    @Test
    void strictModeMakesTheAddressesUnreachable() {
      Finding finding =
          alone(
              "global_defs {\n vrrp_strict\n}\n"
                  + version3(NODE).substring(0, version3(NODE).indexOf(" unicast_src"))
                  + "}\n");

      assertThat(finding.code()).isEqualTo("strict-vip-unreachable");
      assertThat(finding.severity()).isEqualTo(Severity.WARNING);
      assertThat(finding.message()).contains("cannot be pinged");
      assertThat(finding.spans().getFirst().line()).isEqualTo(2);
    }

    @Test
    void strictModeWithAcceptAnswers() {
      Finding finding = alone(with(version3(NODE), "strict_mode\n accept"));

      assertThat(finding.code()).isEqualTo("strict-with-unicast");
      assertThat(finding.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void noAcceptMakesTheAddressesUnreachable() {
      assertThat(alone(with(NODE, "no_accept")).code()).isEqualTo("vip-unreachable");
    }

    @Test
    void aCheckThatNobodyTracksNeverRuns() {
      String process = "vrrp_track_process web {\n process nginx\n}\n";

      assertThat(alone(NODE.replace("  chk\n", "")).message())
          .isEqualTo("vrrp_script chk is tracked by no instance: it never runs");
      assertThat(alone(process + NODE).code()).isEqualTo("check-not-tracked");
    }

    @Test
    void aScriptThatASyncGroupTracksIsTracked() {
      String group = "vrrp_sync_group G {\n group {\n  A\n }\n track_script {\n  chk\n }\n}\n";
      Map<String, KeepalivedConfiguration> hosts = new LinkedHashMap<>();
      hosts.put(
          "a",
          KeepalivedParser.parse("a.conf", NODE.replace("  chk\n", "") + group).configuration());

      assertThat(KeepalivedAudit.audit(hosts)).isEmpty();
    }

    @Test
    void aCheckSlowerThanTheElectionIsWorthKnowing() {
      Finding finding = alone(NODE.replace("/bin/true\"", "/bin/true\"\n interval 2\n fall 3"));

      assertThat(finding.code()).isEqualTo("slow-detection");
      assertThat(finding.message()).contains("up to 6 s").contains("about 3 s");
      assertThat(finding.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void aTimeoutLongerThanTheFailuresItShallCountIsWorthKnowing() {
      Finding finding = alone(NODE.replace("/bin/true\"", "/bin/true\"\n timeout 30"));

      assertThat(finding.code()).isEqualTo("script-timeout-long");
      assertThat(finding.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void aScriptThatStopsKeepalivedItselfIsWorthKnowing() {
      Finding finding =
          alone(NODE.replace("/bin/true", "pidof nginx || systemctl stop keepalived"));

      assertThat(finding.code()).isEqualTo("script-stops-keepalived");
      assertThat(finding.severity()).isEqualTo(Severity.NOTE);
    }
  }
}
