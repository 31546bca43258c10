package org.vipdrift.model.vrrp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.route.RoutingRule;

/**
 * One {@code vrrp_instance}, everything resolved that its file and the global definitions say.
 *
 * @param instance its name in the file
 * @param interfaceName where adverts are sent and heard
 * @param family of the adverts and of the advertised addresses
 * @param vrid 1..255, unique per interface and family
 * @param version 2 or 3
 * @param basePriority 1..255; 255 is the owner
 * @param advertisementInterval whole seconds 1..255 in version 2, centiseconds 10 ms..40.95 s in
 *     version 3
 * @param authentication version 2 only
 * @param virtualAddresses advertised and installed, in configured order
 * @param excludedAddresses installed only; {@code virtual_ipaddress_excluded}
 * @param routes a master's, {@code virtual_routes}
 * @param rules a master's, {@code virtual_rules}
 * @param configuredMaster whether the file says {@code state MASTER}; see {@link #startsAsMaster}
 * @param preempt false with {@code nopreempt}; always true when configured as master or owner
 * @param preemptDelay how long a lower-priority master is tolerated; zero for none, as always when
 *     configured as master or with {@code nopreempt}
 * @param strict {@code vrrp_strict}: no preempt delay, no repeated announcements, silent towards
 *     lower and higher priorities
 * @param acceptMode whether a master that is no owner takes packets to the virtual addresses
 * @param lowerPriorityNoAdvert {@code vrrp_lower_prio_no_advert}
 * @param higherPrioritySendAdvert {@code vrrp_higher_prio_send_advert}
 * @param downTimerAdverts intervals of silence before the skew; {@code down_timer_adverts}, 3
 * @param startupDelay {@code vrrp_startup_delay}: what it puts off the master down timer by
 * @param garp announcements
 * @param sourceAddress {@code mcast_src_ip} or {@code unicast_src_ip}; empty for the interface's
 *     primary address
 * @param unicast peers; empty for multicast
 * @param checkUnicastSource {@code check_unicast_src}: drop adverts from other than peers
 * @param skipCheckAdvertAddresses {@code skip_check_adv_addr}: a master's list is compared once
 * @param multicastGroup where multicast adverts go
 * @param virtualInterfaces made for it before it starts: {@code use_vmac}, {@code use_ipvlan}
 * @param socketInterface where adverts go and come from; empty for the interface of the instance
 * @param syncGroup the group it belongs to
 * @param timerExpiredBackup {@code timer_expired_backup}; heeded where the dialect has it
 * @param dialect whose habits decide where they differ
 */
