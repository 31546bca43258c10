package org.vipdrift.model.vrrp;

import java.util.List;
import org.vipdrift.model.frame.IpAddress;

/** What has happened to one virtual router. */
public sealed interface VrrpEvent {
  /** When, in nanoseconds of the host's monotonic clock. */
  long at();

  /**
   * The instance begins, in {@link VrrpState#INIT}.
   *
   * @param sourceAddress the primary address of its interface (ties are decided by it); {@code
   *     0.0.0.0} or {@code ::} if it has none, which is a fault as well
   * @param faults what is down already, see {@link FaultRaised}
   * @param awaitsFirstResults whether a tracked script of weight 0 has not run yet: INIT lasts
   *     until {@link FirstResultsArrived}; keepalived does not wait for weighted scripts
   * @param effectivePriority from what is known now, 1..255
   */
  record Started(
      long at,
      IpAddress sourceAddress,
      List<String> faults,
      boolean awaitsFirstResults,
      int effectivePriority)
      implements VrrpEvent {
    public Started {
      faults = List.copyOf(faults);
    }
  }

  /** Every tracked script has run once; their faults and priorities were told before. */
  record FirstResultsArrived(long at) implements VrrpEvent {}

  /**
   * An advert passed {@link ReceiveChecks}.
   *
   * @param source who sent it
   */
  record AdvertisementReceived(long at, Advertisement advertisement, IpAddress source)
      implements VrrpEvent {}

  /** A packet for this virtual router did not pass {@link ReceiveChecks}. */
  record AdvertisementDropped(long at, DropReason dropReason, IpAddress source)
      implements VrrpEvent {}

  /** The timer {@link VrrpTimer#MASTER_DOWN} expired. */
  record MasterDownTimerExpired(long at) implements VrrpEvent {}

  /** The timer {@link VrrpTimer#ADVERTISEMENT} expired. */
  record AdvertisementTimerExpired(long at) implements VrrpEvent {}

  /** The timer {@link VrrpTimer#GARP_DELAY} expired. */
  record GarpDelayTimerExpired(long at) implements VrrpEvent {}

  /** The timer {@link VrrpTimer#GARP_REFRESH} expired. */
  record GarpRefreshTimerExpired(long at) implements VrrpEvent {}

  /** The timer {@link VrrpTimer#LOWER_PRIORITY_GARP} expired. */
  record LowerPriorityGarpTimerExpired(long at) implements VrrpEvent {}

  /**
   * Tracking gives another priority.
   *
   * @param effectivePriority 1..255
   * @param reason what changed, for the trace
   */
  record PriorityChanged(long at, int effectivePriority, String reason) implements VrrpEvent {}

  /**
   * Something the instance depends on went down.
   *
   * @param fault names it, and is the key that {@link FaultCleared} takes back: {@code interface
   *     eth0}, {@code script chk}
   */
  record FaultRaised(long at, String fault) implements VrrpEvent {}

  /** It is up again; the instance recovers with the last fault. */
  record FaultCleared(long at, String fault) implements VrrpEvent {}

  /** The sync group's coordinator orders. */
  record GroupCommanded(long at, GroupCommand command) implements VrrpEvent {}

  /** The interface has another primary address. */
  record SourceAddressChanged(long at, IpAddress sourceAddress) implements VrrpEvent {}

  /**
   * The configuration is about to be read again (SIGHUP); settings are still the old ones.
   * keepalived's masters speak once more before it, so that peers wait their whole time while it
   * reads (2.2.7, measured).
   */
  record ReloadBegan(long at) implements VrrpEvent {}

  /**
   * The configuration was read again and the instance is still in it, on the same interface and
   * with the same VRID (else it is deleted and another one started).
   *
   * @param settings the new ones; the machine is called with them from now on
   * @param previous the ones before
   * @param effectivePriority under the new settings, 1..255
   */
  record SettingsChanged(
      long at,
      VirtualRouterSettings settings,
      VirtualRouterSettings previous,
      int effectivePriority)
      implements VrrpEvent {}

  /** The daemon leaves in order (SIGTERM). */
  record ShutdownRequested(long at) implements VrrpEvent {}

  /** The configuration was read again and the instance is no longer in it. */
  record InstanceDeleted(long at) implements VrrpEvent {}
}
