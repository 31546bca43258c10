package org.vipdrift.actors.port;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;

/** One host of a {@link TestWorld}: its ports, and what can be done to it from outside. */
public interface TestHost {
  /** The interface on the segment. */
  String networkInterface();

  MacAddress mac();

  /** Its IPv4 address on the segment. */
  IpAddress ipv4();

  /** Its link-local IPv6 address. */
  IpAddress ipv6();

  /** An incarnation of a process that lives. */
  String who();

  /** The process dies and is no longer heard; its addresses stay. */
  void killProcess();

  ActorRef<VrrpNetwork.Command> vrrpNetwork();

  ActorRef<Interfaces.Command> interfaces();

  ActorRef<AddressTable.Command> addressTable();

  ActorRef<NeighborAnnouncer.Command> neighborAnnouncer();

  ActorRef<PacketFilter.Command> packetFilter();

  ActorRef<FileWatch.Command> fileWatch();

  ActorRef<ProcessWatch.Command> processWatch();

  ActorRef<ScriptRunner.Command> scriptRunner();

  ActorRef<RouteTable.Command> routeTable();

  ActorRef<VirtualInterfaces.Command> virtualInterfaces();

  /** Sets the interface up or down. */
  void setLink(boolean up);

  /** What is in its ARP or neighbour discovery cache. */
  Optional<MacAddress> neighbor(IpAddress address);

  /** Whether an echo request to an address is answered. */
  boolean reaches(IpAddress address);

  void writeFile(String path, String text);

  void removeFile(String path);

  /**
   * Starts a process that does nothing.
   *
   * @return ends it
   */
  Runnable startProcess(String name, List<String> arguments);
}
