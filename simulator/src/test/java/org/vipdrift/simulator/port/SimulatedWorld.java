package org.vipdrift.simulator.port;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ProbingHost;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.TestHost;
import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.simulator.host.NodeConfigurations;
import org.vipdrift.simulator.host.ScriptExecutor;
import org.vipdrift.simulator.host.Surroundings;
import org.vipdrift.simulator.kernel.EchoResult;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.LocalAddress;
import org.vipdrift.simulator.kernel.NetworkInterface;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.Listener;
import org.vipdrift.simulator.kernel.tcp.Sockets;
import org.vipdrift.simulator.kernel.tls.CpuTime;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;
import org.vipdrift.simulator.kernel.udp.DatagramHandler;
import org.vipdrift.simulator.kernel.udp.DatagramSocket;
import org.vipdrift.simulator.process.ProcessSlot;
import org.vipdrift.simulator.process.VirtualRun;
import org.vipdrift.simulator.process.VirtualSystem;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;

/** The simulated arm of the contract suites. */
final class SimulatedWorld implements TestWorld {
  private static final String INTERFACE = "eth0";
  private static final String WHO = "contract#1";

  /** No address is virtual here, and nobody knows anybody by name. */
  private static final Surroundings ALONE =
      new Surroundings() {
        @Override
        public boolean isVirtual(IpAddress address) {
          return false;
        }

        @Override
        public Optional<String> hostOf(MacAddress mac) {
          return Optional.empty();
        }

        @Override
        public Optional<HostKernel> machine(String name) {
          return Optional.empty();
        }

        @Override
        public List<org.vipdrift.simulator.host.SimulatedHost> hosts() {
          return List.of();
        }
      };

  private final VirtualSystem system = VirtualSystem.open();
  private final VirtualRun run = system.begin(1);
  private final SplitRandom random = SplitRandom.ofSeed(1);
  private final SimulatedSegment lan =
      new SimulatedSegment(
          "lan", SegmentSettings.ofLatency(Duration.ofNanos(50_000)), run.time(), random);
  private final SimulatedHost left = new SimulatedHost("left", "20.0.0.21/24", 1);
  private final SimulatedHost right = new SimulatedHost("right", "20.0.0.22/24", 2);
  private final SimulatedHost client = new SimulatedHost("client", "20.0.0.10/24", 3);
  private int actors;

  /** That of the left host. */
  ActorRef<DirectorTable.Command> directorTable() {
    return left.directorTable;
  }

  @Override
  public TestHost left() {
    return left;
  }

  @Override
  public TestHost right() {
    return right;
  }

  @Override
  public TestHost client() {
    return client;
  }

  @Override
  public void run(Duration duration) {
    run.runUntil(run.time().nowNanos() + duration.toNanos());
    run.failure()
        .ifPresent(
            cause -> {
              throw new AssertionError("the run failed", cause);
            });
  }

  @Override
  public <T> Inbox<T> inbox() {
    List<T> received = new ArrayList<>();
    Behavior<T> keeper =
        Behaviors.receiveMessage(
            message -> {
              received.add(message);
              return Behaviors.same();
            });
    ActorRef<T> ref = spawn(keeper, run.worldSlot());
    return new Inbox<>() {
      @Override
      public ActorRef<T> ref() {
        return ref;
      }

      @Override
      public List<T> received() {
        return List.copyOf(received);
      }
    };
  }

  @Override
  public void close() {
    run.close();
    system.close();
  }

  private <T> ActorRef<T> spawn(Behavior<T> behavior, ProcessSlot slot) {
    return run.spawn(behavior, "actor-" + actors++, slot);
  }

