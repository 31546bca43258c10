package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Host.ServerProcess;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceEvent;

/** A run told by hand: a pair of hosts a and b, and what happened to them. */
final class Story {
  static final IpAddress VIP = IpAddress.parse("20.0.0.100").orElseThrow();
  static final IpAddress A = IpAddress.parse("20.0.0.21").orElseThrow();
  static final IpAddress B = IpAddress.parse("20.0.0.22").orElseThrow();

  private final List<TraceEvent> events = new ArrayList<>();
  private final List<TimelineEntry> timeline = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private Duration until = Duration.ofSeconds(30);
  private long atNanos;

  /** The run lasts so many seconds instead of 30. */
  Story until(double seconds) {
    until = Duration.ofNanos(nanos(seconds));
    return this;
  }

  Story at(double seconds) {
    atNanos = nanos(seconds);
    return this;
  }

  long event(String host, long cause, TraceDetail detail) {
    events.add(new TraceEvent(events.size() + 1, cause, atNanos, host, detail));
    return events.size();
  }

  Story takes(String host) {
    event(host, 0, new TraceDetail.VipAdded("eth0", VIP, 24, "keepalived"));
    return this;
  }

  Story givesUp(String host) {
    event(host, 0, new TraceDetail.VipRemoved("eth0", VIP, 24, "keepalived"));
    return this;
  }

  Story machine(String host, TraceDetail.HostChange change) {
    event(host, 0, new TraceDetail.HostChanged(change));
    return this;
  }

  Story answered(String host) {
    event(
        "test1",
        0,
        new TraceDetail.Ping("test1", VIP, PingOutcome.OK, Optional.of(host), Duration.ZERO));
    return this;
  }

  /** The request sent at this moment is given up a second later. */
  Story unanswered() {
    atNanos += nanos(1);
    event(
        "test1",
        0,
        new TraceDetail.Ping(
            "test1", VIP, PingOutcome.TIMEOUT, Optional.empty(), Duration.ofSeconds(1)));
    atNanos -= nanos(1);
    return this;
  }

  long action(Action action) {
    String name = action.keyword() + "-" + (timeline.size() + 1);
    timeline.add(
        new TimelineEntry.Perform(Duration.ofNanos(atNanos), name, Optional.empty(), action));
    return event("", 0, new TraceDetail.ActionApplied(name, action.keyword(), ""));
  }

  Story stops(String host, String process) {
    action(new Action.OnProcess(Action.ProcessVerb.STOP, host, process));
    return this;
  }

  Story expect(Expectation expectation) {
    expectations.add(expectation);
    return this;
  }

  List<TraceEvent> events() {
    return events;
  }

  Scenario scenario() {
    return new Scenario(
        "pair",
        "A pair",
        "",
        List.of(),
        List.of(host("a", A), host("b", B)),
        List.of(
            new Client(
                "test1",
                "lan",
                IpPrefix.parse("20.0.0.10/24").orElseThrow(),
                VIP,
                Client.DEFAULT_EVERY,
                Client.DEFAULT_TIMEOUT)),
        timeline,
        until,
        expectations);
  }

  private static Host host(String name, IpAddress address) {
    return new Host(
        name,
        List.of(
            new Host.HostInterface(
                "eth0", "lan", List.of(new IpPrefix(address, 24)), Optional.empty())),
        Optional.empty(),
        List.of(
            new KeepalivedProcess(
                "keepalived", Optional.of(Duration.ZERO), name + ".conf", Map.of()),
            new ServerProcess("nginx", Optional.of(Duration.ZERO), List.of(80), Optional.empty())),
        Map.of(),
        Map.of(),
        false);
  }

  Verdict verdict() {
    return verdictAt(until);
  }

  Verdict verdictAt(Duration end) {
    Judge judge = Judge.of(scenario(), new Circumstances(1, Duration.ofSeconds(4), List.of(VIP)));
    events.stream().sorted(Comparator.comparingLong(TraceEvent::atNanos)).forEach(judge::accept);
    return judge.finish(end);
  }

  /** The judgement on the only expectation. */
  Judgement judgement() {
    return verdict().expectations().getFirst();
  }

  Judgement invariant(Invariant invariant) {
    return verdict().invariants().get(invariant.ordinal());
  }

  static Interval between(double from, double to) {
    return new Interval(Duration.ofNanos(nanos(from)), Duration.ofNanos(nanos(to)));
  }

  static Moment moment(double earliest, double latest) {
    return new Moment(Duration.ofNanos(nanos(earliest)), Duration.ofNanos(nanos(latest)));
  }

  static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  /** Lab 1 as it happens: nginx dies on a, its check stops keepalived, b takes the address. */
  static Story nginxDies() {
    Story story = new Story();
    story.at(0.05);
    long started =
        story.event(
            "a", 0, new TraceDetail.ProcessChanged("keepalived", ProcessChange.STARTED, ""));
    story.event("b", 0, new TraceDetail.ProcessChanged("keepalived", ProcessChange.STARTED, ""));
    story.event(
        "a", started, new TraceDetail.VrrpStateChanged("VI_1", "INIT", "BACKUP", "start-up"));
    story.event("b", 2, new TraceDetail.VrrpStateChanged("VI_1", "INIT", "BACKUP", "start-up"));
    story.at(3.6);
    long master =
        story.event(
            "a",
            0,
            new TraceDetail.VrrpStateChanged(
                "VI_1", "BACKUP", "MASTER", "the master down timer expired"));
    story.event("a", master, new TraceDetail.VipAdded("eth0", VIP, 24, "keepalived"));
    for (int second = 4; second < 10; second++) {
      story.at(second);
      long sent =
          story.event(
              "a",
              0,
              new TraceDetail.AdvertSent(
                  "VI_1", 51, 2, 150, A, IpAddress.parse("224.0.0.18").orElseThrow()));
      story.event("b", sent, new TraceDetail.AdvertReceived("VI_1", 51, 2, 150, A));
    }
    story.at(10);
    long stop = story.action(new Action.OnProcess(Action.ProcessVerb.STOP, "a", "nginx"));
    long nginx =
        story.event("a", stop, new TraceDetail.ProcessChanged("nginx", ProcessChange.STOPPED, ""));
    story.at(10.9);
    long failed =
        story.event(
            "a",
            nginx,
            new TraceDetail.ScriptResult(
                "check_nginx", TraceDetail.ScriptOutcome.FAILED, Optional.of(1), false));
    long stopping =
        story.event(
            "a",
            failed,
            new TraceDetail.ProcessChanged("keepalived", ProcessChange.STOPPING, "SIGTERM"));
    long resigned =
        story.event(
            "a",
            stopping,
            new TraceDetail.AdvertSent(
                "VI_1", 51, 2, 0, A, IpAddress.parse("224.0.0.18").orElseThrow()));
    story.event("a", stopping, new TraceDetail.VipRemoved("eth0", VIP, 24, "keepalived"));
    long heard = story.event("b", resigned, new TraceDetail.AdvertReceived("VI_1", 51, 2, 0, A));
    story.at(11.5);
    long takeover =
        story.event(
            "b",
            heard,
            new TraceDetail.VrrpStateChanged("VI_1", "BACKUP", "MASTER", "the skew time passed"));
    story.event("b", takeover, new TraceDetail.VipAdded("eth0", VIP, 24, "keepalived"));
    return story;
  }
}
