package org.vipdrift.model.haproxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.haproxy.admin.AdminCommand.Target;
import org.vipdrift.model.health.HealthEvent.AdminState;
import org.vipdrift.model.health.HealthEvent.ForcedHealth;

class AdminCommandTest {
  private static final Target SERVER = new Target("b", "s");

  @Nested
  class OfServers {
    @Test
    void statesAreSetInTheOldAndInTheNewWords() {
      assertThat(AdminCommand.parse("set server b/s state drain"))
          .isEqualTo(new AdminCommand.SetState(SERVER, AdminState.DRAIN));
      assertThat(AdminCommand.parse(" disable  server b/s "))
          .isEqualTo(new AdminCommand.SetState(SERVER, AdminState.MAINT));
      assertThat(AdminCommand.parse("enable server b/s"))
          .isEqualTo(new AdminCommand.SetState(SERVER, AdminState.READY));
    }

    @Test
    void healthAndWeightAreSet() {
      assertThat(AdminCommand.parse("set server b/s health stopping"))
          .isEqualTo(new AdminCommand.SetHealth(SERVER, ForcedHealth.STOPPING));
      assertThat(AdminCommand.parse("set weight b/s 50%"))
          .isEqualTo(new AdminCommand.SetWeight(SERVER, "50%"));
    }

    @Test
    void aServerIsNamedWithItsBackend() {
      assertThat(AdminCommand.parse("get weight s"))
          .isEqualTo(new AdminCommand.Mistaken("Require 'backend/server'."));
    }
  }

  @Nested
  class OfTables {
    @Test
    void onlyATableOfFiguresAsksTheDataPlane() {
      assertThat(AdminCommand.parse("show stat").needsFigures()).isTrue();
      assertThat(AdminCommand.parse("show info").needsFigures()).isTrue();
      assertThat(AdminCommand.parse("show servers state b").needsFigures()).isFalse();
    }

    @Test
    void statisticsAreNarrowedByThreeWordsOrNone() {
      assertThat(AdminCommand.parse("show stat b 4 2"))
          .isEqualTo(new AdminCommand.ShowStat(Optional.of("b"), 4, 2));
      assertThat(AdminCommand.parse("show stat -1 1 -1"))
          .isEqualTo(new AdminCommand.ShowStat(Optional.empty(), 1, -1));
      assertThat(AdminCommand.parse("show stat b"))
          .isEqualTo(new AdminCommand.ShowStat(Optional.empty(), -1, -1));
    }
  }

  @Test
  void whatIsNoCommandIsSaid() {
    assertThat(AdminCommand.parse("florble"))
        .isInstanceOfSatisfying(
            AdminCommand.Mistaken.class, m -> assertThat(m.answer()).startsWith("Unknown command"));
  }
}
