package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.text.ExpectationText;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.Figures.Flap;
import org.vipdrift.model.verdict.Figures.VipFigures;
import org.vipdrift.model.verdict.HoldingHistory.HolderChange;
import org.vipdrift.model.verdict.HoldingHistory.Standing;
import org.vipdrift.model.verdict.HoldingHistory.Stretch;
import org.vipdrift.model.verdict.Judgement.Waiver;

/**
 * Judges what must be true of every run.
 *
 * <p>Flapping: the address goes to another host and back although nothing was done to the cluster
 * in between. One such detour that lasts no longer than a handover is an election that settles; a
 * longer one, or a second one before anything else is done, breaks the invariant.
 */
final class InvariantJudge {
  /** Something an invariant does not allow; {@code claim} is the expectation that claims it. */
  private record Offence(String text, long atNanos, long eventId, Optional<Expectation> claim) {}

  private final Evidence evidence;
  private final Duration slowestTakeover;
  private final Claims claims;

  InvariantJudge(Evidence evidence, Duration slowestTakeover) {
    this.evidence = evidence;
    this.slowestTakeover = slowestTakeover;
    this.claims = new Claims(evidence.scenario().expectations(), evidence.endNanos());
  }

  List<Judgement> judgeAll() {
    String tolerance = Prose.length(Invariant.SPLIT_BRAIN_TOLERANCE);
    String slowest = Prose.length(slowestTakeover);
    List<Judgement> judgements = new ArrayList<>();
    judgements.add(
        judge(
            Invariant.NO_LONG_SPLIT_BRAIN,
            "no address has two holders for longer than " + tolerance,
            splitBrains(),
            "no address had two holders for longer than " + tolerance));
    judgements.add(
        judge(
            Invariant.NEVER_LONG_UNHELD,
            "no address is without a holder for longer than the slowest takeover, " + slowest,
            unheld(),
            "no address was without a holder for longer than " + slowest));
    judgements.add(
        judge(
            Invariant.NO_FLAPPING,
            "no address goes to and fro unless something is done to the cluster",
            flapping(),
            "no address went to and fro by itself"));
    judgements.add(converged());
    if (evidence.strays().concerned()) {
      judgements.add(requestsReachOne());
    }
    return judgements;
  }

  private Judgement judge(Invariant invariant, String rule, List<Offence> offences, String calm) {
    List<Waiver> waivers =
        offences.stream()
            .filter(offence -> offence.claim.isPresent())
            .map(offence -> new Waiver(offence.text, ExpectationText.of(offence.claim.get())))
            .toList();
    List<Offence> broken = offences.stream().filter(o -> o.claim.isEmpty()).toList();
    if (broken.isEmpty()) {
      String text = waivers.isEmpty() ? calm : calm + " beyond what is claimed";
      return new Judgement(
          invariant.keyword(),
          rule,
          rule,
          Outcome.HOLDS,
          text,
          OptionalLong.empty(),
          List.of(),
          waivers);
    }
    Offence first = broken.getFirst();
    String more =
        broken.size() > 1 ? "; and " + Prose.count(broken.size() - 1, "more such case") : "";
    return new Judgement(
        invariant.keyword(),
        rule,
        rule,
        Outcome.BROKEN,
        first.text + more,
        OptionalLong.of(first.atNanos),
        evidence.causes().chain(first.eventId),
        waivers);
  }

  private List<Offence> splitBrains() {
    List<Offence> offences = new ArrayList<>();
    for (HoldingHistory history : evidence.holdings().histories()) {
      for (Stretch stretch : history.splitBrain(evidence.run())) {
        if (stretch.span().length().compareTo(Invariant.SPLIT_BRAIN_TOLERANCE) > 0) {
          offences.add(
              new Offence(
                  Prose.and(stretch.beginning().holders())
                      + " both held "
                      + history.vip()
                      + " "
                      + during(stretch.span()),
                  stretch.span().fromNanos(),
                  stretch.beginning().eventId(),
                  claims.splitBrain(history.vip(), stretch.span())));
        }
      }
    }
    return offences;
  }

  private List<Offence> unheld() {
    List<Offence> offences = new ArrayList<>();
    for (HoldingHistory history : evidence.holdings().histories()) {
      for (Stretch stretch : history.unheld(evidence.armed())) {
        if (stretch.span().length().compareTo(slowestTakeover) > 0) {
          offences.add(
              new Offence(
                  "nobody held " + history.vip() + " " + during(stretch.span()),
                  stretch.span().fromNanos(),
                  stretch.beginning().eventId(),
                  claims.unheld(history.vip(), stretch.span())));
        }
      }
    }
    return offences;
  }

  private List<Offence> flapping() {
    List<Offence> offences = new ArrayList<>();
    for (VipFigures figures : evidence.figures().vips()) {
      long settledNanos = -1;
      for (Flap flap : figures.flaps()) {
        boolean settling =
            flap.away().length().compareTo(Invariant.SPLIT_BRAIN_TOLERANCE) <= 0
                && (settledNanos < 0
                    || evidence
                        .causes()
                        .lastIntervention(settledNanos, flap.away().fromNanos())
                        .isPresent());
        if (settling) {
          settledNanos = flap.away().toNanos();
        } else {
          offences.add(flapOffence(figures.vip(), flap));
        }
      }
    }
    return offences;
  }

