package org.vipdrift.netio.port;

import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.TestHost;
import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.Link;
import org.vipdrift.netio.link.LinkMonitor;
import org.vipdrift.netio.link.LinkWatch;
import org.vipdrift.netio.link.RouteSocket;
import org.vipdrift.netio.link.VirtualLinks;
import org.vipdrift.netio.time.NodeSystem;

/**
 * The Linux arm of the contract suites that need a network: three namespaces on one bridge, which
 * lies in a fourth.
 */
final class NamespacesWorld implements TestWorld {
  private static final String WHO = "contract#1";
  private static final String INTERFACE = "eth0";

  /** What came into the trace of a host. */
  record Traced(long id, TraceDetail detail, long cause) {}

  private final NodeSystem<Void> system;
  private final LinkMonitor monitor;
  private final ScratchNamespace hub;
  private final List<Host> hosts = new ArrayList<>();
  private int actors;

  NamespacesWorld() {
    hub = ScratchNamespace.open();
    hub.ip("link add hub type bridge mcast_snooping 0");
    hub.ip("link set hub up");
    system = NodeSystem.open("contract", Behaviors.empty());
    try {
      monitor = LinkMonitor.start("contract-links");
    } catch (NativeException e) {
      throw new IllegalStateException(e);
    }
    for (int number = 1; number <= 3; number++) {
      hosts.add(new Host(number));
    }
  }

  @Override
  public Host left() {
    return hosts.get(0);
  }

  @Override
  public Host right() {
    return hosts.get(1);
  }

  @Override
  public Host client() {
    return hosts.get(2);
  }

