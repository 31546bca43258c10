package org.vipdrift.model.vrrp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RoutingRule;

/** Puts {@link VirtualRouterSettings} together, starting from keepalived's defaults. */
public final class VirtualRouterSettingsBuilder {
  private final String instance;
  private final String interfaceName;
  private final int vrid;
  private IpFamily family = IpFamily.IPV4;
  private int version = 2;
  private int basePriority = 100;
  private Duration advertisementInterval = Duration.ofSeconds(1);
  private Authentication authentication = Authentication.NONE;
  private List<VirtualAddress> virtualAddresses = List.of();
  private List<VirtualAddress> excludedAddresses = List.of();
  private List<Route> routes = List.of();
  private List<RoutingRule> rules = List.of();
  private boolean configuredMaster = false;
  private boolean preempt = true;
  private Duration preemptDelay = Duration.ZERO;
  private boolean strict = false;
  private boolean acceptMode = true;
  private boolean lowerPriorityNoAdvert = false;
  private boolean higherPrioritySendAdvert = false;
  private int downTimerAdverts = 3;
  private Duration startupDelay = Duration.ZERO;
  private GarpSettings garp = GarpSettings.DEFAULT;
  private Optional<IpAddress> sourceAddress = Optional.empty();
  private Optional<Unicast> unicast = Optional.empty();
  private boolean checkUnicastSource = false;
  private boolean skipCheckAdvertAddresses = false;
  private IpAddress multicastGroup = IpAddress.VRRP_GROUP_V4;
  private List<VirtualInterface> virtualInterfaces = List.of();
  private Optional<String> socketInterface = Optional.empty();
  private Optional<String> syncGroup = Optional.empty();
  private boolean timerExpiredBackup = false;
  private Dialect dialect = Dialect.KEEPALIVED_2_2_7;

  VirtualRouterSettingsBuilder(String instance, String interfaceName, int vrid) {
    this.instance = instance;
    this.interfaceName = interfaceName;
    this.vrid = vrid;
  }

  VirtualRouterSettingsBuilder(VirtualRouterSettings from) {
    this(from.instance(), from.interfaceName(), from.vrid());
    this.family = from.family();
    this.version = from.version();
    this.basePriority = from.basePriority();
    this.advertisementInterval = from.advertisementInterval();
    this.authentication = from.authentication();
    this.virtualAddresses = from.virtualAddresses();
    this.excludedAddresses = from.excludedAddresses();
    this.routes = from.routes();
    this.rules = from.rules();
    this.configuredMaster = from.configuredMaster();
    this.preempt = from.preempt();
    this.preemptDelay = from.preemptDelay();
    this.strict = from.strict();
    this.acceptMode = from.acceptMode();
    this.lowerPriorityNoAdvert = from.lowerPriorityNoAdvert();
    this.higherPrioritySendAdvert = from.higherPrioritySendAdvert();
    this.downTimerAdverts = from.downTimerAdverts();
    this.startupDelay = from.startupDelay();
    this.garp = from.garp();
    this.sourceAddress = from.sourceAddress();
    this.unicast = from.unicast();
    this.checkUnicastSource = from.checkUnicastSource();
    this.skipCheckAdvertAddresses = from.skipCheckAdvertAddresses();
    this.multicastGroup = from.multicastGroup();
    this.virtualInterfaces = from.virtualInterfaces();
    this.socketInterface = from.socketInterface();
    this.syncGroup = from.syncGroup();
    this.timerExpiredBackup = from.timerExpiredBackup();
    this.dialect = from.dialect();
  }

  /**
   * @throws IllegalArgumentException if a value is outside what {@link VirtualRouterSettings} says
   */
  public VirtualRouterSettings build() {
    return new VirtualRouterSettings(
        instance,
        interfaceName,
        family,
        vrid,
        version,
        basePriority,
        advertisementInterval,
        authentication,
        virtualAddresses,
        excludedAddresses,
        routes,
        rules,
        configuredMaster,
        preempt,
        preemptDelay,
        strict,
        acceptMode,
        lowerPriorityNoAdvert,
        higherPrioritySendAdvert,
        downTimerAdverts,
        startupDelay,
        garp,
        sourceAddress,
        unicast,
        checkUnicastSource,
        skipCheckAdvertAddresses,
        multicastGroup,
        virtualInterfaces,
        socketInterface,
        syncGroup,
        timerExpiredBackup,
        dialect);
  }

  /** Also sets the group to the family's own. */
  public VirtualRouterSettingsBuilder family(IpFamily family) {
    this.family = family;
    this.multicastGroup =
        family == IpFamily.IPV4 ? IpAddress.VRRP_GROUP_V4 : IpAddress.VRRP_GROUP_V6;
    return this;
  }

