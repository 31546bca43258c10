package org.vipdrift.model.haproxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.haproxy.HaproxyParser;
import org.vipdrift.model.haproxy.ProxyFigures;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.health.HealthBoard;
import org.vipdrift.model.health.HealthBoard.ServerRef;
import org.vipdrift.model.health.HealthEffect;
import org.vipdrift.model.health.HealthEvent;

class AdminSessionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ServerRef CHECKED = new ServerRef("app", 0);
  private static final ServerRef TRACKER = new ServerRef("app", 1);
  private static final ServerRef FIXED = new ServerRef("fixed", 0);

  private final HaproxyConfiguration configuration =
      HaproxyParser.parse(
              "haproxy.cfg",
              """
              global
                maxconn 1000
              defaults
                mode http
                timeout connect 1s
                timeout client 1s
                timeout server 1s
              frontend web
                bind :80
                default_backend app
              backend app
                server a 10.0.0.1:80 check weight 10
                server t 10.0.0.1:80 track a
                server d 10.0.0.2:80 disabled
              backend fixed
                balance static-rr
                server f 10.0.0.3:80 weight 20 maxconn 5
              """)
          .configuration();

  private final HealthBoard board = new HealthBoard(configuration, 0);
  private final AdminSession session = new AdminSession(configuration, board, 0);
  private final List<AdminEffect> effects = new ArrayList<>();

  private String say(String command) {
    AdminSession.Outcome outcome = session.on(AdminCommand.parse(command), SECOND);
    for (AdminEffect effect : outcome.effects()) {
      effects.add(effect);
      if (effect instanceof AdminEffect.ToServer(ServerRef server, HealthEvent event)) {
        tell(server, event);
      }
    }
    return outcome.answer();
  }

  private void tell(ServerRef server, HealthEvent event) {
    for (HealthEffect effect : board.on(server, event)) {
      if (effect instanceof HealthEffect.TellTrackers(HealthEvent further)) {
        board.trackers(server).forEach(tracker -> tell(tracker, further));
      }
    }
  }

  /** The columns of the servers of a backend by name. */
  private Map<String, List<String>> states(String backend) {
    Map<String, List<String>> states = new LinkedHashMap<>();
    say("show servers state " + backend)
        .lines()
        .skip(2)
        .filter(line -> !line.isBlank())
        .map(line -> List.of(line.split(" ")))
        .forEach(columns -> states.put(columns.get(3), columns));
    return states;
  }

  private String administrative(String server) {
    return states("app").get(server).get(6);
  }

  /** A column of {@code show stat}. */
  private String stat(String server, String column) {
    List<String> lines =
        session
            .show(AdminCommand.parse("show stat app -1 -1"), ProxyFigures.NONE, SECOND)
            .lines()
            .toList();
    int at = List.of(lines.getFirst().substring(2).split(",")).indexOf(column);
    return lines.stream()
        .filter(line -> line.startsWith("app," + server + ","))
        .map(line -> line.split(",", -1)[at])
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class Servers {
    @Test
    void areNamedByBackendAndName() {
      assertThat(say("set server nope/a state maint")).isEqualTo("No such backend.\n\n");
      assertThat(say("set server app/nope state maint")).isEqualTo("No such server.\n\n");
      assertThat(effects).isEmpty();
    }

    @Test
    void areToldWhatIsWantedOfThemWithoutAWord() {
      assertThat(say("set server app/a state drain")).isEqualTo("\n");
      assertThat(effects)
          .containsExactly(
              new AdminEffect.ToServer(
                  CHECKED, new HealthEvent.AdminStateSet(SECOND, HealthEvent.AdminState.DRAIN)));
    }

    @Test
    void ofStaticBalancingKeepTheirWeightOrHaveNone() {
      assertThat(say("set server fixed/f weight 5")).startsWith("Backend is using a static LB");
      assertThat(say("set server fixed/f weight 0")).isEqualTo("\n");
      assertThat(board.health(FIXED).weight()).isZero();
    }

    @Test
    void haveWeightsInPercentOfTheirFirst() {
      say("set weight app/a 250%");
      assertThat(say("get weight app/a")).isEqualTo("25 (initial 10)\n\n");
    }

    @Test
    void keepTheirWeightWhenTheNewOneIsNone() {
      assertThat(say("set weight app/a 300"))
          .isEqualTo("Absolute weight can only be between 0 and 256 inclusive.\n\n");
      assertThat(say("set weight app/a 5x")).isEqualTo("Trailing garbage in weight string\n\n");
      assertThat(effects).isEmpty();
    }

    @Test
    void haveAnotherLimitFromNowOn() {
      assertThat(say("set maxconn server fixed/f 9")).isEqualTo("\n");
      assertThat(effects).containsExactly(new AdminEffect.LimitServer(FIXED, 9));
    }

    @Test
    void thatTrackAnotherHaveNoHealthToSet() {
      assertThat(say("set server app/t health up"))
          .isEqualTo("cannot change health on a tracking server.\n\n");
    }

    @Test
    void withoutChecksHaveNoneToEnable() {
      assertThat(say("enable health fixed/f"))
          .isEqualTo("Health check was not configured on this server, cannot enable.\n\n");
      assertThat(say("enable health app/a")).isEqualTo("\n");
    }
  }

  @Nested
  class TheTableOfStates {
    @Test
    void tellsDisabledServersFromTheOthers() {
      assertThat(administrative("a")).isEqualTo("0");
      assertThat(administrative("d")).isEqualTo("5");
      say("set server app/d state ready");
      assertThat(administrative("d")).isEqualTo("4");
    }

    @Test
    void tellsForcedFromInheritedMaintenance() {
      say("set server app/a state maint");
      assertThat(administrative("a")).isEqualTo("1");
      assertThat(administrative("t")).isEqualTo("2");
      say("set server app/t state maint");
      assertThat(administrative("t")).isEqualTo("3");
      say("set server app/a state ready");
      assertThat(administrative("t")).isEqualTo("1");
    }

    @Test
    void tellsForcedFromInheritedDrain() {
      say("set server app/a state drain");
      assertThat(administrative("a")).isEqualTo("8");
      assertThat(administrative("t")).isEqualTo("16");
      say("set server app/t state drain");
      assertThat(administrative("t")).isEqualTo("24");
    }

    @Test
    void hasThePausedChecksOfMaintenance() {
      say("set server app/a state maint");
      assertThat(states("app").get("a").get(13)).isEqualTo("14");
      say("set server app/a state ready");
      assertThat(states("app").get("a").get(13)).isEqualTo("6");
      say("disable health app/a");
      assertThat(states("app").get("a").get(13)).isEqualTo("2");
    }

    @Test
    void isOfOneBackendIfThatIsWanted() {
      assertThat(states("fixed")).containsOnlyKeys("f");
      assertThat(say("show servers state nope")).isEqualTo("Can't find backend.\n\n");
    }
  }

  @Nested
  class Statistics {
    @Test
    void wordHowAServerIs() {
      assertThat(stat("a", "status")).isEqualTo("UP 1/3");
      say("set server app/a state maint");
      assertThat(stat("a", "status")).isEqualTo("MAINT");
      assertThat(stat("t", "status")).isEqualTo("MAINT (via app/a)");
      say("set server app/a state drain");
      assertThat(stat("a", "status")).isEqualTo("DRAIN 1/3");
      say("set server app/a health down");
      assertThat(stat("a", "status")).isEqualTo("DOWN");
      assertThat(stat("a", "chkdown")).isEqualTo("2");
    }

    @Test
    void showTheWeightOfMaintenanceWhenItIsOver() {
      say("set server app/a state maint");
      say("set weight app/a 30");
      assertThat(stat("a", "weight") + " of " + stat("a", "uweight")).isEqualTo("10 of 30");
      say("set server app/a state ready");
      assertThat(stat("a", "weight")).isEqualTo("30");
    }

    @Test
    void knowEveryProxyByItsName() {
      assertThat(
              session.show(AdminCommand.parse("show stat nope -1 -1"), ProxyFigures.NONE, SECOND))
          .isEqualTo("No such proxy.\n\n");
    }

    @Test
    void needTheFiguresOfTheDataPlane() {
      assertThatThrownBy(() -> session.on(new AdminCommand.ShowInfo(), SECOND))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs figures");
      assertThat(session.show(new AdminCommand.ShowInfo(), ProxyFigures.NONE, 3_661 * SECOND))
          .contains("Uptime: 0d 1h01m01s\n", "Maxconn: 1000\n");
    }
  }

  @Nested
  class Frontends {
    @Test
    void arePausedOnceAndResumedOnce() {
      assertThat(say("disable frontend web")).isEqualTo("\n");
      assertThat(say("disable frontend web")).isEqualTo("All sockets are already disabled.\n\n");
      assertThat(say("enable frontend web")).isEqualTo("\n");
      assertThat(effects)
          .containsExactly(
              new AdminEffect.EnableFrontend("web", false),
              new AdminEffect.EnableFrontend("web", true));
    }

    @Test
    void haveNames() {
      assertThat(say("disable frontend nope")).isEqualTo("No such frontend.\n\n");
    }
  }

  @Test
  void sessionsOfAServerAreShutDown() {
    say("shutdown sessions server app/t");
    assertThat(effects).containsExactly(new AdminEffect.ShutdownSessions(TRACKER));
  }

  @Test
  void backendsAreListedInTheOrderOfTheFile() {
    assertThat(say("show backend")).isEqualTo("# name\napp\nfixed\n\n");
  }

  @Test
  void agentsAreNotModelledAndTheAnswerSaysThatThereAreNone() {
    assertThat(say("enable agent app/a"))
        .isEqualTo("Agent was not configured on this server, cannot enable.\n\n");
    assertThat(say("set server app/a agent up"))
        .isEqualTo("agent checks are not enabled on this server.\n\n");
  }
}
