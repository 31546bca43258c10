package org.vipdrift.netio.port;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.link.NetworkNamespace;
import org.vipdrift.netio.link.PacketCounters;
import org.vipdrift.netio.time.NodeSystem;

/**
 * Three hosts on a bridge, each a network namespace: the Linux arm of the suites with a network.
 */
final class SegmentWorld implements TestWorld {
  static final String INTERFACE = "eth0";
  private static final String WHO = "contract#1";

  private final ScratchNamespace bridge = ScratchNamespace.open();
  private final NodeSystem<Void> system = NodeSystem.open("contract", Behaviors.empty());
  private final NamespaceHost left;
  private final NamespaceHost right;
  private final NamespaceHost client;
  private int actors;

  SegmentWorld() {
    bridge.ip("link add lan type bridge mcast_snooping 0");
    bridge.ip("link set lan up");
    left = new NamespaceHost("left", "20.0.0.21/24", 1);
    right = new NamespaceHost("right", "20.0.0.22/24", 2);
    client = new NamespaceHost("client", "20.0.0.10/24", 3);
  }

  @Override
  public NamespaceHost left() {
    return left;
  }

  @Override
  public NamespaceHost right() {
    return right;
  }

  @Override
  public NamespaceHost client() {
    return client;
  }

  @Override
  public void run(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
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

  <T> ActorRef<T> spawn(Behavior<T> behavior) {
    return system.actors().systemActorOf(behavior, "actor-" + actors++, Props.empty());
  }

  private void stop(ActorRef<?> port) {
    Adapter.toClassic(system.actors()).stop(Adapter.toClassic(port));
  }

  @Override
  public void close() {
    system.close();
    left.namespace.close();
    right.namespace.close();
    client.namespace.close();
    bridge.close();
  }

  /** One namespace. */
  final class NamespaceHost implements TestHost {
    private final ScratchNamespace namespace = ScratchNamespace.open();
    private final PacketCounters counters = new PacketCounters();
    private final List<ActorRef<?>> ports = new ArrayList<>();
    private final IpAddress ipv4;
    private final MacAddress mac;
    private Optional<ActorRef<VrrpNetwork.Command>> vrrpNetwork = Optional.empty();
    private Optional<ActorRef<NeighborAnnouncer.Command>> announcer = Optional.empty();
    private Optional<ActorRef<PacketFilter.Command>> packetFilter = Optional.empty();
    private Optional<ActorRef<AddressTable.Command>> addressTable = Optional.empty();
    private boolean killed;

    NamespaceHost(String name, String address, int number) {
      ipv4 = IpAddress.of(address.substring(0, address.indexOf('/')));
      mac = MacAddress.parse("52:54:00:00:00:0" + number).orElseThrow();
      namespace.connect(INTERFACE, bridge, name);
      bridge.ip("link set " + name + " master lan");
      namespace.ip("link set " + INTERFACE + " down");
      namespace.ip("link set " + INTERFACE + " address " + mac);
      for (String sysctl : List.of("accept_dad=0", "dad_transmits=0", "keep_addr_on_down=1")) {
        namespace.run(List.of("sysctl", "-qw", "net.ipv6.conf." + INTERFACE + "." + sysctl));
      }
      namespace.ip("link set " + INTERFACE + " up");
      namespace.ip("address add " + address + " dev " + INTERFACE);
    }

    PacketCounters counters() {
      return counters;
    }

    NetworkNamespace namespace() {
      return namespace.namespace();
    }

    ScratchNamespace scratch() {
      return namespace;
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
      return IpAddress.of("fe80::5054:ff:fe00:" + Long.toHexString(mac.bits() & 0xffff));
    }

    @Override
    public String who() {
      return WHO;
    }

    @Override
    public void killProcess() {
      killed = true;
      ports.forEach(SegmentWorld.this::stop);
      vrrpNetwork = Optional.empty();
      announcer = Optional.empty();
      packetFilter = Optional.empty();
    }

    /** A port of the process: it ends with it, and a dead one has none. */
    private <T> ActorRef<T> port(Behavior<T> behavior) {
      if (killed) {
        return system.actors().deadLetters();
      }
      ActorRef<T> port = spawn(behavior);
      ports.add(port);
      return port;
    }

    @Override
    public ActorRef<VrrpNetwork.Command> vrrpNetwork() {
      ActorRef<VrrpNetwork.Command> port =
          vrrpNetwork.orElseGet(() -> port(LinuxVrrpNetwork.create(namespace(), counters)));
      vrrpNetwork = Optional.of(port);
      return port;
    }

    @Override
    public ActorRef<NeighborAnnouncer.Command> neighborAnnouncer() {
      ActorRef<NeighborAnnouncer.Command> port =
          announcer.orElseGet(
              () ->
                  port(
                      LinuxNeighborAnnouncer.create(
                          new LinuxNeighborAnnouncer.Settings(
                              namespace(),
                              _ -> LinuxNeighborAnnouncer.Spacing.NONE,
                              system.clock(),
                              system.alarms(),
                              (_, cause) -> cause,
                              counters))));
      announcer = Optional.of(port);
      return port;
    }

    @Override
    public ActorRef<PacketFilter.Command> packetFilter() {
      throw new UnsupportedOperationException("no packet filter");
    }

    /** Through the ip program: another port has its own suite. */
    @Override
    public ActorRef<AddressTable.Command> addressTable() {
      ActorRef<AddressTable.Command> port =
          addressTable.orElseGet(
              () ->
                  spawn(
                      Behaviors.receiveMessage(
                          command -> {
                            changeAddress(command);
                            return Behaviors.same();
                          })));
      addressTable = Optional.of(port);
      return port;
    }

    private void changeAddress(AddressTable.Command command) {
      switch (command) {
        case AddressTable.Add add ->
            namespace.ip(
                "address add "
                    + add.address()
                    + " dev "
                    + add.networkInterface()
                    + (add.address().address() instanceof IpAddress.V6 ? " nodad" : ""));
        case AddressTable.Remove remove ->
            namespace.ip("address del " + remove.address() + " dev " + remove.networkInterface());
        case AddressTable.ReleaseAll _ -> throw new UnsupportedOperationException("not asked");
      }
    }

    @Override
    public ActorRef<Interfaces.Command> interfaces() {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public ActorRef<VirtualInterfaces.Command> virtualInterfaces() {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public ActorRef<RouteTable.Command> routeTable() {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public ActorRef<FileWatch.Command> fileWatch() {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public ActorRef<ProcessWatch.Command> processWatch() {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public ActorRef<ScriptRunner.Command> scriptRunner() {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public void setLink(boolean up) {
      namespace.ip("link set " + INTERFACE + (up ? " up" : " down"));
    }

    @Override
    public Optional<MacAddress> neighbor(IpAddress address) {
      Matcher line =
          Pattern.compile("lladdr (\\S+)")
              .matcher(namespace.ip("neighbour show to " + address + " dev " + INTERFACE));
      return line.find() ? MacAddress.parse(line.group(1)) : Optional.empty();
    }

    @Override
    public boolean reaches(IpAddress address) {
      return namespace.call(
          () -> {
            String scope = address.isLinkLocal() ? "%" + Libc.interfaceIndex(INTERFACE) : "";
            return InetAddress.getByName(address + scope).isReachable(1000);
          });
    }

    @Override
    public void writeFile(String path, String text) {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public void removeFile(String path) {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public Runnable startProcess(String name, List<String> arguments) {
      throw new UnsupportedOperationException("not asked");
    }
  }
}
