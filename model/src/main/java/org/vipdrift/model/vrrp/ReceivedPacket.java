package org.vipdrift.model.vrrp;

import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;

/**
 * A VRRP message as it came from the network.
 *
 * @param message without IP header
 * @param source who sent it
 * @param destination the group, or an address of this host
 * @param ttl TTL or hop limit, 0..255
 * @param authenticationHeader whether an IPsec authentication header stood before the message
 * @param at nanoseconds of the host's monotonic clock
 */
public record ReceivedPacket(
    Octets message,
    IpAddress source,
    IpAddress destination,
    int ttl,
    boolean authenticationHeader,
    long at) {
  /** A packet without authentication header. */
  public ReceivedPacket(Octets message, IpAddress source, IpAddress destination, int ttl, long at) {
    this(message, source, destination, ttl, false, at);
  }

  public IpFamily family() {
    return source.family();
  }
}
