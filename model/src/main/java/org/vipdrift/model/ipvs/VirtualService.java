package org.vipdrift.model.ipvs;

import java.util.Optional;

/**
 * A virtual service as {@code ipvsadm -A} makes it.
 *
 * @param fallback sh-fallback or mh-fallback ({@code -b flag-1}): an unavailable real server is
 *     replaced
 * @param hashPort sh-port or mh-port ({@code -b flag-2}): the client's port is hashed too
 * @param onePacket {@code --ops}: every UDP packet is scheduled by itself
 */
public record VirtualService(
    ServiceKey key,
    SchedulingRule rule,
    boolean fallback,
    boolean hashPort,
    boolean onePacket,
    Optional<Persistence> persistence) {

  /** Without flags and persistence. */
  public static VirtualService of(ServiceKey key, SchedulingRule rule) {
    return new VirtualService(key, rule, false, false, false, Optional.empty());
  }

  public VirtualService persistent(Persistence with) {
    return new VirtualService(key, rule, fallback, hashPort, onePacket, Optional.of(with));
  }

  public VirtualService withFallback() {
    return new VirtualService(key, rule, true, hashPort, onePacket, persistence);
  }

  public VirtualService withPort() {
    return new VirtualService(key, rule, fallback, true, onePacket, persistence);
  }

  /** The port, 0 for a service of a mark or of every port. */
  int port() {
    return key instanceof ServiceKey.Address address ? address.port() : 0;
  }
}
