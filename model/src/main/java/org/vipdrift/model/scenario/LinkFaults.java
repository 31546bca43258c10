package org.vipdrift.model.scenario;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.segment.FrameMatch;
import org.vipdrift.model.segment.LinkRule;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.segment.Selector;
import org.vipdrift.model.segment.Treatment;

/**
 * The rules that an action puts on the links of a segment.
 *
 * @param segment the scenario's name of it
 */
public record LinkFaults(String segment, List<LinkRule> rules) {
  public LinkFaults {
    rules = List.copyOf(rules);
  }

  /**
   * Translates an action; empty if it is not one of the links.
   *
   * @param name of the rules, by which they are removed
   * @param ports the ports of a host or client, by segment and its name
   */
  public static Optional<LinkFaults> of(String name, Action action, Ports ports) {
    return switch (action) {
      case Action.Partition a -> {
        Function<List<String>, List<PortId>> group = members -> ports.all(a.segment(), members);
        List<List<PortId>> groups = a.groups().stream().map(group).toList();
        yield Optional.of(
            new LinkFaults(a.segment(), LinkRule.partition(name, groups, a.oneWay())));
      }
      case Action.Loss a -> one(name, a.path(), ports, new Treatment.LoseFraction(a.percent()));
      case Action.BurstLoss a ->
          one(
              name,
              a.path(),
              ports,
              new Treatment.LoseBursts(a.toBad(), a.toGood(), a.lossInBad(), a.lossInGood()));
      case Action.Delay a -> one(name, a.path(), ports, new Treatment.Delay(a.delay(), a.jitter()));
      case Action.Duplicate a -> one(name, a.path(), ports, new Treatment.Duplicate(a.percent()));
      case Action.Reorder a ->
          one(name, a.path(), ports, new Treatment.Reorder(a.percent(), a.delay()));
      case Action.Corrupt a -> one(name, a.path(), ports, new Treatment.Corrupt(a.percent()));
      case Action.LoseGarp a -> {
        Action.Path path = a.path();
        yield one(
            name,
            new Action.Path(path.segment(), path.from(), path.to(), Action.FrameMatch.GARP),
            ports,
            new Treatment.Drop());
      }
      default -> Optional.empty();
    };
  }

  /** Knows where machines are plugged in. */
  @FunctionalInterface
  public interface Ports {
    List<PortId> of(String segment, String machine);

    private List<PortId> all(String segment, List<String> machines) {
      return machines.stream().flatMap(machine -> of(segment, machine).stream()).toList();
    }
  }

  private static Optional<LinkFaults> one(
      String name, Action.Path path, Ports ports, Treatment treatment) {
    FrameMatch match =
        switch (path.match()) {
          case ALL -> new FrameMatch.Any();
          case VRRP -> new FrameMatch.Vrrp();
          case ARP -> new FrameMatch.Arp();
          case GARP -> new FrameMatch.Garp();
        };
    LinkRule rule =
        new LinkRule(
            name,
            selector(path.segment(), path.from(), ports),
            selector(path.segment(), path.to(), ports),
            match,
            treatment);
    return Optional.of(new LinkFaults(path.segment(), List.of(rule)));
  }

  private static Selector selector(String segment, List<String> machines, Ports ports) {
    return machines.isEmpty()
        ? Selector.everyone()
        : new Selector.Ports(ports.all(segment, machines));
  }
}
