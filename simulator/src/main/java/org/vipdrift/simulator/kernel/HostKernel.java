package org.vipdrift.simulator.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.firewall.FirewallChains;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.trace.TraceDetail.LinkChanged;
import org.vipdrift.model.trace.TraceDetail.NotModelled;
import org.vipdrift.model.trace.TraceEvent;
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
 * <p>While its clock is paused (a paused virtual machine) frames to it are lost.
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
  private final SystemCalls calls;
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
    this.calls = new SystemCalls(this, trace, owners, interfaceWatchers, macvlans);
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

  /** What processes ask for. */
  public SystemCalls calls() {
    return calls;
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

  /** Tells the trace what this host does not model. */
  public void reportNotModelled(String place, String what, long cause) {
    trace.emit(new NotModelled(place, what), cause);
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

  private NetworkInterface require(String networkInterface) {
    return networkInterface(networkInterface)
        .orElseThrow(
            () -> new IllegalArgumentException(hostName + " has no interface " + networkInterface));
  }
}
