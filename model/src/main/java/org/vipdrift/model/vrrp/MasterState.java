package org.vipdrift.model.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.route.RouteEntry;

/** Advertising and holding the addresses (RFC 9568 section 6.4.3). */
final class MasterState {
  private MasterState() {}

  static VrrpTransition on(Step step, VrrpEvent event) {
    return switch (event) {
      case VrrpEvent.AdvertisementReceived(long _, Advertisement advert, IpAddress source) ->
          hear(step, advert, source);
      case VrrpEvent.AdvertisementDropped dropped -> {
        if (dropped.dropReason().reachesInstance()) {
          postpone(step);
        }
        yield step.done("advert dropped: " + dropped.dropReason().traceName());
      }
      case VrrpEvent.AdvertisementTimerExpired _ -> advertise(step);
      case VrrpEvent.GarpDelayTimerExpired _ -> {
        step.announce(step.settings.garp().masterRepeat());
        yield step.done("second announcement");
      }
      case VrrpEvent.GarpRefreshTimerExpired _ -> {
        step.announce(step.settings.garp().refreshRepeat());
        if (!step.settings.garp().refresh().isZero()) {
          step.setTimer(VrrpTimer.GARP_REFRESH, step.settings.garp().refresh().toNanos());
        }
        yield step.done("announcement refreshed");
      }
      case VrrpEvent.LowerPriorityGarpTimerExpired _ -> announceAfterLowerPriority(step);
      case VrrpEvent.PriorityChanged changed -> {
        // The next advert carries it.
        step.changePriority(changed.effectivePriority());
        yield step.done(changed.reason());
      }
      case VrrpEvent.FaultRaised raised -> {
        step.addFault(raised.fault());
        StateChanges.masterToFault(step, step.settings.dialect().releasesOnFault(), raised.fault());
        step.tellSyncGroup(MemberReport.FAULTED);
        yield step.done(raised.fault());
      }
      case VrrpEvent.GroupCommanded(long _, GroupCommand command) ->
          switch (command) {
            case BECOME_BACKUP -> StateChanges.leaveMaster(step, "sync group became backup");
            case ENTER_FAULT -> {
              step.groupFault = true;
              StateChanges.masterToFault(step, 1, "sync group is in FAULT");
              yield step.done("sync group is in FAULT");
            }
            case ANNOUNCE -> {
              announceTwice(step);
              yield step.done("a member of the sync group heard a lower priority");
            }
            case BECOME_MASTER, LEAVE_FAULT -> VrrpMachine.ignore(step, event);
          };
      case VrrpEvent.SourceAddressChanged changed -> {
        step.sourceAddress = changed.sourceAddress();
        yield step.done("source address changed");
      }
      case VrrpEvent.ReloadBegan _ -> {
        step.perform(new VrrpEffect.SendAdvertisement(step.effectivePriority));
        yield step.done("the configuration is read again");
      }
      case VrrpEvent.SettingsChanged changed -> changeSettings(step, changed);
      case VrrpEvent.ShutdownRequested _ ->
          StateChanges.stop(step, NotifyKind.STOP, "shutdown requested");
      case VrrpEvent.InstanceDeleted _ ->
          StateChanges.stop(step, NotifyKind.DELETED, "instance deleted");
      case VrrpEvent.Started _,
          VrrpEvent.FirstResultsArrived _,
          VrrpEvent.MasterDownTimerExpired _,
          VrrpEvent.FaultCleared _ ->
          VrrpMachine.ignore(step, event);
    };
  }

  private static VrrpTransition hear(Step step, Advertisement advert, IpAddress source) {
    if (advert.isRelease()) {
      step.log("Master received priority 0 message");
      step.advertise(step.effectivePriority);
      step.restartAdvertisementTimer();
      return step.done("priority 0 received");
    }
    int byAddress = source.compareTo(step.sourceAddress);
    if (isOwnerConflict(step, advert)) {
      meetOtherOwner(step, source);
    }
    if (advert.priority() == step.effectivePriority && byAddress == 0) {
      step.log("WARNING - equal priority advert received from remote host with our IP address.");
    }
    boolean higher =
        advert.priority() > step.effectivePriority
            || advert.priority() == step.effectivePriority && byAddress > 0;
    return higher ? giveWay(step, advert, source) : stay(step, advert, source);
  }

