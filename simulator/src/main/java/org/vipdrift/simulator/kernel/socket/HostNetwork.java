package org.vipdrift.simulator.kernel.socket;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.simulator.time.HostClock;

/** What transport protocols ask of the kernel below and around them. */
public interface HostNetwork {
  /** The sender of packets that came from the host itself. */
  long NO_MAC = -1;

  HostClock clock();

  /** Whose timers theirs are, for {@link HostClock#cancelAll}. */
  Object timerOwner();

  /** The living owner of what calls itself so. */
  @Nullable SocketOwner owner(String who);

  /** Whether the host has this address now; those of the loopback network always. */
  boolean isLocal(IpAddress address);

  /** The address that the routes choose to speak to another one; empty without a route. */
  Optional<IpAddress> sourceFor(IpAddress destination);

  /**
   * Sends a packet where the routes lead; without any it is lost. An IPv4 packet is lost too when
   * the host no longer has its source address: Linux 6.1 then finds no route for it, while it sends
   * IPv6 packets all the same (both measured).
   */
  void send(IpPacket packet, long cause);

  /** Packets to this address arrive: its neighbour entry need not be probed. */
  void confirm(IpAddress destination);

  /** By the 48 bits of its MAC address who sent a packet; empty for the host itself. */
  default Optional<MacAddress> sender(long macBits) {
    return macBits == NO_MAC ? Optional.empty() : Optional.of(new MacAddress(macBits));
  }
}
