package org.vipdrift.simulator.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.trace.TraceDetail.HostChange;
import org.vipdrift.model.trace.TraceDetail.HostChanged;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.process.ProcessSlot;
import org.vipdrift.simulator.process.VirtualRun;
import org.vipdrift.simulator.proxy.ProxyRegistry;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;

/** A machine of the cluster: its clock, kernel, disk, and the programs it runs. */
public final class SimulatedHost {
  /** In whose name addresses are changed by hand and by scripts. */
  public static final String OPERATOR = "operator";

  private final VirtualRun run;
  private final Surroundings surroundings;
  private final Host specification;
  private final HostClock clock;
  private final TraceSink trace;
  private final HostKernel kernel;
  private final ProcessSlot kernelSlot;
  private final ScriptExecutor scripts;
  private final HostPorts ports;
  private final ProxyRegistry proxies = new ProxyRegistry();
  private final NodeConfigurations configurations;
  private final Map<String, Daemon> daemons = new LinkedHashMap<>();
  private final List<ProcessSlot> processSlots = new ArrayList<>();
  private int watches;
  private boolean paused;

  /**
   * A machine that is off and has no network card yet.
   *
   * @param random of the run; the machine takes the streams of its own name
   */
  public SimulatedHost(
      VirtualRun run,
      Host specification,
      HostClock clock,
      TraceSink trace,
      SplitRandom random,
      NodeConfigurations configurations,
      Surroundings surroundings) {
    this.run = run;
    this.surroundings = surroundings;
    this.specification = specification;
    this.clock = clock;
    this.trace = trace;
    this.configurations = configurations;
    this.kernel =
        new HostKernel(specification.name(), clock, trace, random, surroundings::isVirtual);
    this.kernelSlot = run.slot(ProcessSlot.Kind.KERNEL, specification.name() + ":kernel", clock);
    specification.gateway().ifPresent(kernel::setGateway);
    kernel.setForwarding(specification.forward());
    kernel.setSysctls(specification.sysctls());
    specification.marks().forEach(m -> kernel.markPackets(m.match(), m.mark()));
    specification.files().forEach((path, file) -> kernel.files().write(path, file, 0));
    this.scripts = new ScriptExecutor(surroundings, this, specification.scripts());
    this.ports = HostPorts.spawn(run, kernelSlot, kernel, scripts, proxies);
    SplitRandom startUp = random.split("start-up").split(specification.name());
    for (Host.ProcessSpecification process : specification.processes()) {
      SplitRandom own = startUp.split(process.name());
      daemons.put(
          process.name(),
          switch (process) {
            case Host.KeepalivedProcess keepalived -> new KeepalivedDaemon(this, keepalived, own);
            case Host.HaproxyProcess haproxy -> new HaproxyDaemon(this, haproxy, own);
            case Host.NginxProcess nginx -> new NginxDaemon(this, nginx, own);
            case Host.ServerProcess server -> new ServerDaemon(this, server, own);
          });
    }
  }

  /** Puts a network card in and its cable into a segment. */
  public void plugIn(Host.HostInterface card, MacAddress mac, SimulatedSegment segment) {
    kernel.addInterface(card.name(), mac, card.addresses(), segment);
  }

  /** Boots it at the start of a run: the programs that have a start time get there. */
  public void boot() {
    kernel.powerOn(0);
    kernel.openOwner(OPERATOR);
    for (Host.ProcessSpecification process : specification.processes()) {
      Daemon daemon = daemons.get(process.name());
      process
          .start()
          .ifPresent(
              at -> {
                if (at.isZero()) {
                  daemon.start(0);
                } else {
                  clock.schedule(
                      clock.monotonicNanos() + at.toNanos(), () -> daemon.start(0), this);
                }
              });
    }
  }

  /** Cuts the power. */
  public void powerOff(long cause) {
    if (kernel.isPoweredOn()) {
      long event = trace.emit(new HostChanged(HostChange.POWERED_OFF), cause);
      if (paused) {
        resumeClocks();
      }
      daemons.values().forEach(Daemon::losePower);
      scripts.losePower();
      clock.cancelAll(this);
      kernel.powerOff(event);
    }
  }