  private static boolean isOwnerConflict(Step step, Advertisement advert) {
    return advert.priority() == VirtualRouterSettings.OWNER_PRIORITY
        && step.effectivePriority == VirtualRouterSettings.OWNER_PRIORITY;
  }

  private static void meetOtherOwner(Step step, IpAddress source) {
    switch (step.settings.dialect().ownerConflict()) {
      // Measured with keepalived 2.2.7: who hears the other first falls, whatever the addresses.
      case YIELD_FOR_GOOD, YIELD_FOR_A_TEST -> {
        step.log(
            "CONFIGURATION ERROR: local instance and a remote instance are both configured as"
                + " address owner, please fix - reducing local priority");
        step.effectivePriority = VirtualRouterSettings.OWNER_PRIORITY - 1;
        step.yielded = true;
        step.yieldedAdverts = 0;
      }
      case LOG, DROP -> step.log(source + " claims to own the addresses as well");
    }
  }

  /** RFC 9568 section 6.4.3; keepalived may speak once more first, so that the other announces. */
  private static VrrpTransition giveWay(Step step, Advertisement advert, IpAddress source) {
    String line =
        advert.priority() > step.effectivePriority
            ? "with higher priority " + advert.priority() + ", ours " + step.effectivePriority
            : "with same priority " + advert.priority() + " but higher IP address than ours";
    step.log("Master received advert from " + source + " " + line);
    if (step.settings.higherPrioritySendAdvert()) {
      step.advertise(step.effectivePriority);
    }
    step.learnInterval(advert.advertisementInterval().toNanos());
    step.master = Optional.of(new VrrpRouterState.HeardMaster(source, advert.priority()));
    return StateChanges.leaveMaster(step, "advert from " + source + " " + line);
  }

  /** RFC 3768 and 5798 are silent here, RFC 9568 answers, keepalived also announces. */
  private static VrrpTransition stay(Step step, Advertisement advert, IpAddress source) {
    Dialect.LowerPriorityAnswer answer = step.settings.dialect().lowerPriorityAnswer();
    boolean speaks =
        switch (answer) {
          case SILENT -> false;
          case ADVERTISE, ADVERTISE_AND_ANNOUNCE -> !step.settings.lowerPriorityNoAdvert();
        };
    step.log(
        "Received advert from "
            + source
            + " with lower priority "
            + advert.priority()
            + ", ours "
            + step.effectivePriority
            + (speaks ? ", forcing new election" : ""));
    if (speaks) {
      step.advertise(step.effectivePriority);
      step.restartAdvertisementTimer();
    }
    if (answer == Dialect.LowerPriorityAnswer.ADVERTISE_AND_ANNOUNCE) {
      announceTwice(step);
      step.tellSyncGroup(MemberReport.HEARD_LOWER_PRIORITY);
    }
    step.notify(NotifyKind.MASTER_RX_LOWER_PRIORITY);
    return step.done("lower priority heard");
  }

  /**
   * Departs from RFC 9568 as keepalived 2.2.7 was measured to: whatever is received, even if
   * dropped, puts off the next advert by a full interval. Of two masters that drop each other's
   * adverts only one is heard.
   */
  private static void postpone(Step step) {
    if (step.settings.dialect().receivingPostponesAdvertisement()
        && !step.settings.lowerPriorityNoAdvert()) {
      step.restartAdvertisementTimer();
    }
  }

  private static void announceTwice(Step step) {
    GarpSettings garp = step.settings.garp();
    if (garp.lowerPriorityRepeat() == 0) {
      return;
    }
    step.announce(garp.lowerPriorityRepeat());
    if (!garp.lowerPriorityDelay().isZero()) {
      // Each lower-priority advert has a second batch of its own.
      List<Long> deadlines = new ArrayList<>(step.lowerPriorityGarpDeadlinesNanos);
      deadlines.add(step.at + garp.lowerPriorityDelay().toNanos());
      setLowerPriorityDeadlines(step, deadlines);
    }
  }