public record VirtualRouterSettings(
    String instance,
    String interfaceName,
    IpFamily family,
    int vrid,
    int version,
    int basePriority,
    Duration advertisementInterval,
    Authentication authentication,
    List<VirtualAddress> virtualAddresses,
    List<VirtualAddress> excludedAddresses,
    List<Route> routes,
    List<RoutingRule> rules,
    boolean configuredMaster,
    boolean preempt,
    Duration preemptDelay,
    boolean strict,
    boolean acceptMode,
    boolean lowerPriorityNoAdvert,
    boolean higherPrioritySendAdvert,
    int downTimerAdverts,
    Duration startupDelay,
    GarpSettings garp,
    Optional<IpAddress> sourceAddress,
    Optional<Unicast> unicast,
    boolean checkUnicastSource,
    boolean skipCheckAdvertAddresses,
    IpAddress multicastGroup,
    List<VirtualInterface> virtualInterfaces,
    Optional<String> socketInterface,
    Optional<String> syncGroup,
    boolean timerExpiredBackup,
    Dialect dialect) {
  /** The priority of the owner of the addresses (RFC 9568 section 5.2.4). */
  public static final int OWNER_PRIORITY = 255;

  /** The priority that says "I am leaving" (RFC 9568 section 5.2.4). */
  public static final int RELEASE_PRIORITY = 0;

  public VirtualRouterSettings {
    require(vrid >= 1 && vrid <= 255, "virtual_router_id is 1..255, not " + vrid);
    require(version == 2 || version == 3, "VRRP has versions 2 and 3, not " + version);
    require(basePriority >= 1 && basePriority <= 255, "priority is 1..255, not " + basePriority);
    require(
        version == 2
            ? advertisementInterval.toMillis() >= 1000
                && advertisementInterval.toMillis() <= 255_000
                && advertisementInterval.toMillis() % 1000 == 0
            : advertisementInterval.toMillis() >= 10
                && advertisementInterval.toMillis() <= 40_950
                && advertisementInterval.toMillis() % 10 == 0,
        "advert_int " + advertisementInterval + " does not fit version " + version);
    require(
        multicastGroup.family() == family,
        "group " + multicastGroup + " is not of family " + family);
    for (VirtualAddress address : virtualAddresses) {
      require(
          address.address().family() == family,
          "advertised address " + address.address() + " is not of family " + family);
    }
    require(downTimerAdverts >= 1, "down_timer_adverts is at least 1, not " + downTimerAdverts);
    virtualAddresses = List.copyOf(virtualAddresses);
    excludedAddresses = List.copyOf(excludedAddresses);
    routes = List.copyOf(routes);
    rules = List.copyOf(rules);
    virtualInterfaces = List.copyOf(virtualInterfaces);
    preempt = preempt || configuredMaster || basePriority == OWNER_PRIORITY;
    if (strict || configuredMaster || !preempt) {
      preemptDelay = Duration.ZERO;
    }
    if (strict) {
      higherPrioritySendAdvert = false;
      downTimerAdverts = 3;
      lowerPriorityNoAdvert = true;
      garp = GarpSettings.STRICT;
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Settings with keepalived's defaults: version 2, IPv4, priority 100, one second. */
  public static VirtualRouterSettingsBuilder builder(
      String instance, String interfaceName, int vrid) {
    return new VirtualRouterSettingsBuilder(instance, interfaceName, vrid);
  }

  /** A builder that holds these settings. */
  public VirtualRouterSettingsBuilder toBuilder() {
    return new VirtualRouterSettingsBuilder(this);
  }

  public boolean isOwner() {
    return basePriority == OWNER_PRIORITY;
  }

  /**
   * Only an owner is master at once: in keepalived one that also says {@code state MASTER} and is
   * in no sync group. Everyone else starts as a backup.
   */
  public boolean startsAsMaster() {
    return isOwner()
        && (!dialect.ownerNeedsStateMaster() || configuredMaster && syncGroup.isEmpty());
  }

  /** Everything that a master installs: advertised addresses first. */
  public List<VirtualAddress> installedAddresses() {
    if (excludedAddresses.isEmpty()) {
      return virtualAddresses;
    }
    List<VirtualAddress> all = new ArrayList<>(virtualAddresses);
    all.addAll(excludedAddresses);
    return List.copyOf(all);
  }

  /** Where adverts go and come from. */
  public String socketInterfaceName() {
    return socketInterface.orElse(interfaceName);
  }

  /** The routes, then the rules, as a master installs them. */
  public List<RouteEntry> routing() {
    List<RouteEntry> all = new ArrayList<>(routes);
    all.addAll(rules);
    return List.copyOf(all);
  }

  /** Where adverts go: the group, or each peer in configured order. */
  public List<IpAddress> destinations() {
    return unicast
        .map(peers -> peers.peers().stream().map(Unicast.Peer::address).toList())
        .orElse(List.of(multicastGroup));
  }

  /** The TTL or hop limit that adverts are sent with: 255 to the group (RFC 9568 5.1.1.3). */
  public int ttl() {
    return unicast.map(Unicast::ttl).orElse(255);
  }

  /** The advert that this router sends with a priority of 0..255. */
  public Advertisement advertisement(int priority) {
    List<IpAddress> addresses = new ArrayList<>(virtualAddresses.size());
    for (VirtualAddress address : virtualAddresses) {
      addresses.add(address.address());
    }
    return new Advertisement(
        version, family, vrid, priority, advertisementInterval, addresses, authentication);
  }
}
