package org.vipdrift.model.ipvs;

import java.time.Duration;
import org.vipdrift.model.frame.IpAddress;

/**
 * Clients that come back go to the same real server.
 *
 * @param timeout after the last new connection of a client
 * @param netmask of the network that counts as one client, of the service's family
 */
public record Persistence(Duration timeout, IpAddress netmask) {
  public Persistence {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("persistence of " + timeout);
    }
  }

  /** The client as persistence sees it. */
  public IpAddress network(IpAddress client) {
    return switch (client) {
      case IpAddress.V4 v4 when netmask instanceof IpAddress.V4(int mask) ->
          new IpAddress.V4(v4.bits() & mask);
      case IpAddress.V6(long high, long low)
          when netmask instanceof IpAddress.V6(long maskHigh, long maskLow) ->
          new IpAddress.V6(high & maskHigh, low & maskLow);
      default -> client;
    };
  }
}
