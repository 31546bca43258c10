package org.vipdrift.netio.namespaces;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeReading;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;

/** What any keepalived.conf of a scenario, now or after a reload, says of virtual routers. */
final class Virtual {
  private final Set<IpAddress> addresses = new LinkedHashSet<>();
  private final Map<Router, String> instances = new LinkedHashMap<>();
  private boolean balances;

  private record Router(String host, String networkInterface, int vrid, IpFamily family) {}

  private Virtual() {}

  static Virtual of(Scenario scenario) {
    Virtual virtual = new Virtual();
    for (Host host : scenario.hosts()) {
      List<String> cards = host.interfaces().stream().map(Host.HostInterface::name).toList();
      for (Host.ProcessSpecification process : host.processes()) {
        if (process instanceof Host.KeepalivedProcess keepalived) {
          virtual.collect(
              host.name(),
              NodeReading.of(keepalived.configurationFile(), keepalived.texts(), cards));
        }
      }
      for (TimelineEntry entry : scenario.timeline()) {
        if (entry instanceof TimelineEntry.Perform(_, _, _, Action.Reload reload)
            && reload.host().equals(host.name())
            && reload.configurationFile().isPresent()) {
          virtual.collect(
              host.name(), NodeReading.of(reload.configurationFile().get(), reload.texts(), cards));
        }
      }
    }
    return virtual;
  }

  private void collect(String host, NodeReading reading) {
    if (reading instanceof NodeReading.Accepted(NodeConfiguration configuration)) {
      balances |= !configuration.virtualServers().isEmpty();
      for (NodeConfiguration.Instance instance : configuration.instances()) {
        var settings = instance.settings();
        settings.installedAddresses().forEach(a -> addresses.add(a.address()));
        instances.putIfAbsent(
            new Router(host, settings.interfaceName(), settings.vrid(), settings.family()),
            instance.name());
      }
    }
  }

  boolean isVirtual(IpAddress address) {
    return addresses.contains(address);
  }

  /** Whether some keepalived balances load in the kernel. */
  boolean balances() {
    return balances;
  }

  /** The name of a virtual router, or one made from its number. */
  String instance(String host, String networkInterface, int vrid, IpFamily family) {
    return instances.getOrDefault(new Router(host, networkInterface, vrid, family), "vrid " + vrid);
  }
}
