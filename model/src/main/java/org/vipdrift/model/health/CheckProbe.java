package org.vipdrift.model.health;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.CheckStep;

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
  private ProbeStep.Good best;

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
    this.best =
        new ProbeStep.Good(CheckStatus.L4OK, 0, named && !steps.isEmpty() ? "(tcp-check)" : "");
  }

  public List<ProbeEffect> start(long at) {
    startedAt = at;
    int first = 0;
    while (first < steps.size() && steps.get(first) instanceof ProbeStep.Note) {
      first++;
    }
    Optional<CheckStep.Connect> how = Optional.empty();
    if (first < steps.size()
        && steps.get(first) instanceof ProbeStep.Connect(CheckStep.Connect connect)) {
      step = first;
      how = Optional.of(connect);
    }
    return List.of(
        new ProbeEffect.Open(how), new ProbeEffect.SetDeadline(at + settings.connectNanos()));
  }

  /** The connection, with TLS where that is asked for, is there. */
  public List<ProbeEffect> opened(long at) {
    List<ProbeEffect> effects = new ArrayList<>();
    opened = true;
    if (connecting()) {
      step++;
    }
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
    CheckStatus status =
        !opened
            ? CheckStatus.L4TOUT
            : step < steps.size() && steps.get(step) instanceof ProbeStep.Expect expect
                ? expect.timeoutStatus()
                : CheckStatus.L7TOUT;
    end(at, effects, status, 0, named ? where() : "");
    return effects;
  }

  private void proceed(long at, List<ProbeEffect> effects) {
    while (opened && !over) {
      if (step == steps.size()) {
        end(at, effects, best.status(), best.code(), best.info());
        return;
      }
      switch (steps.get(step)) {
        case ProbeStep.Note _ -> step++;
        case ProbeStep.Connect(CheckStep.Connect connect) -> {
          opened = false;
          ended = false;
          received.setLength(0);
          effects.add(new ProbeEffect.Close());
          effects.add(new ProbeEffect.Open(Optional.of(connect)));
          if (settings.checkTimeout().isPresent()) {
            effects.add(new ProbeEffect.SetDeadline(at + settings.connectNanos()));
          }
        }
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
        String words = comment().map(c -> " comment: " + c).orElse("");
        end(at, effects, status, code, info + place + words);
        yield true;
      }
    };
  }

  private String where() {
    if (!opened && !connecting()) {
      return " at initial connection step of tcp-check";
    }
    String description =
        step >= steps.size()
            ? ""
            : switch (steps.get(step)) {
              case ProbeStep.Connect(CheckStep.Connect connect) ->
                  "connect" + connect.port().map(p -> " port " + p).orElse("");
              case ProbeStep.Note _ -> "comment";
              case ProbeStep.Send _ -> "send";
              case ProbeStep.Expect expect -> expect.description();
            };
    return " at step "
        + (step + 1)
        + " of tcp-check ("
        + description
        + ")"
        + comment().map(c -> " comment: '" + c + "'").orElse("");
  }

  private boolean connecting() {
    return step < steps.size() && steps.get(step) instanceof ProbeStep.Connect;
  }

  /** Of the step under way: its own, or that of a line of its own before it. */
  private Optional<String> comment() {
    if (step >= steps.size()) {
      return Optional.empty();
    }
    Optional<String> own =
        switch (steps.get(step)) {
          case ProbeStep.Connect(CheckStep.Connect connect) -> connect.comment();
          case ProbeStep.Expect expect -> expect.comment();
          case ProbeStep.Send _, ProbeStep.Note _ -> Optional.empty();
        };
    return own.or(
        () ->
            step > 0 && steps.get(step - 1) instanceof ProbeStep.Note(Optional<String> before)
                ? before
                : Optional.empty());
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
