package org.vipdrift.model.route;

import org.vipdrift.model.frame.IpFamily;

/** What a process puts into a kernel's routing: a route, or a rule that says which table counts. */
public sealed interface RouteEntry permits Route, RoutingRule {
  /** RTPROT_KEEPALIVED: who installed it, as {@code ip route} shows it. */
  int KEEPALIVED_PROTOCOL = 18;

  /** RT_TABLE_MAIN. */
  int MAIN_TABLE = 254;

  IpFamily family();

  /** As {@code ip route} or {@code ip rule} would show it, without the protocol. */
  String text();
}
