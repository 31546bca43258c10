package org.vipdrift.model.vrrp;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/**
 * All that a virtual router remembers between two events.
 *
 * @param state INIT, BACKUP, MASTER or FAULT
 * @param awaitsFirstResults whether INIT lasts until tracked scripts have run
 * @param effectivePriority 1..255
 * @param sourceAddress what adverts are sent from; ties are decided by it
 * @param wantsMaster whether its master fell silent and the sync group has not decided
 * @param faults its own, by name, in the order they were raised
 * @param groupFault whether its sync group is in FAULT
 * @param masterIntervalNanos version 3: learned from the master; else the configured interval
 * @param master who is heard as master
 * @param masterDownDeadlineNanos when the master counts as gone
 * @param advertisementDeadlineNanos when the next advert is due
 * @param preemptDelayDeadlineNanos until when a lower-priority master is tolerated
 * @param startupDelayDeadlineNanos the end of the startup delay
 * @param lowerPriorityGarpDeadlinesNanos when addresses are announced again, ascending
 * @param yielded whether an owner fell to 254 before another owner
 * @param yieldedAdverts how many adverts of the other it heard since
 */
public record VrrpRouterState(
    VrrpState state,
    boolean awaitsFirstResults,
    int effectivePriority,
    IpAddress sourceAddress,
    boolean wantsMaster,
    List<String> faults,
    boolean groupFault,
    long masterIntervalNanos,
    Optional<HeardMaster> master,
    long masterDownDeadlineNanos,
    long advertisementDeadlineNanos,
    long preemptDelayDeadlineNanos,
    long startupDelayDeadlineNanos,
    List<Long> lowerPriorityGarpDeadlinesNanos,
    boolean yielded,
    int yieldedAdverts) {
  /** The deadline of a timer that does not run. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The master that a backup listens to. */
  public record HeardMaster(IpAddress address, int priority) {}

  public VrrpRouterState {
    faults = List.copyOf(faults);
    lowerPriorityGarpDeadlinesNanos = List.copyOf(lowerPriorityGarpDeadlinesNanos);
  }

  /** The state before {@link VrrpEvent.Started}. */
  public static VrrpRouterState initial(VirtualRouterSettings settings) {
    return new VrrpRouterState(
        VrrpState.INIT,
        false,
        settings.basePriority(),
        switch (settings.family()) {
          case IPV4 -> new IpAddress.V4(0);
          case IPV6 -> new IpAddress.V6(0, 0);
        },
        false,
        List.of(),
        false,
        settings.advertisementInterval().toNanos(),
        Optional.empty(),
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        List.of(),
        false,
        0);
  }
}
