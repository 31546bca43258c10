package org.vipdrift.model.vrrp;

import java.util.List;
import org.vipdrift.model.route.RouteEntry;

/** What a virtual router asks its host to do, in the order of {@link VrrpTransition#effects}. */
public sealed interface VrrpEffect {
  /**
   * Send an advert: {@link VirtualRouterSettings#advertisement} to the group or to each peer.
   *
   * @param priority 0..255
   */
  record SendAdvertisement(int priority) implements VrrpEffect {}

  /** Install addresses; those that are there already are taken over silently. */
  record AddVirtualAddresses(List<VirtualAddress> addresses) implements VrrpEffect {
    public AddVirtualAddresses {
      addresses = List.copyOf(addresses);
    }
  }

  /** Remove addresses; those that are not there are skipped silently. */
  record RemoveVirtualAddresses(List<VirtualAddress> addresses) implements VrrpEffect {
    public RemoveVirtualAddresses {
      addresses = List.copyOf(addresses);
    }
  }

  /** Install routes and rules; those that are there already are taken over silently. */
  record AddRouting(List<RouteEntry> entries) implements VrrpEffect {
    public AddRouting {
      entries = List.copyOf(entries);
    }
  }

  /** Remove routes and rules; those that are not there are skipped silently. */
  record RemoveRouting(List<RouteEntry> entries) implements VrrpEffect {
    public RemoveRouting {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Announce addresses by gratuitous ARP or unsolicited neighbour advertisement.
   *
   * @param repeat announcements per address, at least 1
   */
  record AnnounceAddresses(int repeat, List<VirtualAddress> addresses) implements VrrpEffect {
    public AnnounceAddresses {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * Start a timer or move it.
   *
   * @param deadlineNanos on the clock of {@link VrrpEvent#at}; not before the event
   */
  record SetTimer(VrrpTimer timer, long deadlineNanos) implements VrrpEffect {}

  /** Stop a timer; nothing happens if it is not running. */
  record CancelTimer(VrrpTimer timer) implements VrrpEffect {}

  /**
   * The state changes here: what precedes in the list was done in the old state.
   *
   * @param reason why, for the trace
   */
  record ReportTransition(VrrpState from, VrrpState to, String reason) implements VrrpEffect {}

  /**
   * A line for the log, in keepalived's wording.
   *
   * @param line without the instance's name
   */
  record Log(String line) implements VrrpEffect {}

  /**
   * A notify script is due, if one is configured.
   *
   * @param priority effective, as the script's last argument
   */
  record Notify(NotifyKind kind, int priority) implements VrrpEffect {}

  /** Tell the sync group's coordinator; only from members of a group. */
  record TellSyncGroup(MemberReport report) implements VrrpEffect {}
}
