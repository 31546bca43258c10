package org.vipdrift.scenarios.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.AdvertDropped;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChanged;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.trace.TraceDetail.ScriptOutcome;
import org.vipdrift.model.trace.TraceDetail.ScriptResult;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.Narrator;
import org.vipdrift.model.verdict.Narrator.Phrase;
import org.vipdrift.model.verdict.Prose;

/**
 * Folds a run's events into one line per change.
 *
 * <p>Adverts, announcements, logs and repeated results are left out; an instance that changes its
 * state and takes its addresses is one line; refused adverts and failed requests are counted, not
 * listed. After {@link #MOST_LINES} lines further ones are only counted.
 */
public final class Chronicle implements Consumer<TraceEvent> {
  static final int MOST_LINES = 2_000;
  private static final int MOST_MARKS = 500;
  private static final int MOST_GAPS = 100;
  private static final long TOGETHER_NANOS = 20_000_000;
  private static final long ALIKE_NANOS = 150_000_000;
  private static final long SPARED_NANOS = 2_000_000_000;

  /** Something that was done to the cluster, for the axis of a drawing. */
  record Mark(long atNanos, String text) {}

  /** One line, to which what belongs to it is added while it is fresh. */
  static final class Line {
    private final long eventId;
    private final long atNanos;
    private final List<String> hosts = new ArrayList<>();
    private final String headline;
    private final String why;
    private final boolean gathers;
    private final List<String> taken = new ArrayList<>();
    private final List<String> givenUp = new ArrayList<>();
    private long times;
    private long lastNanos;

    Line(TraceEvent event, String host, String headline, String why, boolean gathers) {
      this.eventId = event.id();
      this.atNanos = event.atNanos();
      this.lastNanos = event.atNanos();
      this.headline = headline;
      this.why = why;
      this.gathers = gathers;
      hosts.add(host);
    }

    long atNanos() {
      return atNanos;
    }

    /** The hosts it happened on; a single empty name for the world. */
    List<String> hosts() {
      return List.copyOf(hosts);
    }

    /** What happened and why, in one sentence without a full stop. */
    String text() {
      StringBuilder text = new StringBuilder(headline);
      add(text, "gave up ", givenUp);
      add(text, "took ", taken);
      if (!why.isEmpty()) {
        text.append(" (").append(why).append(')');
      }
      if (times > 1) {
        text.append("; ").append(times).append(" in all, the last at ");
        text.append(Prose.at(lastNanos));
      }
      return text.toString();
    }

    private static void add(StringBuilder text, String verb, List<String> addresses) {
      if (addresses.isEmpty()) {
        return;
      }
      text.append(text.isEmpty() ? "" : " and ").append(verb);
      text.append(
          addresses.size() <= 3
              ? Prose.and(addresses)
              : addresses.size() + " addresses, " + addresses.getFirst() + " first");
    }
  }

  private record ScriptKey(String host, String script) {}

  private record ScriptState(ScriptOutcome outcome, boolean status) {}

  private record RefusalKey(String host, String instance, IpAddress source, String reason) {}

  private record FailureKey(String client, RequestOutcome outcome, Optional<String> holder) {}

  private final Narrator narrator;
  private final List<Line> lines = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<String> notModelled = new ArrayList<>();
  private final Map<ScriptKey, ScriptState> scripts = new LinkedHashMap<>();
  private final Map<RefusalKey, Line> refusals = new LinkedHashMap<>();
  private final Map<FailureKey, Line> failures = new LinkedHashMap<>();
  private long leftOut;
  private long lastActionNanos = -1;

  public Chronicle(Scenario scenario) {
    this(scenario, List.of());
  }

  /**
   * @param notModelled what is known before the run to be without effect in it
   */
  public Chronicle(Scenario scenario, List<String> notModelled) {
    this.narrator = new Narrator(scenario);
    notModelled.forEach(this::gap);
  }

  @Override
  public void accept(TraceEvent event) {
    switch (event.detail()) {
      case TraceDetail.AdvertSent d -> {}
      case TraceDetail.AdvertReceived d -> {}
      case TraceDetail.Ping d -> {}
      case TraceDetail.Request d -> request(event, d);
      case TraceDetail.ServerChanged d -> add(event, false);
      case TraceDetail.AddressAnnounced d -> {}
      case TraceDetail.RouteChanged d -> add(event, false);
      case TraceDetail.LogLine d -> {}
      case TraceDetail.AdvertDropped d -> refused(event, d);
      case TraceDetail.ScriptResult d -> script(event, d);
      case TraceDetail.VipAdded d when HostInterface.isWithoutCable(d.networkInterface()) -> {}
      case TraceDetail.VipRemoved d when HostInterface.isWithoutCable(d.networkInterface()) -> {}
      case TraceDetail.VipAdded d -> held(event, d.vip(), true);
      case TraceDetail.VipRemoved d -> held(event, d.vip(), false);
      case TraceDetail.VrrpStateChanged d -> add(event, true);
      case TraceDetail.VrrpPriorityChanged d -> add(event, false);
      case TraceDetail.SyncGroupChanged d -> add(event, false);
      case TraceDetail.NotifyStarted d -> add(event, false);
      case TraceDetail.MailSent d -> add(event, false);
      case TraceDetail.ActionApplied d -> action(event);
      case TraceDetail.ActionHealed d -> action(event);
      case TraceDetail.LinkChanged d -> consequence(event);
      case TraceDetail.HostChanged d -> consequence(event);
      case TraceDetail.ProcessChanged d -> process(event, d);
      case TraceDetail.NotModelled d -> gap(d.place() + ": " + d.what());
    }
  }

