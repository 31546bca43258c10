package org.vipdrift.model.checker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.Octets;

/**
 * One check on the wire: what is sent when, and which answer is good. The time to connect counts
 * anew for each step of the dialogue. A script is no dialogue and never comes here.
 */
public final class ProbeMachine {
  private static final Octets SOME_PAYLOAD = Octets.ofHex("00112233445566778899aabbccddeeff");
  private static final Octets QUIT = ascii("QUIT\r\n");

  private ProbeMachine() {}

  /** The machine's next state and what is to be done, in this order. */
  public record Transition(ProbeState next, List<ProbeEffect> effects) {
    public Transition {
      effects = List.copyOf(effects);
    }
  }

  public static Transition on(CheckerSettings settings, ProbeState state, ProbeEvent event) {
    return switch (event) {
      case ProbeEvent.Started(long at, long number) ->
          new Transition(
              state.numbered(number), List.of(timeout(settings, at), new ProbeEffect.Open()));
      case ProbeEvent.Opened(long at) -> opened(settings, state, at);
      case ProbeEvent.Received(long at, Octets data) -> received(settings, state.with(data), at);
      case ProbeEvent.Finished _ -> finished(settings, state);
      case ProbeEvent.Failed(_, ProbeEvent.Failure failure) ->
          fail(state, name(settings) + ": " + failure.text());
      case ProbeEvent.TimedOut _ -> timedOut(settings, state);
    };
  }

  private static Transition opened(CheckerSettings settings, ProbeState state, long at) {
    return switch (settings.check()) {
      case Check.Tcp _, Check.Ping _ -> succeed(state);
      case Check.Http http ->
          send(settings, state, at, HttpProbe.request(settings, http, state.url()));
      case Check.Udp udp -> send(settings, state, at, udp.payload().orElse(SOME_PAYLOAD));
      case Check.Dns dns ->
          send(settings, state, at, DnsProbe.query(dns, (int) state.number() & 0xffff));
      case Check.Smtp _ -> new Transition(state, List.of(timeout(settings, at)));
      case Check.Misc _ -> throw new IllegalStateException("a script has no socket");
    };
  }

  private static Transition received(CheckerSettings settings, ProbeState state, long at) {
    return switch (settings.check()) {
      case Check.Http http ->
          HttpProbe.isComplete(state.received())
              ? judged(settings, state, HttpProbe.judge(http, state.url(), state.received()))
              : new Transition(state, List.of(timeout(settings, at)));
      case Check.Udp udp -> judged(settings, state, judgeReply(udp, state.received()));
      case Check.Dns _ ->
          judged(settings, state, DnsProbe.judge((int) state.number() & 0xffff, state.received()));
      case Check.Smtp smtp -> smtp(settings, smtp, state, at);
      case Check.Tcp _, Check.Ping _, Check.Misc _ -> new Transition(state, List.of());
    };
  }

  private static Transition finished(CheckerSettings settings, ProbeState state) {
    return switch (settings.check()) {
      case Check.Http http ->
          judged(settings, state, HttpProbe.judge(http, state.url(), state.received()));
      case Check.Smtp _ -> fail(state, name(settings) + ": closed by the server");
      case Check.Tcp _, Check.Udp _, Check.Dns _, Check.Ping _, Check.Misc _ ->
          new Transition(state, List.of());
    };
  }

  /** keepalived takes a UDP server for good that sends no ICMP error in all that time. */
  private static Transition timedOut(CheckerSettings settings, ProbeState state) {
    if (settings.check() instanceof Check.Udp udp && udp.reply().isEmpty()) {
      return succeed(state);
    }
    return fail(state, name(settings) + ": timeout");
  }

  private static Transition smtp(
      CheckerSettings settings, Check.Smtp smtp, ProbeState state, long at) {
    String text = text(state.received());
    if (!text.endsWith("\n")) {
      return new Transition(state, List.of(timeout(settings, at)));
    }
    return switch (state.step()) {
      case 0 ->
          text.startsWith("220")
              ? send(settings, state, at, ascii("HELO " + smtp.helloName() + "\r\n"))
              : fail(state, "SMTP_CHECK Bad greeting banner from server " + settings.target());
      case 1 ->
          text.startsWith("250")
              ? send(settings, state, at, QUIT)
              : fail(state, "SMTP_CHECK Bad HELO response from server " + settings.target());
      default -> succeed(state);
    };
  }

  private static String judgeReply(Check.Udp udp, Octets answer) {
    if (udp.reply().isEmpty()) {
      return "";
    }
    Check.Reply wanted = udp.reply().get();
    if (answer.length() < wanted.shortest() || answer.length() > wanted.longest()) {
      return "reply of " + answer.length() + " octets";
    }
    for (int i = 0; i < Math.min(answer.length(), wanted.data().length()); i++) {
      int mask = wanted.mask().unsignedByte(i);
      if ((answer.unsignedByte(i) & mask) != (wanted.data().unsignedByte(i) & mask)) {
        return "reply data mismatch";
      }
    }
    return "";
  }

  /** An empty problem is none. */
  private static Transition judged(CheckerSettings settings, ProbeState state, String problem) {
    return problem.isEmpty() ? succeed(state) : fail(state, name(settings) + ": " + problem);
  }

  private static Transition send(CheckerSettings settings, ProbeState state, long at, Octets data) {
    List<ProbeEffect> effects = new ArrayList<>();
    effects.add(timeout(settings, at));
    effects.add(new ProbeEffect.Send(data));
    return new Transition(state.nextStep(), effects);
  }

  private static ProbeEffect timeout(CheckerSettings settings, long at) {
    return new ProbeEffect.SetTimeout(at + settings.connectTimeout().toNanos());
  }

  private static Transition succeed(ProbeState state) {
    return new Transition(state, List.of(new ProbeEffect.Succeed()));
  }

  private static Transition fail(ProbeState state, String explanation) {
    return new Transition(state, List.of(new ProbeEffect.Fail(explanation)));
  }

  private static String name(CheckerSettings settings) {
    return settings.check().keyword() + " " + settings.target();
  }

  static Octets ascii(String text) {
    return Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String text(Octets octets) {
    return new String(octets.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
