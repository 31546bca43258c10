package org.vipdrift.netio.node;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.DropReason;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/**
 * Finds in the trace of a node that somebody else is master too, or has its address.
 *
 * <p>Adverts count whether the receive checks let them pass or not: two masters that refuse each
 * other's password are the split-brain that never ends. Two masters are legitimate for as long as
 * one of them has not heard the other: two advertisement intervals, for one advert may be lost. A
 * claim to an address by ARP or neighbour discovery must outlive the same time.
 */
public final class SplitBrainAlarm implements Consumer<TraceEvent> {
  private static final int LEGITIMATE_ADVERTS = 2;
  private static final Duration CLAIM_REMEMBERED = Duration.ofSeconds(30);

  /** What became of an instance. */
  public sealed interface Report {
    String instance();

    /** The event of the trace that showed it. */
    long cause();
  }

  /**
   * There is another one.
   *
   * @param text for people
   * @param rival the other's address, where it was heard by adverts
   */
  public record Raised(String instance, String text, Optional<IpAddress> rival, long cause)
      implements Report {}

  /** It is over, or this node is no longer master. */
  public record Ended(String instance, Duration lasted, long cause) implements Report {}

  private static final class Watch {
    private VirtualRouterSettings settings;
    private boolean master;
    private long masterSince;
    private long firstHeard;
    private long lastHeard;
    private long heard;
    private boolean hears;
    private String told = "";
    private Optional<IpAddress> rival = Optional.empty();
    private boolean claimed;
    private long claimedAt;
    private long lastClaim;
    private boolean raised;
    private long raisedAt;

    Watch(VirtualRouterSettings settings) {
      this.settings = settings;
    }

    long legitimateNanos() {
      return legitimate(settings).toNanos();
    }

    long forgottenNanos() {
      return settings
          .advertisementInterval()
          .multipliedBy(settings.downTimerAdverts() + 1L)
          .toNanos();
    }
  }

  /** For how long two may hold the addresses of an instance without it being an alarm. */
  static Duration legitimate(VirtualRouterSettings settings) {
    return settings.advertisementInterval().multipliedBy(LEGITIMATE_ADVERTS);
  }

  private final Consumer<Report> reports;
  private final Map<String, Watch> watches = new LinkedHashMap<>();

  /**
   * @param reports called on the thread that feeds this, or that tells of claims
   */
  public SplitBrainAlarm(NodeConfiguration configuration, Consumer<Report> reports) {
    this.reports = reports;
    reconfigure(configuration);
  }

  /** Goes on with another configuration. */
  public synchronized void reconfigure(NodeConfiguration next) {
    watches.keySet().retainAll(next.instances().stream().map(i -> i.name()).toList());
    for (NodeConfiguration.Instance instance : next.instances()) {
      watches.computeIfAbsent(instance.name(), _ -> new Watch(instance.settings())).settings =
          instance.settings();
    }
  }

  @Override
  public synchronized void accept(TraceEvent event) {
    switch (event.detail()) {
      case TraceDetail.VrrpStateChanged d -> changed(d, event);
      case TraceDetail.AdvertReceived d -> {
        if (d.priority() != VirtualRouterSettings.RELEASE_PRIORITY) {
          heard(d.instance(), d.source(), "priority " + d.priority(), event);
        }
      }
      case TraceDetail.AdvertDropped d -> {
        if (meansThisRouter(d.dropReason())) {
          heard(d.instance(), d.source(), "refused here: " + d.dropReason(), event);
        }
      }
      default -> {
        // time goes on, nothing else
      }
    }
    for (Watch watch : watches.values()) {
      look(watch, event);
    }
  }

  private static boolean meansThisRouter(String dropReason) {
    return !dropReason.equals(DropReason.VRID.traceName())
        && !dropReason.equals(DropReason.FAMILY.traceName())
        && !dropReason.equals(DropReason.CHECKSUM.traceName());
  }

  /**
   * A station that is not this node said that an address is at its MAC address.
   *
   * @param atNanos in the trace's time
   */
  public synchronized void addressClaimed(
      String networkInterface, IpAddress address, MacAddress mac, long atNanos) {
    for (Watch watch : watches.values()) {
      boolean late = atNanos - watch.masterSince >= watch.legitimateNanos();
      if (watch.master && late && installs(watch.settings, networkInterface, address)) {
        if (!watch.claimed) {
          watch.claimedAt = atNanos;
        }
        watch.claimed = true;
        watch.lastClaim = atNanos;
        watch.told = mac + " claims " + address + " on " + networkInterface;
      }
    }
  }

  private static boolean installs(
      VirtualRouterSettings settings, String networkInterface, IpAddress address) {
    List<VirtualAddress> installed = settings.installedAddresses();
    return installed.stream()
        .anyMatch(
            a ->
                a.address().equals(address)
                    && a.interfaceName().orElse(settings.interfaceName()).equals(networkInterface));
  }

  private void changed(TraceDetail.VrrpStateChanged change, TraceEvent event) {
    Watch watch = watches.get(change.instance());
    if (watch == null) {
      return;
    }
    boolean master = change.to().equals("MASTER");
    if (master != watch.master) {
      watch.master = master;
      watch.masterSince = event.atNanos();
      watch.hears = false;
      watch.claimed = false;
      end(watch, event);
    }
  }

  private void heard(String instance, IpAddress source, String what, TraceEvent event) {
    Watch watch = watches.get(instance);
    if (watch == null || !watch.master) {
      return;
    }
    long now = event.atNanos();
    if (!watch.hears || now - watch.lastHeard > watch.forgottenNanos()) {
      watch.hears = true;
      watch.firstHeard = now;
      watch.heard = 0;
    }
    watch.lastHeard = now;
    watch.heard++;
    watch.rival = Optional.of(source);
    if (now - watch.firstHeard >= watch.legitimateNanos()) {
      raise(watch, source + " is master too (" + what + ")", event);
    }
  }

  private void look(Watch watch, TraceEvent event) {
    long now = event.atNanos();
    if (watch.hears && now - watch.lastHeard > watch.forgottenNanos()) {
      watch.hears = false;
    }
    if (watch.claimed && now - watch.lastClaim > CLAIM_REMEMBERED.toNanos()) {
      watch.claimed = false;
    }
    if (watch.claimed && watch.master && now - watch.claimedAt >= watch.legitimateNanos()) {
      raise(watch, watch.told, event);
    }
    if (!watch.hears && !watch.claimed) {
      end(watch, event);
    }
  }

  private void raise(Watch watch, String why, TraceEvent event) {
    if (!watch.raised) {
      watch.raised = true;
      watch.raisedAt = event.atNanos();
      reports.accept(
          new Raised(
              watch.settings.instance(),
              "(" + watch.settings.instance() + ") SPLIT-BRAIN - " + why,
              watch.rival,
              event.id()));
    }
  }

  private void end(Watch watch, TraceEvent event) {
    if (watch.raised) {
      watch.raised = false;
      reports.accept(
          new Ended(
              watch.settings.instance(),
              Duration.ofNanos(event.atNanos() - watch.raisedAt),
              event.id()));
    }
  }
}
