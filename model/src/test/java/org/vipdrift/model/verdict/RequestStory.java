package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.trace.TraceDetail.ServerChange;
import org.vipdrift.model.trace.TraceEvent;

/** A client "c" that fetches a page from a VIP, which host "a" has from the first moment. */
final class RequestStory {
  static final IpAddress VIP = IpAddress.of("20.0.0.100");
  private static final IpAddress USER = IpAddress.of("20.0.0.10");
  private static final Duration UNTIL = Duration.ofSeconds(60);

  private final List<TraceEvent> events = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private IpAddress user = USER;
  private String holder = "a";

  RequestStory() {
    event(0, "a", new TraceDetail.VipAdded("eth0", VIP, 24, "keepalived"));
  }

  RequestStory event(double seconds, String host, TraceDetail detail) {
    events.add(new TraceEvent(events.size() + 1L, 0, Story.nanos(seconds), host, detail));
    return this;
  }

  /** From now on this user asks. */
  RequestStory user(String address) {
    user = IpAddress.of(address);
    return this;
  }

  /** From now on requests reach this host. */
  RequestStory holder(String host) {
    holder = host;
    return this;
  }

  private RequestStory request(
      double sentSeconds,
      double tookSeconds,
      RequestOutcome outcome,
      Optional<Integer> status,
      Optional<String> server) {
    return event(
        sentSeconds + tookSeconds,
        "c",
        new Request(
            "c",
            user,
            "http://20.0.0.100/",
            outcome,
            status,
            Duration.ofNanos(Story.nanos(tookSeconds)),
            outcome == RequestOutcome.TIMEOUT ? Optional.empty() : Optional.of(holder),
            server));
  }

  RequestStory served(double sentSeconds, double tookSeconds, String server) {
    return request(
        sentSeconds, tookSeconds, RequestOutcome.OK, Optional.of(200), Optional.of(server));
  }

  /** One request a second from a moment on, one served by each. */
  RequestStory served(double fromSeconds, String... servers) {
    for (int i = 0; i < servers.length; i++) {
      served(fromSeconds + i, 0.001, servers[i]);
    }
    return this;
  }

  RequestStory failed(double sentSeconds, RequestOutcome outcome) {
    boolean late = outcome == RequestOutcome.TIMEOUT;
    return request(
        sentSeconds,
        late ? 1 : 0.001,
        outcome,
        outcome == RequestOutcome.HTTP_ERROR ? Optional.of(503) : Optional.empty(),
        Optional.empty());
  }

  RequestStory server(double seconds, ServerChange change) {
    return event(
        seconds, "a", new TraceDetail.ServerChanged("haproxy", "app", "s1", change, "check"));
  }

  RequestStory haproxy(double seconds, ProcessChange change) {
    return event(seconds, "a", new TraceDetail.ProcessChanged("haproxy", change, ""));
  }

  RequestStory expect(Expectation expectation) {
    expectations.add(expectation);
    return this;
  }

  Verdict verdict() {
    Scenario scenario =
        new Scenario(
            "requests",
            "",
            "",
            List.of(),
            List.of(),
            List.of(
                new Client(
                    "c",
                    "lan",
                    new IpPrefix(USER, 24),
                    1,
                    Optional.empty(),
                    Client.Start.AT_ONCE,
                    Client.Fetches.get("http://20.0.0.100/", VIP),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Optional.empty())),
            List.of(),
            UNTIL,
            expectations);
    Judge judge = Judge.of(scenario, new Circumstances(1, Duration.ofSeconds(4), List.of()));
    events.stream().sorted(Comparator.comparingLong(TraceEvent::atNanos)).forEach(judge::accept);
    return judge.finish(UNTIL);
  }

  Judgement invariant(Invariant invariant) {
    return verdict().invariants().get(invariant.ordinal());
  }

  Judgement judgement() {
    return verdict().expectations().getFirst();
  }

  // ---- expectations ----

  static Expectation servedBy(String... servers) {
    return servedBy(List.of(servers), false, List.of(), Map.of());
  }

  static Expectation alternating(String... servers) {
    return servedBy(List.of(servers), true, List.of(), Map.of());
  }

  static Expectation sequence(String... servers) {
    return servedBy(List.of(), false, List.of(servers), Map.of());
  }

  static Expectation shares(double a, double b) {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("s1", a);
    shares.put("s2", b);
    return servedBy(List.of(), false, List.of(), shares);
  }

  private static Expectation servedBy(
      List<String> servers,
      boolean alternating,
      List<String> sequence,
      Map<String, Double> shares) {
    return new Expectation.ServedBy(
        "c", servers, alternating, sequence, shares, 2, Optional.empty());
  }

  static Expectation errors(long atLeast, long atMost, RequestOutcome... outcomes) {
    return new Expectation.Errors(
        "c", atLeast, Optional.of(atMost), Optional.empty(), List.of(outcomes), Optional.empty());
  }

  static Expectation latency(double percentile, Duration atMost) {
    return new Expectation.Latency("c", percentile, atMost, Optional.empty());
  }

  static Expectation regarded(Expectation.ServerCondition state, double from, double to) {
    return new Expectation.ServerState(
        "a", Optional.empty(), "app", "s1", state, Story.between(from, to));
  }

  static Expectation reachesOne(Interval interval) {
    return new Expectation.ReachesOne("c", interval);
  }
}
