package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.checker.DirectorDefinitions;
import org.vipdrift.model.checker.VirtualServerSettings;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RoutingRule;

/**
 * A keepalived configuration, typed as far as VRRP and IPVS need it.
 *
 * @param director what {@code global_defs} says of IPVS
 * @param staticBlocks {@code track_group}, {@code bfd_instance}, {@code garp_group} and other
 *     blocks that are accepted but not modelled
 * @param linkbeatInterfaces lines of {@code linkbeat_interfaces}
 * @param statements the whole block tree
 */
public record KeepalivedConfiguration(
    GlobalDefinitions global,
    List<VrrpScript> scripts,
    List<TrackFile> trackFiles,
    List<TrackProcess> trackProcesses,
    List<SyncGroup> syncGroups,
    List<VrrpInstanceBlock> instances,
    List<ConfiguredAddress> staticAddresses,
    List<Route> staticRoutes,
    List<RoutingRule> staticRules,
    List<InterfaceDelay> interfaceDelays,
    DirectorDefinitions director,
    List<VirtualServerSettings> virtualServers,
    List<Statement> staticBlocks,
    List<Statement> linkbeatInterfaces,
    List<Statement> statements) {
  public KeepalivedConfiguration {
    scripts = List.copyOf(scripts);
    trackFiles = List.copyOf(trackFiles);
    trackProcesses = List.copyOf(trackProcesses);
    syncGroups = List.copyOf(syncGroups);
    instances = List.copyOf(instances);
    staticAddresses = List.copyOf(staticAddresses);
    staticRoutes = List.copyOf(staticRoutes);
    staticRules = List.copyOf(staticRules);
    interfaceDelays = List.copyOf(interfaceDelays);
    virtualServers = List.copyOf(virtualServers);
    staticBlocks = List.copyOf(staticBlocks);
    linkbeatInterfaces = List.copyOf(linkbeatInterfaces);
    statements = List.copyOf(statements);
  }

  public Optional<VrrpInstanceBlock> instance(String name) {
    return instances.stream().filter(i -> i.name().equals(name)).findFirst();
  }

  public Optional<VrrpScript> script(String name) {
    return scripts.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  public Optional<TrackFile> trackFile(String name) {
    return trackFiles.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  public Optional<TrackProcess> trackProcess(String name) {
    return trackProcesses.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /** The sync group an instance belongs to. */
  public Optional<SyncGroup> syncGroupOf(String instance) {
    return syncGroups.stream().filter(g -> g.members().contains(instance)).findFirst();
  }
}
