package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.Interfaces.InterfaceStatus;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.FrameFacts;
import org.vipdrift.model.frame.FramePayload;
import org.vipdrift.model.frame.GroupReport;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.segment.FrameReceiver;
import org.vipdrift.simulator.segment.SegmentPort;
import org.vipdrift.simulator.segment.SimulatedSegment;

/** A network interface of a simulated host, with what the kernel keeps for each of them. */
public final class NetworkInterface implements FrameReceiver {
  private static final MacAddress NO_MAC = new MacAddress(0);

  private final HostKernel kernel;
  private final String name;
  private final MacAddress mac;
  private final List<IpPrefix> configured;
  private final @Nullable SimulatedSegment segment;
  private final @Nullable SegmentPort port;
  private final @Nullable NetworkInterface parent;
  private final List<NetworkInterface> macvlans = new ArrayList<>(0);
  private final List<LocalAddress> addresses = new ArrayList<>();
  private final ConnectedNetworks networks = new ConnectedNetworks(addresses);
  private final NeighborCache neighbors;
  private final GroupMemberships groups;
  private final VrrpSockets sockets;
  private boolean administrativelyUp = true;
  private boolean up;

  NetworkInterface(
      HostKernel kernel,
      String name,
      MacAddress mac,
      List<IpPrefix> configured,
      @Nullable SimulatedSegment segment) {
    this(kernel, name, mac, configured, segment, null);
  }

  private NetworkInterface(
      HostKernel kernel,
      String name,
      MacAddress mac,
      List<IpPrefix> configured,
      @Nullable SimulatedSegment segment,
      @Nullable NetworkInterface parent) {
    this.parent = parent;
    this.kernel = kernel;
    this.name = name;
    this.mac = mac;
    this.configured = List.copyOf(configured);
    this.segment = segment;
    this.neighbors = new NeighborCache(this, kernel.clock(), kernel);
    this.groups = new GroupMemberships(this, kernel.random().split(name));
    this.sockets = new VrrpSockets(this);
    this.port = segment == null ? null : segment.attach(kernel.hostName() + ":" + name, this);
  }

  /** One without a cable; nothing leaves it, nothing comes in. */
  static NetworkInterface virtual(HostKernel kernel, String name, List<IpPrefix> configured) {
    return new NetworkInterface(kernel, name, NO_MAC, configured, null);
  }

  /** One that shares the cable of another, with a MAC address of its own: a private macvlan. */
  static NetworkInterface macvlan(NetworkInterface parent, String name, MacAddress mac) {
    NetworkInterface added =
        new NetworkInterface(parent.kernel, name, mac, List.of(), null, parent);
    parent.macvlans.add(added);
    return added;
  }

  /** It is no longer there. */
  void detach() {
    if (parent != null) {
      parent.macvlans.remove(this);
      sockets.clear();
      groups.clear();
      up = false;
    }
  }

  boolean isMacvlan() {
    return parent != null;
  }

  /** Whether it has no cable: {@code lo} and its like. */
  public boolean isVirtual() {
    return port == null && parent == null;
  }

  public String name() {
    return name;
  }

  public MacAddress mac() {
    return mac;
  }

  /**
   * @throws IllegalStateException when it {@link #isVirtual}
   */
  public SimulatedSegment segment() {
    if (segment == null) {
      throw new IllegalStateException(name + " is in no segment");
    }
    return segment;
  }

  /**
   * Its cable.
   *
   * @throws IllegalStateException when it {@link #isVirtual}
   */
  public SegmentPort port() {
    if (port == null) {
      throw new IllegalStateException(name + " has no cable");
    }
    return port;
  }

  /** Administratively up, with carrier, on a host that runs. */
  public boolean isUp() {
    return up;
  }

  public boolean isAdministrativelyUp() {
    return administrativelyUp;
  }

  /** In the order in which they were added. */
  public List<LocalAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** What the ARP or neighbour discovery cache knows; empty if there is no entry. */
  public Optional<NeighborState> neighborState(IpAddress address) {
    return neighbors.find(address).map(neighbor -> neighbor.state);
  }

  /** The MAC address that packets to a neighbour go to; empty while none is known. */
  public Optional<MacAddress> neighborMac(IpAddress address) {
    return neighbors
        .find(address)
        .filter(neighbor -> neighbor.state.isValid())
        .map(neighbor -> neighbor.mac);
  }

