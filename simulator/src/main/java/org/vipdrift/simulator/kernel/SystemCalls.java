package org.vipdrift.simulator.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.AddressTable.Answer;
import org.vipdrift.actors.port.AddressTable.Outcome;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.AddressAnnounced;
import org.vipdrift.model.trace.TraceDetail.RouteChanged;
import org.vipdrift.model.vrrp.VirtualInterface;

/**
 * What processes ask of a kernel, but for TCP and UDP.
 *
 * <p>Who asks is named by its incarnation, which must be {@linkplain HostKernel#openOwner open}; of
 * a dead one nothing is taken any more.
 */
public final class SystemCalls {
  private final HostKernel kernel;
  private final TraceSink trace;
  private final ProcessOwners owners;
  private final InterfaceWatchers watchers;
  private final Macvlans macvlans;

  SystemCalls(
      HostKernel kernel,
      TraceSink trace,
      ProcessOwners owners,
      InterfaceWatchers watchers,
      Macvlans macvlans) {
    this.kernel = kernel;
    this.trace = trace;
    this.owners = owners;
    this.watchers = watchers;
    this.macvlans = macvlans;
  }

  /** Opens a VRRP socket, see {@link org.vipdrift.actors.port.VrrpNetwork.Join}. */
  public void joinVrrp(
      String who, String networkInterface, IpAddress group, int vrid, PacketListener listener) {
    ProcessOwner owner = owners.find(who);
    NetworkInterface at = find(networkInterface);
    if (owner != null && at != null) {
      at.sockets().join(who, owner, group, vrid, listener);
    }
  }

  /** Closes a VRRP socket. */
  public void leaveVrrp(String who, String networkInterface, IpAddress group, int vrid) {
    NetworkInterface at = find(networkInterface);
    if (owners.isOpen(who) && at != null) {
      at.sockets().leave(who, group, vrid);
    }
  }

  /** Sends a VRRP message, see {@link org.vipdrift.actors.port.VrrpNetwork.SendPacket}. */
  public void sendVrrp(
      String who,
      String networkInterface,
      IpAddress source,
      IpAddress destination,
      int ttl,
      Octets message,
      long cause) {
    NetworkInterface out = find(networkInterface);
    if (out != null && out.isUp() && owners.isOpen(who)) {
      kernel
          .ip()
          .sendOn(out, IpPacket.of(source, destination, IpProtocol.VRRP, ttl, message), cause);
    }
  }

  /** Tells the listener of every interface as it is now, and at every later change. */
  public void watchInterfaces(String who, InterfaceListener listener, long cause) {
    if (owners.isOpen(who)) {
      watchers.add(who, listener);
      kernel.interfaceList().forEach(each -> listener.interfaceChanged(each.status(cause)));
    }
  }

  public void unwatchInterfaces(String who) {
    watchers.remove(who);
  }

  /** Adds an address; empty for a dead process. */
  public Optional<Answer> addAddress(
      String who, String networkInterface, IpPrefix address, long cause) {
    if (!owners.isOpen(who)) {
      return Optional.empty();
    }
    NetworkInterface at = find(networkInterface);
    return Optional.of(
        at == null
            ? noSuchInterface(networkInterface, address, cause)
            : kernel.localAddresses().add(at, address, who, cause));
  }

  /** Removes an address, whoever added it; empty for a dead process. */
  public Optional<Answer> removeAddress(
      String who, String networkInterface, IpPrefix address, long cause) {
    if (!owners.isOpen(who)) {
      return Optional.empty();
    }
    NetworkInterface at = find(networkInterface);
    return Optional.of(
        at == null
            ? noSuchInterface(networkInterface, address, cause)
            : kernel.localAddresses().remove(at, address, who, cause));
  }

  /** Removes every address that this process, or this part of it, added. */
  public void releaseAddresses(String who, long cause) {
    if (owners.isOpen(who)) {
      kernel.interfaceList().forEach(each -> kernel.localAddresses().release(each, who, cause));
    }
  }

