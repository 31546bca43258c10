package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RoutingRule;

/**
 * A {@code vrrp_instance} with the values keepalived 2.2.7 would run it with: defaults and global
 * definitions filled in, contradictory ones reset as it does.
 *
 * @param stateMaster whether {@code state MASTER} is in force
 * @param priority 1..255; 255 if {@code state MASTER} came without one, else 100 by default
 * @param configuredPriority the priority as written, if valid
 * @param version 2 or 3
 * @param advertInterval whole seconds in version 2, a multiple of 10 ms in version 3
 * @param sourceAddress {@code unicast_src_ip} or {@code mcast_src_ip}
 * @param preemptDelay 0..1000 s, zero when {@code nopreempt} or {@code state MASTER} clears it
 * @param accept whether a MASTER that is not the owner takes packets to the virtual addresses
 * @param downTimerAdverts advert intervals in the master down interval, 1..100
 * @param garpExtraInterval time between GARPs on other interfaces of the addresses; zero means none
 * @param kept the statements about interfaces, sockets and mail, as written
 * @param spans where each keyword was last written
 */
public record VrrpInstanceBlock(
    String name,
    String interfaceName,
    int vrid,
    IpFamily family,
    boolean stateMaster,
    int priority,
    OptionalInt configuredPriority,
    int version,
    Duration advertInterval,
    Optional<Authentication> authentication,
    List<ConfiguredAddress> addresses,
    List<ConfiguredAddress> excludedAddresses,
    List<Route> routes,
    List<RoutingRule> rules,
    Optional<IpAddress> sourceAddress,
    boolean trackSourceAddress,
    Optional<IpAddress> multicastDestination,
    UnicastSettings unicast,
    boolean nopreempt,
    Duration preemptDelay,
    boolean dontTrackPrimary,
    Tracking tracking,
    boolean strict,
    boolean accept,
    boolean skipCheckAdvertAddress,
    boolean lowerPriorityNoAdvert,
    boolean higherPrioritySendAdvert,
    int downTimerAdverts,
    ConfiguredGarp garp,
    Duration garpExtraInterval,
    NotifyScripts notifyScripts,
    boolean notifyPriorityChanges,
    boolean smtpAlert,
    boolean nativeIpv6,
    OptionalInt debugLevel,
    OptionalInt kernelReceiveBuffer,
    boolean promoteSecondaries,
    VirtualMacSettings virtualMac,
    List<Statement> kept,
    SourceSpan span,
    Map<String, SourceSpan> spans) {

  public VrrpInstanceBlock {
    addresses = List.copyOf(addresses);
    excludedAddresses = List.copyOf(excludedAddresses);
    routes = List.copyOf(routes);
    rules = List.copyOf(rules);
    kept = List.copyOf(kept);
    spans = Collections.unmodifiableMap(new TreeMap<>(spans));
  }

  /** Priority 255: the owner of the addresses in the sense of the RFCs. */
  public boolean owner() {
    return priority == 255;
  }

  /** Where a keyword was last written, else where the instance starts. */
  public SourceSpan spanOf(String keyword) {
    return spans.getOrDefault(keyword, span);
  }
}
