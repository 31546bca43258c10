package org.vipdrift.model.vrrp;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/** Listening to a master (RFC 9568 section 6.4.2). */
final class BackupState {
  private static final long NANOS_PER_MICROSECOND = 1_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Adverts of the other owner after which a yielded owner takes its priority back. */
  private static final int TEST_ADVERTS = 2;

  private BackupState() {}

  static VrrpTransition on(Step step, VrrpEvent event) {
    return switch (event) {
      case VrrpEvent.AdvertisementReceived(long _, Advertisement advert, IpAddress source) ->
          hear(step, advert, source);
      case VrrpEvent.MasterDownTimerExpired _ -> masterDown(step);
      case VrrpEvent.PriorityChanged changed -> changePriority(step, changed);
      case VrrpEvent.FaultRaised raised -> {
        step.addFault(raised.fault());
        StateChanges.backupToFault(step, raised.fault());
        step.tellSyncGroup(MemberReport.FAULTED);
        yield step.done(raised.fault());
      }
      case VrrpEvent.GroupCommanded(long _, GroupCommand command) ->
          switch (command) {
            case BECOME_MASTER -> StateChanges.toMaster(step, "sync group became master");
            case BECOME_BACKUP -> {
              step.wantsMaster = false;
              yield step.done("sync group became backup");
            }
            case ENTER_FAULT -> {
              step.groupFault = true;
              StateChanges.backupToFault(step, "sync group is in FAULT");
              yield step.done("sync group is in FAULT");
            }
            case LEAVE_FAULT, ANNOUNCE -> VrrpMachine.ignore(step, event);
          };
      case VrrpEvent.SourceAddressChanged changed -> {
        step.sourceAddress = changed.sourceAddress();
        yield step.done("source address changed");
      }
      case VrrpEvent.SettingsChanged changed -> changeSettings(step, changed);
      // RFC 9568 section 6.4.2, Shutdown: no advert.
      case VrrpEvent.ShutdownRequested _ ->
          StateChanges.stop(step, NotifyKind.STOP, "shutdown requested");
      case VrrpEvent.InstanceDeleted _ ->
          StateChanges.stop(step, NotifyKind.DELETED, "instance deleted");
      case VrrpEvent.ReloadBegan _,
          VrrpEvent.Started _,
          VrrpEvent.FirstResultsArrived _,
          VrrpEvent.AdvertisementDropped _,
          VrrpEvent.AdvertisementTimerExpired _,
          VrrpEvent.GarpDelayTimerExpired _,
          VrrpEvent.GarpRefreshTimerExpired _,
          VrrpEvent.LowerPriorityGarpTimerExpired _,
          VrrpEvent.FaultCleared _ ->
          VrrpMachine.ignore(step, event);
    };
  }

  private static VrrpTransition hear(Step step, Advertisement advert, IpAddress source) {
    if (advert.isRelease()) {
      step.log("Backup received priority 0 advertisement");
      step.setMasterDownTimer(
          step.at
              + VrrpTimers.skewTimeNanos(
                  step.settings, step.effectivePriority, step.masterIntervalNanos)
              + step.startupDelayLeftNanos());
      return step.done("priority 0 received");
    }
    // Priorities only, never addresses: a late joiner of equal priority stays a backup.
    if (!step.settings.preempt() || advert.priority() >= step.effectivePriority) {
      return followMaster(step, advert, source);
    }
    return step.settings.preemptDelay().isZero()
        ? discard(step, advert, source)
        : tolerate(step, advert, source);
  }

  private static VrrpTransition followMaster(Step step, Advertisement advert, IpAddress source) {
    if (step.preemptDelayDeadlineNanos != VrrpRouterState.NEVER) {
      step.preemptDelayDeadlineNanos = VrrpRouterState.NEVER;
      step.log("stop preempt delay");
    }
    step.learnInterval(advert.advertisementInterval().toNanos());
    remember(step, advert, source);
    if (step.yielded
        && step.settings.dialect().ownerConflict() == Dialect.OwnerConflict.YIELD_FOR_A_TEST
        && ++step.yieldedAdverts >= TEST_ADVERTS) {
      step.yielded = false;
      step.yieldedAdverts = 0;
      step.effectivePriority = VirtualRouterSettings.OWNER_PRIORITY;
    }
    step.restartMasterDownTimer();
    if (step.wantsMaster) {
      step.wantsMaster = false;
      step.tellSyncGroup(MemberReport.HEARS_MASTER);
    }
    return step.done("master heard");
  }

