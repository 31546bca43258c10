package org.vipdrift.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.LinkFaults;
import org.vipdrift.model.segment.PortId;
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

  /**
   * @param action one that {@link LinkFaults} knows
   */
  Undo links(String name, Action action) {
    LinkFaults faults = LinkFaults.of(name, action, this::ports).orElseThrow();
    SimulatedSegment segment = cluster.segment(faults.segment());
    faults.rules().forEach(segment::install);
    return _ -> segment.removeRules(name);
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

  private List<PortId> ports(String segmentName, String machine) {
    SimulatedSegment segment = cluster.segment(segmentName);
    List<PortId> ports = new ArrayList<>();
    for (NetworkInterface each : cluster.machine(machine).orElseThrow().interfaces()) {
      if (!each.isVirtual() && each.segment() == segment) {
        ports.add(each.port().id());
      }
    }
    return ports;
  }
}
