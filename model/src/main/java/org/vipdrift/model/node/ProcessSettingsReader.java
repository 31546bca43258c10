package org.vipdrift.model.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.keepalived.ConfiguredFifo;
import org.vipdrift.model.config.keepalived.EmailAlerts;
import org.vipdrift.model.config.keepalived.GlobalDefinitions;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.ScriptCommand;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommand;
import org.vipdrift.model.route.RouteEntry;

/** Turns {@code global_defs} and static blocks into what the process is asked for. */
final class ProcessSettingsReader {
  private static final String DEFAULT_INTERFACE = "eth0";

  private ProcessSettingsReader() {}

  static ProcessSettings read(KeepalivedConfiguration configuration) {
    GlobalDefinitions global = configuration.global();
    return new ProcessSettings(
        global.routerId(),
        account(global.scriptUser(), global.scriptGroup()),
        global.scriptSecurity(),
        global.scheduling(),
        global.dynamicInterfaces(),
        global.allowInterfaceChanges(),
        mail(global.emailAlerts()),
        fifos(global),
        global.fifoStatesOnReload(),
        configuration.staticAddresses().stream()
            .map(
                a -> InstalledAddress.of(a).on(global.defaultInterface().orElse(DEFAULT_INTERFACE)))
            .toList(),
        routing(configuration));
  }

  private static List<RouteEntry> routing(KeepalivedConfiguration configuration) {
    List<RouteEntry> routing = new ArrayList<>(configuration.staticRoutes());
    routing.addAll(configuration.staticRules());
    return routing;
  }

  static Optional<Account> account(Optional<String> user, Optional<String> group) {
    return user.map(name -> new Account(name, group));
  }

  static NotifyCommand command(ScriptCommand script) {
    return new NotifyCommand(script.words(), account(script.user(), script.group()));
  }

  private static MailSettings mail(EmailAlerts alerts) {
    return new MailSettings(
        alerts.recipients(),
        alerts.sender(),
        alerts.server(),
        alerts.port(),
        alerts.heloName(),
        alerts.connectTimeout(),
        !alerts.noFaults());
  }

  private static List<ProcessSettings.Fifo> fifos(GlobalDefinitions global) {
    List<ProcessSettings.Fifo> fifos = new ArrayList<>();
    global.notifyFifo().ifPresent(fifo -> fifos.add(fifo(fifo, global.notifyFifoScript())));
    global.vrrpNotifyFifo().ifPresent(fifo -> fifos.add(fifo(fifo, global.vrrpNotifyFifoScript())));
    return fifos;
  }

  private static ProcessSettings.Fifo fifo(ConfiguredFifo fifo, Optional<ScriptCommand> script) {
    return new ProcessSettings.Fifo(
        fifo.path(),
        account(fifo.user(), fifo.group()),
        script.map(ProcessSettingsReader::command));
  }
}
