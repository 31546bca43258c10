package org.vipdrift.model.route;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/**
 * One of several ways of a route.
 *
 * @param interfaceName empty where the gateway decides
 * @param weight 1..256
 * @param onLink {@code onlink}: the gateway is a neighbour, whatever the addresses say
 */
public record NextHop(
    Optional<IpAddress> gateway, Optional<String> interfaceName, int weight, boolean onLink) {
  public NextHop {
    if (weight < 1 || weight > 256) {
      throw new IllegalArgumentException("a weight is 1..256, not " + weight);
    }
  }

  String text() {
    StringBuilder text = new StringBuilder("nexthop");
    gateway.ifPresent(g -> text.append(" via ").append(g));
    interfaceName.ifPresent(i -> text.append(" dev ").append(i));
    text.append(" weight ").append(weight);
    return onLink ? text.append(" onlink").toString() : text.toString();
  }
}
