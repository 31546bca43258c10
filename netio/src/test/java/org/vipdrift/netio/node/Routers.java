package org.vipdrift.netio.node;

import java.time.Duration;
import java.util.List;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfiguration.CheckScript;
import org.vipdrift.model.node.NodeConfiguration.Instance;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/** One virtual router and what may happen to it, for tests of what watches a trace. */
final class Routers {
  static final String NAME = "VI_1";
  static final IpAddress VIP = address("10.9.9.100");
  static final IpAddress OWN = address("10.9.9.1");
  static final IpAddress RIVAL = address("10.9.9.2");

  private Routers() {}

  static NodeConfiguration one() {
    VirtualRouterSettings settings =
        VirtualRouterSettings.builder(NAME, "eth0", 51).virtualAddresses("10.9.9.100/24").build();
    return new NodeConfiguration(
        List.of(new Instance(settings, List.of(), true, NotifyCommands.NONE)),
        List.<CheckScript>of(),
        List.of(),
        List.of(),
        List.of());
  }

  static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  static TraceEvent at(Duration time, TraceDetail detail) {
    return new TraceEvent(time.toNanos() + 1, TraceEvent.NO_CAUSE, time.toNanos(), "n", detail);
  }

  static TraceDetail becomes(String from, String to) {
    return new TraceDetail.VrrpStateChanged(NAME, from, to, "because");
  }

  static TraceDetail heard(int priority) {
    return new TraceDetail.AdvertReceived(NAME, 51, 2, priority, RIVAL);
  }

  static TraceDetail refused(String reason) {
    return new TraceDetail.AdvertDropped(NAME, RIVAL, reason, "");
  }

  static TraceDetail sent(int priority) {
    return new TraceDetail.AdvertSent(NAME, 51, 2, priority, OWN, address("224.0.0.18"));
  }
}
