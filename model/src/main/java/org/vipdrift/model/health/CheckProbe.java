package org.vipdrift.model.health;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.Octets;

/** One check under way: what comes from the server goes in, what is to be done comes out. */
public final class CheckProbe {
  private final ProbeSettings settings;
  private final List<ProbeStep> steps;
  private final boolean named;
  private final StringBuilder received = new StringBuilder();
  private int step;
  private long startedAt;
  private boolean opened;
  private boolean ended;
  private boolean over;
  private ProbeStep.Good best = new ProbeStep.Good(CheckStatus.L4OK, 0, "");

  /** Why a connection failed. */
  public enum Failure {
    REFUSED,
    RESET,
    TIMED_OUT,
    UNREACHABLE,
    TLS
  }

  public CheckProbe(ProbeSettings settings) {
    this.settings = settings;
    this.steps = ProbeSteps.of(settings.method());
    this.named = ProbeSteps.named(settings.method());
  }

  public List<ProbeEffect> start(long at) {
    startedAt = at;
    return List.of(
        new ProbeEffect.Open(), new ProbeEffect.SetDeadline(at + settings.connectNanos()));
  }

  /** The connection, with TLS where that is asked for, is there. */
  public List<ProbeEffect> opened(long at) {
    List<ProbeEffect> effects = new ArrayList<>();
    opened = true;
    settings
        .checkTimeout()
        .ifPresent(t -> effects.add(new ProbeEffect.SetDeadline(at + t.toNanos())));
    proceed(at, effects);
    return effects;
  }

  public List<ProbeEffect> received(long at, Octets data) {
    List<ProbeEffect> effects = new ArrayList<>();
    received.append(new String(data.toByteArray(), StandardCharsets.ISO_8859_1));
    proceed(at, effects);
    return effects;
  }

  /** The server will send no more. */
  public List<ProbeEffect> finished(long at) {
    List<ProbeEffect> effects = new ArrayList<>();
    ended = true;
    proceed(at, effects);
    return effects;
  }

  public List<ProbeEffect> failed(long at, Failure failure) {
    List<ProbeEffect> effects = new ArrayList<>();
    String where = named ? where() : "";
    switch (failure) {
      case REFUSED -> end(at, effects, CheckStatus.L4CON, 0, "Connection refused" + where);
      case UNREACHABLE -> end(at, effects, CheckStatus.L4CON, 0, "No route to host" + where);
      case TIMED_OUT -> end(at, effects, CheckStatus.L4TOUT, 0, where);
      case TLS -> end(at, effects, CheckStatus.L6RSP, 0, "SSL handshake failure" + where);
      case RESET ->
          end(
              at,
              effects,
              opened ? CheckStatus.SOCKET_ERROR : CheckStatus.L4CON,
              0,
              "Connection reset by peer" + where);
    }
    return effects;
  }

  public List<ProbeEffect> timedOut(long at) {
    List<ProbeEffect> effects = new ArrayList<>();
    end(at, effects, opened ? CheckStatus.L7TOUT : CheckStatus.L4TOUT, 0, named ? where() : "");
    return effects;
  }

  private void proceed(long at, List<ProbeEffect> effects) {
    while (opened && !over) {
      if (step == steps.size()) {
        end(at, effects, best.status(), best.code(), best.info());
        return;
      }
      switch (steps.get(step)) {
        case ProbeStep.Connect _ -> step++;
        case ProbeStep.Send(Octets data) -> {
          effects.add(new ProbeEffect.Send(data));
          step++;
        }
        case ProbeStep.Expect expect -> {
          if (!judged(at, expect, effects)) {
            return;
          }
        }
      }
    }
  }

  /** Whether the step is over. */
  private boolean judged(long at, ProbeStep.Expect expect, List<ProbeEffect> effects) {
    if (received.isEmpty() && !ended) {
      return false;
    }
    return switch (expect.judge().of(received.toString(), ended)) {
      case ProbeStep.More _ -> false;
      case ProbeStep.Good good -> {
        best = good;
        if (!expect.keep()) {
          received.setLength(0);
        }
        step++;
        yield true;
      }
      case ProbeStep.Bad(CheckStatus status, int code, String info) -> {
        String place = info.endsWith("at step") ? " " + (step + 1) : "";
        end(at, effects, status, code, info + place);
        yield true;
      }
    };
  }

  private String where() {
    if (!opened && (steps.isEmpty() || !(steps.getFirst() instanceof ProbeStep.Connect))) {
      return " at initial connection step of tcp-check";
    }
    String description =
        step >= steps.size()
            ? ""
            : switch (steps.get(step)) {
              case ProbeStep.Connect _ -> "connect";
              case ProbeStep.Send _ -> "send";
              case ProbeStep.Expect expect -> expect.description();
            };
    return " at step " + (step + 1) + " of tcp-check (" + description + ")";
  }

  private void end(long at, List<ProbeEffect> effects, CheckStatus status, int code, String info) {
    if (over) {
      return;
    }
    over = true;
    effects.add(new ProbeEffect.Close());
    effects.add(
        new ProbeEffect.Conclude(
            new CheckResult(status, code, info, Duration.ofNanos(at - startedAt))));
  }
}
