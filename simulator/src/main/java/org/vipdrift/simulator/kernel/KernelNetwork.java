package org.vipdrift.simulator.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.simulator.kernel.ipvs.VirtualServing;
import org.vipdrift.simulator.kernel.socket.HostNetwork;
import org.vipdrift.simulator.kernel.socket.SocketOwner;
import org.vipdrift.simulator.time.HostClock;

/** The kernel as its transport protocols see it, with the loopback network. */
final class KernelNetwork implements HostNetwork {
  /** How long a packet of a host to itself takes. */
  private static final long LOOPBACK_NANOS = 10_000;

  private final HostClock clock;
  private final Object timerOwner;
  private final LocalAddresses addresses;
  private final IpLayer ip;
  private final RouteLookup routes;
  private final ProcessOwners owners;
  private final VirtualServing virtualServing;

  KernelNetwork(
      HostClock clock,
      Object timerOwner,
      LocalAddresses addresses,
      IpLayer ip,
      RouteLookup routes,
      ProcessOwners owners,
      VirtualServing virtualServing) {
    this.clock = clock;
    this.timerOwner = timerOwner;
    this.addresses = addresses;
    this.ip = ip;
    this.routes = routes;
    this.owners = owners;
    this.virtualServing = virtualServing;
  }

  /** 127.0.0.0/8 and ::1. */
  static boolean isLoopback(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> bits >>> 24 == 127;
      case IpAddress.V6(long high, long low) -> high == 0 && low == 1;
    };
  }

  @Override
  public HostClock clock() {
    return clock;
  }

  @Override
  public Object timerOwner() {
    return timerOwner;
  }

  @Override
  public @Nullable SocketOwner owner(String who) {
    ProcessOwner owner = owners.find(who);
    return owner == null ? null : owner.sockets;
  }

  @Override
  public boolean isLocal(IpAddress address) {
    return addresses.contains(address) || isLoopback(address);
  }

  @Override
  public Optional<IpAddress> sourceFor(IpAddress destination) {
    if (isLocal(destination)) {
      return Optional.of(destination);
    }
    return routes.route(destination).flatMap(routes::sourceFor);
  }

  @Override
  public void send(IpPacket packet, long cause) {
    if (packet instanceof Ipv4Packet && !isLocal(packet.source())) {
      return;
    }
    if (isLocal(packet.destination())) {
      clock.schedule(
          clock.monotonicNanos() + LOOPBACK_NANOS, () -> ip.receiveOwn(packet, cause), timerOwner);
    } else {
      ip.send(virtualServing.passing(packet), cause);
    }
  }

  @Override
  public void confirm(IpAddress destination) {
    routes.route(destination).ifPresent(route -> route.out().neighbors().confirm(route.nextHop()));
  }
}
