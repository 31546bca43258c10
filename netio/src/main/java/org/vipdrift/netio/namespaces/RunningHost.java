package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.trace.TraceDetail.HostChange;
import org.vipdrift.model.trace.TraceDetail.HostChanged;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

/** A host of the scenario on this machine: its cards, its disk, its processes. */
final class RunningHost implements AutoCloseable {
  private final Host specification;
  private final Machine machine;
  private final MachineFiles files;
  private final TraceRecorder trace;
  private final Map<String, Card> cards = new LinkedHashMap<>();
  private final Map<String, HostedProcess> processes = new LinkedHashMap<>();
  private boolean poweredOn = true;

  /** A card with its cable. */
  record Card(TapDevice device, RealTimeSegment segment, PortId port, MacAddress mac) {}

  RunningHost(Host specification, Machine machine, TraceRecorder trace) {
    this.specification = specification;
    this.machine = machine;
    this.files = new MachineFiles(machine);
    this.trace = trace;
  }

  String name() {
    return specification.name();
  }

  Host specification() {
    return specification;
  }

  Machine machine() {
    return machine;
  }

  MachineFiles files() {
    return files;
  }

  Map<String, Card> cards() {
    return cards;
  }

  List<HostedProcess> processes() {
    return List.copyOf(processes.values());
  }

  Optional<HostedProcess> process(String processName) {
    return Optional.ofNullable(processes.get(processName));
  }

  void add(HostedProcess process) {
    processes.put(process.name(), process);
  }

  /** Writes its disk, for the first time. */
  void writeFiles() throws IOException {
    for (Map.Entry<String, Host.HostFile> file : specification.files().entrySet()) {
      files.write(file.getKey(), file.getValue().text(), file.getValue().executable());
    }
    for (Map.Entry<String, Host.DeclaredScript> script : specification.scripts().entrySet()) {
      String program = script.getKey().strip().split("\\s+")[0];
      String path = program.startsWith("/") ? program : "/usr/local/bin/" + program;
      double seconds = script.getValue().takes().toNanos() / 1e9;
      files.write(
          path, "#!/bin/sh\nsleep " + seconds + "\nexit " + script.getValue().exit() + "\n", true);
    }
  }

  /** Gives its network the shape that it has before any process runs. */
  void configureNetwork() throws IOException {
    for (HostInterface card : specification.interfaces()) {
      if (card.segment().isEmpty() && !card.name().equals("lo")) {
        addWithoutCable(card.name());
      }
    }
    machine.setting("net.ipv4.ip_forward", specification.forward() ? "1" : "0");
    machine.setting("net.ipv6.conf.all.forwarding", specification.forward() ? "1" : "0");
    for (Map.Entry<String, String> setting : specification.sysctls().entrySet()) {
      machine.setting(setting.getKey(), setting.getValue());
    }
    bringUp();
    int number = 0;
    for (Host.PacketMark mark : specification.marks()) {
      Firewall.mark(machine, "mark" + number++, mark.match(), mark.mark());
    }
  }

  /** A kernel without dummies has bridges: one without ports is as lonely. */
  private void addWithoutCable(String name) throws IOException {
    Machine.Ended dummy = machine.runInNetwork("", "ip", "link", "add", name, "type", "dummy");
    if (dummy.exit() != 0) {
      machine.ip("link add " + name + " type bridge\n");
    }
  }

  private void bringUp() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (HostInterface card : specification.interfaces()) {
      Card cabled = cards.get(card.name());
      if (cabled != null) {
        lines.append("link set dev ").append(card.name()).append(" address ").append(cabled.mac);
        lines.append("\n");
      }
      lines.append("link set dev ").append(card.name()).append(" up\n");
      for (IpPrefix address : card.addresses()) {
        if (card.name().equals("lo") && address.address().toString().equals("127.0.0.1")) {
          continue;
        }
        lines.append(addressLine(address, card.name()));
      }
    }
    specification
        .gateway()
        .ifPresent(gateway -> lines.append("route replace default via ").append(gateway));
    machine.ip(lines.append("\n").toString());
  }

  static String addressLine(IpPrefix address, String card) {
    boolean ipv6 = address.address().family() == IpFamily.IPV6;
    String broadcast = ipv6 || address.length() >= 31 ? "" : " broadcast +";
    return "address replace " + address + broadcast + " dev " + card + (ipv6 ? " nodad\n" : "\n");
  }

  void setLink(String networkInterface, boolean up) throws IOException {
    machine.ip("link set dev " + networkInterface + (up ? " up\n" : " down\n"));
    if (up) {
      restoreGateway();
    }
  }

  /** Routes go with their link; a distribution's network scripts bring them back with it. */
  private void restoreGateway() throws IOException {
    if (specification.gateway().isPresent()) {
      machine.runInNetwork(
          "", "ip", "route", "replace", "default", "via", specification.gateway().get().toString());
    }
  }

  void setPlugged(SwitchThread thread, String networkInterface, boolean plugged)
      throws NativeException {
    Card card = cards.get(networkInterface);
    if (card != null) {
      thread.ask(
          () -> {
            card.segment.setPlugged(card.port, plugged);
            return card;
          });
      card.device.setCarrier(plugged);
    }
  }

  /** Power fails: nothing gets a chance to say goodbye. */
  void powerOff(SwitchThread thread, long cause) throws IOException {
    if (!poweredOn) {
      return;
    }
    poweredOn = false;
    processes.values().forEach(HostedProcess::vanish);
    for (long pid : machine.processes()) {
      Libc.kill((int) pid, Constants.SIGKILL);
    }
    trace.emit(name(), new HostChanged(HostChange.POWERED_OFF), cause);
    for (String card : cards.keySet()) {
      setPlugged(thread, card, false);
    }
    StringBuilder lines = new StringBuilder();
    for (HostInterface card : specification.interfaces()) {
      lines.append("address flush dev ").append(card.name()).append(" scope global\n");
      lines.append("link set dev ").append(card.name()).append(" down\n");
    }
    machine.ip(lines.toString());
  }

  void powerOn(SwitchThread thread, long cause) throws IOException {
    if (poweredOn) {
      return;
    }
    poweredOn = true;
    forgetProcesses();
    machine.ip("link set dev lo up\n");
    bringUp();
    for (String card : cards.keySet()) {
      setPlugged(thread, card, true);
    }
    long event = trace.emit(name(), new HostChanged(HostChange.POWERED_ON), cause);
    List<Host.ProcessSpecification> inTurn = new ArrayList<>(specification.processes());
    inTurn.sort(Comparator.comparing(Host.KeepalivedProcess.class::isInstance));
    for (Host.ProcessSpecification process : inTurn) {
      if (process.start().isPresent()) {
        Optional.ofNullable(processes.get(process.name())).ifPresent(p -> p.start(event));
      }
    }
  }

  /** A machine that starts has an empty /run; what is ours there stays. */
  private void forgetProcesses() throws IOException {
    try (Stream<Path> left = Files.list(machine.root().resolve("run"))) {
      for (Path file : left.filter(f -> f.toString().endsWith(".pid")).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  boolean isPoweredOn() {
    return poweredOn;
  }

  @Override
  public void close() {
    machine.close();
  }
}