  /** Boots it; every program that is not started by the timeline alone starts. */
  public void powerOn(long cause) {
    if (!kernel.isPoweredOn()) {
      long event = trace.emit(new HostChanged(HostChange.POWERED_ON), cause);
      kernel.powerOn(event);
      kernel.openOwner(OPERATOR);
      for (Host.ProcessSpecification process : specification.processes()) {
        if (process.start().isPresent()) {
          daemons.get(process.name()).start(event);
        }
      }
    }
  }

  /** The hypervisor stops the whole machine. */
  public void pause(long cause) {
    if (!paused && kernel.isPoweredOn()) {
      paused = true;
      trace.emit(new HostChanged(HostChange.PAUSED), cause);
      clock.pause();
      kernelSlot.pause();
      processSlots.forEach(ProcessSlot::pause);
    }
  }

  /** And lets it go on, as if no time had passed. */
  public void resume(long cause) {
    if (paused) {
      trace.emit(new HostChanged(HostChange.RESUMED), cause);
      resumeClocks();
    }
  }

  private void resumeClocks() {
    paused = false;
    clock.resume();
    kernelSlot.resume();
    processSlots.forEach(ProcessSlot::resume);
  }

  public String name() {
    return specification.name();
  }

  public Optional<IpAddress> gateway() {
    return specification.gateway();
  }

  public HostKernel kernel() {
    return kernel;
  }

  public HostClock clock() {
    return clock;
  }

  public TraceSink trace() {
    return trace;
  }

  public ScriptExecutor scripts() {
    return scripts;
  }

  /** In the scenario's order. */
  public List<Daemon> daemons() {
    return List.copyOf(daemons.values());
  }

  public Optional<Daemon> daemon(String processName) {
    return Optional.ofNullable(daemons.get(processName));
  }

  /** {@code net.ipv4.ip_nonlocal_bind}. */
  boolean bindsForeignAddresses() {
    return "1".equals(specification.sysctls().get("net.ipv4.ip_nonlocal_bind"));
  }

  ProxyRegistry proxies() {
    return proxies;
  }

  /** Names are those of the scenario's machines, as if in {@code /etc/hosts}. */
  Optional<IpAddress> resolve(String machine) {
    if (machine.equals("localhost")) {
      return Optional.of(IpAddress.v4(127, 0, 0, 1));
    }
    Optional<SimulatedHost> host =
        surroundings.hosts().stream().filter(h -> h.name().equals(machine)).findFirst();
    return host.isPresent()
        ? host.get().specification.interfaces().stream()
            .flatMap(card -> card.addresses().stream())
            .map(IpPrefix::address)
            .filter(address -> !address.isLinkLocal())
            .findFirst()
        : surroundings.machine(machine).stream()
            .flatMap(kernel -> kernel.interfaces().stream())
            .flatMap(card -> card.addresses().stream())
            .map(address -> address.prefix().address())
            .filter(address -> !surroundings.isVirtual(address) && !address.isLinkLocal())
            .findFirst();
  }

  HostPorts ports() {
    return ports;
  }

  NodeConfigurations configurations() {
    return configurations;
  }

  List<String> interfaceNames() {
    return specification.interfaces().stream().map(Host.HostInterface::name).toList();
  }

  ProcessSlot newSlot(String slotName) {
    ProcessSlot slot = run.slot(ProcessSlot.Kind.PROCESS, slotName, clock);
    processSlots.removeIf(s -> !s.isOpen());
    processSlots.add(slot);
    return slot;
  }

  <T> ActorRef<T> spawn(Behavior<T> behavior, String actorName, ProcessSlot slot) {
    return run.spawn(behavior, actorName, slot);
  }

  void watch(ActorRef<?> process, Runnable exited) {
    run.spawn(
        ExitWatcher.create(process, exited),
        specification.name() + "-exit-watcher-" + ++watches,
        kernelSlot);
  }
}
