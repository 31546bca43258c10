package org.vipdrift.model.checker;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides when a real server is checked, and what the results mean, as keepalived 2.2.7 does.
 *
 * <pre>
 *            success                        failure
 *   UP    stay; next after delay_loop    retry after delay_before_retry, {@code retry} times;
 *                                        then DOWN
 *   DOWN  UP                             next after delay_loop
 * </pre>
 *
 * One success makes it up. TCP_CHECK and SMTP_CHECK retry in the same rhythm while they are down.
 * The first check comes a second and the warm-up after the start.
 */
public final class CheckerMachine {
  private static final long BOOTSTRAP_NANOS = 1_000_000_000L;

  private CheckerMachine() {}

  /** The machine's next state and what is to be done, in this order. */
  public record Transition(CheckerState next, List<CheckerEffect> effects) {
    public Transition {
      effects = List.copyOf(effects);
    }
  }

  public static Transition on(CheckerSettings settings, CheckerState state, CheckerEvent event) {
    return switch (event) {
      case CheckerEvent.Started(long at, double share) ->
          new Transition(state, List.of(first(settings, at, share)));
      case CheckerEvent.CheckDue(long at) -> due(state, at);
      case CheckerEvent.CheckSucceeded(long at) ->
          state.running() ? succeeded(settings, state, at) : stay(state);
      case CheckerEvent.CheckFailed(long at, String explanation) ->
          state.running() ? failed(settings, state, at, explanation) : stay(state);
      case CheckerEvent.Suspended _ ->
          new Transition(
              state.withSuspended(true),
              List.of(new CheckerEffect.CancelCheckTimer(), new CheckerEffect.AbandonCheck()));
      case CheckerEvent.Resumed(long at) ->
          state.suspended()
              ? new Transition(
                  state.withSuspended(false), List.of(new CheckerEffect.SetCheckTimer(at)))
              : stay(state);
    };
  }

  private static Transition stay(CheckerState state) {
    return new Transition(state, List.of());
  }

  private static CheckerEffect first(CheckerSettings settings, long at, double share) {
    long warmUp = (long) (settings.warmUp().toNanos() * share);
    return new CheckerEffect.SetCheckTimer(at + BOOTSTRAP_NANOS + warmUp);
  }

  private static Transition due(CheckerState state, long at) {
    if (state.suspended() || state.running()) {
      return stay(state);
    }
    CheckerState next = state.started(at);
    return new Transition(next, List.of(new CheckerEffect.StartCheck(next.runs(), next.url())));
  }

  private static Transition succeeded(CheckerSettings settings, CheckerState state, long at) {
    boolean undecided = !state.up() || !state.decided();
    if (settings.check() instanceof Check.Http http && state.url() + 1 < http.urls().size()) {
      boolean atOnce = http.fastRecovery() && undecided;
      CheckerState next =
          new CheckerState(
              state.up(),
              state.decided(),
              0,
              state.url() + 1,
              false,
              state.runs(),
              state.startedAt(),
              state.suspended());
      long deadline = atOnce ? at : at + settings.delayLoop().toNanos();
      return new Transition(next, List.of(new CheckerEffect.SetCheckTimer(deadline)));
    }
    List<CheckerEffect> effects = new ArrayList<>();
    if (undecided) {
      effects.add(new CheckerEffect.Log(successLine(settings)));
      effects.add(new CheckerEffect.Report(true, settings.check().keyword() + " succeeded"));
    }
    effects.add(timer(settings, state, at, settings.delayLoop().toNanos()));
    return new Transition(state.ended(true, 0, 0), effects);
  }

  private static Transition failed(
      CheckerSettings settings, CheckerState state, long at, String explanation) {
    boolean undecided = state.up() || !state.decided();
    boolean exhausted = state.retries() >= settings.retries();
    boolean retriesWhileDown =
        settings.check() instanceof Check.Tcp || settings.check() instanceof Check.Smtp;
    List<CheckerEffect> effects = new ArrayList<>();
    if (undecided && (exhausted || settings.logsAllFailures())) {
      effects.add(new CheckerEffect.Log(explanation));
    }
    if (exhausted && undecided) {
      String retried =
          settings.retries() > 0 && state.decided()
              ? " after " + settings.retries() + " retries."
              : ".";
      effects.add(new CheckerEffect.Log(failureLine(settings) + retried));
      effects.add(new CheckerEffect.Report(false, explanation));
    }
    boolean retry = !exhausted && (undecided || retriesWhileDown);
    long delay = retry ? settings.retryDelay().toNanos() : settings.delayLoop().toNanos();
    effects.add(timer(settings, state, at, delay));
    boolean up = state.up() && !exhausted;
    return new Transition(
        state.ended(up, retry ? state.retries() + 1 : 0, retry ? state.url() : 0), effects);
  }

  /** A script's next run is counted from the start of the last; it may be due already. */
  private static CheckerEffect timer(
      CheckerSettings settings, CheckerState state, long at, long delay) {
    long from = settings.check() instanceof Check.Misc ? state.startedAt() : at;
    return new CheckerEffect.SetCheckTimer(Math.max(at, from + delay));
  }

  private static String successLine(CheckerSettings settings) {
    String target = settings.target();
    return switch (settings.check()) {
      case Check.Tcp _ -> "TCP connection to " + target + " success.";
      case Check.Http _ -> "Remote Web server " + target + " succeed on service.";
      case Check.Ping _ -> "ICMP connection to " + target + " success.";
      case Check.Udp _ -> "UDP connection to " + target + " success.";
      case Check.Dns _ -> "DNS_CHECK (" + target + ") success";
      case Check.Smtp _ -> "Remote SMTP server " + target + " succeed on service.";
      case Check.Misc misc ->
          "Misc check for [" + target + "] by [" + misc.command().getFirst() + "] succeeded.";
    };
  }

  private static String failureLine(CheckerSettings settings) {
    String target = settings.target();
    return switch (settings.check()) {
      case Check.Tcp _ -> "TCP_CHECK on service " + target + " failed";
      case Check.Http _ -> "HTTP_CHECK on service " + target + " failed";
      case Check.Ping _ -> "ICMP CHECK on service " + target + " failed";
      case Check.Udp _ -> "UDP_CHECK on service " + target + " failed";
      case Check.Dns _ -> "DNS_CHECK (" + target + ") failed";
      case Check.Smtp _ -> "SMTP_CHECK on service " + target + " failed";
      case Check.Misc misc ->
          "Misc check for [" + target + "] by [" + misc.command().getFirst() + "] failed";
    };
  }
}
