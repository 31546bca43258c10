package org.vipdrift.simulator.host;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.simulator.kernel.HostKernel;

/** What a machine can find out about the cluster around it. */
public interface Surroundings {
  /** Whether an address is one that the cluster's virtual routers move. */
  boolean isVirtual(IpAddress address);

  /** Whose network card this is. */
  Optional<String> hostOf(MacAddress mac);

  /** The kernel of a host, client or stranger by its name. */
  Optional<HostKernel> machine(String name);

  /** In the scenario's order. */
  List<SimulatedHost> hosts();
}
