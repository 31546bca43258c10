package org.vipdrift.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.segment.FrameMatch;
import org.vipdrift.model.segment.LinkRule;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.segment.Selector;
import org.vipdrift.model.segment.Treatment;
import org.vipdrift.simulator.cluster.Cluster;
import org.vipdrift.simulator.fault.Timeline.Undo;
import org.vipdrift.simulator.kernel.NetworkInterface;
import org.vipdrift.simulator.segment.SimulatedSegment;

/** Performs actions on segments: rules for their links, the switch itself. */
final class SegmentFaults {
  private final Cluster cluster;

  SegmentFaults(Cluster cluster) {
    this.cluster = cluster;
  }

  Undo partition(String name, Action.Partition action) {
    SimulatedSegment segment = cluster.segment(action.segment());
    List<List<PortId>> groups =
        action.groups().stream().map(members -> ports(segment, members)).toList();
    LinkRule.partition(name, groups, action.oneWay()).forEach(segment::install);
    return _ -> segment.removeRules(name);
  }

  Undo loss(String name, Action.Loss action) {
    return rule(name, action.path(), new Treatment.LoseFraction(action.percent()));
  }

  Undo burstLoss(String name, Action.BurstLoss action) {
    return rule(
        name,
        action.path(),
        new Treatment.LoseBursts(
            action.toBad(), action.toGood(), action.lossInBad(), action.lossInGood()));
  }

  Undo delay(String name, Action.Delay action) {
    return rule(name, action.path(), new Treatment.Delay(action.delay(), action.jitter()));
  }

  Undo duplicate(String name, Action.Duplicate action) {
    return rule(name, action.path(), new Treatment.Duplicate(action.percent()));
  }

  Undo reorder(String name, Action.Reorder action) {
    return rule(name, action.path(), new Treatment.Reorder(action.percent(), action.delay()));
  }

  Undo corrupt(String name, Action.Corrupt action) {
    return rule(name, action.path(), new Treatment.Corrupt(action.percent()));
  }

  Undo loseGarp(String name, Action.LoseGarp action) {
    Action.Path path = action.path();
    Action.Path announcements =
        new Action.Path(path.segment(), path.from(), path.to(), Action.FrameMatch.GARP);
    return rule(name, announcements, new Treatment.Drop());
  }

  Undo snooping(Action.SwitchSnooping action) {
    SimulatedSegment segment = cluster.segment(action.segment());
    segment.snoop(Optional.of(action.snooping()));
    return _ -> segment.snoop(Optional.empty());
  }

  Undo storm(String name, Action.BroadcastStorm action) {
    SimulatedSegment segment = cluster.segment(action.segment());
    segment.startStorm(name, action.framesPerSecond());
    return _ -> segment.endStorm(name);
  }

  private Undo rule(String name, Action.Path path, Treatment treatment) {
    SimulatedSegment segment = cluster.segment(path.segment());
    FrameMatch match =
        switch (path.match()) {
          case ALL -> new FrameMatch.Any();
          case VRRP -> new FrameMatch.Vrrp();
          case ARP -> new FrameMatch.Arp();
          case GARP -> new FrameMatch.Garp();
        };
    segment.install(
        new LinkRule(
            name, selector(segment, path.from()), selector(segment, path.to()), match, treatment));
    return _ -> segment.removeRules(name);
  }

  private Selector selector(SimulatedSegment segment, List<String> machines) {
    return machines.isEmpty() ? Selector.everyone() : new Selector.Ports(ports(segment, machines));
  }

  private List<PortId> ports(SimulatedSegment segment, List<String> machines) {
    List<PortId> ports = new ArrayList<>();
    for (String machine : machines) {
      for (NetworkInterface each : cluster.machine(machine).orElseThrow().interfaces()) {
        if (!each.isVirtual() && each.segment() == segment) {
          ports.add(each.port().id());
        }
      }
    }
    return ports;
  }
}
