package org.vipdrift.model.ipvs;

import org.vipdrift.model.frame.IpAddress;

/** What tells the real servers of a service apart. */
public record DestinationKey(IpAddress address, int port) {
  @Override
  public String toString() {
    return Texts.endpoint(address, port);
  }
}
