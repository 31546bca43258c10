package org.vipdrift.simulator.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.IcmpMessage;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.NeighborSolicitation;

/**
 * Local addresses that processes do not want traffic for; neighbour discovery goes through (RFC
 * 5798 section 8.2.2). The rules outlive the process that made them, as addresses do.
 */
final class TrafficRefusals {
  private final Map<IpAddress, String> refused = new LinkedHashMap<>(0);

  void refuse(String who, IpAddress address) {
    refused.put(address, who);
  }

  void accept(IpAddress address) {
    refused.remove(address);
  }

  void release(String who) {
    refused.values().removeIf(by -> ProcessOwners.belongs(by, who));
  }

  void clear() {
    refused.clear();
  }

  boolean isEmpty() {
    return refused.isEmpty();
  }

  boolean refuses(IpPacket packet) {
    return !refused.isEmpty()
        && refused.containsKey(packet.destination())
        && !isNeighborDiscovery(packet);
  }

  private static boolean isNeighborDiscovery(IpPacket packet) {
    return packet.protocol() == IpProtocol.ICMPV6
        && IcmpMessage.decode(packet)
            instanceof Decoded.Ok<? extends IcmpMessage>(IcmpMessage message)
        && (message instanceof NeighborSolicitation || message instanceof NeighborAdvertisement);
  }
}
