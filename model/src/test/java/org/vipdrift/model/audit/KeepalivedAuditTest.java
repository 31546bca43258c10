package org.vipdrift.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private static List<String> codes(String left, String right) {
    Map<String, KeepalivedConfiguration> hosts = new LinkedHashMap<>();
    hosts.put("a", KeepalivedParser.parse("a.conf", left).configuration());
    hosts.put("b", KeepalivedParser.parse("b.conf", right).configuration());
    return KeepalivedAudit.audit(hosts).stream().map(Finding::code).toList();
  }

  @Test
  void aSoundPairHasNoFindings() {
    assertThat(codes(NODE, PEER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "virtual_router_id 5, virtual_router_id 6, vrid-mismatch",
    "auth_pass secret, auth_pass Secret, password-mismatch",
    "advert_int 1, advert_int 2, advert-interval-mismatch",
    "10.0.0.100/24, 10.0.0.101/24, address-list-mismatch",
    "10.0.0.100/24, 10.0.0.100, netmask-mismatch",
    "priority 90, priority 100, equal-priorities",
    "src_ip 10.0.0.2, src_ip 10.0.0.7, peer-missing",
  })
  void eachMismatchHasItsFinding(String from, String to, String code) {
    assertThat(codes(NODE, PEER.replace(from, to))).containsExactly(code);
  }

  @Test
  void twoOwnersAreReported() {
    assertThat(
            codes(
                NODE.replace("priority 100", "priority 255"),
                PEER.replace("priority 90", "priority 255")))
        .containsExactly("both-owners");
  }

  @Test
  void nopreemptBesideAWeightedMasterIsTheClassicTrap() {
    assertThat(
            codes(
                NODE.replace("/bin/true\"", "/bin/true\"\n weight -20"),
                PEER.replace("advert_int 1", "advert_int 1\n nopreempt")))
        .containsExactly("nopreempt-with-weighted-peer");
  }
}
