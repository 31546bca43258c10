package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.HostChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChanged;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Judges one run: takes its events in the order of their ids, one after the other, and gives the
 * verdict at its end.
 */
public final class Judge {
  private final Scenario scenario;
  private final Circumstances circumstances;
  private final Holdings holdings = new Holdings();
  private final Outages outages;
  private final InstanceStates states = new InstanceStates();
  private final ServerStates servers = new ServerStates();
  private final RequestLog requests;
  private final StrayRequests strays;
  private final Causes causes;
  private final Logbook logbook;
  private long armedNanos;

  private Judge(Scenario scenario, Circumstances circumstances) {
    this.scenario = scenario;
    this.circumstances = circumstances;
    this.outages = new Outages(scenario.clients());
    this.causes = new Causes(new Narrator(scenario));
    this.logbook = new Logbook(scenario.expectations());
    this.requests = new RequestLog(scenario, holdings);
    this.strays = new StrayRequests(scenario, holdings, causes, circumstances.slowestTakeover());
    this.armedNanos = firstStart(scenario);
    circumstances.vips().forEach(holdings::expect);
    scenario.expectations().forEach(e -> vip(e).ifPresent(holdings::expect));
  }

  public static Judge of(Scenario scenario, Circumstances circumstances) {
    return new Judge(scenario, circumstances);
  }

  /** Takes the next event. */
  public void accept(TraceEvent event) {
    switch (event.detail()) {
      case TraceDetail.AdvertSent d -> causes.passing(event);
      case TraceDetail.AdvertReceived d -> causes.passing(event);
      case TraceDetail.Ping d -> {
        outages.accept(event.atNanos(), d);
        logbook.accept(event, d);
      }
      case TraceDetail.Request d -> {
        outages.accept(event.atNanos(), d);
        logbook.accept(event, d);
        boolean watched = requests.accept(event, d);
        if (strays.accept(event, d) || watched) {
          causes.changed(event);
        }
      }
      case TraceDetail.ServerChanged d -> {
        servers.accept(event, d);
        causes.changed(event);
      }
      case TraceDetail.AdvertDropped d -> causes.dropped(event, d);
      case TraceDetail.AddressAnnounced d -> causes.passing(event);
      case TraceDetail.RouteChanged d -> causes.passing(event);
      case TraceDetail.ScriptResult d -> causes.script(event, d);
      case TraceDetail.VrrpStateChanged d -> {
        states.accept(event, d);
        causes.changed(event);
      }
      case TraceDetail.VipAdded d -> held(event);
      case TraceDetail.VipRemoved d -> held(event);
      case TraceDetail.HostChanged d -> {
        held(event);
        if (d.change() == HostChange.POWERED_OFF) {
          states.gone(event);
          servers.powerLost(event);
        }
      }
      case TraceDetail.ProcessChanged d -> {
        servers.accept(event, d);
        causes.changed(event);
        process(event, d);
      }
      case TraceDetail.VrrpPriorityChanged d -> causes.changed(event);
      case TraceDetail.SyncGroupChanged d -> causes.changed(event);
      case TraceDetail.ActionApplied d -> causes.changed(event);
      case TraceDetail.ActionHealed d -> causes.changed(event);
      case TraceDetail.LinkChanged d -> causes.changed(event);
      case TraceDetail.NotifyStarted d -> causes.passing(event);
      case TraceDetail.MailSent d -> {
        causes.passing(event);
        logbook.accept(event, d);
      }
      case TraceDetail.LogLine d -> {
        causes.passing(event);
        logbook.accept(event, d);
      }
      case TraceDetail.NotModelled d -> {}
    }
  }

  private void held(TraceEvent event) {
    holdings.accept(event);
    causes.changed(event);
  }

  private void process(TraceEvent event, ProcessChanged change) {
    if (!isKeepalived(event.host(), change.process())) {
      return;
    }
    if (change.change() == ProcessChange.STARTED) {
      armedNanos = Math.min(armedNanos, event.atNanos());
    }
    if (change.change() == ProcessChange.STOPPED || change.change() == ProcessChange.KILLED) {
      states.gone(event);
    }
  }

  private boolean isKeepalived(String hostName, String process) {
    return scenario
        .host(hostName)
        .flatMap(host -> host.process(process))
        .map(specification -> specification instanceof KeepalivedProcess)
        .orElse(false);
  }

  /**
   * The verdict of a run that ended then.
   *
   * @param end later than every event; earlier than the scenario's end if the run was cut short
   */
  public Verdict finish(Duration end) {
    long endNanos = end.toNanos();
    Figures figures = new FigureTable(holdings, outages, causes, armedNanos).figures(endNanos);
    Evidence evidence =
        new Evidence(
            scenario,
            holdings,
            states,
            servers,
            causes,
            logbook,
            requests,
            strays,
            figures,
            endNanos,
            armedNanos);
    ExpectationJudge expectationJudge = new ExpectationJudge(evidence);
    List<Judgement> expectations = new ArrayList<>();
    for (Expectation expectation : scenario.expectations()) {
      expectations.add(expectationJudge.judge(expectation));
    }
    List<Judgement> invariants =
        new InvariantJudge(evidence, circumstances.slowestTakeover()).judgeAll();
    return new Verdict(
        scenario.name(), circumstances.seed(), end, expectations, invariants, figures);
  }

  private static long firstStart(Scenario scenario) {
    long first = Long.MAX_VALUE;
    for (Host host : scenario.hosts()) {
      for (var process : host.processes()) {
        if (process instanceof KeepalivedProcess && process.start().isPresent()) {
          first = Math.min(first, process.start().get().toNanos());
        }
      }
    }
    return first;
  }

  private static Optional<IpAddress> vip(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Holder e -> Optional.of(e.vip());
      case Expectation.NoSplitBrain e -> e.vip();
      case Expectation.SplitBrain e -> Optional.of(e.vip());
      case Expectation.Unheld e -> Optional.of(e.vip());
      case Expectation.UnheldAtMost e -> Optional.of(e.vip());
      case Expectation.FailoverWithin e -> Optional.of(e.vip());
      case Expectation.Flaps e -> Optional.of(e.vip());
      case Expectation.Outage e -> Optional.empty();
      case Expectation.AnsweredBy e -> Optional.empty();
      case Expectation.ServedBy e -> Optional.empty();
      case Expectation.Errors e -> Optional.empty();
      case Expectation.Latency e -> Optional.empty();
      case Expectation.Sticky e -> Optional.empty();
      case Expectation.ServerState e -> Optional.empty();
      case Expectation.ReachesOne e -> Optional.empty();
      case Expectation.InState e -> Optional.empty();
      case Expectation.Logged e -> Optional.empty();
    };
  }
}
