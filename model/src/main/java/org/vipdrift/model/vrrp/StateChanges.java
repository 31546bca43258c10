package org.vipdrift.model.vrrp;

import java.util.List;
import java.util.Optional;

/** What has to be done on the way from one state to another, in keepalived's order. */
final class StateChanges {
  private StateChanges() {}

  /** BACKUP or INIT to MASTER. */
  static VrrpTransition toMaster(Step step, String reason) {
    VirtualRouterSettings settings = step.settings;
    step.cancelMasterDownTimer();
    step.wantsMaster = false;
    step.master = Optional.empty();
    step.preemptDelayDeadlineNanos = VrrpRouterState.NEVER;
    step.enter(VrrpState.MASTER, reason);
    step.advertise(step.effectivePriority);
    step.log("Entering MASTER STATE");
    step.returnToOwnInterval();
    step.log("setting VIPs.");
    step.perform(new VrrpEffect.AddVirtualAddresses(settings.installedAddresses()));
    step.addRouting();
    step.announce(settings.garp().masterRepeat());
    step.restartAdvertisementTimer();
    startGarpTimers(step);
    step.notify(NotifyKind.MASTER);
    step.tellSyncGroup(MemberReport.BECAME_MASTER);
    return step.done(reason);
  }

  static void startGarpTimers(Step step) {
    GarpSettings garp = step.settings.garp();
    if (garp.masterRepeat() > 0 && !garp.masterDelay().isZero()) {
      step.setTimer(VrrpTimer.GARP_DELAY, garp.masterDelay().toNanos());
    }
    if (!garp.refresh().isZero()) {
      step.setTimer(VrrpTimer.GARP_REFRESH, garp.refresh().toNanos());
    }
  }

  /** MASTER to BACKUP. */
  static VrrpTransition leaveMaster(Step step, String reason) {
    step.log("Entering BACKUP STATE");
    step.enter(VrrpState.BACKUP, reason);
    cancelMasterTimers(step);
    step.removeAddresses();
    step.restartMasterDownTimer();
    step.notify(NotifyKind.BACKUP);
    step.tellSyncGroup(MemberReport.BECAME_BACKUP);
    return step.done(reason);
  }

  /** INIT or FAULT to BACKUP. */
  static VrrpTransition toBackup(Step step, String logLine, String reason) {
    step.log(logLine);
    step.enter(VrrpState.BACKUP, reason);
    step.restartMasterDownTimer();
    step.notify(NotifyKind.BACKUP);
    step.tellSyncGroup(MemberReport.BECAME_BACKUP);
    return step.done(reason);
  }

  /** INIT or FAULT to what an instance without faults starts as. */
  static VrrpTransition begin(Step step, String logLine, String reason) {
    if (!step.settings.startsAsMaster()) {
      return toBackup(step, logLine, reason);
    }
    if (step.startupDelayLeftNanos() > 0) {
      step.enter(VrrpState.BACKUP, reason);
      step.setMasterDownTimer(step.at + step.startupDelayLeftNanos());
      return step.done(reason);
    }
    step.log(Step.TIMEOUT);
    return toMaster(step, reason);
  }

  /** BACKUP to FAULT. */
  static void backupToFault(Step step, String reason) {
    step.log("Entering FAULT STATE");
    step.enter(VrrpState.FAULT, reason);
    step.cancelMasterDownTimer();
    step.wantsMaster = false;
    step.master = Optional.empty();
    step.preemptDelayDeadlineNanos = VrrpRouterState.NEVER;
    step.masterIntervalNanos = step.settings.advertisementInterval().toNanos();
    step.notify(NotifyKind.FAULT);
  }

  /**
   * MASTER to FAULT.
   *
   * @param releases how many adverts of priority 0 to send, 1 or 2
   */
  static void masterToFault(Step step, int releases, String reason) {
    step.advertise(VirtualRouterSettings.RELEASE_PRIORITY);
    step.log("Entering FAULT STATE");
    if (releases > 1) {
      step.advertise(VirtualRouterSettings.RELEASE_PRIORITY);
      step.log("sent 0 priority");
    }
    step.enter(VrrpState.FAULT, reason);
    cancelMasterTimers(step);
    step.removeAddresses();
    step.notify(NotifyKind.FAULT);
  }

  /** Any state to INIT, for good. */
  static VrrpTransition stop(Step step, NotifyKind kind, String reason) {
    switch (step.state) {
      case MASTER -> {
        step.advertise(VirtualRouterSettings.RELEASE_PRIORITY);
        step.log("sent 0 priority");
        step.removeAddresses();
        cancelMasterTimers(step);
      }
      case BACKUP -> step.cancelMasterDownTimer();
      case INIT, FAULT -> {}
    }
    if (step.state != VrrpState.INIT) {
      step.enter(VrrpState.INIT, reason);
    }
    step.awaitsFirstResults = false;
    step.wantsMaster = false;
    step.notify(kind);
    step.tellSyncGroup(MemberReport.LEFT);
    return step.done(reason);
  }

  static void cancelMasterTimers(Step step) {
    step.advertisementDeadlineNanos = VrrpRouterState.NEVER;
    step.lowerPriorityGarpDeadlinesNanos = List.of();
    step.cancel(VrrpTimer.ADVERTISEMENT);
    step.cancel(VrrpTimer.GARP_DELAY);
    step.cancel(VrrpTimer.GARP_REFRESH);
    step.cancel(VrrpTimer.LOWER_PRIORITY_GARP);
  }
}
