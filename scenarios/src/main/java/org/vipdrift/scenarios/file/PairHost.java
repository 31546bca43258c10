package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.NotifyScripts;
import org.vipdrift.model.config.keepalived.ScriptCommand;
import org.vipdrift.model.config.keepalived.TrackEntry;
import org.vipdrift.model.config.keepalived.Tracking;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.config.keepalived.VrrpScript;

/**
 * What one keepalived.conf says about the machine it belongs to.
 *
 * @param texts the file and what it may include, by path
 */
record PairHost(
    String name,
    String configurationFile,
    Map<String, String> texts,
    KeepalivedConfiguration configuration) {

  List<VrrpInstanceBlock> instances() {
    return configuration.instances();
  }

  /** Every interface that the configuration names, those of instances first. */
  List<String> interfaceNames() {
    List<String> names = new ArrayList<>();
    instances().forEach(i -> names.add(i.interfaceName()));
    for (VrrpInstanceBlock instance : instances()) {
      Stream.concat(instance.addresses().stream(), instance.excludedAddresses().stream())
          .map(ConfiguredAddress::device)
          .forEach(d -> d.ifPresent(names::add));
    }
    Stream.concat(
            instances().stream().map(VrrpInstanceBlock::tracking),
            configuration.syncGroups().stream().map(g -> g.tracking()))
        .map(Tracking::interfaces)
        .flatMap(List::stream)
        .map(TrackEntry::name)
        .forEach(names::add);
    return names.stream().filter(n -> !n.isEmpty() && !n.equals("lo")).distinct().toList();
  }

  /** Every command that keepalived may run: checks first, then notify scripts. */
  List<ScriptCommand> commands() {
    Stream<NotifyScripts> notify =
        Stream.concat(
            instances().stream().map(VrrpInstanceBlock::notifyScripts),
            configuration.syncGroups().stream().map(g -> g.notifyScripts()));
    return Stream.concat(
            configuration.scripts().stream().map(VrrpScript::command),
            notify.flatMap(
                n ->
                    Stream.of(
                            n.any(),
                            n.master(),
                            n.backup(),
                            n.fault(),
                            n.stop(),
                            n.deleted(),
                            n.masterReceivedLowerPriority())
                        .flatMap(c -> c.stream())))
        .toList();
  }
}
