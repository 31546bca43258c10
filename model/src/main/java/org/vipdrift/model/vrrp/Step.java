package org.vipdrift.model.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.route.RoutingRule;

/** One transition in the making: the next state and the effects so far. */
final class Step {
  static final String TIMEOUT = "Receive advertisement timeout";
  private static final long NANOS_PER_MILLISECOND = 1_000_000L;

  final VirtualRouterSettings settings;
  final long at;
  VrrpState state;
  boolean awaitsFirstResults;
  int effectivePriority;
  IpAddress sourceAddress;
  boolean wantsMaster;
  List<String> faults;
  boolean groupFault;
  long masterIntervalNanos;
  Optional<VrrpRouterState.HeardMaster> master;
  long masterDownDeadlineNanos;
  long advertisementDeadlineNanos;
  long preemptDelayDeadlineNanos;
  long startupDelayDeadlineNanos;
  List<Long> lowerPriorityGarpDeadlinesNanos;
  boolean yielded;
  int yieldedAdverts;
  private final List<VrrpEffect> effects = new ArrayList<>();

  Step(VirtualRouterSettings settings, VrrpRouterState from, long at) {
    this.settings = settings;
    this.at = at;
    state = from.state();
    awaitsFirstResults = from.awaitsFirstResults();
    effectivePriority = from.effectivePriority();
    sourceAddress = from.sourceAddress();
    wantsMaster = from.wantsMaster();
    faults = from.faults();
    groupFault = from.groupFault();
    masterIntervalNanos = from.masterIntervalNanos();
    master = from.master();
    masterDownDeadlineNanos = from.masterDownDeadlineNanos();
    advertisementDeadlineNanos = from.advertisementDeadlineNanos();
    preemptDelayDeadlineNanos = from.preemptDelayDeadlineNanos();
    startupDelayDeadlineNanos = from.startupDelayDeadlineNanos();
    lowerPriorityGarpDeadlinesNanos = from.lowerPriorityGarpDeadlinesNanos();
    yielded = from.yielded();
    yieldedAdverts = from.yieldedAdverts();
  }

  VrrpTransition done(String reason) {
    return new VrrpTransition(
        new VrrpRouterState(
            state,
            awaitsFirstResults,
            effectivePriority,
            sourceAddress,
            wantsMaster,
            faults,
            groupFault,
            masterIntervalNanos,
            master,
            masterDownDeadlineNanos,
            advertisementDeadlineNanos,
            preemptDelayDeadlineNanos,
            startupDelayDeadlineNanos,
            lowerPriorityGarpDeadlinesNanos,
            yielded,
            yieldedAdverts),
        effects,
        reason);
  }

  void perform(VrrpEffect effect) {
    effects.add(effect);
  }

  void log(String line) {
    effects.add(new VrrpEffect.Log(line));
  }

  void notify(NotifyKind kind) {
    effects.add(new VrrpEffect.Notify(kind, effectivePriority));
  }

  void tellSyncGroup(MemberReport report) {
    if (settings.syncGroup().isPresent()) {
      effects.add(new VrrpEffect.TellSyncGroup(report));
    }
  }

  /** The state changes; notify scripts and the sync group hear of it. */
  void enter(VrrpState next, String reason) {
    effects.add(new VrrpEffect.ReportTransition(state, next, reason));
    state = next;
  }

  void advertise(int priority) {
    effects.add(new VrrpEffect.SendAdvertisement(priority));
  }

  void setMasterDownTimer(long deadlineNanos) {
    masterDownDeadlineNanos = deadlineNanos;
    effects.add(new VrrpEffect.SetTimer(VrrpTimer.MASTER_DOWN, deadlineNanos));
  }

  void restartMasterDownTimer() {
    setMasterDownTimer(at + masterDownIntervalNanos() + startupDelayLeftNanos());
  }

  long masterDownIntervalNanos() {
    return VrrpTimers.masterDownIntervalNanos(settings, effectivePriority, masterIntervalNanos);
  }

  long startupDelayLeftNanos() {
    return startupDelayDeadlineNanos == VrrpRouterState.NEVER
        ? 0
        : Math.max(0, startupDelayDeadlineNanos - at);
  }

  void restartAdvertisementTimer() {
    advertisementDeadlineNanos = at + settings.advertisementInterval().toNanos();
    effects.add(new VrrpEffect.SetTimer(VrrpTimer.ADVERTISEMENT, advertisementDeadlineNanos));
  }