  @Override
  public void frameArrived(Octets frame, long cause) {
    if (!up || kernel.clock().isPaused() || !FrameFacts.hasHeader(frame)) {
      return;
    }
    long destination = FrameFacts.destination(frame);
    if (!macvlans.isEmpty()) {
      for (NetworkInterface each : List.copyOf(macvlans)) {
        each.frameArrived(frame, cause);
      }
    }
    boolean toUs = destination == mac.bits();
    if (!toUs && !FrameFacts.isGroup(destination)) {
      return;
    }
    if (toUs && kernel.ip().receivePlainTcp(frame, cause)) {
      return;
    }
    if (FrameFacts.isArp(frame)) {
      if (ArpPacket.decode(frame, EthernetFrame.HEADER_LENGTH)
          instanceof Decoded.Ok<ArpPacket>(ArpPacket packet)) {
        kernel.arp().receive(this, packet, toUs, cause);
      }
    } else if (IpPacket.decodeFrame(frame)
        instanceof Decoded.Ok<? extends IpPacket>(IpPacket packet)) {
      kernel.ip().receive(this, packet, frame, toUs, cause);
    }
  }

  @Override
  public void carrierChanged(boolean carrier, long cause) {
    refreshLink(cause);
  }

  void setAdministrativelyUp(boolean newUp, long cause) {
    if (administrativelyUp != newUp) {
      administrativelyUp = newUp;
      long event = refreshLink(cause);
      if (newUp && port != null) {
        kernel.localAddresses().add(this, linkLocal(), LocalAddress.KERNEL, event);
      } else if (!newUp) {
        kernel.localAddresses().setDown(this, event);
      }
    }
  }

  /**
   * @return the event that it left in the trace, else its cause
   */
  long refreshLink(long cause) {
    boolean newUp =
        kernel.isPoweredOn()
            && administrativelyUp
            && (parent == null || parent.isUp())
            && (port == null || port.isPlugged());
    if (newUp == up) {
      return cause;
    }
    up = newUp;
    long event = kernel.linkChanged(this, cause);
    if (up) {
      groups.reportAll();
    } else {
      neighbors.clear();
    }
    for (NetworkInterface each : List.copyOf(macvlans)) {
      each.refreshLink(event);
    }
    return event;
  }

  /** As after a boot. */
  void powerOn(long cause) {
    administrativelyUp = true;
    up = true;
    for (IpPrefix address : configured) {
      kernel.localAddresses().add(this, address, LocalAddress.CONFIGURATION, cause);
    }
    if (port != null) {
      kernel.localAddresses().add(this, linkLocal(), LocalAddress.KERNEL, cause);
    }
    refreshLink(cause);
  }

  void powerOff(long cause) {
    up = false;
    neighbors.clear();
    sockets.clear();
    groups.clear();
    kernel.localAddresses().clear(this, "power-off", cause);
  }

  InterfaceStatus status(long cause) {
    return new InterfaceStatus(
        name, up, mac, addresses.stream().map(LocalAddress::prefix).toList(), cause);
  }

  /** The networks of its addresses, and which address comes first in each. */
  ConnectedNetworks networks() {
    return networks;
  }

  List<LocalAddress> addressList() {
    return addresses;
  }

  NeighborCache neighbors() {
    return neighbors;
  }

  GroupMemberships groups() {
    return groups;
  }

  VrrpSockets sockets() {
    return sockets;
  }

  void transmit(MacAddress destination, FramePayload payload, long cause) {
    SegmentPort cable = parent == null ? port : parent.port;
    if (up && cable != null) {
      cable.transmit(EthernetFrame.encode(destination, mac, payload), cause);
    }
  }

  void later(long afterNanos, Runnable action) {
    kernel.clock().schedule(kernel.clock().monotonicNanos() + afterNanos, action, kernel);
  }

  /** Asks who has a neighbour's address, or whether it is still where it was. */
  void solicit(Neighbor neighbor, long cause) {
    switch (neighbor.address) {
      case IpAddress.V4 v4 -> kernel.arp().solicit(this, neighbor, v4, cause);
      case IpAddress.V6 v6 -> kernel.neighborDiscovery().solicit(this, neighbor, v6, cause);
    }
  }

  void undeliverable(IpPacket packet, long cause) {
    kernel.ip().errors().undeliverable(packet, cause);
  }

  /**
   * Hosts without an address report from none (RFC 3376 section 4.2.13). A macvlan reports through
   * its parent, as keepalived's packet filter sees to: else the switch would learn its MAC address
   * where it is not in use.
   */
  void sendReport(GroupReport report, IpFamily family, long cause) {
    IpAddress none =
        switch (family) {
          case IPV4 -> new IpAddress.V4(0);
          case IPV6 -> new IpAddress.V6(0, 0);
        };
    IpAddress source = kernel.routes().anySource(this, family).orElse(none);
    kernel.ip().sendOn(parent == null ? this : parent, report.toPacket(source), cause);
  }

  private IpPrefix linkLocal() {
    return LocalAddresses.linkLocal(mac);
  }
}
