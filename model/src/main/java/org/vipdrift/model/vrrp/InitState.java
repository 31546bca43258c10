package org.vipdrift.model.vrrp;

/** Before the start, while first script results are awaited, and after the end. */
final class InitState {
  private InitState() {}

  static VrrpTransition on(Step step, VrrpEvent event) {
    return switch (event) {
      case VrrpEvent.Started started -> start(step, started);
      case VrrpEvent.FirstResultsArrived _ ->
          step.awaitsFirstResults ? firstResults(step) : VrrpMachine.ignore(step, event);
      case VrrpEvent.PriorityChanged changed -> {
        step.changePriority(changed.effectivePriority());
        yield step.done(changed.reason());
      }
      case VrrpEvent.FaultRaised raised -> {
        if (step.addFault(raised.fault())) {
          step.tellSyncGroup(MemberReport.FAULTED);
        }
        yield step.done(raised.fault());
      }
      case VrrpEvent.FaultCleared cleared -> {
        if (step.removeFault(cleared.fault())) {
          step.tellSyncGroup(MemberReport.RECOVERED);
        }
        yield step.done(cleared.fault() + " cleared");
      }
      case VrrpEvent.GroupCommanded(long _, GroupCommand command) ->
          switch (command) {
            case ENTER_FAULT -> {
              step.groupFault = true;
              yield step.done("sync group is in FAULT");
            }
            case LEAVE_FAULT -> {
              step.groupFault = false;
              yield step.done("sync group left FAULT");
            }
            case BECOME_MASTER, BECOME_BACKUP, ANNOUNCE -> VrrpMachine.ignore(step, event);
          };
      case VrrpEvent.SourceAddressChanged changed -> {
        step.sourceAddress = changed.sourceAddress();
        yield step.done("source address changed");
      }
      case VrrpEvent.SettingsChanged changed -> {
        step.effectivePriority = changed.effectivePriority();
        step.masterIntervalNanos = changed.settings().advertisementInterval().toNanos();
        yield step.done("configuration read again");
      }
      case VrrpEvent.ShutdownRequested _ ->
          StateChanges.stop(step, NotifyKind.STOP, "shutdown requested");
      case VrrpEvent.InstanceDeleted _ ->
          StateChanges.stop(step, NotifyKind.DELETED, "instance deleted");
      // "In FAULT or INIT adverts are ignored" (keepalived); no timer runs.
      case VrrpEvent.ReloadBegan _,
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

  private static VrrpTransition start(Step step, VrrpEvent.Started started) {
    step.sourceAddress = started.sourceAddress();
    step.effectivePriority =
        step.settings.isOwner()
            ? VirtualRouterSettings.OWNER_PRIORITY
            : started.effectivePriority();
    step.awaitsFirstResults = started.awaitsFirstResults();
    step.masterIntervalNanos = step.settings.advertisementInterval().toNanos();
    for (String fault : started.faults()) {
      step.addFault(fault);
    }
    long delay = step.settings.startupDelay().toNanos();
    step.startupDelayDeadlineNanos = delay == 0 ? VrrpRouterState.NEVER : step.at + delay;
    // A predecessor that was killed left its addresses on the machine.
    step.removeAddresses();
    if (!step.faults.isEmpty()) {
      step.tellSyncGroup(MemberReport.FAULTED);
    }
    if (step.awaitsFirstResults) {
      return step.done("awaiting the first results of tracked scripts");
    }
    if (step.faults.isEmpty() && !step.groupFault) {
      return StateChanges.begin(step, "Entering BACKUP STATE (init)", "started");
    }
    step.log("Entering FAULT STATE (init)");
    return toFault(step, "started with a fault");
  }

  private static VrrpTransition firstResults(Step step) {
    step.awaitsFirstResults = false;
    if (step.faults.isEmpty() && !step.groupFault) {
      return StateChanges.begin(step, "Entering BACKUP STATE", "tracked scripts succeeded");
    }
    // keepalived 2.2.7 writes no line here.
    return toFault(step, "a tracked script failed");
  }

  private static VrrpTransition toFault(Step step, String reason) {
    step.enter(VrrpState.FAULT, reason);
    step.notify(NotifyKind.FAULT);
    return step.done(reason);
  }
}