  /** Adds a route or rule; empty for a dead process. */
  public Optional<RouteTable.Answer> addRoute(String who, RouteEntry entry, long cause) {
    if (!owners.isOpen(who)) {
      return Optional.empty();
    }
    if (entry instanceof Route route
        && route.interfaceName().isPresent()
        && find(route.interfaceName().get()) == null) {
      return Optional.of(new RouteTable.Answer(entry, RouteTable.Outcome.NO_SUCH_INTERFACE, cause));
    }
    RouteTable.Outcome outcome = kernel.routing().add(entry, who);
    long event =
        outcome == RouteTable.Outcome.DONE
            ? trace.emit(new RouteChanged(true, entry.text(), who), cause)
            : cause;
    return Optional.of(new RouteTable.Answer(entry, outcome, event));
  }

  /** Removes a route or rule, whoever added it; empty for a dead process. */
  public Optional<RouteTable.Answer> removeRoute(String who, RouteEntry entry, long cause) {
    if (!owners.isOpen(who)) {
      return Optional.empty();
    }
    RouteTable.Outcome outcome = kernel.routing().remove(entry);
    long event =
        outcome == RouteTable.Outcome.DONE
            ? trace.emit(new RouteChanged(false, entry.text(), who), cause)
            : cause;
    return Optional.of(new RouteTable.Answer(entry, outcome, event));
  }

  /** Removes every route and rule that this process, or this part of it, added. */
  public void releaseRoutes(String who, long cause) {
    kernel.routing().of(who).forEach(entry -> removeRoute(who, entry, cause));
  }

  /** Makes a macvlan; empty for a dead process. */
  public Optional<VirtualInterfaces.Answer> ensureMacvlan(
      String who, VirtualInterface.Macvlan wanted, long cause) {
    return owners.isOpen(who) ? Optional.of(macvlans.ensure(wanted, who, cause)) : Optional.empty();
  }

  /** Removes a macvlan; empty for a dead process. */
  public Optional<VirtualInterfaces.Answer> removeMacvlan(String who, String name, long cause) {
    return owners.isOpen(who) ? Optional.of(macvlans.remove(name, cause)) : Optional.empty();
  }

  /** Removes every macvlan that this process, or this part of it, made. */
  public void releaseMacvlans(String who, long cause) {
    if (owners.isOpen(who)) {
      macvlans.release(who, cause);
    }
  }

  /** Tells the trace what happened on behalf of a process; nothing of a dead one. */
  public void report(String who, TraceDetail detail, long cause) {
    if (owners.isOpen(who)) {
      trace.emit(detail, cause);
    }
  }

  /** Tells the segment where an address is now. */
  public void announce(String who, String networkInterface, IpAddress address, long cause) {
    NetworkInterface out = find(networkInterface);
    if (out == null || !out.isUp() || !owners.isOpen(who)) {
      return;
    }
    long event = trace.emit(new AddressAnnounced(networkInterface, address, out.mac()), cause);
    switch (address) {
      case IpAddress.V4 v4 -> kernel.arp().announce(out, v4, event);
      case IpAddress.V6 v6 -> kernel.neighborDiscovery().announce(out, v6, event);
    }
  }

  /** Drops packets to an address from now on, until {@link #acceptTraffic}. */
  public void refuseTraffic(String who, IpAddress address) {
    if (owners.isOpen(who)) {
      kernel.refusals().refuse(who, address);
    }
  }

  /** Ends the refusal of an address, whoever made it. */
  public void acceptTraffic(String who, IpAddress address) {
    if (owners.isOpen(who)) {
      kernel.refusals().accept(address);
    }
  }

  /** Ends every refusal that this process, or this part of it, made. */
  public void releaseTraffic(String who) {
    if (owners.isOpen(who)) {
      kernel.refusals().release(who);
    }
  }

  private @Nullable NetworkInterface find(String name) {
    return kernel.networkInterface(name).orElse(null);
  }

  private static Answer noSuchInterface(String networkInterface, IpPrefix address, long cause) {
    return new Answer(networkInterface, address, Outcome.NO_SUCH_INTERFACE, cause);
  }
}
