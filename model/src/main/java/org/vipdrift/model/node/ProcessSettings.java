package org.vipdrift.model.node;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.keepalived.Scheduling;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommand;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.vrrp.VirtualAddress;

/**
 * What the configuration asks of the process as a whole.
 *
 * @param routerId {@code router_id}, the name of this machine in alerts; empty for the host's name
 * @param scriptAccount {@code script_user}: whom scripts run as that name nobody; empty for {@code
 *     keepalived_script} if there is one, else for whom the process runs as
 * @param scriptSecurity {@code enable_script_security}
 * @param dynamicInterfaces interfaces may come and go
 * @param allowInterfaceChanges interfaces may come back as another type
 * @param fifos which are told of every change, in the order in which they are written
 * @param fifoStatesOnReload whether the states are written there after a reload too
 * @param staticAddresses installed while the process runs, with their interfaces
 * @param staticRouting routes, then rules, installed while the process runs
 */
public record ProcessSettings(
    Optional<String> routerId,
    Optional<Account> scriptAccount,
    boolean scriptSecurity,
    Scheduling scheduling,
    boolean dynamicInterfaces,
    boolean allowInterfaceChanges,
    MailSettings mail,
    List<Fifo> fifos,
    boolean fifoStatesOnReload,
    List<VirtualAddress> staticAddresses,
    List<RouteEntry> staticRouting) {
  /** A process that is asked for nothing. */
  public static final ProcessSettings DEFAULT =
      new ProcessSettings(
          Optional.empty(),
          Optional.empty(),
          false,
          Scheduling.DEFAULT,
          false,
          false,
          MailSettings.NONE,
          List.of(),
          false,
          List.of(),
          List.of());

  public ProcessSettings {
    fifos = List.copyOf(fifos);
    staticAddresses = List.copyOf(staticAddresses);
    staticRouting = List.copyOf(staticRouting);
  }

  /** The same with other pipes. */
  public ProcessSettings withFifos(List<Fifo> others) {
    return new ProcessSettings(
        routerId,
        scriptAccount,
        scriptSecurity,
        scheduling,
        dynamicInterfaces,
        allowInterfaceChanges,
        mail,
        others,
        fifoStatesOnReload,
        staticAddresses,
        staticRouting);
  }

  /**
   * A named pipe that changes are written to, made when it is not there.
   *
   * @param account whom it belongs to; empty for the process's own
   * @param script which reads it: started with the process, the path as its last argument
   */
  public record Fifo(String path, Optional<Account> account, Optional<NotifyCommand> script) {}
}
