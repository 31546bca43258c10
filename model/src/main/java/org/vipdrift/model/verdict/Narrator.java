package org.vipdrift.model.verdict;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry.Perform;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.HostChange;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.ScriptResult;
import org.vipdrift.model.trace.TraceEvent;

/** Puts events into words, with the help of the scenario that they come from. */
public final class Narrator {
  /**
   * One event in words.
   *
   * @param host where; empty for the world
   * @param subject who or what; empty if it is the host itself
   * @param predicate what happened, in the past tense
   * @param why the reason as far as the event itself tells it; may be empty
   */
  public record Phrase(String host, String subject, String predicate, String why) {
    /** Without the host: {@code VI_1 became MASTER}. */
    public String headline() {
      return subject.isEmpty() ? predicate : subject + " " + predicate;
    }

    /** With the host: {@code VI_1 on nginx2 became MASTER}. */
    public String sentence() {
      if (subject.isEmpty()) {
        return host.isEmpty() || predicate.startsWith(host) ? predicate : host + " " + predicate;
      }
      String place = host.isEmpty() || host.equals(subject) ? "" : " on " + host;
      return subject + place + " " + predicate;
    }
  }

  private final Map<String, ActionProse> actions = new LinkedHashMap<>();

  /** Without a scenario: actions are told by their keyword and target. */
  public Narrator() {}

  public Narrator(Scenario scenario) {
    for (var entry : scenario.timeline()) {
      if (entry instanceof Perform perform) {
        actions.put(perform.name(), ActionProse.of(perform.action()));
      }
    }
  }

  /** A full sentence with time and reason: {@code At 13.2 s VI_1 on b became MASTER (...).} */
  public String sentence(TraceEvent event) {
    Phrase phrase = phrase(event);
    String reason = phrase.why().isEmpty() ? "" : " (" + phrase.why() + ")";
    return "At " + Prose.at(event.atNanos()) + " " + phrase.sentence() + reason + ".";
  }

  public Phrase phrase(TraceEvent event) {
    String host = event.host();
    return switch (event.detail()) {
      case TraceDetail.VrrpStateChanged d ->
          new Phrase(host, d.instance(), "became " + d.to(), d.reason());
      case TraceDetail.VrrpPriorityChanged d ->
          new Phrase(
              host,
              d.instance(),
              "changed its priority from " + d.from() + " to " + d.to(),
              d.reason());
      case TraceDetail.AdvertSent d ->
          new Phrase(
              host,
              d.instance(),
              d.priority() == 0
                  ? "resigned with an advert of priority 0"
                  : "sent an advert of priority " + d.priority(),
              "");
      case TraceDetail.AdvertReceived d ->
          new Phrase(
              host, d.instance(), "heard " + d.source() + " with priority " + d.priority(), "");
      case TraceDetail.AdvertDropped d ->
          new Phrase(
              host,
              d.instance(),
              "refused an advert of " + d.source() + ": " + words(d.dropReason()),
              d.explanation());
      case TraceDetail.SyncGroupChanged d ->
          new Phrase(host, "sync group " + d.group(), "became " + d.to(), d.reason());
      case TraceDetail.VipAdded d -> new Phrase(host, "", "took " + d.vip(), "");
      case TraceDetail.VipRemoved d -> new Phrase(host, "", "gave up " + d.vip(), "");
      case TraceDetail.AddressAnnounced d ->
          new Phrase(host, "", "announced " + d.vip() + " at " + d.mac(), "");
      case TraceDetail.RouteChanged d ->
          new Phrase(host, "", (d.added() ? "added route " : "removed route ") + d.entry(), "");
      case TraceDetail.ScriptResult d -> script(host, d);
      case TraceDetail.NotifyStarted d ->
          new Phrase(host, "", "ran the notify script " + String.join(" ", d.command()), "");
      case TraceDetail.MailSent d ->
          new Phrase(host, "", "mailed \"" + d.subject() + "\" to " + d.to(), "");
      case TraceDetail.Ping d -> new Phrase("", d.client(), ping(d), "");
      case TraceDetail.Request d -> new Phrase("", d.client(), RequestProse.predicate(d), "");
      case TraceDetail.ServerChanged d ->
          new Phrase(
              host,
              d.process(),
              "server " + d.proxy() + "/" + d.server() + " " + RequestProse.change(d.change()),
              d.reason());
      case TraceDetail.ActionApplied d -> action(d.name(), d.action(), d.target(), host, false);
      case TraceDetail.ActionHealed d -> action(d.name(), d.action(), d.target(), host, true);
      case TraceDetail.LinkChanged d ->
          new Phrase(host, d.networkInterface(), d.up() ? "came up" : "went down", "");
      case TraceDetail.ProcessChanged d ->
          new Phrase(host, d.process(), process(d.change()), d.explanation());
      case TraceDetail.HostChanged d -> new Phrase(host, host, machine(d.change()), "");
      case TraceDetail.LogLine d -> new Phrase(host, d.process(), "logged: " + d.text(), "");
      case TraceDetail.NotModelled d ->
          new Phrase(host, "", "met what is not modelled: " + d.what(), d.place());
    };
  }

  private Phrase action(String name, String keyword, String target, String host, boolean healed) {
    ActionProse prose = actions.get(name);
    if (prose == null) {
      String what = keyword + (target.isEmpty() ? "" : " of " + target);
      return new Phrase(host, what, healed ? "was undone" : "was done", "timeline");
    }
    String where = prose.host().isEmpty() ? host : prose.host();
    String did = healed ? prose.undid() : prose.did();
    return new Phrase(where, prose.object(), "was " + did, "timeline");
  }

  private static Phrase script(String host, ScriptResult d) {
    String predicate =
        switch (d.outcome()) {
          case OK -> "succeeded";
          case FAILED -> "failed" + d.exit().map(exit -> " with exit code " + exit).orElse("");
          case TIMEOUT -> "took too long and was ended";
        };
    return new Phrase(
        host, d.script(), predicate, d.status() ? "it counts as up" : "it counts as down");
  }

  private static String ping(TraceDetail.Ping d) {
    if (d.outcome() == PingOutcome.OK) {
      return d.holder()
          .map(holder -> "was answered by " + holder)
          .orElse("was answered by " + d.target());
    }
    return (d.outcome() == PingOutcome.TIMEOUT ? "got no answer from " : "could not reach ")
        + d.target();
  }

  private static String process(ProcessChange change) {
    return switch (change) {
      case STARTED -> "started";
      case READY -> "was ready";
      case STOPPING -> "began to stop";
      case STOPPED -> "stopped";
      case KILLED -> "was killed";
      case FROZEN -> "froze";
      case THAWED -> "went on";
      case RELOADED -> "read its configuration again";
      case REFUSED -> "refused to start";
    };
  }

  private static String machine(HostChange change) {
    return switch (change) {
      case POWERED_OFF -> "lost its power";
      case POWERED_ON -> "was powered on";
      case PAUSED -> "was paused";
      case RESUMED -> "resumed";
    };
  }

  /** A constant's name as words: {@code AUTHENTICATION_FAILED} as {@code authentication failed}. */
  static String words(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT))
        ? name.toLowerCase(Locale.ROOT).replace('_', ' ')
        : name;
  }
}
