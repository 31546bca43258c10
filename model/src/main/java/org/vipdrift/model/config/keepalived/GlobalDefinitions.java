package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;

/**
 * The {@code global_defs} that VRRP depends on, defaults filled in.
 *
 * @param version the VRRP version of instances that name none: 2 or 3
 * @param allowInterfaceChanges {@code dynamic_interfaces allow_if_changes}
 * @param defaultInterface of static addresses that name none
 * @param scriptUser whom scripts run as that name nobody; {@code keepalived_script} by default
 * @param fifoStatesOnReload {@code fifo_write_vrrp_states_on_reload}
 * @param vmacPrefix what the names of virtual MAC interfaces start with, {@code vrrp} by default
 * @param startupDelay time between the start of the program and the start of its instances
 */
public record GlobalDefinitions(
    Optional<String> routerId,
    int version,
    ConfiguredGarp garp,
    boolean strict,
    boolean skipCheckAdvertAddress,
    boolean checkUnicastSource,
    boolean lowerPriorityNoAdvert,
    boolean higherPrioritySendAdvert,
    int downTimerAdverts,
    Duration startupDelay,
    IpAddress multicastGroup4,
    IpAddress multicastGroup6,
    Optional<String> defaultInterface,
    boolean dynamicInterfaces,
    boolean allowInterfaceChanges,
    Optional<String> scriptUser,
    Optional<String> scriptGroup,
    boolean scriptSecurity,
    Scheduling scheduling,
    boolean notifyPriorityChanges,
    EmailAlerts emailAlerts,
    Optional<ConfiguredFifo> notifyFifo,
    Optional<ScriptCommand> notifyFifoScript,
    Optional<ConfiguredFifo> vrrpNotifyFifo,
    Optional<ScriptCommand> vrrpNotifyFifoScript,
    boolean fifoStatesOnReload,
    Optional<String> vmacPrefix,
    Optional<String> vmacAddressPrefix,
    Optional<SourceSpan> span) {}
