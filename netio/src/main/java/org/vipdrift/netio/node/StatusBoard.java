package org.vipdrift.netio.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/**
 * What a node does, gathered from its trace.
 *
 * <p>Counters outlive a reload, as long as the instance keeps its name.
 */
public final class StatusBoard implements Consumer<TraceEvent> {
  /**
   * Who the node is.
   *
   * @param startedAt when its trace began
   */
  public record Identity(
      String node, String version, long pid, boolean dryRun, Instant startedAt) {}

  private static final String MASTER = "MASTER";

  /** An address on an interface. */
  private record Place(String networkInterface, IpAddress address) {}

  private static final class Tally {
    private String state = "INIT";
    private String reason = "";
    private long since;
    private int priority;
    private long received;
    private long sent;
    private long becameMaster;
    private long releasedMaster;
    private long zeroReceived;
    private long zeroSent;
    private Optional<NodeStatus.Master> master = Optional.empty();
    private Optional<IpAddress> source = Optional.empty();
    private final Map<String, Long> dropped = new LinkedHashMap<>();
  }

  private final Identity identity;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final Set<Place> held = new LinkedHashSet<>();
  private final Map<String, NodeStatus.Script> scripts = new LinkedHashMap<>();
  private final Map<String, Boolean> links = new LinkedHashMap<>();
  private final Map<String, String> alarms = new LinkedHashMap<>();
  private NodeConfiguration configuration;
  private long alarmsRaised;

  public StatusBoard(Identity identity, NodeConfiguration configuration) {
    this.identity = identity;
    this.configuration = configuration;
    arrange();
  }

  /** Goes on with another configuration. */
  public synchronized void reconfigure(NodeConfiguration next) {
    configuration = next;
    arrange();
  }

  /** A split-brain began. */
  public synchronized void alarmRaised(String instance, String text) {
    alarms.put(instance, text);
    alarmsRaised++;
  }

  /** A split-brain ended. */
  public synchronized void alarmEnded(String instance) {
    alarms.remove(instance);
  }

  /** What an instance's last advert was sent from. */
  synchronized Optional<IpAddress> source(String instance) {
    return of(instance).flatMap(tally -> tally.source);
  }

