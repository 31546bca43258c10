package org.vipdrift.model.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;

class CheckerMachineTest {
  static final long SECOND = 1_000_000_000L;

  private CheckerSettings settings = settings(new Check.Ping(), false);
  private CheckerState state = CheckerState.initial(settings);
  private final List<String> reports = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Integer> urls = new ArrayList<>();
  private long next;
  private long at;

  /** delay_loop 6 s, one retry after 1 s. */
  static CheckerSettings settings(Check check, boolean alpha) {
    return new CheckerSettings(
        check,
        IpAddress.parse("10.0.0.2").orElseThrow(),
        80,
        Optional.empty(),
        0,
        Duration.ofSeconds(3),
        Duration.ofSeconds(6),
        1,
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        alpha,
        false);
  }

  private void use(Check check, boolean alpha) {
    settings = settings(check, alpha);
    state = CheckerState.initial(settings);
  }

  private void on(CheckerEvent event) {
    CheckerMachine.Transition transition = CheckerMachine.on(settings, state, event);
    state = transition.next();
    for (CheckerEffect effect : transition.effects()) {
      switch (effect) {
        case CheckerEffect.SetCheckTimer(long deadline) -> next = deadline;
        case CheckerEffect.CancelCheckTimer _ -> next = Long.MAX_VALUE;
        case CheckerEffect.Report(boolean up, _) -> reports.add(up ? "up" : "down");
        case CheckerEffect.Log(String line) -> lines.add(line);
        case CheckerEffect.StartCheck(_, int url) -> urls.add(url);
        case CheckerEffect.AbandonCheck _ -> {}
      }
    }
  }

  /** A check when it is due, which ends at once; seconds until the next. */
  private long check(boolean good) {
    at = next;
    on(new CheckerEvent.CheckDue(at));
    on(good ? new CheckerEvent.CheckSucceeded(at) : new CheckerEvent.CheckFailed(at, "no answer"));
    return (next - at) / SECOND;
  }

  @Test
  void theFirstCheckComesASecondAndTheWarmUpAfterTheStart() {
    on(new CheckerEvent.Started(10 * SECOND, 0.5));

    assertThat(next).isEqualTo(13 * SECOND);
  }

  @Test
  void anUpServerIsCheckedOncePerDelayLoop() {
    on(new CheckerEvent.Started(0, 0));
    assertThat(check(true)).isEqualTo(6);
    assertThat(check(true)).isEqualTo(6);
    assertThat(reports).containsExactly("up");
    assertThat(lines).containsExactly("ICMP connection to [10.0.0.2]:tcp:80 success.");
  }

  @Test
  void itIsDownAfterTheRetryAndThenCheckedOncePerDelayLoop() {
    on(new CheckerEvent.Started(0, 0));
    check(true);
    assertThat(check(false)).isEqualTo(1);
    assertThat(reports).containsExactly("up");
    assertThat(check(false)).isEqualTo(6);
    assertThat(reports).containsExactly("up", "down");
    assertThat(lines.getLast())
        .isEqualTo("ICMP CHECK on service [10.0.0.2]:tcp:80 failed after 1 retries.");
    assertThat(check(false)).isEqualTo(6);
  }

  @Test
  void aSuccessInBetweenForgivesTheFailure() {
    on(new CheckerEvent.Started(0, 0));
    check(true);
    check(false);
    check(true);
    assertThat(check(false)).isEqualTo(1);
    assertThat(reports).containsExactly("up");
  }

  @Test
  void oneSuccessMakesItUpAgain() {
    on(new CheckerEvent.Started(0, 0));
    check(false);
    check(false);
    check(true);

    assertThat(reports).containsExactly("down", "up");
  }

  @Test
  void aTcpCheckRetriesWhileItIsDownToo() {
    use(new Check.Tcp(), true);
    on(new CheckerEvent.Started(0, 0));
    assertThat(state.up()).isFalse();
    assertThat(List.of(check(false), check(false), check(false), check(false)))
        .containsExactly(1L, 6L, 1L, 6L);
  }

  @Test
  void aScriptIsRunADelayLoopAfterItWasStartedOrAtOnceWhenItTookLonger() {
    use(new Check.Misc(List.of("/check"), Optional.empty(), false), false);
    on(new CheckerEvent.CheckDue(0));
    on(new CheckerEvent.CheckSucceeded(2 * SECOND));
    assertThat(next).isEqualTo(6 * SECOND);
    on(new CheckerEvent.CheckDue(6 * SECOND));
    on(new CheckerEvent.CheckSucceeded(20 * SECOND));
    assertThat(next).isEqualTo(20 * SECOND);
  }

  @Test
  void urlsAreAskedForOneAfterAnotherAndAtOnceInFastRecovery() {
    Check.Url url =
        new Check.Url(
            "/",
            Optional.empty(),
            Optional.empty(),
            List.of(Check.StatusRange.SUCCESS),
            Optional.empty(),
            false,
            false);
    use(
        new Check.Http(
            false, false, Check.Protocol.HTTP_1_0, true, Optional.empty(), List.of(url, url)),
        true);
    on(new CheckerEvent.Started(0, 0));
    assertThat(check(true)).isZero();
    assertThat(reports).isEmpty();
    assertThat(check(true)).isEqualTo(6);
    assertThat(reports).containsExactly("up");
    assertThat(check(true)).isEqualTo(6);
    assertThat(urls).containsExactly(0, 1, 0);
  }

  @Test
  void aSuspendedOnePausesUntilTheAddressIsBack() {
    on(new CheckerEvent.Started(0, 0));
    on(new CheckerEvent.CheckDue(SECOND));
    on(new CheckerEvent.Suspended(SECOND));
    assertThat(next).isEqualTo(Long.MAX_VALUE);
    on(new CheckerEvent.CheckFailed(2 * SECOND, "late"));
    assertThat(reports).isEmpty();
    on(new CheckerEvent.Resumed(9 * SECOND));
    assertThat(next).isEqualTo(9 * SECOND);
  }
}
