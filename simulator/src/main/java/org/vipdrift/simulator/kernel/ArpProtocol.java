package org.vipdrift.simulator.kernel;

import java.util.Optional;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.MacAddress;

/**
 * ARP as Linux does it: arp_ignore and arp_announce as they are set (0 answers for all local
 * addresses on every interface), arp_accept 0 (unsolicited packets change existing entries only).
 * No firewall sees it.
 */
final class ArpProtocol {
  private static final int ONLY_OWN = 1;
  private static final int ONLY_OWN_NETWORK = 2;
  private static final int NEVER = 8;
  private static final IpAddress.V4 NO_ADDRESS = new IpAddress.V4(0);

  private final HostKernel kernel;

  ArpProtocol(HostKernel kernel) {
    this.kernel = kernel;
  }

  void receive(NetworkInterface in, ArpPacket packet, boolean toUs, long cause) {
    boolean request = packet.operation() == ArpPacket.Operation.REQUEST;
    IpAddress.V4 sender = packet.senderAddress();
    boolean forUs =
        kernel.localAddresses().contains(packet.targetAddress())
            && answersFor(in, packet.targetAddress(), sender);
    if (request && sender.bits() == 0) {
      // Somebody checks whether the address is free (RFC 5227).
      if (forUs) {
        in.transmit(packet.senderMac(), packet.reply(in.mac()), cause);
      }
      return;
    }
    // A sender that claims one of our own addresses fails Linux's source check: no answer.
    if (request && forUs && !kernel.localAddresses().contains(sender)) {
      in.neighbors().learn(sender, packet.senderMac(), false, true, true, false);
      in.transmit(packet.senderMac(), packet.reply(in.mac()), cause);
    } else if (in.neighbors().knows(sender)) {
      boolean override = packet.isGratuitous() || !in.neighbors().isLocked(sender);
      in.neighbors().learn(sender, packet.senderMac(), !request && toUs, false, override, false);
    }
  }

  /** arp_ignore: for which of its own addresses a host answers on an interface. */
  private boolean answersFor(NetworkInterface in, IpAddress.V4 target, IpAddress.V4 sender) {
    return switch (kernel.sysctls().ofInterface(in.name(), "arp_ignore")) {
      case ONLY_OWN -> has(in, target);
      case ONLY_OWN_NETWORK -> has(in, target) && isNear(in, target, sender);
      case NEVER -> false;
      default -> true;
    };
  }

  private static boolean has(NetworkInterface at, IpAddress address) {
    for (LocalAddress each : at.addressList()) {
      if (each.prefix().address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an address of the interface has another one in its network. */
  private static boolean isNear(NetworkInterface at, IpAddress address, IpAddress other) {
    for (LocalAddress each : at.addressList()) {
      if (each.prefix().address().equals(address) && each.prefix().contains(other)) {
        return true;
      }
    }
    return false;
  }

  void solicit(NetworkInterface out, Neighbor neighbor, IpAddress.V4 target, long cause) {
    boolean probe = neighbor.state == NeighborState.PROBE;
    ArpPacket request = ArpPacket.request(out.mac(), source(out, neighbor), target);
    out.transmit(probe ? neighbor.mac : MacAddress.BROADCAST, request, cause);
  }

  void announce(NetworkInterface out, IpAddress.V4 address, long cause) {
    out.transmit(MacAddress.BROADCAST, ArpPacket.gratuitous(out.mac(), address), cause);
  }

  /** An address of a macvlan is none of its parent's (Linux: arp_solicit asks for the device). */
  private boolean isOurs(NetworkInterface out, IpAddress address) {
    if (!kernel.localAddresses().contains(address)) {
      return false;
    }
    return has(out, address)
        || kernel.interfaceList().stream().noneMatch(i -> i.isMacvlan() && has(i, address));
  }

  /**
   * arp_announce: 0 takes the source of the packet that waits, where it is ours; 1 only when it
   * shares a network of the interface with the neighbour; 2 the best address for the neighbour.
   */
  private IpAddress.V4 source(NetworkInterface out, Neighbor neighbor) {
    int announce = kernel.sysctls().ofInterface(out.name(), "arp_announce");
    Optional<IpAddress> waiting =
        Optional.ofNullable(neighbor.waiting.peekFirst())
            .map(Neighbor.Waiting::packet)
            .map(IpPacket::source)
            .filter(from -> isOurs(out, from))
            .filter(from -> announce == 0 || announce == 1 && isNear(out, from, neighbor.address));
    return waiting.or(() -> kernel.routes().sourceFor(out, neighbor.address)).orElse(NO_ADDRESS)
            instanceof IpAddress.V4 v4
        ? v4
        : NO_ADDRESS;
  }
}