  private final class SimulatedHost implements ProbingHost {
    private final HostKernel kernel;
    private final NetworkInterface eth0;
    private final IpAddress ipv4;
    private final IpAddress ipv6;
    private final ActorRef<VrrpNetwork.Command> vrrpNetwork;
    private final ActorRef<Interfaces.Command> interfaces;
    private final ActorRef<AddressTable.Command> addressTable;
    private final ActorRef<NeighborAnnouncer.Command> neighborAnnouncer;
    private final ActorRef<PacketFilter.Command> packetFilter;
    private final ActorRef<FileWatch.Command> fileWatch;
    private final ActorRef<ProcessWatch.Command> processWatch;
    private final ActorRef<ScriptRunner.Command> scriptRunner;
    private final ActorRef<Prober.Command> prober;
    private final ActorRef<DirectorTable.Command> directorTable;
    private final ActorRef<RouteTable.Command> routeTable;
    private final ActorRef<VirtualInterfaces.Command> virtualInterfaces;

    SimulatedHost(String name, String address, int number) {
      HostClock clock = new HostClock(run.time(), 0);
      Host.HostInterface card =
          new Host.HostInterface(
              INTERFACE, "lan", List.of(IpPrefix.parse(address).orElseThrow()), Optional.empty());
      Host plain =
          new Host(
              name,
              List.of(card),
              Optional.empty(),
              List.of(),
              new TreeMap<>(),
              new TreeMap<>(),
              false);
      var machine =
          new org.vipdrift.simulator.host.SimulatedHost(
              run, plain, clock, (_, cause) -> cause, random, new NodeConfigurations(), ALONE);
      machine.plugIn(card, new MacAddress(0x5254_0000_0000L + number), lan);
      kernel = machine.kernel();
      eth0 = kernel.networkInterface(INTERFACE).orElseThrow();
      machine.boot();
      ipv4 = address(IpFamily.IPV4);
      ipv6 = address(IpFamily.IPV6);
      kernel.openOwner(WHO);
      ProcessSlot slot = run.slot(ProcessSlot.Kind.KERNEL, name, clock);
      vrrpNetwork = spawn(SimulatedVrrpNetwork.create(kernel), slot);
      interfaces = spawn(SimulatedInterfaces.create(kernel), slot);
      addressTable = spawn(SimulatedAddressTable.create(kernel), slot);
      neighborAnnouncer = spawn(SimulatedNeighborAnnouncer.create(kernel), slot);
      packetFilter = spawn(SimulatedPacketFilter.create(kernel), slot);
      fileWatch = spawn(SimulatedFileWatch.create(kernel), slot);
      processWatch = spawn(SimulatedProcessWatch.create(kernel), slot);
      prober = spawn(SimulatedProber.create(kernel), slot);
      directorTable = spawn(SimulatedDirectorTable.create(kernel), slot);
      routeTable = spawn(SimulatedRouteTable.create(kernel), slot);
      virtualInterfaces = spawn(SimulatedVirtualInterfaces.create(kernel), slot);
      scriptRunner = spawn(ScriptExecutor.port(machine.scripts()), slot);
    }

    @Override
    public String networkInterface() {
      return INTERFACE;
    }

    @Override
    public MacAddress mac() {
      return eth0.mac();
    }

    @Override
    public IpAddress ipv4() {
      return ipv4;
    }

    @Override
    public IpAddress ipv6() {
      return ipv6;
    }

