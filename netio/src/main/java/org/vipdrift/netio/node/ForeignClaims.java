package org.vipdrift.netio.node;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.Link;
import org.vipdrift.netio.link.LocalAddress;
import org.vipdrift.netio.link.NeighborListener;
import org.vipdrift.netio.link.NeighborListener.NeighborClaim;
import org.vipdrift.netio.link.NetworkNamespace;
import org.vipdrift.netio.link.PacketCounters;
import org.vipdrift.netio.link.RouteSocket;
import org.vipdrift.netio.port.ArpDuplicateProbe;

/**
 * Hears other machines claim addresses of this one, its own and the virtual ones, and asks for the
 * own ones at the start.
 *
 * <p>Own addresses of IPv4 alone: the kernel itself asks for those of IPv6.
 */
final class ForeignClaims implements AutoCloseable {
  private static final int MOST_TOLD = 100;

  /** A machine on the same link answers within a few. */
  private static final long ANSWERS_MILLIS = 100;

  /** Called on the listeners' threads. */
  interface Told {
    /** Another machine claims a virtual address. */
    void virtual(NeighborClaim claim);

    /** Another machine claims an address that this machine has itself; each is told once. */
    void duplicate(String text);
  }

  private final NetworkNamespace namespace;
  private final ArpDuplicateProbe probe;
  private final PacketCounters counters;
  private final Predicate<IpAddress> isVirtual;
  private final Told told;
  private final Map<Integer, String> links;
  private final Set<MacAddress> ownMacs;
  private final List<LocalAddress> addresses;
  private final Map<String, NeighborListener> listeners = new LinkedHashMap<>();
  private final Map<IpAddress.V4, String> own = new ConcurrentHashMap<>();
  private final Set<NeighborClaim> toldClaims = new LinkedHashSet<>();
  private final AtomicReference<Optional<NeighborClaim>> duplicate =
      new AtomicReference<>(Optional.empty());
  private long askedNanos;

  ForeignClaims(
      NetworkNamespace namespace,
      RouteSocket socket,
      ArpDuplicateProbe probe,
      PacketCounters counters,
      Predicate<IpAddress> isVirtual,
      Told told)
      throws NativeException {
    this.namespace = namespace;
    this.probe = probe;
    this.counters = counters;
    this.isVirtual = isVirtual;
    this.told = told;
    List<Link> present = socket.links();
    this.links = present.stream().collect(Collectors.toMap(Link::index, Link::name));
    this.ownMacs = present.stream().map(Link::mac).collect(Collectors.toSet());
    this.addresses = socket.addresses();
  }

  /** Listens on every interface that addresses of a configuration are installed on, no other. */
  void listen(NodeConfiguration configuration) throws IOException {
    Set<String> interfaces = new LinkedHashSet<>();
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      for (VirtualAddress address : instance.settings().installedAddresses()) {
        interfaces.add(address.interfaceName().orElse(instance.settings().interfaceName()));
      }
    }
    for (String name : List.copyOf(listeners.keySet())) {
      if (!interfaces.contains(name)) {
        listeners.remove(name).close();
      }
    }
    for (String name : interfaces) {
      if (!listeners.containsKey(name)) {
        listeners.put(name, NeighborListener.open(namespace, name, new Hearing(), counters));
      }
    }
  }

  /** Asks for the first time who else has the addresses that this machine has where it listens. */
  void ask() {
    for (LocalAddress local : addresses) {
      String name = links.getOrDefault(local.interfaceIndex(), "");
      if (listeners.containsKey(name)
          && local.prefix().address() instanceof IpAddress.V4 address
          && !isVirtual.test(address)) {
        own.put(address, name);
        probe.ask(name, address);
      }
    }
    askedNanos = System.nanoTime();
  }

  /**
   * Refuses an address of this machine that another one has too, if that one has answered by now;
   * waits for answers until {@value #ANSWERS_MILLIS} ms after the question. What comes later is
   * told only: the virtual addresses are better held than not, once they are.
   */
  void refuseDuplicates() throws NodeRefusal {
    long left = askedNanos + TimeUnit.MILLISECONDS.toNanos(ANSWERS_MILLIS) - System.nanoTime();
    if (left > 0 && !own.isEmpty()) {
      LockSupport.parkNanos(left);
    }
    Optional<NeighborClaim> claim = duplicate.get();
    if (claim.isPresent()) {
      throw new NodeRefusal(
          NodeRefusal.Kind.ENVIRONMENT,
          "address already in use on the network (duplicate address detection): %s on %s is %s too"
              .formatted(claim.get().address(), claim.get().networkInterface(), claim.get().mac()));
    }
  }

  /** Goes on asking for a while, now that there are timers. */
  void keepAsking() {
    own.forEach((address, name) -> probe.added(name, address, TraceEvent.NO_CAUSE));
  }

  private final class Hearing implements NeighborListener.Receiver {
    @Override
    public boolean wants(IpAddress address) {
      return isVirtual.test(address)
          || address instanceof IpAddress.V4 ipv4 && own.containsKey(ipv4);
    }

    @Override
    public void claimed(NeighborClaim claim) {
      if (ownMacs.contains(claim.mac())) {
        return;
      }
      if (isVirtual.test(claim.address())) {
        told.virtual(claim);
      } else {
        duplicate.set(Optional.of(claim));
        tell(claim);
      }
    }
  }

  private void tell(NeighborClaim claim) {
    synchronized (toldClaims) {
      if (toldClaims.size() >= MOST_TOLD || !toldClaims.add(claim)) {
        return;
      }
    }
    told.duplicate(
        "DUPLICATE ADDRESS - %s claims %s, which this machine has on %s"
            .formatted(claim.mac(), claim.address(), claim.networkInterface()));
  }

  @Override
  public void close() {
    listeners.values().forEach(NeighborListener::close);
    listeners.clear();
  }
}