  void setTimer(VrrpTimer timer, long afterNanos) {
    effects.add(new VrrpEffect.SetTimer(timer, at + afterNanos));
  }

  void cancel(VrrpTimer timer) {
    effects.add(new VrrpEffect.CancelTimer(timer));
  }

  void cancelMasterDownTimer() {
    masterDownDeadlineNanos = VrrpRouterState.NEVER;
    cancel(VrrpTimer.MASTER_DOWN);
  }

  void announce(int repeat) {
    if (repeat == 0) {
      return;
    }
    List<VirtualAddress> addresses = settings.installedAddresses();
    for (VirtualAddress address : addresses) {
      String kind =
          switch (address.address()) {
            case IpAddress.V4 _ -> "gratuitous ARPs";
            case IpAddress.V6 _ -> "Unsolicited Neighbour Adverts";
          };
      String interfaceName = address.interfaceName().orElse(settings.interfaceName());
      log("Sending/queueing " + kind + " on " + interfaceName + " for " + address.address());
    }
    effects.add(new VrrpEffect.AnnounceAddresses(repeat, addresses));
  }

  /** After the addresses, so that their networks are there. */
  void addRouting() {
    if (!settings.routes().isEmpty()) {
      log("setting Virtual Routes");
    }
    if (!settings.rules().isEmpty()) {
      log("setting Virtual Rules");
    }
    addRouting(settings.routing());
  }

  void addRouting(List<RouteEntry> entries) {
    if (!entries.isEmpty()) {
      effects.add(new VrrpEffect.AddRouting(entries));
    }
  }

  /** Rules before routes, both before the addresses, as keepalived 2.2.7 was measured to. */
  void removeRouting(List<RouteEntry> entries) {
    List<RouteEntry> ordered = new ArrayList<>();
    entries.stream().filter(RoutingRule.class::isInstance).forEach(ordered::add);
    entries.stream().filter(Route.class::isInstance).forEach(ordered::add);
    if (!ordered.isEmpty()) {
      effects.add(new VrrpEffect.RemoveRouting(ordered));
    }
  }

  void removeAddresses() {
    if (!settings.rules().isEmpty()) {
      log("removing Virtual Rules");
    }
    if (!settings.routes().isEmpty()) {
      log("removing Virtual Routes");
    }
    removeRouting(settings.routing());
    log("removing VIPs.");
    effects.add(new VrrpEffect.RemoveVirtualAddresses(settings.installedAddresses()));
  }

  /** Version 3: the master's interval counts from now on. */
  void learnInterval(long intervalNanos) {
    if (settings.version() == 3 && intervalNanos != masterIntervalNanos) {
      log(
          "advertisement interval updated from "
              + masterIntervalNanos / NANOS_PER_MILLISECOND
              + "ms to "
              + intervalNanos / NANOS_PER_MILLISECOND
              + "ms by master");
      masterIntervalNanos = intervalNanos;
    }
  }

  void returnToOwnInterval() {
    long own = settings.advertisementInterval().toNanos();
    if (masterIntervalNanos != own) {
      log(
          "changing advert interval from "
              + masterIntervalNanos / NANOS_PER_MILLISECOND
              + "ms to locally configured "
              + own / NANOS_PER_MILLISECOND
              + "ms");
      masterIntervalNanos = own;
    }
  }

  /** Adds a fault; answers whether it is the first. */
  boolean addFault(String fault) {
    if (faults.contains(fault)) {
      return false;
    }
    boolean first = faults.isEmpty();
    List<String> more = new ArrayList<>(faults);
    more.add(fault);
    faults = more;
    return first;
  }

  /** Takes a fault away; answers whether it was the last. */
  boolean removeFault(String fault) {
    if (!faults.contains(fault)) {
      return false;
    }
    List<String> fewer = new ArrayList<>(faults);
    fewer.remove(fault);
    faults = fewer;
    return faults.isEmpty();
  }

  /** Takes over another effective priority; answers whether it differs. */
  boolean changePriority(int priority) {
    if (settings.isOwner() || priority == effectivePriority) {
      return false;
    }
    log("Changing effective priority from " + effectivePriority + " to " + priority);
    effectivePriority = priority;
    return true;
  }
}