  private Offence flapOffence(IpAddress vip, Flap flap) {
    return new Offence(
        vip
            + " went from "
            + flap.home()
            + " to "
            + flap.other()
            + " and back "
            + during(flap.away())
            + ", and nothing was done in between",
        flap.away().fromNanos(),
        evidence.holdings().history(vip).at(flap.away().fromNanos()).eventId(),
        claims.flaps(vip, flap.away()).or(() -> claims.splitBrain(vip, flap.away())));
  }

  private Judgement converged() {
    String calm = Prose.length(Invariant.CALM_AT_THE_END);
    String rule = "at the end each address has one holder, and nothing has changed for " + calm;
    if (evidence.endNanos() < evidence.scenario().until().toNanos()) {
      return new Judgement(
          Invariant.CONVERGED_AT_THE_END.keyword(),
          rule,
          rule,
          Outcome.UNKNOWN,
          "the run was cut short at " + Prose.at(evidence.endNanos()),
          OptionalLong.empty(),
          List.of(),
          List.of());
    }
    List<Offence> offences = new ArrayList<>();
    for (HoldingHistory history : evidence.holdings().histories()) {
      holdersAtTheEnd(history).ifPresent(offences::add);
    }
    unrest().ifPresent(offences::add);
    return judge(
        Invariant.CONVERGED_AT_THE_END,
        rule,
        offences,
        "at the end each address had one holder, and nothing had changed for " + calm);
  }

  private Optional<Offence> holdersAtTheEnd(HoldingHistory history) {
    Standing last = history.standings().getLast();
    if (last.holders().size() == 1) {
      return Optional.empty();
    }
    Span lastSpan = new Span(Math.min(last.atNanos(), evidence.endNanos()), evidence.endNanos());
    Optional<Expectation> claim =
        (last.holders().isEmpty()
                ? claims.unheld(history.vip(), lastSpan)
                : claims.splitBrain(history.vip(), lastSpan))
            .or(() -> claims.flaps(history.vip(), lastSpan));
    return Optional.of(
        new Offence(
            "at the end " + Prose.and(last.holders()) + " held " + history.vip(),
            evidence.endNanos(),
            last.eventId(),
            claim));
  }

  /** The last transition, if it came in the last stretch of the run without an action in it. */
  private Optional<Offence> unrest() {
    long calmNanos = evidence.endNanos() - Invariant.CALM_AT_THE_END.toNanos();
    if (evidence.causes().lastIntervention(calmNanos - 1, evidence.endNanos()).isPresent()) {
      return Optional.empty();
    }
    Span lastStretch = new Span(Math.max(0, calmNanos), evidence.endNanos());
    for (HoldingHistory history : evidence.holdings().histories()) {
      List<HolderChange> changes = history.changes(evidence.endNanos());
      if (!changes.isEmpty() && changes.getLast().atNanos() > calmNanos) {
        HolderChange last = changes.getLast();
        return Optional.of(
            new Offence(
                history.vip()
                    + " still moved from "
                    + last.from()
                    + " to "
                    + last.to()
                    + " at "
                    + Prose.at(last.atNanos()),
                last.atNanos(),
                last.standing().eventId(),
                claims.flaps(history.vip(), lastStretch)));
      }
    }
    return evidence
        .states()
        .last()
        .filter(event -> event.atNanos() > calmNanos)
        .map(event -> unrest(event, lastStretch));
  }

  private Offence unrest(TraceEvent event, Span lastStretch) {
    Optional<Expectation> claim = Optional.empty();
    for (HoldingHistory history : evidence.holdings().histories()) {
      claim = claim.or(() -> claims.flaps(history.vip(), lastStretch));
    }
    return new Offence(
        evidence.causes().describe(event) + " as late as " + Prose.at(event.atNanos()),
        event.atNanos(),
        event.id(),
        claim);
  }

  private Judgement requestsReachOne() {
    String recovery = Prose.length(StrayRequests.recovery(slowestTakeover));
    List<Offence> offences = new ArrayList<>();
    for (StrayRequests.Group group : evidence.strays().groups()) {
      String all =
          group.count() > 1 ? "; " + Prose.count(group.count(), "such request") + " in all" : "";
      offences.add(
          new Offence(group.told() + all, group.atNanos(), group.causeId(), group.claim()));
    }
    return judge(
        Invariant.REQUESTS_REACH_ONE,
        "each request reaches the one holder and a healthy server, unless something was done to"
            + " the cluster less than "
            + recovery
            + " before",
        offences,
        "each request did");
  }

  private static String during(Span span) {
    return "from "
        + Prose.at(span.fromNanos())
        + " to "
        + Prose.at(span.toNanos())
        + " ("
        + Prose.length(span.length())
        + ")";
  }
}
