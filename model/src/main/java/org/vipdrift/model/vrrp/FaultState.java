package org.vipdrift.model.vrrp;

/** Waiting until nothing is down any more; adverts are ignored. */
final class FaultState {
  private FaultState() {}

  static VrrpTransition on(Step step, VrrpEvent event) {
    return switch (event) {
      case VrrpEvent.FaultRaised raised -> {
        if (step.addFault(raised.fault())) {
          step.tellSyncGroup(MemberReport.FAULTED);
        }
        yield step.done(raised.fault());
      }
      case VrrpEvent.FaultCleared cleared -> clear(step, cleared.fault());
      case VrrpEvent.GroupCommanded(long _, GroupCommand command) ->
          switch (command) {
            case ENTER_FAULT -> {
              step.groupFault = true;
              yield step.done("sync group is in FAULT");
            }
            case LEAVE_FAULT -> {
              step.groupFault = false;
              yield step.faults.isEmpty()
                  ? recover(step, "sync group left FAULT")
                  : step.done("still has a fault of its own");
            }
            case BECOME_MASTER, BECOME_BACKUP, ANNOUNCE -> VrrpMachine.ignore(step, event);
          };
      case VrrpEvent.PriorityChanged changed -> {
        step.changePriority(changed.effectivePriority());
        yield step.done(changed.reason());
      }
      case VrrpEvent.SourceAddressChanged changed -> {
        step.sourceAddress = changed.sourceAddress();
        yield step.done("source address changed");
      }
      case VrrpEvent.SettingsChanged changed -> {
        step.effectivePriority = changed.effectivePriority();
        step.masterIntervalNanos = step.settings.advertisementInterval().toNanos();
        step.yielded = false;
        boolean regrouped = !changed.previous().syncGroup().equals(step.settings.syncGroup());
        if (regrouped) {
          step.groupFault = false;
          if (!step.faults.isEmpty()) {
            step.tellSyncGroup(MemberReport.FAULTED);
          }
        }
        yield regrouped && step.faults.isEmpty()
            ? recover(step, "left the sync group that was in FAULT")
            : step.done("configuration read again");
      }
      case VrrpEvent.ShutdownRequested _ ->
          StateChanges.stop(step, NotifyKind.STOP, "shutdown requested");
      case VrrpEvent.InstanceDeleted _ ->
          StateChanges.stop(step, NotifyKind.DELETED, "instance deleted");
      case VrrpEvent.ReloadBegan _,
          VrrpEvent.Started _,
          VrrpEvent.FirstResultsArrived _,
          VrrpEvent.AdvertisementReceived _,
          VrrpEvent.AdvertisementDropped _,
          VrrpEvent.MasterDownTimerExpired _,
          VrrpEvent.AdvertisementTimerExpired _,
          VrrpEvent.GarpDelayTimerExpired _,
          VrrpEvent.GarpRefreshTimerExpired _,
          VrrpEvent.LowerPriorityGarpTimerExpired _ ->
          VrrpMachine.ignore(step, event);
    };
  }

  private static VrrpTransition clear(Step step, String fault) {
    if (!step.removeFault(fault)) {
      return step.done(fault + " cleared, others remain");
    }
    if (step.settings.syncGroup().isPresent()) {
      // All members must be up before one may leave.
      step.tellSyncGroup(MemberReport.RECOVERED);
      return step.done(fault + " cleared, sync group asked");
    }
    return recover(step, fault + " cleared");
  }

  private static VrrpTransition recover(Step step, String reason) {
    return StateChanges.begin(step, "Entering BACKUP STATE", reason);
  }
}
