package org.vipdrift.simulator.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.vipdrift.actors.port.AddressTable.Answer;
import org.vipdrift.actors.port.AddressTable.Outcome;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.model.firewall.FirewallChains;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.AddressAnnounced;
import org.vipdrift.model.trace.TraceDetail.LinkChanged;
import org.vipdrift.model.trace.TraceDetail.NotModelled;
import org.vipdrift.model.trace.TraceDetail.RouteChanged;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.simulator.kernel.ipvs.VirtualServing;
import org.vipdrift.simulator.kernel.socket.SocketOwner;
import org.vipdrift.simulator.kernel.tcp.Sockets;
import org.vipdrift.simulator.kernel.tcp.TcpStack;
import org.vipdrift.simulator.kernel.udp.Datagrams;
import org.vipdrift.simulator.kernel.udp.UdpStack;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;

/**
 * The kernel of a simulated Linux host: a plain object on the event heap.
 *
 * <p>While its clock is paused (a paused virtual machine) frames to it are lost. What a process
 * asks for names the process's incarnation, which must be {@linkplain #openOwner open}; of a dead
 * one nothing is taken any more.
 */
public final class HostKernel {
  private final String hostName;
  private final HostClock clock;
  private final TraceSink trace;
  private final SplitRandom random;
  private final Map<String, NetworkInterface> interfaces = new LinkedHashMap<>(4);
  private final ProcessOwners owners = new ProcessOwners();
  private final InterfaceWatchers interfaceWatchers = new InterfaceWatchers();
  private final LocalAddresses localAddresses;
  private final RoutingTable routing = new RoutingTable();
  private final Macvlans macvlans = new Macvlans(this, interfaces);
  private final ArpProtocol arp = new ArpProtocol(this);
  private final NeighborDiscovery neighborDiscovery = new NeighborDiscovery(this);
  private final RouteLookup routes = new RouteLookup(this);
  private final IpLayer ip = new IpLayer(this, routes);
  private final Pings pings = new Pings(this);
  private final TrafficRefusals refusals = new TrafficRefusals();
  private final Sysctls sysctls = new Sysctls();
  private final PacketMarks packetMarks = new PacketMarks();
  private final VirtualServing virtualServing = new VirtualServing(new KernelDirectorNetwork(this));
  private final TcpStack tcp;
  private final UdpStack udp;
  private final HostFiles files = new HostFiles();
  private final ProcessTable processes = new ProcessTable();
  private boolean forwarding;
  private boolean poweredOn;

  /**
   * A host that is off.
   *
   * @param trace adds host and time
   * @param random of this run; the host takes the stream of its own name
   * @param virtual the addresses whose coming and going is traced
   */
  public HostKernel(
      String hostName,
      HostClock clock,
      TraceSink trace,
      SplitRandom random,
      Predicate<IpAddress> virtual) {
    this.hostName = hostName;
    this.clock = clock;
    this.trace = trace;
    this.random = random.split("kernel").split(hostName);
    this.localAddresses = new LocalAddresses(trace, virtual, interfaceWatchers);
    KernelNetwork network =
        new KernelNetwork(clock, this, localAddresses, ip, routes, owners, virtualServing);
    this.tcp = new TcpStack(network, this.random.split("tcp"));
    this.udp = new UdpStack(network, this.random.split("udp"));
  }

  // ---- the machine ----

  /**
   * Puts a network card in and its cable into a segment.
   *
   * @param addresses what it has before any process runs
   */
  public NetworkInterface addInterface(
      String name, MacAddress mac, List<IpPrefix> addresses, SimulatedSegment segment) {
    NetworkInterface added = new NetworkInterface(this, name, mac, addresses, segment);
    if (interfaces.putIfAbsent(name, added) != null) {
      throw new IllegalArgumentException(hostName + " has an interface " + name + " already");
    }
    if (poweredOn) {
      added.powerOn(0);
    }
    return added;
  }

