package org.vipdrift.model.checker;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.ipvs.Persistence;
import org.vipdrift.model.ipvs.SchedulingRule;
import org.vipdrift.model.ipvs.ServiceKey;
import org.vipdrift.model.ipvs.VirtualService;

/**
 * A virtual server: one pool of real servers behind one or, with a group, many services.
 *
 * @param name as keepalived writes it, e.g. {@code [10.0.0.1]:tcp:80}
 * @param services in the order written
 * @param quorum the total weight it needs, at least 0
 * @param hysteresis how far above the quorum it is gained, and below it lost
 * @param quorumUp the words of a script, the first of them the program
 * @param quorumDown likewise
 * @param suspends {@code ha_suspend}: no checks while the address is not here
 * @param stopsInOrder {@code omega}: at the end the scripts for down are run
 */
public record VirtualServerSettings(
    String name,
    List<ServiceKey> services,
    SchedulingRule rule,
    boolean fallback,
    boolean hashPort,
    boolean onePacket,
    Optional<Persistence> persistence,
    long quorum,
    long hysteresis,
    Optional<List<String>> quorumUp,
    Optional<List<String>> quorumDown,
    boolean suspends,
    boolean stopsInOrder,
    Optional<SorryServerSettings> sorryServer,
    List<RealServerSettings> realServers) {
  public VirtualServerSettings {
    services = List.copyOf(services);
    realServers = List.copyOf(realServers);
  }

  /** The service of one of its keys. */
  public VirtualService service(ServiceKey key) {
    return new VirtualService(key, rule, fallback, hashPort, onePacket, persistence);
  }

  /** {@code VIP:port}, or whatever else tells it from others, for traces. */
  public String label() {
    return services.size() == 1 && services.getFirst() instanceof ServiceKey.Address address
        ? address.toString().substring(address.toString().indexOf(' ') + 1)
        : name;
  }
}