  private static void remember(Step step, Advertisement advert, IpAddress source) {
    boolean known =
        step.master.isPresent()
            && step.master.get().priority() == advert.priority()
            && step.master.get().address().equals(source);
    if (!known) {
      step.master = Optional.of(new VrrpRouterState.HeardMaster(source, advert.priority()));
    }
  }

  /** The preempt delay starts at the first lower-priority advert and restarts the timer. */
  private static VrrpTransition tolerate(Step step, Advertisement advert, IpAddress source) {
    if (step.preemptDelayDeadlineNanos == VrrpRouterState.NEVER) {
      long delay = step.settings.preemptDelay().toNanos();
      step.preemptDelayDeadlineNanos = step.at + delay;
      step.log("start preempt delay (" + seconds(delay) + ")");
    }
    if (step.at >= step.preemptDelayDeadlineNanos) {
      return discard(step, advert, source);
    }
    remember(step, advert, source);
    step.restartMasterDownTimer();
    return step.done("preempt delay");
  }

  private static String seconds(long nanos) {
    String micros = Long.toString(nanos % NANOS_PER_SECOND / NANOS_PER_MICROSECOND + 1_000_000);
    return nanos / NANOS_PER_SECOND + "." + micros.substring(1);
  }

  private static VrrpTransition discard(Step step, Advertisement advert, IpAddress source) {
    step.log(
        "received lower priority ("
            + advert.priority()
            + ") advert from "
            + source
            + " - discarding");
    long left = step.startupDelayLeftNanos();
    if (left > 0) {
      // Measured with keepalived 2.2.7: each advert discarded during the startup delay moves the
      // timer by what is left of the delay.
      step.setMasterDownTimer(step.masterDownDeadlineNanos + left);
    }
    return step.done("lower priority discarded");
  }

  private static VrrpTransition masterDown(Step step) {
    step.log(Step.TIMEOUT);
    if (step.settings.syncGroup().isEmpty()) {
      return StateChanges.toMaster(step, "master down timer expired");
    }
    // The group decides; meanwhile the timer runs for three more intervals, without skew.
    step.wantsMaster = true;
    step.setMasterDownTimer(step.at + 3 * step.settings.advertisementInterval().toNanos());
    step.tellSyncGroup(MemberReport.WANTS_MASTER);
    return step.done("master down timer expired, sync group asked");
  }

  /** The running timer is shifted, not restarted. */
  private static VrrpTransition changePriority(Step step, VrrpEvent.PriorityChanged changed) {
    long before = step.masterDownIntervalNanos();
    if (step.changePriority(changed.effectivePriority())) {
      long shift = step.masterDownIntervalNanos() - before;
      step.setMasterDownTimer(Math.max(step.at, step.masterDownDeadlineNanos + shift));
    }
    return step.done(changed.reason());
  }

  private static VrrpTransition changeSettings(Step step, VrrpEvent.SettingsChanged changed) {
    step.effectivePriority = changed.effectivePriority();
    step.yielded = false;
    step.wantsMaster = false;
    step.preemptDelayDeadlineNanos = VrrpRouterState.NEVER;
    if (!changed.previous().advertisementInterval().equals(step.settings.advertisementInterval())
        || step.settings.version() == 2) {
      step.masterIntervalNanos = step.settings.advertisementInterval().toNanos();
    }
    step.restartMasterDownTimer();
    if (!changed.previous().syncGroup().equals(step.settings.syncGroup())) {
      step.tellSyncGroup(MemberReport.BECAME_BACKUP);
    }
    return step.done("configuration read again");
  }
}