  private void arrange() {
    List<String> names = configuration.instances().stream().map(i -> i.name()).toList();
    tallies.keySet().retainAll(names);
    alarms.keySet().retainAll(names);
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      Tally tally = tallies.computeIfAbsent(instance.name(), _ -> new Tally());
      if (tally.priority == 0) {
        tally.priority = instance.settings().basePriority();
      }
    }
    scripts
        .keySet()
        .retainAll(configuration.scripts().stream().map(script -> script.name()).toList());
    for (NodeConfiguration.CheckScript script : configuration.scripts()) {
      scripts.putIfAbsent(
          script.name(),
          new NodeStatus.Script(
              script.name(), Optional.empty(), Optional.empty(), Optional.empty()));
    }
  }

  @Override
  public synchronized void accept(TraceEvent event) {
    switch (event.detail()) {
      case TraceDetail.VrrpStateChanged d -> of(d.instance()).ifPresent(t -> changed(t, d, event));
      case TraceDetail.VrrpPriorityChanged d ->
          of(d.instance()).ifPresent(tally -> tally.priority = d.to());
      case TraceDetail.AdvertSent d -> of(d.instance()).ifPresent(tally -> sent(tally, d));
      case TraceDetail.AdvertReceived d ->
          of(d.instance()).ifPresent(tally -> received(tally, d, event));
      case TraceDetail.AdvertDropped d ->
          of(d.instance()).ifPresent(tally -> tally.dropped.merge(d.dropReason(), 1L, Long::sum));
      case TraceDetail.VipAdded d -> held.add(new Place(d.networkInterface(), d.vip()));
      case TraceDetail.VipRemoved d -> held.remove(new Place(d.networkInterface(), d.vip()));
      case TraceDetail.ScriptResult d -> {
        if (scripts.containsKey(d.script())) {
          scripts.put(
              d.script(),
              new NodeStatus.Script(
                  d.script(), Optional.of(d.status()), d.exit(), Optional.of(instant(event))));
        }
      }
      case TraceDetail.LinkChanged d -> links.put(d.networkInterface(), d.up());
      default -> {
        // the other kinds say nothing about the status
      }
    }
  }

  private Optional<Tally> of(String instance) {
    return Optional.ofNullable(tallies.get(instance));
  }

  private void changed(Tally tally, TraceDetail.VrrpStateChanged change, TraceEvent event) {
    if (change.to().equals(MASTER) && !tally.state.equals(MASTER)) {
      tally.becameMaster++;
      tally.master = Optional.empty();
    } else if (!change.to().equals(MASTER) && tally.state.equals(MASTER)) {
      tally.releasedMaster++;
    }
    tally.state = change.to();
    tally.reason = change.reason();
    tally.since = event.atNanos();
  }

  private static void sent(Tally tally, TraceDetail.AdvertSent advert) {
    tally.sent++;
    tally.source = Optional.of(advert.source());
    if (advert.priority() == VirtualRouterSettings.RELEASE_PRIORITY) {
      tally.zeroSent++;
    }
  }

  private void received(Tally tally, TraceDetail.AdvertReceived advert, TraceEvent event) {
    tally.received++;
    if (advert.priority() == VirtualRouterSettings.RELEASE_PRIORITY) {
      tally.zeroReceived++;
    }
    tally.master =
        Optional.of(new NodeStatus.Master(advert.source(), advert.priority(), instant(event)));
  }

  private Instant instant(TraceEvent event) {
    return instant(event.atNanos());
  }

  private Instant instant(long sinceStart) {
    return identity.startedAt.plusNanos(sinceStart);
  }

  /**
   * How things stand.
   *
   * @param droppedEvents trace events that never came here
   */
  public synchronized NodeStatus snapshot(Instant at, long droppedEvents) {
    return new NodeStatus(
        identity.node,
        identity.version,
        identity.pid,
        identity.dryRun,
        identity.startedAt,
        at,
        configuration.instances().stream().map(this::instance).toList(),
        List.copyOf(scripts.values()),
        interfaces(),
        List.copyOf(alarms.values()),
        alarmsRaised,
        droppedEvents,
        Map.of());
  }

  private List<NodeStatus.Interface> interfaces() {
    Set<String> names = new LinkedHashSet<>();
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      names.add(instance.settings().interfaceName());
      instance.tracked().stream()
          .filter(t -> t.kind() == NodeConfiguration.TrackedKind.INTERFACE)
          .forEach(t -> names.add(t.name()));
    }
    return names.stream()
        .map(name -> new NodeStatus.Interface(name, links.getOrDefault(name, true)))
        .toList();
  }

  private NodeStatus.Instance instance(NodeConfiguration.Instance instance) {
    VirtualRouterSettings settings = instance.settings();
    Tally tally = tallies.get(instance.name());
    return new NodeStatus.Instance(
        instance.name(),
        settings.interfaceName(),
        settings.vrid(),
        settings.version(),
        tally.state,
        instant(tally.since),
        tally.reason,
        tally.priority,
        settings.basePriority(),
        tally.state.equals(MASTER) ? Optional.empty() : tally.master,
        vips(settings),
        new NodeStatus.Counters(
            tally.received,
            tally.sent,
            tally.becameMaster,
            tally.releasedMaster,
            tally.zeroReceived,
            tally.zeroSent,
            tally.dropped),
        settings.garp().masterDelay().toSeconds(),
        alarms.containsKey(instance.name()));
  }

  private List<NodeStatus.Vip> vips(VirtualRouterSettings settings) {
    List<NodeStatus.Vip> vips = new ArrayList<>();
    for (VirtualAddress address : settings.installedAddresses()) {
      String place = address.interfaceName().orElse(settings.interfaceName());
      vips.add(
          new NodeStatus.Vip(
              place,
              address.address(),
              address.prefix().length(),
              settings.excludedAddresses().contains(address),
              held.contains(new Place(place, address.address()))));
    }
    return vips;
  }
}
