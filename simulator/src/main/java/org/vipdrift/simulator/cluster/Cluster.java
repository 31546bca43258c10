package org.vipdrift.simulator.cluster;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.node.NodeReading;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.FrameSink;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Pages;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.client.SimulatedClient;
import org.vipdrift.simulator.host.NodeConfigurations;
import org.vipdrift.simulator.host.SimulatedHost;
import org.vipdrift.simulator.host.Surroundings;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.NetworkInterface;
import org.vipdrift.simulator.process.VirtualRun;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;

/** A scenario's machines and segments, built and running. */
public final class Cluster implements Surroundings {
  /** 2026-01-01T00:00:00Z: what every clock shows when a run begins. */
  private static final long WALL_CLOCK_AT_START = 1_767_225_600_000_000_000L;

  private final VirtualRun run;
  private final TraceRecorder trace;
  private final SplitRandom random;
  private final NodeConfigurations configurations;
  private final Set<IpAddress> virtual = new LinkedHashSet<>();
  private final Map<String, SimulatedSegment> segments = new LinkedHashMap<>();
  private final Map<String, SimulatedHost> hosts = new LinkedHashMap<>();
  private final Map<String, SimulatedClient> clients = new LinkedHashMap<>();
  private final Map<String, HostKernel> strangers = new LinkedHashMap<>();
  private final Map<MacAddress, String> owners = new TreeMap<>();
  private int machines;

  /**
   * Builds a cluster; {@link #boot} starts it.
   *
   * @param sink told every event, in order
   */
  public Cluster(
      VirtualRun run,
      Scenario scenario,
      long seed,
      NodeConfigurations configurations,
      Consumer<TraceEvent> sink) {
    this.run = run;
    this.trace = new TraceRecorder(run.time(), sink);
    this.random = SplitRandom.ofSeed(seed);
    this.configurations = configurations;
    collectVirtualAddresses(scenario);
    for (Segment segment : scenario.segments()) {
      segments.put(
          segment.name(),
          new SimulatedSegment(segment.name(), settings(segment), run.time(), random));
    }
    for (Host host : scenario.hosts()) {
      hosts.put(host.name(), build(host));
    }
    Pages pages = Pages.of(scenario);
    for (Client client : scenario.clients()) {
      SimulatedClient built =
          SimulatedClient.create(
              client,
              segment(client.segment()),
              nextMac(),
              newClock(),
              trace.sink(client.name()),
              random,
              this,
              pages);
      clients.put(client.name(), built);
      remember(built.kernel());
    }
  }

  private SimulatedHost build(Host host) {
    TraceSink sink = trace.sink(host.name());
    SimulatedHost built =
        new SimulatedHost(run, host, newClock(), sink, random, configurations, this);
    long firstMac = nextMac().bits();
    for (Host.HostInterface card : host.interfaces()) {
      MacAddress mac = new MacAddress(firstMac + built.kernel().interfaces().size());
      if (card.segment().isEmpty()) {
        built.kernel().addVirtualInterface(card.name(), card.addresses());
      } else {
        built.plugIn(card, card.mac().orElse(mac), segment(card.segment()));
      }
    }
    remember(built.kernel());
    return built;
  }

  private static SegmentSettings settings(Segment segment) {
    SegmentSettings plain = SegmentSettings.ofLatency(segment.latency());
    return segment.igmpSnooping().map(plain::withIgmpSnooping).orElse(plain);
  }

  /** The addresses that any keepalived of the scenario may install, now or after a reload. */
  private void collectVirtualAddresses(Scenario scenario) {
    for (Host host : scenario.hosts()) {
      List<String> interfaces = host.interfaces().stream().map(Host.HostInterface::name).toList();
      for (Host.ProcessSpecification process : host.processes()) {
        if (process instanceof Host.KeepalivedProcess keepalived) {
          collect(
              configurations.read(keepalived.configurationFile(), keepalived.texts(), interfaces));
        }
      }
      for (TimelineEntry entry : scenario.timeline()) {
        if (entry instanceof TimelineEntry.Perform(_, _, _, Action.Reload reload)
            && reload.host().equals(host.name())
            && reload.configurationFile().isPresent()) {
          collect(
              configurations.read(reload.configurationFile().get(), reload.texts(), interfaces));
        }
      }
    }
  }

  private void collect(NodeReading reading) {
    if (reading instanceof NodeReading.Accepted(var configuration)) {
      configuration
          .instances()
          .forEach(i -> i.settings().installedAddresses().forEach(a -> virtual.add(a.address())));
    }
  }

  /** Tells every frame that enters a segment from now on. */
  public void capture(FrameSink frames) {
    for (SimulatedSegment segment : segments.values()) {
      segment.tap((at, _, frame) -> frames.accept(segment.name(), WALL_CLOCK_AT_START + at, frame));
    }
  }

  /** Starts every machine. */
  public void boot() {
    hosts.values().forEach(SimulatedHost::boot);
    clients.values().forEach(SimulatedClient::start);
  }

  /**
   * Plugs in a machine that the scenario does not list, and switches it on.
   *
   * @param name unique; an older machine of this name must have been removed
   */
  public HostKernel addStranger(String name, String segment, IpPrefix address) {
    HostKernel kernel = new HostKernel(name, newClock(), trace.sink(name), random, this::isVirtual);
    kernel.addInterface("eth0", nextMac(), List.of(address), segment(segment));
    strangers.put(name, kernel);
    remember(kernel);
    return kernel;
  }

  public VirtualRun run() {
    return run;
  }

  public TraceRecorder trace() {
    return trace;
  }

  public SplitRandom random() {
    return random;
  }

  @Override
  public boolean isVirtual(IpAddress address) {
    return virtual.contains(address);
  }

  /**
   * @throws IllegalArgumentException when the scenario has none of this name
   */
  public SimulatedSegment segment(String name) {
    return Optional.ofNullable(segments.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no segment " + name));
  }

  /**
   * @throws IllegalArgumentException when the scenario has none of this name
   */
  public SimulatedHost host(String name) {
    return Optional.ofNullable(hosts.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no host " + name));
  }

  @Override
  public List<SimulatedHost> hosts() {
    return List.copyOf(hosts.values());
  }

  @Override
  public Optional<HostKernel> machine(String name) {
    if (hosts.containsKey(name)) {
      return Optional.of(hosts.get(name).kernel());
    }
    return clients.containsKey(name)
        ? Optional.of(clients.get(name).kernel())
        : Optional.ofNullable(strangers.get(name));
  }

  @Override
  public Optional<String> hostOf(MacAddress mac) {
    return Optional.ofNullable(owners.get(mac));
  }

  private void remember(HostKernel kernel) {
    for (NetworkInterface each : kernel.interfaces()) {
      if (!each.isVirtual()) {
        owners.put(each.mac(), kernel.hostName());
      }
    }
  }

  private MacAddress nextMac() {
    return new MacAddress(0x02_00_00_00_00_00L | ++machines << 8);
  }

  private HostClock newClock() {
    return new HostClock(run.time(), WALL_CLOCK_AT_START);
  }
}
