package org.vipdrift.simulator.kernel;

import java.util.Optional;
import org.vipdrift.model.frame.IcmpUnreachable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.frame.UdpDatagram;
import org.vipdrift.simulator.kernel.ipvs.DirectorNetwork;
import org.vipdrift.simulator.time.HostClock;

/** The kernel as its IPVS sees it. */
final class KernelDirectorNetwork implements DirectorNetwork {
  private final HostKernel kernel;

  KernelDirectorNetwork(HostKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public HostClock clock() {
    return kernel.clock();
  }

  @Override
  public Object timerOwner() {
    return kernel;
  }

  @Override
  public boolean isLocal(IpAddress address) {
    return kernel.localAddresses().contains(address);
  }

  @Override
  public Optional<IpAddress> sourceFor(IpAddress destination) {
    return kernel.routes().route(destination).flatMap(route -> kernel.routes().sourceFor(route));
  }

  @Override
  public int mark(IpPacket packet) {
    return kernel.packetMarks().of(packet);
  }

  @Override
  public void sendTowards(IpAddress target, IpPacket packet, long cause) {
    kernel.ip().sendTowards(target, packet, cause);
  }

  @Override
  public void deliver(IpPacket packet, long senderMac, long cause) {
    kernel.ip().deliverTransport(packet, senderMac, cause);
  }

  @Override
  public void refuse(IpPacket packet, long cause) {
    kernel.ip().errors().complain(packet, IcmpUnreachable.Reason.PORT, cause);
  }

  @Override
  public void listen(String networkInterface, IpAddress group, boolean on) {
    kernel
        .networkInterface(networkInterface)
        .ifPresent(
            at -> {
              if (on) {
                at.groups().join(group);
              } else {
                at.groups().leave(group);
              }
            });
  }

  /** Linux sends from the first address of the daemon's interface, and from the daemon's port. */
  @Override
  public void multicast(
      String networkInterface, IpAddress group, int port, int ttl, Octets data, long cause) {
    Optional<NetworkInterface> out =
        kernel.networkInterface(networkInterface).filter(NetworkInterface::isUp);
    out.flatMap(at -> kernel.routes().anySource(at, group.family()))
        .ifPresent(
            from ->
                kernel
                    .ip()
                    .sendOn(
                        out.get(),
                        new UdpDatagram(port, port, data).toPacket(from, group, ttl),
                        cause));
  }
}