    private IpAddress address(IpFamily family) {
      return eth0.addresses().stream()
          .map(LocalAddress::prefix)
          .map(IpPrefix::address)
          .filter(candidate -> candidate.family() == family)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String who() {
      return WHO;
    }

    @Override
    public void killProcess() {
      kernel.closeOwner(WHO);
    }

    @Override
    public ActorRef<VrrpNetwork.Command> vrrpNetwork() {
      return vrrpNetwork;
    }

    @Override
    public ActorRef<Interfaces.Command> interfaces() {
      return interfaces;
    }

    @Override
    public ActorRef<AddressTable.Command> addressTable() {
      return addressTable;
    }

    @Override
    public ActorRef<NeighborAnnouncer.Command> neighborAnnouncer() {
      return neighborAnnouncer;
    }

    @Override
    public ActorRef<PacketFilter.Command> packetFilter() {
      return packetFilter;
    }

    @Override
    public ActorRef<FileWatch.Command> fileWatch() {
      return fileWatch;
    }

    @Override
    public ActorRef<ProcessWatch.Command> processWatch() {
      return processWatch;
    }

    @Override
    public ActorRef<ScriptRunner.Command> scriptRunner() {
      return scriptRunner;
    }

    @Override
    public ActorRef<RouteTable.Command> routeTable() {
      return routeTable;
    }

    @Override
    public ActorRef<VirtualInterfaces.Command> virtualInterfaces() {
      return virtualInterfaces;
    }

    @Override
    public ActorRef<Prober.Command> prober() {
      return prober;
    }

    @Override
    public Runnable echoTcp(int port, String greeting) {
      Octets hello = Octets.copyOf(greeting.getBytes(StandardCharsets.US_ASCII));
      Listener listener =
          kernel
              .sockets()
              .listen(
                  WHO,
                  Optional.empty(),
                  port,
                  Sockets.DEFAULT_BACKLOG,
                  (connection, cause) -> {
                    connection.send(hello, cause);
                    return new Echo(connection);
                  })
              .orElseThrow();
      return listener::close;
    }

    @Override
    public Runnable echoTls(int port, String certificateName) {
      Listener listener =
          kernel
              .sockets()
              .listen(
                  WHO,
                  Optional.empty(),
                  port,
                  Sockets.DEFAULT_BACKLOG,
                  (connection, _) -> {
                    Echo echo = new Echo(connection);
                    TlsConnection tls =
                        TlsConnection.accept(
                            connection, _ -> List.of(certificateName), CpuTime.NONE, echo);
                    echo.connection = tls;
                    return tls;
                  })
              .orElseThrow();
      return listener::close;
    }

    @Override
    public Runnable echoUdp(int port) {
      DatagramSocket[] socket = new DatagramSocket[1];
      socket[0] =
          kernel
              .datagrams()
              .open(
                  WHO,
                  Optional.empty(),
                  port,
                  new DatagramHandler() {
                    @Override
                    public void received(IpAddress source, int from, Octets data, long cause) {
                      socket[0].send(source, from, data, cause);
                    }

                    @Override
                    public void unreachable(
                        IpAddress destination, int to, boolean nobodyListens, long cause) {}
                  })
              .orElseThrow();
      return socket[0]::close;
    }

    @Override
    public void setLink(boolean up) {
      kernel.setLink(INTERFACE, up, 0);
    }

    @Override
    public Optional<MacAddress> neighbor(IpAddress address) {
      return eth0.neighborMac(address);
    }

    @Override
    public boolean reaches(IpAddress address) {
      List<EchoResult> results = new ArrayList<>();
      kernel.ping(
          Optional.empty(), address, Duration.ofMillis(500), (result, _) -> results.add(result), 0);
      SimulatedWorld.this.run(Duration.ofMillis(600));
      return results.getFirst() instanceof EchoResult.Answered;
    }

    @Override
    public void writeFile(String path, String text) {
      kernel.files().write(path, text, 0);
    }

    @Override
    public void removeFile(String path) {
      kernel.files().remove(path, 0);
    }

    @Override
    public Runnable startProcess(String name, List<String> arguments) {
      int pid = kernel.processes().start(name, arguments, List.of(), 0);
      return () -> kernel.processes().exit(pid, 0);
    }
  }

  private static final class Echo implements TlsHandler {
    Connection connection;

    Echo(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void handshakeFailed(String problem, long cause) {}

    @Override
    public void connected(long cause) {}

    @Override
    public void received(Octets data, long cause) {
      connection.send(data, cause);
    }

    @Override
    public void finished(long cause) {
      connection.close(cause);
    }

    @Override
    public void failed(Failure failure, long cause) {}
  }
}
