package org.vipdrift.model.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;

/**
 * The link rules in force, in order of installation, each with a state and a random stream per
 * link.
 */
final class RuleTable {
  private final SplitRandom random;
  private final List<Installed> rules = new ArrayList<>();

  /** What a rule remembers of a link. */
  private static final class LinkState {
    private final SplitRandom random;
    private boolean bad;

    LinkState(SplitRandom random) {
      this.random = random;
    }
  }

  private record Installed(
      LinkRule rule, LossCause cause, SplitRandom random, Map<Long, LinkState> links) {
    LinkState link(PortId from, PortId to) {
      return links.computeIfAbsent(
          (long) from.number() << 32 | to.number(),
          _ -> new LinkState(random.split(from.name() + ">" + to.name())));
    }
  }

  RuleTable(SplitRandom random) {
    this.random = random;
  }

  void install(LinkRule rule) {
    long namesakes = rules.stream().filter(i -> i.rule.name().equals(rule.name())).count();
    rules.add(
        new Installed(
            rule,
            new LossCause.ByRule(rule.name()),
            random.split(rule.name()).split(Long.toString(namesakes)),
            new LinkedHashMap<>()));
  }

  boolean remove(String name) {
    return rules.removeIf(installed -> installed.rule.name().equals(name));
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  List<LinkRule> rules() {
    return rules.stream().map(Installed::rule).toList();
  }

  /** Takes a frame from port to port; the passage says what became of it. */
  void apply(PortId from, PortId to, Octets frame, Passage passage) {
    passage.begin(frame);
    for (Installed installed : rules) {
      LinkRule rule = installed.rule;
      if (rule.from().selects(from)
          && rule.to().selects(to)
          && rule.match().matches(passage.frame())) {
        if (rule.treatment() instanceof Treatment.Pass) {
          return;
        }
        if (isLost(rule.treatment(), installed.link(from, to), passage)) {
          passage.lose(installed.cause);
          return;
        }
      }
    }
  }

  private static boolean isLost(Treatment treatment, LinkState link, Passage passage) {
    SplitRandom random = link.random;
    switch (treatment) {
      case Treatment.Pass _ -> {}
      case Treatment.Drop _ -> {
        return true;
      }
      case Treatment.LoseFraction(double percent) -> {
        return random.chance(percent);
      }
      case Treatment.LoseBursts bursts -> {
        link.bad = link.bad ? !random.chance(bursts.toGood()) : random.chance(bursts.toBad());
        return random.chance(link.bad ? bursts.lossInBad() : bursts.lossInGood());
      }
      case Treatment.Delay delay ->
          passage.delay(
              delay.base().toNanos() + (long) (random.nextDouble() * delay.jitter().toNanos()));
      case Treatment.Duplicate(double percent) -> {
        if (random.chance(percent)) {
          passage.duplicate();
        }
      }
      case Treatment.Reorder reorder -> {
        if (random.chance(reorder.percent())) {
          passage.delay(reorder.delay().toNanos());
        }
      }
      case Treatment.Corrupt(double percent) -> {
        if (random.chance(percent)) {
          passage.flipBit((int) (random.nextDouble() * passage.frame().length() * 8));
        }
      }
    }
    return false;
  }
}
