package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.FrameSink;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.LinkFaults;
import org.vipdrift.model.scenario.Pages;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.link.LinkMonitor;
import org.vipdrift.netio.link.LinkWatch;

/** One run of a scenario on this machine; closing it leaves nothing behind. */
final class NamespacesRun implements RealActions.Cluster, AutoCloseable {
  private static final long PROGRESS_STEP_NANOS = 500_000_000L;

  private final Scenario scenario;
  private final SplitRandom random;
  private final Virtual virtual;
  private final Map<String, RunningHost> hosts = new LinkedHashMap<>();
  private final Map<String, Machine> others = new LinkedHashMap<>();
  private final Map<String, RealTimeSegment> segments = new LinkedHashMap<>();
  private final Map<String, FrameObserver> observers = new LinkedHashMap<>();
  private final Map<String, Map<String, List<PortId>>> ports = new LinkedHashMap<>();
  private final Map<MacAddress, String> owners = new TreeMap<>();
  private final List<TapDevice> taps = new ArrayList<>();
  private final List<AutoCloseable> users = new ArrayList<>();
  private final List<Runnable> starts = new ArrayList<>();
  private final LinkMonitor monitor;
  private final SwitchThread thread;
  private final World world;
  private final World clients;
  private final Origin origin;
  private final TraceRecorder trace;
  private final Strangers strangers;
  private final Daemons daemons;
  private int machines;

  NamespacesRun(
      Scenario scenario,
      long seed,
      Function<String, Optional<NodeProgram>> nodes,
      Consumer<TraceEvent> sink,
      Optional<FrameSink> frames)
      throws IOException {
    this.scenario = scenario;
    this.random = SplitRandom.ofSeed(seed);
    this.virtual = Virtual.of(scenario);
    Map<String, Machine> machinesMade = new LinkedHashMap<>();
    try {
      for (Client client : scenario.clients()) {
        machinesMade.put(client.name(), Machine.client(client.name()));
      }
      for (Host host : scenario.hosts()) {
        List<Path> visible = nodes.apply(host.name()).map(NodeProgram::folders).orElse(List.of());
        machinesMade.put(host.name(), Machine.host(host.name(), visible));
      }
    } catch (IOException e) {
      machinesMade.values().forEach(Machine::close);
      throw e;
    }
    long start = System.nanoTime();
    this.origin = new Origin(start);
    this.trace = new TraceRecorder(origin, sink);
    this.world = new World("world-" + scenario.name(), origin);
    this.clients = new World("clients-" + scenario.name(), origin);
    this.thread = SwitchThread.start("switch-" + scenario.name(), start);
    this.monitor = LinkMonitor.start("links-" + scenario.name());
    this.daemons = new Daemons(scenario, nodes, world, trace);
    this.strangers = new Strangers(this::plugInStranger, thread, trace, virtual);
    try {
      for (Segment segment : scenario.segments()) {
        build(segment, frames, start, wallClock(start));
      }
      for (Host host : scenario.hosts()) {
        RunningHost running = new RunningHost(host, machinesMade.remove(host.name()), trace);
        hosts.put(host.name(), running);
        build(running);
      }
      Pages pages = Pages.of(scenario);
      for (Client client : scenario.clients()) {
        Machine machine = machinesMade.remove(client.name());
        others.put(client.name(), machine);
        build(client, machine, pages);
      }
    } catch (IOException | RuntimeException e) {
      machinesMade.values().forEach(Machine::close);
      close();
      throw e;
    }
  }

  private static long wallClock(long startNanos) {
    Instant now = Instant.now();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return nanos + startNanos - System.nanoTime();
  }

