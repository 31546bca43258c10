package org.vipdrift.simulator.client;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.simulator.host.Surroundings;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.NetworkInterface;

/**
 * Finds the machine to which packets for an address go, as the ARP caches on the way have it.
 *
 * <p>Whose answer it is does not tell: behind a director that routes directly, answers come from
 * the servers themselves.
 */
final class Holders {
  private static final int LONGEST_WAY = 8;

  private final Surroundings surroundings;

  Holders(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * The machine that takes a client's packets for the address.
   *
   * @param gateway where the client's packets for other networks go
   */
  Optional<String> find(HostKernel client, IpAddress address, Optional<IpAddress> gateway) {
    Optional<MacAddress> next =
        neighbor(client, address).or(() -> gateway.flatMap(via -> neighbor(client, via)));
    for (int hops = 0; hops < LONGEST_WAY && next.isPresent(); hops++) {
      Optional<String> name = surroundings.hostOf(next.get());
      Optional<HostKernel> machine = name.flatMap(surroundings::machine);
      if (machine.isEmpty() || machine.get().hasAddress(address)) {
        return name;
      }
      Optional<MacAddress> onward = neighbor(machine.get(), address);
      if (onward.isEmpty()) {
        return name;
      }
      next = onward;
    }
    return Optional.empty();
  }

  private static Optional<MacAddress> neighbor(HostKernel machine, IpAddress address) {
    for (NetworkInterface each : machine.interfaces()) {
      Optional<MacAddress> mac = each.neighborMac(address);
      if (mac.isPresent()) {
        return mac;
      }
    }
    return Optional.empty();
  }
}
