package org.vipdrift.netio.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeReading;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.script.ScriptCheck;
import org.vipdrift.netio.script.ScriptUser;

class ScriptReviewTest {
  @TempDir private Path folder;

  private static NodeConfiguration read(String text) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("keepalived.conf", text);
    return switch (NodeReading.of("keepalived.conf", texts, List.of("eth0"))) {
      case NodeReading.Accepted(NodeConfiguration configuration) -> configuration;
      case NodeReading.Refused(String why) -> throw new AssertionError("refused: " + why);
    };
  }

  private static NodeConfiguration with(Path check, Path notify) {
    return read(
        """
        vrrp_script chk {
          script "%s -x"
          interval 1
        }
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          track_script {
            chk
          }
          notify_master "%s now"
          virtual_ipaddress {
            10.9.9.9/24
          }
        }
        """
            .formatted(check, notify));
  }

  private Path script(String name, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static ScriptReview.Reviewed review(NodeConfiguration configuration, boolean security)
      throws IOException {
    return ScriptReview.of(
        configuration, new ScriptCheck(security, "/usr/bin:/bin"), ScriptUser.ROOT);
  }

  @Test
  void missingScriptsAreAsIfTheyWereNotConfigured() throws IOException {
    Path check = folder.resolve("none.sh");
    Path notify = folder.resolve("nothing.sh");
    ScriptReview.Reviewed reviewed = review(with(check, notify), false);
    assertThat(reviewed.logLines())
        .containsExactly(
            "Script " + check + " cannot be accessed - No such file or directory",
            "Disabling track script chk since not found/accessible",
            "Script " + notify + " cannot be accessed - No such file or directory");
    assertThat(reviewed.configuration().scripts()).isEmpty();
    NodeConfiguration.Instance instance = reviewed.configuration().instances().getFirst();
    assertThat(instance.tracked()).isEmpty();
    assertThat(instance.notifications().master()).isEmpty();
  }

  @Test
  void usableScriptsStayAsTheyAreButRunOneAtATime() throws IOException {
    NodeConfiguration asked = with(script("c.sh", "rwxr-xr-x"), script("n.sh", "rwxr-xr-x"));
    NodeConfiguration reviewed = review(asked, false).configuration();
    assertThat(reviewed.instances()).isEqualTo(asked.instances());
    assertThat(reviewed.scripts())
        .singleElement()
        .isEqualTo(
            new NodeConfiguration.CheckScript(
                asked.scripts().getFirst().settings().withoutOverlap(),
                asked.scripts().getFirst().command(),
                asked.scripts().getFirst().account()));
  }

  @Test
  void scriptsThatOthersMayWriteAreDisabledOnlyWithSecurity() throws IOException {
    assumeTrue(Libc.userId() == 0, "needs root to own the scripts");
    NodeConfiguration asked = with(script("c.sh", "rwxrwxrwx"), script("n.sh", "rwxr-xr-x"));
    assertThat(review(asked, false).configuration().scripts()).hasSize(1);
    ScriptReview.Reviewed secured = review(asked, true);
    assertThat(secured.configuration().scripts()).isEmpty();
    assertThat(secured.logLines()).contains("Disabling track script chk due to insecure");
  }

  @Test
  void aProgramIsFoundOnTheSearchPath() throws IOException {
    ScriptReview.Reviewed reviewed = review(with(Path.of("true"), Path.of("true")), false);
    assertThat(reviewed.configuration().scripts().getFirst().command().getFirst())
        .endsWith("bin/true")
        .startsWith("/");
    assertThat(reviewed.logLines()).singleElement().asString().contains("resolved by path search");
  }

  @Test
  void announcementsAreSpacedAsTheLongestIntervalOfAnInterface() {
    NodeConfiguration configuration =
        read(
            """
            global_defs {
              vrrp_garp_interval 0.25
              vrrp_gna_interval 0.5
            }
            vrrp_instance VI_1 {
              interface eth0
              virtual_router_id 51
              virtual_ipaddress {
                10.9.9.9/24
              }
            }
            """);
    assertThat(AnnouncementSpacing.of(configuration, "eth0").arp()).hasMillis(250);
    assertThat(AnnouncementSpacing.of(configuration, "eth0").neighborAdvertisement()).isZero();
    assertThat(AnnouncementSpacing.of(configuration, "eth9").arp()).isZero();
  }
}