  /**
   * Adds a card without a cable: {@code lo}, {@code dummy0}, or {@code tunl0}, which takes
   * tunnelled packets out of their envelope.
   */
  public NetworkInterface addVirtualInterface(String name, List<IpPrefix> addresses) {
    NetworkInterface added = NetworkInterface.virtual(this, name, addresses);
    if (interfaces.putIfAbsent(name, added) != null) {
      throw new IllegalArgumentException(hostName + " has an interface " + name + " already");
    }
    if (poweredOn) {
      added.powerOn(0);
    }
    return added;
  }

  /** Changes kernel settings by name; they outlive a power cut, as those of a file do. */
  public void setSysctls(Map<String, String> changed) {
    sysctls.set(changed);
    forwarding |= sysctls.forwards();
    virtualServing.director().setSettings(sysctls.director());
  }

  /** Marks packets that come in, as {@code iptables -t mangle -j MARK} does. */
  public void markPackets(PacketMatch match, int mark) {
    packetMarks.add(match, mark);
  }

  /** Where packets to other networks go; one for each family. */
  public void setGateway(IpAddress gateway) {
    routes.setGateway(gateway);
  }

  /** Whether packets for others are passed on. */
  public void setForwarding(boolean forward) {
    forwarding = forward;
  }

  /** Boots: configured addresses are there, links come up, no process runs. */
  public void powerOn(long cause) {
    if (!poweredOn) {
      poweredOn = true;
      for (NetworkInterface each : interfaces.values()) {
        each.powerOn(cause);
      }
    }
  }

  /** Cuts the power: everything volatile is gone, silently, and every incarnation is dead. */
  public void powerOff(long cause) {
    if (poweredOn) {
      poweredOn = false;
      owners.clear();
      interfaceWatchers.clear();
      files.unwatchAll();
      processes.clear();
      pings.clear();
      tcp.clear();
      udp.clear();
      virtualServing.clear();
      ip.setFirewall(FirewallChains.OPEN);
      refusals.clear();
      routing.clear();
      macvlans.clear(cause);
      for (NetworkInterface each : interfaces.values()) {
        each.powerOff(cause);
      }
      clock.cancelAll(this);
    }
  }

  public boolean isPoweredOn() {
    return poweredOn;
  }

  /**
   * Sets an interface up or down, as {@code ip link set} does.
   *
   * @throws IllegalArgumentException when there is no such interface
   */
  public void setLink(String networkInterface, boolean up, long cause) {
    require(networkInterface).setAdministrativelyUp(up, cause);
  }

  /**
   * Plugs the cable of an interface in or pulls it out.
   *
   * @throws IllegalArgumentException when there is no such interface
   */
  public void setPlugged(String networkInterface, boolean plugged, long cause) {
    require(networkInterface).port().setPlugged(plugged, cause);
  }

  /** Empties every ARP and neighbour discovery cache. */
  public void forgetNeighbors() {
    interfaces().forEach(each -> each.neighbors().clear());
  }

  /** Changes the packet filter; a power cut empties it. */
  public void changeFirewall(UnaryOperator<FirewallChains> change) {
    ip.setFirewall(change.apply(ip.firewall()));
  }

  public String hostName() {
    return hostName;
  }

  public HostClock clock() {
    return clock;
  }

  /** The disk. */
  public HostFiles files() {
    return files;
  }

  public ProcessTable processes() {
    return processes;
  }

  /** TCP. */
  public Sockets sockets() {
    return tcp;
  }

  /** UDP. */
  public Datagrams datagrams() {
    return udp;
  }

  /** IPVS. */
  public VirtualServing virtualServing() {
    return virtualServing;
  }

  /** In the order in which they were added. */
  public List<NetworkInterface> interfaces() {
    return List.copyOf(interfaces.values());
  }

  public Optional<NetworkInterface> networkInterface(String name) {
    return Optional.ofNullable(interfaces.get(name));
  }

  /** Whether any interface has the address. */
  public boolean hasAddress(IpAddress address) {
    return localAddresses.contains(address);
  }

  // ---- processes ----

  /**
   * An incarnation of a process begins; what it asks for may also name a part of it, after a slash.
   *
   * @throws IllegalStateException when it is open
   */
  public void openOwner(String who) {
    owners.open(who, new SocketOwner(clock, this));
  }