  public VirtualRouterSettingsBuilder version(int version) {
    this.version = version;
    return this;
  }

  public VirtualRouterSettingsBuilder basePriority(int basePriority) {
    this.basePriority = basePriority;
    return this;
  }

  public VirtualRouterSettingsBuilder advertisementInterval(Duration advertisementInterval) {
    this.advertisementInterval = advertisementInterval;
    return this;
  }

  public VirtualRouterSettingsBuilder authentication(Authentication authentication) {
    this.authentication = authentication;
    return this;
  }

  /** Each {@code address} or {@code address/length}. */
  public VirtualRouterSettingsBuilder virtualAddresses(String... addresses) {
    return virtualAddresses(List.of(addresses).stream().map(VirtualAddress::of).toList());
  }

  public VirtualRouterSettingsBuilder virtualAddresses(List<VirtualAddress> virtualAddresses) {
    this.virtualAddresses = virtualAddresses;
    return this;
  }

  public VirtualRouterSettingsBuilder excludedAddresses(List<VirtualAddress> excludedAddresses) {
    this.excludedAddresses = excludedAddresses;
    return this;
  }

  public VirtualRouterSettingsBuilder configuredMaster(boolean configuredMaster) {
    this.configuredMaster = configuredMaster;
    return this;
  }

  public VirtualRouterSettingsBuilder preempt(boolean preempt) {
    this.preempt = preempt;
    return this;
  }

  public VirtualRouterSettingsBuilder preemptDelay(Duration preemptDelay) {
    this.preemptDelay = preemptDelay;
    return this;
  }

  public VirtualRouterSettingsBuilder strict(boolean strict) {
    this.strict = strict;
    return this;
  }

  public VirtualRouterSettingsBuilder acceptMode(boolean acceptMode) {
    this.acceptMode = acceptMode;
    return this;
  }

  public VirtualRouterSettingsBuilder lowerPriorityNoAdvert(boolean lowerPriorityNoAdvert) {
    this.lowerPriorityNoAdvert = lowerPriorityNoAdvert;
    return this;
  }

  public VirtualRouterSettingsBuilder higherPrioritySendAdvert(boolean higherPrioritySendAdvert) {
    this.higherPrioritySendAdvert = higherPrioritySendAdvert;
    return this;
  }

  public VirtualRouterSettingsBuilder downTimerAdverts(int downTimerAdverts) {
    this.downTimerAdverts = downTimerAdverts;
    return this;
  }

  public VirtualRouterSettingsBuilder startupDelay(Duration startupDelay) {
    this.startupDelay = startupDelay;
    return this;
  }

  public VirtualRouterSettingsBuilder garp(GarpSettings garp) {
    this.garp = garp;
    return this;
  }

  public VirtualRouterSettingsBuilder sourceAddress(IpAddress sourceAddress) {
    this.sourceAddress = Optional.of(sourceAddress);
    return this;
  }

  public VirtualRouterSettingsBuilder unicast(Unicast unicast) {
    this.unicast = Optional.of(unicast);
    return this;
  }

  public VirtualRouterSettingsBuilder checkUnicastSource(boolean checkUnicastSource) {
    this.checkUnicastSource = checkUnicastSource;
    return this;
  }

  public VirtualRouterSettingsBuilder skipCheckAdvertAddresses(boolean skipCheckAdvertAddresses) {
    this.skipCheckAdvertAddresses = skipCheckAdvertAddresses;
    return this;
  }

  public VirtualRouterSettingsBuilder multicastGroup(IpAddress multicastGroup) {
    this.multicastGroup = multicastGroup;
    return this;
  }

  public VirtualRouterSettingsBuilder routes(List<Route> routes) {
    this.routes = routes;
    return this;
  }

  public VirtualRouterSettingsBuilder rules(List<RoutingRule> rules) {
    this.rules = rules;
    return this;
  }

  public VirtualRouterSettingsBuilder virtualInterfaces(List<VirtualInterface> virtualInterfaces) {
    this.virtualInterfaces = virtualInterfaces;
    return this;
  }

  /** Where adverts go and come from, if not on the interface of the instance. */
  public VirtualRouterSettingsBuilder socketInterface(String name) {
    this.socketInterface = Optional.of(name);
    return this;
  }

  public VirtualRouterSettingsBuilder syncGroup(String syncGroup) {
    this.syncGroup = Optional.of(syncGroup);
    return this;
  }

  public VirtualRouterSettingsBuilder timerExpiredBackup(boolean timerExpiredBackup) {
    this.timerExpiredBackup = timerExpiredBackup;
    return this;
  }

  public VirtualRouterSettingsBuilder dialect(Dialect dialect) {
    this.dialect = dialect;
    return this;
  }
}
