package org.vipdrift.model.vrrp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** A machine under test with its state, told events in milliseconds. */
final class Router {
  static final IpAddress LOWER = IpAddress.of("20.0.0.20");
  static final IpAddress OWN = IpAddress.of("20.0.0.21");
  static final IpAddress HIGHER = IpAddress.of("20.0.0.22");
  static final String VIP = "20.0.0.100/24";

  VirtualRouterSettings settings;
  VrrpRouterState state;
  VrrpTransition last;

  Router(VirtualRouterSettingsBuilder builder) {
    settings = builder.build();
    state = VrrpRouterState.initial(settings);
    last = new VrrpTransition(state, List.of(), "new");
  }

  static VirtualRouterSettingsBuilder settings(int priority) {
    return VirtualRouterSettings.builder("VI_1", "eth0", 51)
        .basePriority(priority)
        .virtualAddresses(VIP);
  }

  static VirtualRouterSettingsBuilder version3(int priority, Duration interval) {
    return settings(priority).version(3).advertisementInterval(interval);
  }

  static long millis(double millis) {
    return Math.round(millis * 1e6);
  }

  Router on(VrrpEvent event) {
    last = VrrpMachine.on(settings, state, event);
    state = last.next();
    return this;
  }

  Router start() {
    return on(new VrrpEvent.Started(0, OWN, List.of(), false, settings.basePriority()));
  }

  Router masterDown(double millis) {
    return on(new VrrpEvent.MasterDownTimerExpired(millis(millis)));
  }

  /** A router that has just become master, at 5 s. */
  Router master() {
    start();
    return state.state() == VrrpState.MASTER ? this : masterDown(5000);
  }

  Router hear(double millis, int priority, IpAddress source) {
    return hear(millis, priority, source, settings.advertisementInterval());
  }

  Router hear(double millis, int priority, IpAddress source, Duration interval) {
    Advertisement own = settings.advertisement(priority);
    Advertisement advert =
        new Advertisement(
            own.version(),
            IpFamily.IPV4,
            own.vrid(),
            priority,
            interval,
            own.addresses(),
            own.authentication());
    return on(new VrrpEvent.AdvertisementReceived(millis(millis), advert, source));
  }

  Router reload(double millis, VirtualRouterSettingsBuilder builder) {
    VirtualRouterSettings previous = settings;
    settings = builder.build();
    return on(
        new VrrpEvent.SettingsChanged(millis(millis), settings, previous, settings.basePriority()));
  }

  VrrpState state() {
    return state.state();
  }

  List<Integer> sent() {
    List<Integer> priorities = new ArrayList<>();
    for (VrrpEffect effect : last.effects()) {
      if (effect instanceof VrrpEffect.SendAdvertisement(int priority)) {
        priorities.add(priority);
      }
    }
    return priorities;
  }

  List<String> log() {
    List<String> lines = new ArrayList<>();
    for (VrrpEffect effect : last.effects()) {
      if (effect instanceof VrrpEffect.Log(String line) && !line.startsWith("Sending/queueing")) {
        lines.add(line);
      }
    }
    return lines;
  }

  List<Integer> announced() {
    List<Integer> repeats = new ArrayList<>();
    for (VrrpEffect effect : last.effects()) {
      if (effect instanceof VrrpEffect.AnnounceAddresses(int repeat, List<VirtualAddress> _)) {
        repeats.add(repeat);
      }
    }
    return repeats;
  }

  List<MemberReport> told() {
    List<MemberReport> reports = new ArrayList<>();
    for (VrrpEffect effect : last.effects()) {
      if (effect instanceof VrrpEffect.TellSyncGroup(MemberReport report)) {
        reports.add(report);
      }
    }
    return reports;
  }

  List<NotifyKind> notified() {
    List<NotifyKind> kinds = new ArrayList<>();
    for (VrrpEffect effect : last.effects()) {
      if (effect instanceof VrrpEffect.Notify(NotifyKind kind, int _)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /** The deadline in milliseconds that the last event gave a timer; NaN if it gave none. */
  double deadline(VrrpTimer timer) {
    double millis = Double.NaN;
    for (VrrpEffect effect : last.effects()) {
      if (effect instanceof VrrpEffect.SetTimer(VrrpTimer set, long deadlineNanos)
          && set == timer) {
        millis = deadlineNanos / 1e6;
      }
    }
    return millis;
  }

  boolean cancelled(VrrpTimer timer) {
    return last.effects().contains(new VrrpEffect.CancelTimer(timer));
  }
}
