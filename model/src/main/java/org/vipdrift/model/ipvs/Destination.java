package org.vipdrift.model.ipvs;

import org.vipdrift.model.frame.IpAddress;

/**
 * A real server as {@code ipvsadm -a} makes it.
 *
 * @param port 0 keeps the port that the client asked for
 * @param weight at least 0; 0 takes no new connections
 * @param upperThreshold from so many connections on it is overloaded; 0 for never
 * @param lowerThreshold below so many it is not any more; 0 for three quarters of the upper one
 */
public record Destination(
    IpAddress address,
    int port,
    ForwardingMethod method,
    int weight,
    int upperThreshold,
    int lowerThreshold) {
  public Destination {
    if (weight < 0 || port < 0 || port > 65_535) {
      throw new IllegalArgumentException(Texts.endpoint(address, port) + " with weight " + weight);
    }
  }

  /** Without thresholds. */
  public static Destination of(IpAddress address, int port, ForwardingMethod method, int weight) {
    return new Destination(address, port, method, weight, 0, 0);
  }

  /** What tells it from the others of its service. */
  public DestinationKey key() {
    return new DestinationKey(address, port);
  }

  @Override
  public String toString() {
    return Texts.endpoint(address, port);
  }
}
