package org.vipdrift.model.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.haproxy.settings.ServerCheck;

class HealthMachineTest {
  private static final long MS = 1_000_000L;
  private static final CheckResult REFUSED =
      new CheckResult(CheckStatus.L4CON, 0, "Connection refused", Duration.ZERO);
  private static final CheckResult PASSED =
      new CheckResult(CheckStatus.L7OK, 200, "", Duration.ofMillis(2));

  private HealthSettings settings = settings(true, ServerCheck.OnError.FAIL_CHECK);
  private ServerHealth health = ServerHealth.initial(settings, 0);
  private long due;
  private final List<String> said = new ArrayList<>();

  @Test
  void theFirstFailureAfterTheStartIsDownAtOnce() {
    conclude(0, REFUSED);
    assertThat(health.state()).isEqualTo(OperationalState.STOPPED);
    assertThat(said)
        .containsExactly(
            "Health check for server b/s failed, reason: Layer4 connection problem, info:"
                + " \"Connection refused\", check duration: 0ms, status: 0/2 DOWN.",
            "Server b/s is DOWN. 1 active and 0 backup servers left. 0 sessions active, 0"
                + " requeued, 0 remaining in queue.");
    assertThat(due).isEqualTo(3000 * MS);
  }

  @Test
  void aServerThatDiesIsCheckedFasterUntilItIsDown() {
    conclude(0, PASSED);
    assertThat(due).isEqualTo(1000 * MS);
    conclude(140, REFUSED);
    assertThat(due).isEqualTo(340 * MS);
    conclude(340, REFUSED);
    assertThat(health.usable()).isTrue();
    conclude(540, REFUSED);
    assertThat(health.usable()).isFalse();
    assertThat(due).isEqualTo(3540 * MS);
    conclude(3540, PASSED);
    assertThat(health.usable()).isFalse();
    assertThat(due).isEqualTo(3740 * MS);
    conclude(3740, PASSED);
    assertThat(health.usable()).isTrue();
    assertThat(said)
        .contains(
            "Health check for server b/s failed, reason: Layer4 connection problem, info:"
                + " \"Connection refused\", check duration: 0ms, status: 2/3 UP.",
            "Health check for server b/s succeeded, reason: Layer7 check passed, code: 200, check"
                + " duration: 2ms, status: 1/2 DOWN.",
            "Server b/s is UP. 1 active and 0 backup servers online. 0 sessions requeued, 0 total"
                + " in queue.");
  }

  @Test
  void theReasonIsToldWithTheChangeUnlessEveryCheckIsLogged() {
    settings = settings(false, ServerCheck.OnError.FAIL_CHECK);
    conclude(0, REFUSED);
    assertThat(said)
        .containsExactly(
            "Server b/s is DOWN, reason: Layer4 connection problem, info: \"Connection refused\","
                + " check duration: 0ms. 1 active and 0 backup servers left. 0 sessions active, 0"
                + " requeued, 0 remaining in queue.");
  }

  @Test
  void drainingKeepsKnownClientsAndMaintenanceNone() {
    on(new HealthEvent.AdminStateSet(0, HealthEvent.AdminState.DRAIN));
    assertThat(health.usable()).isFalse();
    assertThat(health.snapshot(settings).acceptsPersistent()).isTrue();
    on(new HealthEvent.AdminStateSet(0, HealthEvent.AdminState.MAINT));
    assertThat(health.snapshot(settings).acceptsPersistent()).isFalse();
    on(new HealthEvent.AdminStateSet(0, HealthEvent.AdminState.READY));
    assertThat(health.usable()).isTrue();
    assertThat(said)
        .containsExactly(
            "Server b/s enters drain state. 1 active and 0 backup servers online. 0 sessions"
                + " requeued, 0 total in queue.",
            "Server b/s is going DOWN for maintenance. 1 active and 0 backup servers left. 0"
                + " sessions active, 0 requeued, 0 remaining in queue.",
            "Server b/s is UP/READY (leaving forced maintenance).");
  }

  @Test
  void errorsOfTheTrafficMarkAServerDown() {
    settings = settings(false, ServerCheck.OnError.MARK_DOWN);
    for (int error = 0; error < 10; error++) {
      assertThat(health.usable()).isTrue();
      on(new HealthEvent.TrafficObserved(0, Observation.NOT_CONNECTED));
    }
    assertThat(health.usable()).isFalse();
  }

  @Test
  void checksAreSpreadOverTheInterval() {
    assertThat(HealthMachine.firstCheck(settings, Optional.empty(), 1, 4))
        .isEqualTo(Duration.ofMillis(50));
  }

  private void conclude(long milliseconds, CheckResult result) {
    on(new HealthEvent.CheckConcluded(milliseconds * MS, result));
  }

  private void on(HealthEvent event) {
    HealthMachine.Transition transition = HealthMachine.on(settings, health, event);
    health = transition.next();
    for (HealthEffect effect : transition.effects()) {
      switch (effect) {
        case HealthEffect.Log(String line) -> said.add(line);
        case HealthEffect.Announce(Announcement announcement, String cause) ->
            said.add(announcement.line(settings, cause, 1, 0, new Announcement.Sessions(0, 0, 0)));
        case HealthEffect.SetCheckTimer(long at) -> due = at;
        case HealthEffect.StartCheck _,
            HealthEffect.HastenCheck _,
            HealthEffect.SetRampTimer _,
            HealthEffect.Publish _,
            HealthEffect.TellTrackers _,
            HealthEffect.ShutdownSessions _,
            HealthEffect.ShutdownBackupSessions _ -> {}
      }
    }
  }

  private static HealthSettings settings(boolean logged, ServerCheck.OnError onError) {
    ServerCheck check =
        new ServerCheck(
            true,
            Optional.empty(),
            Optional.empty(),
            Duration.ofMillis(1000),
            Optional.of(Duration.ofMillis(200)),
            Optional.of(Duration.ofMillis(3000)),
            2,
            3,
            ServerCheck.Observe.LAYER4,
            10,
            onError,
            false,
            false,
            false,
            false,
            Optional.empty(),
            List.of());
    return new HealthSettings("b", "s", false, false, 1, Duration.ZERO, logged, "", check);
  }
}