  private void build(
      Segment segment, Optional<FrameSink> frames, long threadStart, long wallClockAtStart) {
    SegmentSettings plain = SegmentSettings.ofLatency(segment.latency());
    RealTimeSegment built =
        new RealTimeSegment(
            segment.name(),
            segment.igmpSnooping().map(plain::withIgmpSnooping).orElse(plain),
            thread,
            random);
    FrameObserver observer =
        new FrameObserver(
            segment.name(),
            trace,
            virtual,
            daemons::lastChange,
            frames,
            threadStart,
            wallClockAtStart);
    segments.put(segment.name(), built);
    observers.put(segment.name(), observer);
    thread.execute(() -> built.observe(observer));
  }

  private long nextMac() {
    return 0x02_00_00_00_00_00L | (long) ++machines << 8;
  }

  private void build(RunningHost host) throws IOException {
    host.machine().setting("net.ipv6.conf.default.accept_dad", "0");
    long firstMac = nextMac();
    int number = 0;
    for (Host.HostInterface card : host.specification().interfaces()) {
      MacAddress mac = card.mac().orElse(new MacAddress(firstMac + number++));
      if (!card.segment().isEmpty()) {
        RunningHost.Card plugged =
            plugIn(
                host.machine(), card.name(), card.segment(), mac, host.name() + ":" + card.name());
        host.cards().put(card.name(), plugged);
        observers
            .get(card.segment())
            .know(plugged.port(), new FrameObserver.Card(host.name(), card.name(), false));
      }
    }
    AddressObserver addresses =
        new AddressObserver(host.name(), trace, virtual, daemons::lastChange);
    LinkWatch watch =
        host.machine()
            .network()
            .call(() -> monitor.open(EnumSet.of(LinkWatch.Group.LINKS, LinkWatch.Group.ADDRESSES)));
    host.writeFiles();
    host.files().write("/etc/hosts", hostsFile(), false);
    host.configureNetwork();
    watch.begin(addresses);
    users.add(ServiceRequests.begin(host, world));
    for (Host.ProcessSpecification process : host.specification().processes()) {
      daemons.add(host, process);
    }
  }

  private String hostsFile() {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
    for (Host host : scenario.hosts()) {
      host.interfaces().stream()
          .flatMap(card -> card.addresses().stream())
          .map(IpPrefix::address)
          .filter(address -> !address.isLinkLocal())
          .findFirst()
          .ifPresent(a -> text.append(a).append(' ').append(host.name()).append('\n'));
    }
    for (Client client : scenario.clients()) {
      text.append(client.address().address()).append(' ').append(client.name()).append('\n');
    }
    return text.toString();
  }

  private RunningHost.Card plugIn(
      Machine machine, String card, String segmentName, MacAddress mac, String portName)
      throws IOException {
    TapDevice device = TapDevice.open(machine.network(), card);
    taps.add(device);
    RealTimeSegment segment = segment(segmentName);
    PortId port =
        thread.ask(
            () -> {
              PortId attached = segment.attach(portName, device::write);
              thread.read(device, frame -> segment.forward(attached, frame));
              return attached;
            });
    synchronized (owners) {
      owners.put(mac, machine.name());
    }
    ports
        .computeIfAbsent(segmentName, _ -> new LinkedHashMap<>())
        .computeIfAbsent(machine.name(), _ -> new ArrayList<>())
        .add(port);
    return new RunningHost.Card(device, segment, port, mac);
  }

  private RunningHost.Card plugInStranger(String name, String segment, IpPrefix address)
      throws IOException {
    Machine machine = Machine.client(name);
    others.put(name + "#" + machines, machine);
    MacAddress mac = new MacAddress(nextMac());
    RunningHost.Card card = plugIn(machine, "eth0", segment, mac, name + "#" + machines + ":eth0");
    machine.ip(
        "link set dev eth0 address "
            + mac
            + "\nlink set dev eth0 up\n"
            + RunningHost.addressLine(address, "eth0"));
    return card;
  }

