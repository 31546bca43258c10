package org.vipdrift.model.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.keepalived.TrackEntry;
import org.vipdrift.model.config.keepalived.Tracking;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;

/** Who of two wins the election, and whether a failing check can change that. */
final class ElectionAudit {
  private static final int HIGHEST = 254;
  private static final int MOST_WEIGHT = 253;

  private final Node a;
  private final Node b;
  private final Findings findings;

  private ElectionAudit(Node a, Node b, Findings findings) {
    this.a = a;
    this.b = b;
    this.findings = findings;
  }

  static void check(Node a, Node b, Findings findings) {
    ElectionAudit audit = new ElectionAudit(a, b, findings);
    audit.equalPriorities();
    audit.states();
    audit.nopreemptTrap(a, b);
    audit.nopreemptTrap(b, a);
    int ofA = healthy(a.instance());
    int ofB = healthy(b.instance());
    if (ofA != ofB) {
      Node winner = ofA > ofB ? a : b;
      Node other = ofA > ofB ? b : a;
      audit.weights(winner, other);
      audit.preemptDelay(winner, other);
    }
  }

  private void equalPriorities() {
    VrrpInstanceBlock left = a.instance();
    if (left.priority() == b.instance().priority()) {
      findings.warning(
          left.owner() ? "both-owners" : "equal-priorities",
          a,
          b,
          "priority",
          left.owner()
              ? "both have priority 255: both start as MASTER, and the one with the lower address"
                  + " steps down to 254"
              : "both have priority "
                  + left.priority()
                  + ": which host is MASTER depends on who was first");
    }
  }

  private void states() {
    VrrpInstanceBlock left = a.instance();
    VrrpInstanceBlock right = b.instance();
    if (left.stateMaster() && right.stateMaster()) {
      findings.note(
          "both-state-master",
          a,
          b,
          "state",
          "both say state MASTER: the state does not decide, the priority does ("
              + left.priority()
              + " on "
              + a.host()
              + ", "
              + right.priority()
              + " on "
              + b.host()
              + ")");
    } else if (left.stateMaster() && left.priority() < right.priority()) {
      stateAgainstPriority(a, b);
    } else if (right.stateMaster() && right.priority() < left.priority()) {
      stateAgainstPriority(b, a);
    }
  }

  private void stateAgainstPriority(Node named, Node elected) {
    findings.note(
        "state-against-priority",
        named,
        elected,
        "state",
        named.host()
            + " says state MASTER, but "
            + elected.host()
            + " has the higher priority and becomes MASTER");
  }

  /** The classic trap: the master's priority falls, and the peer never takes over. */
  private void nopreemptTrap(Node waiting, Node falling) {
    boolean weighted =
        falling.instance().tracking().scripts().stream().anyMatch(e -> e.weight() != 0);
    if (waiting.instance().nopreempt() && weighted) {
      findings.warning(
          "nopreempt-with-weighted-peer",
          waiting,
          falling,
          "nopreempt",
          waiting.host()
              + " never takes over when a weighted script lowers "
              + falling.host()
              + ": nopreempt keeps it BACKUP as long as it hears any advert");
    }
  }

  /** A tracked object whose failure lowers the priority. */
  private record Effect(String what, TrackEntry entry) {
    int well() {
      return Math.max(0, entry.weight());
    }

    int fall() {
      return Math.abs(entry.weight());
    }
  }

  /** Reversed weights are left out: with them a failure is what raises the priority. */
  private static List<Effect> effects(VrrpInstanceBlock instance) {
    List<Effect> all = new ArrayList<>();
    Tracking tracking = instance.tracking();
    tracking.scripts().forEach(e -> all.add(new Effect("script", e)));
    tracking.processes().forEach(e -> all.add(new Effect("process", e)));
    tracking.interfaces().forEach(e -> all.add(new Effect("interface", e)));
    all.removeIf(e -> e.entry().weight() == 0 || e.entry().reverse());
    return all;
  }

  private static int clamped(VrrpInstanceBlock instance, int sum) {
    return instance.owner() ? instance.priority() : Math.clamp(sum, 1, HIGHEST);
  }

  private static int base(VrrpInstanceBlock instance) {
    return instance.priority() + effects(instance).stream().mapToInt(Effect::well).sum();
  }

  /** The priority while every check is well. */
  private static int healthy(VrrpInstanceBlock instance) {
    return clamped(instance, base(instance));
  }

  private void weights(Node winner, Node other) {
    VrrpInstanceBlock instance = winner.instance();
    List<Effect> effects = effects(instance);
    if (instance.owner() || effects.isEmpty()) {
      return;
    }
    int rival = healthy(other.instance());
    int all = effects.stream().mapToInt(Effect::fall).sum();
    boolean together = clamped(instance, base(instance) - all) < rival;
    for (Effect effect : effects) {
      int left = clamped(instance, base(instance) - effect.fall());
      if (left >= rival) {
        weight(winner, other, effect, left, together);
      }
    }
  }

  private void weight(Node winner, Node other, Effect effect, int left, boolean together) {
    int rival = healthy(other.instance());
    int needed = base(winner.instance()) - rival + 1;
    String name = effect.what() + " " + effect.entry().name();
    String message =
        Findings.pair(winner, other)
            + "when "
            + name
            + " fails on "
            + winner.host()
            + ", its priority falls from "
            + healthy(winner.instance())
            + " to "
            + left
            + ", which is not below the "
            + rival
            + " of "
            + other.host()
            + (together
                ? ": only together with other failures does it move the addresses"
                : ": the addresses stay where they are");
    findings.add(
        together ? Severity.NOTE : Severity.WARNING,
        "weight-too-small",
        message,
        List.of(effect.entry().span(), other.instance().spanOf("priority")),
        Optional.of(advice(effect, needed)));
  }

  private static String advice(Effect effect, int needed) {
    boolean enough = effect.entry().weight() < 0 && needed <= MOST_WEIGHT;
    return enough
        ? "a weight of -" + needed + " or lower, or priorities closer together"
        : "bring the priorities closer together";
  }

  /** The delay counts where a host comes back and hears a lower priority: on the winner. */
  private void preemptDelay(Node winner, Node other) {
    if (winner.instance().preemptDelay().equals(other.instance().preemptDelay())) {
      return;
    }
    boolean useless = winner.instance().preemptDelay().isZero();
    findings.note(
        "preempt-delays-differ",
        winner,
        other,
        "preempt_delay",
        useless
            ? "preempt_delay is only on "
                + other.host()
                + ", which has the lower priority and has nobody to preempt; on "
                + winner.host()
                + " it would delay the return"
            : "preempt_delay is "
                + Findings.seconds(winner.instance().preemptDelay())
                + " on "
                + winner.host()
                + ", "
                + Findings.seconds(other.instance().preemptDelay())
                + " on "
                + other.host()
                + ": that of "
                + winner.host()
                + " delays its return, the other counts only after weights changed the order");
  }
}