  private void action(TraceEvent event) {
    lastActionNanos = event.atNanos();
    if (marks.size() < MOST_MARKS) {
      marks.add(new Mark(event.atNanos(), narrator.phrase(event).sentence()));
    }
    add(event, false);
  }

  private void process(TraceEvent event, ProcessChanged change) {
    if (change.change() == ProcessChange.READY) {
      return;
    }
    boolean told = change.change() != ProcessChange.REFUSED && isConsequence(event);
    if (!told) {
      boolean gathers =
          change.change() == ProcessChange.STOPPING || change.change() == ProcessChange.REFUSED;
      add(event, gathers);
    }
  }

  private void consequence(TraceEvent event) {
    if (!isConsequence(event)) {
      add(event, false);
    }
  }

  /** What an action does at once needs no line of its own. */
  private boolean isConsequence(TraceEvent event) {
    return lastActionNanos >= 0 && event.atNanos() - lastActionNanos <= 1_000_000;
  }

  private void script(TraceEvent event, ScriptResult result) {
    ScriptState state = new ScriptState(result.outcome(), result.status());
    ScriptState before = scripts.put(new ScriptKey(event.host(), result.script()), state);
    boolean news = before == null ? result.outcome() != ScriptOutcome.OK : !state.equals(before);
    if (news) {
      add(event, false);
    }
  }

  private void refused(TraceEvent event, AdvertDropped drop) {
    RefusalKey key =
        new RefusalKey(event.host(), drop.instance(), drop.source(), drop.dropReason());
    Line line = refusals.get(key);
    if (line == null) {
      if (refusals.size() >= MOST_LINES) {
        leftOut++;
        return;
      }
      line = add(event, false);
      refusals.put(key, line);
    }
    line.times++;
    line.lastNanos = event.atNanos();
  }

  /** Failures of one sort are one line, until the client was spared them for a while. */
  private void request(TraceEvent event, Request request) {
    if (request.outcome() == RequestOutcome.OK) {
      return;
    }
    FailureKey key = new FailureKey(request.client(), request.outcome(), request.holder());
    Line line = failures.get(key);
    if (line == null || event.atNanos() - line.lastNanos > SPARED_NANOS) {
      line = keep(new Line(event, "", narrator.phrase(event).headline(), "", false));
      failures.put(key, line);
    }
    line.times++;
    line.lastNanos = event.atNanos();
  }

  private void held(TraceEvent event, IpAddress vip, boolean taken) {
    Line line =
        fresh(event, l -> l.eventId == event.cause())
            .or(() -> fresh(event, _ -> true))
            .orElseGet(() -> keep(new Line(event, event.host(), "", "", true)));
    (taken ? line.taken : line.givenUp).add(vip.toString());
  }

  /** The last line of this host to which addresses may still be added. */
  private Optional<Line> fresh(TraceEvent event, Predicate<Line> wanted) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      if (event.atNanos() - line.atNanos > TOGETHER_NANOS) {
        break;
      }
      if (line.gathers && line.hosts.equals(List.of(event.host())) && wanted.test(line)) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private Line add(TraceEvent event, boolean gathers) {
    Phrase phrase = narrator.phrase(event);
    String headline =
        phrase.subject().equals(phrase.host()) ? phrase.predicate() : phrase.headline();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      if (event.atNanos() - line.atNanos > ALIKE_NANOS) {
        break;
      }
      boolean bare = line.taken.isEmpty() && line.givenUp.isEmpty() && line.times == 0;
      if (bare
          && line.headline.equals(headline)
          && line.why.equals(phrase.why())
          && !line.hosts.contains(phrase.host())) {
        line.hosts.add(phrase.host());
        return line;
      }
    }
    return keep(new Line(event, phrase.host(), headline, phrase.why(), gathers));
  }

  private Line keep(Line line) {
    if (lines.size() < MOST_LINES) {
      lines.add(line);
    } else {
      leftOut++;
    }
    return line;
  }

  private void gap(String text) {
    if (notModelled.size() < MOST_GAPS && !notModelled.contains(text)) {
      notModelled.add(text);
    }
  }

  /** Every line, by time. */
  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** How many further lines there would have been. */
  long leftOut() {
    return leftOut;
  }

  List<Mark> marks() {
    return List.copyOf(marks);
  }

  /** What is without effect in the run, or what the testbed met and does not model; each once. */
  public List<String> notModelled() {
    return List.copyOf(notModelled);
  }
}