  @Override
  public void run(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public <T> Inbox<T> inbox() {
    List<T> received = new CopyOnWriteArrayList<>();
    ActorRef<T> ref =
        spawn(
            Behaviors.receiveMessage(
                message -> {
                  received.add(message);
                  return Behaviors.same();
                }));
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

  private <T> ActorRef<T> spawn(Behavior<T> behavior) {
    return system.actors().systemActorOf(behavior, "actor-" + actors++, Props.empty());
  }

  @Override
  public void close() {
    system.close();
    monitor.close();
    hosts.forEach(Host::close);
    hub.close();
  }

  /** A host in a namespace; the ports that need no network are elsewhere. */
  final class Host implements TestHost {
    private final ScratchNamespace scratch;
    private final RouteSocket requests;
    private final VirtualLinks virtualLinks;
    private final IpAddress ipv4;
    private final IpAddress ipv6;
    private final MacAddress mac;
    private final List<Traced> trace = new CopyOnWriteArrayList<>();
    private final AtomicLong events = new AtomicLong();
    private final List<ActorRef<?>> ports = new ArrayList<>();
    private final ActorRef<Interfaces.Command> interfaces;
    private final ActorRef<AddressTable.Command> addressTable;
    private final ActorRef<RouteTable.Command> routeTable;
    private final ActorRef<VirtualInterfaces.Command> virtualInterfaces;

    Host(int number) {
      scratch = ScratchNamespace.open();
      scratch.run(List.of("sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad"));
      scratch.connect(INTERFACE, hub, "port" + number);
      hub.ip("link set port" + number + " master hub");
      scratch.ip("addr add 20.0.0." + (1 + number) + "/24 dev " + INTERFACE);
      ipv4 = IpAddress.of("20.0.0." + (1 + number));
      requests = scratch.call(RouteSocket::open);
      virtualLinks = scratch.call(VirtualLinks::open);
      Link link = scratch.call(() -> requests.link(INTERFACE).orElseThrow());
      mac = link.mac();
      ipv6 =
          scratch
              .call(
                  () ->
                      requests.addresses().stream()
                          .filter(a -> a.interfaceIndex() == link.index())
                          .map(a -> a.address())
                          .filter(IpAddress.V6.class::isInstance)
                          .findFirst())
              .orElseThrow();
      OwnChanges changes = new OwnChanges();
      TraceSink sink =
          (detail, cause) -> {
            long id = events.incrementAndGet();
            trace.add(new Traced(id, detail, cause));
            return id;
          };
      LinkWatch watch =
          scratch.call(
              () -> monitor.open(EnumSet.of(LinkWatch.Group.LINKS, LinkWatch.Group.ADDRESSES)));
      interfaces = port(LinuxInterfaces.create(watch, changes, sink, this::isVirtual));
      addressTable =
          port(
              LinuxAddressTable.create(
                  requests, changes, sink, this::isVirtual, DuplicateProbe.NONE));
      routeTable = port(LinuxRouteTable.create(requests, sink));
      virtualInterfaces = port(LinuxVirtualInterfaces.create(virtualLinks));
    }

    private boolean isVirtual(IpAddress address) {
      return address.toString().startsWith("20.0.0.1");
    }

    private <T> ActorRef<T> port(Behavior<T> behavior) {
      ActorRef<T> port = spawn(behavior);
      ports.add(port);
      return port;
    }

    private void close() {
      requests.close();
      virtualLinks.close();
      scratch.close();
    }

    ScratchNamespace scratch() {
      return scratch;
    }

    /** What its ports have traced. */
    List<Traced> trace() {
      return List.copyOf(trace);
    }

    @Override
    public String networkInterface() {
      return INTERFACE;
    }

    @Override
    public MacAddress mac() {
      return mac;
    }

    @Override
    public IpAddress ipv4() {
      return ipv4;
    }

    @Override
    public IpAddress ipv6() {
      return ipv6;
    }

    @Override
    public String who() {
      return WHO;
    }

    /** The program dies, and its ports with it. */
    @Override
    public void killProcess() {
      ports.forEach(port -> Adapter.toClassic(system.actors()).stop(Adapter.toClassic(port)));
      run(Duration.ofMillis(50));
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
    public ActorRef<RouteTable.Command> routeTable() {
      return routeTable;
    }

    @Override
    public ActorRef<VirtualInterfaces.Command> virtualInterfaces() {
      return virtualInterfaces;
    }

    @Override
    public void setLink(boolean up) {
      scratch.ip("link set " + INTERFACE + (up ? " up" : " down"));
    }

    @Override
    public Optional<MacAddress> neighbor(IpAddress address) {
      String[] words = scratch.ip("neigh show " + address + " dev " + INTERFACE).split("\\s+");
      int lladdr = List.of(words).indexOf("lladdr");
      return lladdr < 0 ? Optional.empty() : MacAddress.parse(words[lladdr + 1]);
    }

    @Override
    public boolean reaches(IpAddress address) {
      return scratch.call(
          () -> {
            try {
              return InetAddress.getByName(address.toString()).isReachable(800);
            } catch (SocketException _) {
              // No route: also a way of not reaching it.
              return false;
            }
          });
    }

    @Override
    public ActorRef<VrrpNetwork.Command> vrrpNetwork() {
      throw elsewhere();
    }

    @Override
    public ActorRef<NeighborAnnouncer.Command> neighborAnnouncer() {
      throw elsewhere();
    }

    @Override
    public ActorRef<PacketFilter.Command> packetFilter() {
      throw elsewhere();
    }

    @Override
    public ActorRef<FileWatch.Command> fileWatch() {
      throw elsewhere();
    }

    @Override
    public ActorRef<ProcessWatch.Command> processWatch() {
      throw elsewhere();
    }

    @Override
    public ActorRef<ScriptRunner.Command> scriptRunner() {
      throw elsewhere();
    }

    @Override
    public void writeFile(String path, String text) {
      throw elsewhere();
    }

    @Override
    public void removeFile(String path) {
      throw elsewhere();
    }

    @Override
    public Runnable startProcess(String name, List<String> arguments) {
      throw elsewhere();
    }

    private static UnsupportedOperationException elsewhere() {
      return new UnsupportedOperationException("this port has its contract kept in another world");
    }
  }
}
