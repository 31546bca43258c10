package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;

/** Global definitions while they are being read. */
final class GlobalDraft {
  Optional<String> routerId = Optional.empty();
  int version = 2;
  GarpDraft garp = new GarpDraft();
  boolean strict;
  boolean skipCheck;
  boolean checkUnicastSource;
  boolean lowerNoAdvert;
  boolean higherSend;
  int downTimerAdverts = 3;
  Duration startupDelay = Duration.ZERO;
  IpAddress group4 = IpAddress.VRRP_GROUP_V4;
  IpAddress group6 = IpAddress.VRRP_GROUP_V6;
  Optional<String> defaultInterface = Optional.empty();
  boolean dynamicInterfaces;
  Optional<String> scriptUser = Optional.empty();
  boolean scriptSecurity;
  Optional<String> scriptGroup = Optional.empty();
  boolean allowInterfaceChanges;
  OptionalInt realTimePriority = OptionalInt.empty();
  OptionalInt nice = OptionalInt.empty();
  boolean noSwap;
  Optional<Duration> realTimeLimit = Optional.empty();
  final List<Integer> cpus = new ArrayList<>();
  OptionalInt maximumAutoPriority = OptionalInt.empty();
  boolean notifyPriority;
  final List<String> emails = new ArrayList<>();
  Optional<String> emailFrom = Optional.empty();
  Optional<String> smtpServer = Optional.empty();
  int smtpPort = 25;
  Optional<String> smtpHeloName = Optional.empty();
  Duration smtpConnectTimeout = Duration.ofSeconds(30);
  Optional<Boolean> smtpAlert = Optional.empty();
  Optional<Boolean> smtpAlertVrrp = Optional.empty();
  boolean noEmailFaults;
  Optional<ConfiguredFifo> fifo = Optional.empty();
  Optional<ScriptCommand> fifoScript = Optional.empty();
  Optional<ConfiguredFifo> vrrpFifo = Optional.empty();
  Optional<ScriptCommand> vrrpFifoScript = Optional.empty();
  boolean fifoStatesOnReload;
  Optional<String> vmacPrefix = Optional.empty();
  Optional<String> vmacAddressPrefix = Optional.empty();
  Optional<SourceSpan> span = Optional.empty();
  final DirectorReader director;

  GlobalDraft(Values values) {
    this.director = new DirectorReader(values);
  }

  GlobalDefinitions finish() {
    return new GlobalDefinitions(
        routerId,
        version,
        garp.finish(new GarpDraft()),
        strict,
        skipCheck,
        checkUnicastSource,
        lowerNoAdvert,
        higherSend,
        downTimerAdverts,
        startupDelay,
        group4,
        group6,
        defaultInterface,
        dynamicInterfaces,
        allowInterfaceChanges,
        scriptUser,
        scriptGroup,
        scriptSecurity,
        new Scheduling(realTimePriority, nice, noSwap, realTimeLimit, cpus, maximumAutoPriority),
        notifyPriority,
        emailAlerts(),
        fifo,
        fifoScript,
        vrrpFifo,
        vrrpFifoScript,
        fifoStatesOnReload,
        vmacPrefix,
        vmacAddressPrefix,
        span);
  }

  /** What instances and groups do that say nothing of {@code smtp_alert}. */
  boolean alerts() {
    return smtpAlertVrrp.or(() -> smtpAlert).orElse(false);
  }

  private EmailAlerts emailAlerts() {
    return new EmailAlerts(
        emails,
        emailFrom,
        smtpServer,
        smtpPort,
        smtpHeloName,
        smtpConnectTimeout,
        smtpAlert,
        smtpAlertVrrp,
        noEmailFaults);
  }
}
