package org.vipdrift.model.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.haproxy.HaproxyParser;
import org.vipdrift.model.health.HealthBoard.ServerRef;
import org.vipdrift.model.health.HealthEvent.AdminState;

class HealthBoardTest {
  private final HealthBoard board =
      new HealthBoard(
          HaproxyParser.parse(
                  "haproxy.cfg",
                  """
                  defaults
                    mode http
                    timeout connect 1s
                    timeout client 1s
                    timeout server 1s
                  backend one
                    server a 10.0.0.1:80 check
                    server b 10.0.0.2:80 backup
                    server c 10.0.0.3:80 disabled
                  backend two
                    server d 10.0.0.1:80 track one/a
                    server e 10.0.0.1:80 track one/c
                    server f 10.0.0.1:80 track one/a
                  """)
              .configuration(),
          0);

  @Nested
  class AtTheStart {
    @Test
    void everyServerIsUsableButThoseInMaintenance() {
      assertThat(board.usableActive("one")).isEqualTo(1);
      assertThat(board.usableBackup("one")).isEqualTo(1);
      assertThat(board.usableActive("two")).isEqualTo(2);
    }

    @Test
    void whoTracksAServerInMaintenanceIsInItToo() {
      assertThat(board.health(new ServerRef("two", 1)).administration())
          .isEqualTo(Administration.NONE.with(Administration.Flag.INHERITED_MAINTENANCE));
    }
  }

  @Nested
  class Tracking {
    @Test
    void trackersAreTheLastOfTheFileFirst() {
      assertThat(board.trackers(new ServerRef("one", 0)))
          .containsExactly(new ServerRef("two", 2), new ServerRef("two", 0));
    }

    @Test
    void aTrackerNamesWhomItTracks() {
      assertThat(board.via(new ServerRef("two", 0))).isEqualTo("one/a");
      assertThat(board.settings(new ServerRef("two", 0)).via()).isEqualTo(" via one/a");
    }
  }

  @Test
  void anEventChangesTheServerItIsToldOf() {
    ServerRef server = board.find("one", "a").orElseThrow();
    assertThat(board.on(server, new HealthEvent.AdminStateSet(5, AdminState.MAINT)))
        .contains(new HealthEffect.Announce(Announcement.MAINTENANCE, ""));
    assertThat(board.usableActive("one")).isZero();
    assertThat(board.snapshot("one").servers().getFirst().maintenance()).isTrue();
  }
}