  private static void setLowerPriorityDeadlines(Step step, List<Long> deadlines) {
    step.lowerPriorityGarpDeadlinesNanos = deadlines;
    if (!deadlines.isEmpty()) {
      step.perform(new VrrpEffect.SetTimer(VrrpTimer.LOWER_PRIORITY_GARP, deadlines.getFirst()));
    }
  }

  private static VrrpTransition announceAfterLowerPriority(Step step) {
    List<Long> deadlines = new ArrayList<>(step.lowerPriorityGarpDeadlinesNanos);
    if (!deadlines.isEmpty()) {
      deadlines.removeFirst();
      step.announce(step.settings.garp().lowerPriorityRepeat());
      setLowerPriorityDeadlines(step, deadlines);
    }
    return step.done("second announcement after a lower priority");
  }

  private static VrrpTransition advertise(Step step) {
    VirtualRouterSettings settings = step.settings;
    long silentNanos = settings.downTimerAdverts() * settings.advertisementInterval().toNanos();
    if (settings.dialect().lateTimerStepsDown()
        && settings.timerExpiredBackup()
        && !settings.preempt()
        && step.at - step.advertisementDeadlineNanos >= silentNanos) {
      return StateChanges.leaveMaster(step, "advert timer expired so late that a backup took over");
    }
    step.advertise(step.effectivePriority);
    step.restartAdvertisementTimer();
    return step.done("advert timer expired");
  }

  /** The master is kept and speaks at once. */
  private static VrrpTransition changeSettings(Step step, VrrpEvent.SettingsChanged changed) {
    List<VirtualAddress> before = changed.previous().installedAddresses();
    List<VirtualAddress> now = step.settings.installedAddresses();
    List<VirtualAddress> removed = new ArrayList<>(before);
    removed.removeAll(now);
    List<VirtualAddress> added = new ArrayList<>(now);
    added.removeAll(before);
    step.effectivePriority = changed.effectivePriority();
    step.masterIntervalNanos = step.settings.advertisementInterval().toNanos();
    step.yielded = false;
    for (VirtualAddress address : removed) {
      step.log(
          "ip address "
              + address.prefix()
              + " dev "
              + address.interfaceName().orElse(step.settings.interfaceName())
              + ", no longer exist");
    }
    List<RouteEntry> routingGone = new ArrayList<>(changed.previous().routing());
    routingGone.removeAll(step.settings.routing());
    step.removeRouting(routingGone);
    if (!removed.isEmpty()) {
      step.perform(new VrrpEffect.RemoveVirtualAddresses(removed));
    }
    step.log("setting VIPs.");
    step.cancel(VrrpTimer.GARP_DELAY);
    step.cancel(VrrpTimer.GARP_REFRESH);
    step.cancel(VrrpTimer.LOWER_PRIORITY_GARP);
    step.lowerPriorityGarpDeadlinesNanos = List.of();
    if (!added.isEmpty()) {
      step.perform(new VrrpEffect.AddVirtualAddresses(added));
      // At once only: keepalived 2.2.7 announces no second time after reading its file again.
      step.announce(step.settings.garp().masterRepeat());
    }
    List<RouteEntry> routingNew = new ArrayList<>(step.settings.routing());
    routingNew.removeAll(changed.previous().routing());
    step.addRouting(routingNew);
    if (!step.settings.garp().refresh().isZero()) {
      step.setTimer(VrrpTimer.GARP_REFRESH, step.settings.garp().refresh().toNanos());
    }
    step.advertise(step.effectivePriority);
    step.restartAdvertisementTimer();
    if (!changed.previous().syncGroup().equals(step.settings.syncGroup())) {
      step.tellSyncGroup(MemberReport.BECAME_MASTER);
    }
    return step.done("configuration read again");
  }
}
