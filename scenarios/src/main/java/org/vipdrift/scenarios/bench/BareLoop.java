package org.vipdrift.scenarios.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.vrrp.AdvertisementCodec;
import org.vipdrift.model.vrrp.ReceiveChecks;
import org.vipdrift.model.vrrp.ReceivedPacket;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.model.vrrp.VrrpEffect;
import org.vipdrift.model.vrrp.VrrpEvent;
import org.vipdrift.model.vrrp.VrrpMachine;
import org.vipdrift.model.vrrp.VrrpRouterState;
import org.vipdrift.model.vrrp.VrrpTimer;
import org.vipdrift.model.vrrp.VrrpTransition;
import org.vipdrift.simulator.time.VirtualTime;

/**
 * Virtual routers on a heap of events and nothing else: what no simulation of them can be faster
 * than.
 *
 * <p>The machines, the codec and the receive checks are the real ones, and adverts take as long as
 * on a segment. There are no hosts: addresses, logs and notifications go nowhere.
 */
final class BareLoop {
  private static final int TTL = 255;
  private static final long LATENCY_NANOS = Segment.DEFAULT_LATENCY.toNanos();

  private final VirtualTime time = new VirtualTime();

  /** The two instances of one virtual router. */
  private final List<Router> routers = new ArrayList<>();

  private long adverts;

  /** One instance; it hears its peer and nobody else. */
  final class Router {
    private final VirtualRouterSettings settings;
    private final IpAddress source;
    private final Map<VrrpTimer, VirtualTime.Entry> timers = new EnumMap<>(VrrpTimer.class);
    private Router peer = this;
    private VrrpRouterState state;
    private boolean running;

    private Router(VirtualRouterSettings settings, IpAddress source) {
      this.settings = settings;
      this.source = source;
      this.state = VrrpRouterState.initial(settings);
    }

    private void start() {
      running = true;
      state = VrrpRouterState.initial(settings);
      on(new VrrpEvent.Started(time.nowNanos(), source, List.of(), false, settings.basePriority()));
    }

    private void kill() {
      running = false;
      timers.values().forEach(VirtualTime.Entry::cancel);
    }

    VrrpRouterState state() {
      return state;
    }

    private void on(VrrpEvent event) {
      VrrpTransition transition = VrrpMachine.on(settings, state, event);
      state = transition.next();
      for (VrrpEffect effect : transition.effects()) {
        switch (effect) {
          case VrrpEffect.SendAdvertisement(int priority) -> send(priority);
          case VrrpEffect.SetTimer(VrrpTimer timer, long deadlineNanos) ->
              set(timer, deadlineNanos);
          case VrrpEffect.CancelTimer(VrrpTimer timer) -> cancel(timer);
          case VrrpEffect.AddVirtualAddresses _,
              VrrpEffect.RemoveVirtualAddresses _,
              VrrpEffect.AddRouting _,
              VrrpEffect.RemoveRouting _,
              VrrpEffect.AnnounceAddresses _,
              VrrpEffect.ReportTransition _,
              VrrpEffect.Log _,
              VrrpEffect.Notify _,
              VrrpEffect.TellSyncGroup _ -> {}
        }
      }
    }

    private void send(int priority) {
      adverts++;
      Octets message =
          AdvertisementCodec.encode(
              settings.advertisement(priority),
              source,
              settings.multicastGroup(),
              settings.dialect().checksumMode());
      time.schedule(time.nowNanos() + LATENCY_NANOS, () -> peer.hear(message, source));
    }

    private void hear(Octets message, IpAddress from) {
      if (!running) {
        return;
      }
      long at = time.nowNanos();
      ReceivedPacket packet = new ReceivedPacket(message, from, settings.multicastGroup(), TTL, at);
      switch (ReceiveChecks.check(settings, state, packet)) {
        case ReceiveChecks.Checked.Accepted accepted ->
            on(new VrrpEvent.AdvertisementReceived(at, accepted.advertisement(), from));
        case ReceiveChecks.Checked.Dropped dropped ->
            on(new VrrpEvent.AdvertisementDropped(at, dropped.reason(), from));
      }
    }

    private void set(VrrpTimer timer, long deadlineNanos) {
      VirtualTime.Entry entry = timers.get(timer);
      if (entry == null) {
        timers.put(timer, time.schedule(deadlineNanos, () -> expired(timer)));
      } else {
        entry.reschedule(deadlineNanos);
      }
    }

    private void cancel(VrrpTimer timer) {
      VirtualTime.Entry entry = timers.get(timer);
      if (entry != null) {
        entry.cancel();
      }
    }

    private void expired(VrrpTimer timer) {
      long at = time.nowNanos();
      on(
          switch (timer) {
            case MASTER_DOWN -> new VrrpEvent.MasterDownTimerExpired(at);
            case ADVERTISEMENT -> new VrrpEvent.AdvertisementTimerExpired(at);
            case GARP_DELAY -> new VrrpEvent.GarpDelayTimerExpired(at);
            case GARP_REFRESH -> new VrrpEvent.GarpRefreshTimerExpired(at);
            case LOWER_PRIORITY_GARP -> new VrrpEvent.LowerPriorityGarpTimerExpired(at);
          });
    }
  }

  /**
   * Adds a virtual router of two instances.
   *
   * @param startsAt of both, after the beginning
   */
  void addPair(
      VirtualRouterSettings first,
      IpAddress firstSource,
      VirtualRouterSettings second,
      IpAddress secondSource,
      Duration startsAt) {
    Router one = new Router(first, firstSource);
    Router other = new Router(second, secondSource);
    one.peer = other;
    other.peer = one;
    routers.add(one);
    routers.add(other);
    time.schedule(startsAt.toNanos(), one::start);
    time.schedule(startsAt.toNanos(), other::start);
  }

  /** In the order of adding, the first of each pair before the second. */
  List<Router> routers() {
    return routers;
  }

  /** How many have been sent. */
  long adverts() {
    return adverts;
  }

  void killAt(Duration at, Router router) {
    time.schedule(at.toNanos(), router::kill);
  }

  void startAt(Duration at, Router router) {
    time.schedule(at.toNanos(), router::start);
  }

  void runUntil(Duration end) {
    while (time.runNext(end.toNanos())) {
      // Each event is done when this answers.
    }
    time.advanceTo(end.toNanos());
  }
}