  /** It ends, however it does: its sockets and watches are closed, its addresses stay. */
  public void closeOwner(String who) {
    ProcessOwner owner = owners.find(who);
    if (owner == null || !owners.close(who)) {
      return;
    }
    for (NetworkInterface each : interfaces.values()) {
      each.sockets().close(owner);
    }
    owner.sockets.close(TraceEvent.NO_CAUSE);
    interfaceWatchers.remove(who);
    files.unwatch(who);
    processes.unwatch(who);
  }

  /** Whether it, or what it is a part of, lives. */
  public boolean isOpen(String who) {
    return owners.isOpen(who);
  }

  /** From now on its sockets fill up. */
  public void freezeOwner(String who) {
    Optional.ofNullable(owners.find(who)).ifPresent(ProcessOwner::freeze);
  }

  /** It reads its sockets again. */
  public void thawOwner(String who) {
    Optional.ofNullable(owners.find(who)).ifPresent(ProcessOwner::thaw);
  }

  // ---- what processes ask for ----

  /** Opens a VRRP socket, see {@link org.vipdrift.actors.port.VrrpNetwork.Join}. */
  public void joinVrrp(
      String who, String networkInterface, IpAddress group, int vrid, PacketListener listener) {
    ProcessOwner owner = owners.find(who);
    NetworkInterface at = interfaces.get(networkInterface);
    if (owner != null && at != null) {
      at.sockets().join(who, owner, group, vrid, listener);
    }
  }

  /** Closes a VRRP socket. */
  public void leaveVrrp(String who, String networkInterface, IpAddress group, int vrid) {
    NetworkInterface at = interfaces.get(networkInterface);
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
    NetworkInterface out = interfaces.get(networkInterface);
    if (out != null && out.isUp() && owners.isOpen(who)) {
      ip.sendOn(out, IpPacket.of(source, destination, IpProtocol.VRRP, ttl, message), cause);
    }
  }

  /** Tells the listener of every interface as it is now, and at every later change. */
  public void watchInterfaces(String who, InterfaceListener listener, long cause) {
    if (owners.isOpen(who)) {
      interfaceWatchers.add(who, listener);
      interfaces.values().forEach(each -> listener.interfaceChanged(each.status(cause)));
    }
  }

  public void unwatchInterfaces(String who) {
    interfaceWatchers.remove(who);
  }

  /** Adds an address; empty for a dead process. */
  public Optional<Answer> addAddress(
      String who, String networkInterface, IpPrefix address, long cause) {
    if (!owners.isOpen(who)) {
      return Optional.empty();
    }
    NetworkInterface at = interfaces.get(networkInterface);
    return Optional.of(
        at == null
            ? noSuchInterface(networkInterface, address, cause)
            : localAddresses.add(at, address, who, cause));
  }

  /** Removes an address, whoever added it; empty for a dead process. */
  public Optional<Answer> removeAddress(
      String who, String networkInterface, IpPrefix address, long cause) {
    if (!owners.isOpen(who)) {
      return Optional.empty();
    }
    NetworkInterface at = interfaces.get(networkInterface);
    return Optional.of(
        at == null
            ? noSuchInterface(networkInterface, address, cause)
            : localAddresses.remove(at, address, who, cause));
  }

  /** Removes every address that this process, or this part of it, added. */
  public void releaseAddresses(String who, long cause) {
    if (owners.isOpen(who)) {
      interfaces.values().forEach(each -> localAddresses.release(each, who, cause));
    }
  }

  /** Adds a route or rule; empty for a dead process. */
  public Optional<RouteTable.Answer> addRoute(String who, RouteEntry entry, long cause) {
    if (!owners.isOpen(who)) {
      return Optional.empty();
    }
    if (entry instanceof Route route
        && route.interfaceName().isPresent()
        && !interfaces.containsKey(route.interfaceName().get())) {
      return Optional.of(new RouteTable.Answer(entry, RouteTable.Outcome.NO_SUCH_INTERFACE, cause));
    }
    RouteTable.Outcome outcome = routing.add(entry, who);
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
    RouteTable.Outcome outcome = routing.remove(entry);
    long event =
        outcome == RouteTable.Outcome.DONE
            ? trace.emit(new RouteChanged(false, entry.text(), who), cause)
            : cause;
    return Optional.of(new RouteTable.Answer(entry, outcome, event));
  }

