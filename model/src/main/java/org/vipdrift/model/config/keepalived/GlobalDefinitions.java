package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;

/**
 * The {@code global_defs} that VRRP depends on, defaults filled in.
 *
 * @param version the VRRP version of instances that name none: 2 or 3
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
    Optional<String> scriptUser,
    boolean scriptSecurity,
    OptionalInt maximumAutoPriority,
    boolean notifyPriorityChanges,
    List<String> notificationEmail,
    Optional<String> notificationEmailFrom,
    Optional<String> smtpServer,
    Optional<String> notifyFifo,
    Optional<ScriptCommand> notifyFifoScript,
    Optional<String> vrrpNotifyFifo,
    Optional<ScriptCommand> vrrpNotifyFifoScript,
    Optional<SourceSpan> span) {

  public GlobalDefinitions {
    notificationEmail = List.copyOf(notificationEmail);
  }
}