  private void build(Client client, Machine machine, Pages pages) throws IOException {
    MacAddress mac = new MacAddress(nextMac());
    machine.setting("net.ipv6.conf.default.accept_dad", "0");
    RunningHost.Card card = plugIn(machine, "eth0", client.segment(), mac, client.name() + ":eth0");
    observers
        .get(client.segment())
        .know(card.port(), new FrameObserver.Card(client.name(), "eth0", true));
    StringBuilder lines = new StringBuilder();
    lines.append("link set dev eth0 address ").append(mac).append("\nlink set dev eth0 up\n");
    for (int user = 0; user < client.count(); user++) {
      lines.append(
          RunningHost.addressLine(
              new IpPrefix(client.addressOf(user), client.address().length()), "eth0"));
    }
    client.gateway().ifPresent(g -> lines.append("route add default via ").append(g).append("\n"));
    machine.ip(lines.toString());
    switch (client.activity()) {
      case Client.Pings pings -> {
        PingUser user = new PingUser(client, pings, machine, trace, this::holder, clients);
        users.add(user::close);
        starts.add(user::start);
      }
      case Client.Fetches fetches -> {
        HttpUsers fetching =
            new HttpUsers(client, fetches, machine, trace, this::holder, pages, random, clients);
        users.add(fetching);
        starts.add(fetching::start);
      }
    }
  }

  /** The machine whose card a client's packets for an address went to last. */
  private Optional<String> holder(String client, IpAddress target) {
    Client asking =
        scenario.clients().stream().filter(c -> c.name().equals(client)).findFirst().orElseThrow();
    Optional<MacAddress> mac = observers.get(asking.segment()).nextHop(client, target);
    if (mac.isEmpty()) {
      return Optional.empty();
    }
    synchronized (owners) {
      return Optional.ofNullable(owners.get(mac.get()));
    }
  }

  /** Runs it to its end, or to where it fails. */
  void run(LongConsumer progress) throws InterruptedException {
    origin.set(System.nanoTime() + Daemons.SERVERS_FIRST_NANOS);
    daemons.start();
    starts.forEach(Runnable::run);
    new RealActions(this, world, trace).schedule(scenario.timeline());
    long end = scenario.until().toNanos();
    for (long at = 0; at < end; ) {
      at = Math.min(end, at + PROGRESS_STEP_NANOS);
      trace.tellUntil(at);
      @Nullable Throwable failure = world.failure() == null ? clients.failure() : world.failure();
      if (failure != null) {
        throw new IllegalStateException("the run of " + scenario.name() + " failed", failure);
      }
      progress.accept(at);
    }
    trace.close();
    trace.tellUntil(0);
  }

  @Override
  public RunningHost host(String name) {
    return Optional.ofNullable(hosts.get(name)).orElseThrow();
  }

  @Override
  public Machine machine(String name) {
    return hosts.containsKey(name) ? hosts.get(name).machine() : others.get(name);
  }

  @Override
  public RealTimeSegment segment(String name) {
    return Optional.ofNullable(segments.get(name)).orElseThrow();
  }

  @Override
  public SwitchThread thread() {
    return thread;
  }

  @Override
  public LinkFaults.Ports ports() {
    return (segment, machine) ->
        List.copyOf(
            ports.getOrDefault(segment, new LinkedHashMap<>()).getOrDefault(machine, List.of()));
  }

  @Override
  public Optional<ScriptFile> script(String host, String script) {
    return daemons.script(host, script);
  }

  @Override
  public Strangers strangers() {
    return strangers;
  }

  @Override
  public Optional<DeclaredServer> server(String host, String process) {
    return daemons.server(host, process);
  }

  @Override
  public void close() {
    trace.close();
    clients.close();
    for (AutoCloseable user : users) {
      try {
        user.close();
      } catch (Exception e) {
        // It is on its way out in any case: its machine goes next.
      }
    }
    hosts.values().forEach(RunningHost::close);
    others.values().forEach(Machine::close);
    daemons.close();
    monitor.close();
    thread.close();
    taps.forEach(TapDevice::close);
    world.close();
  }
}