  /** Removes every route and rule that this process, or this part of it, added. */
  public void releaseRoutes(String who, long cause) {
    routing.of(who).forEach(entry -> removeRoute(who, entry, cause));
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

  /** Tells the trace what this host does not model. */
  public void reportNotModelled(String place, String what, long cause) {
    trace.emit(new NotModelled(place, what), cause);
  }

  /** Tells the trace what happened on behalf of a process; nothing of a dead one. */
  public void report(String who, TraceDetail detail, long cause) {
    if (owners.isOpen(who)) {
      trace.emit(detail, cause);
    }
  }

  /** Tells the segment where an address is now. */
  public void announce(String who, String networkInterface, IpAddress address, long cause) {
    NetworkInterface out = interfaces.get(networkInterface);
    if (out == null || !out.isUp() || !owners.isOpen(who)) {
      return;
    }
    long event = trace.emit(new AddressAnnounced(networkInterface, address, out.mac()), cause);
    switch (address) {
      case IpAddress.V4 v4 -> arp.announce(out, v4, event);
      case IpAddress.V6 v6 -> neighborDiscovery.announce(out, v6, event);
    }
  }

  /** Drops packets to an address from now on, until {@link #acceptTraffic}. */
  public void refuseTraffic(String who, IpAddress address) {
    if (owners.isOpen(who)) {
      refusals.refuse(who, address);
    }
  }

  /** Ends the refusal of an address, whoever made it. */
  public void acceptTraffic(String who, IpAddress address) {
    if (owners.isOpen(who)) {
      refusals.accept(address);
    }
  }

  /** Ends every refusal that this process, or this part of it, made. */
  public void releaseTraffic(String who) {
    if (owners.isOpen(who)) {
      refusals.release(who);
    }
  }

  /**
   * Sends an echo request and tells once how it ended; never, when the power is cut before.
   *
   * @param source none lets the routes decide
   * @param timeout in the host's own time
   */
  public void ping(
      Optional<IpAddress> source,
      IpAddress target,
      Duration timeout,
      EchoListener listener,
      long cause) {
    if (poweredOn) {
      pings.send(source, target, timeout, listener, cause);
    }
  }

  // ---- for the parts of the kernel ----

  RoutingTable routing() {
    return routing;
  }

  void interfaceChanged(NetworkInterface changed, long cause) {
    interfaceWatchers.tell(changed, cause);
  }

  SplitRandom random() {
    return random;
  }

  Collection<NetworkInterface> interfaceList() {
    return interfaces.values();
  }

  LocalAddresses localAddresses() {
    return localAddresses;
  }

  ArpProtocol arp() {
    return arp;
  }

  NeighborDiscovery neighborDiscovery() {
    return neighborDiscovery;
  }

  RouteLookup routes() {
    return routes;
  }

  IpLayer ip() {
    return ip;
  }

  TrafficRefusals refusals() {
    return refusals;
  }

  Pings pings() {
    return pings;
  }

  TcpStack tcp() {
    return tcp;
  }

  Sysctls sysctls() {
    return sysctls;
  }

  PacketMarks packetMarks() {
    return packetMarks;
  }

  UdpStack udp() {
    return udp;
  }

  boolean isForwarding() {
    return forwarding;
  }

  long linkChanged(NetworkInterface changed, long cause) {
    if (!poweredOn || changed.isVirtual()) {
      return cause;
    }
    long event = trace.emit(new LinkChanged(changed.name(), changed.isUp()), cause);
    interfaceWatchers.tell(changed, event);
    return event;
  }

  private static Answer noSuchInterface(String networkInterface, IpPrefix address, long cause) {
    return new Answer(networkInterface, address, Outcome.NO_SUCH_INTERFACE, cause);
  }

  private NetworkInterface require(String networkInterface) {
    return networkInterface(networkInterface)
        .orElseThrow(
            () -> new IllegalArgumentException(hostName + " has no interface " + networkInterface));
  }
}
