package org.vipdrift.model.ipvs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The IPVS tables of one kernel. Every {@code at} is its monotonic time in nanoseconds and never
 * goes back.
 */
public final class Director {
  private final Map<ServiceKey, ServiceTable> services = new LinkedHashMap<>();
  private final Map<TrashKey, RealServer> trash = new LinkedHashMap<>();
  private final ConnectionTable connections = new ConnectionTable();
  private final Synchronisation synchronisation = new Synchronisation();
  private DirectorSettings settings;
  private Timeouts timeouts = Timeouts.DEFAULT;

  /** A removed real server comes back as itself when the same one is added again. */
  private record TrashKey(ServiceKey service, DestinationKey destination) {}

  public Director(DirectorSettings settings) {
    this.settings = settings;
  }

  // ---- what is configured ----

  /** The sysctls; the hash of addresses counts for services that are added later. */
  public void setSettings(DirectorSettings next) {
    settings = next;
  }

  public DirectorSettings settings() {
    return settings;
  }

  /** For what happens from now on. */
  public void setTimeouts(Timeouts next) {
    timeouts = next;
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  /**
   * @return whether it is new; one that is there already stays as it is
   */
  public boolean addService(VirtualService service) {
    return services.putIfAbsent(service.key(), new ServiceTable(service, settings)) == null;
  }

  /**
   * Changes a service; its real servers and connections stay.
   *
   * @return whether there is one with this key
   */
  public boolean editService(VirtualService service) {
    ServiceTable table = services.get(service.key());
    if (table == null) {
      return false;
    }
    table.edit(service);
    return true;
  }

  /**
   * Removes a service with its real servers; what is connected is not told.
   *
   * @return whether it was there
   */
  public boolean removeService(ServiceKey key) {
    ServiceTable table = services.remove(key);
    if (table == null) {
      return false;
    }
    for (RealServer server : new ArrayList<>(table.servers())) {
      discard(key, table, server);
    }
    return true;
  }

  /**
   * @return whether there is such a service, and no such real server in it yet
   */
  public boolean addDestination(ServiceKey key, Destination destination) {
    ServiceTable table = services.get(key);
    if (table == null || table.find(destination.key()) != null) {
      return false;
    }
    RealServer known = trash.remove(new TrashKey(key, destination.key()));
    RealServer server = known == null ? new RealServer(destination) : known;
    server.configure(destination, true);
    table.add(server);
    return true;
  }

  /**
   * Changes weight, method or thresholds; connections stay as they are.
   *
   * @return whether it is there
   */
  public boolean editDestination(ServiceKey key, Destination destination) {
    ServiceTable table = services.get(key);
    RealServer server = table == null ? null : table.find(destination.key());
    if (table == null || server == null) {
      return false;
    }
    server.configure(destination, false);
    table.changed();
    return true;
  }

  /**
   * @return whether it was there
   */
  public boolean removeDestination(ServiceKey key, DestinationKey destination) {
    ServiceTable table = services.get(key);
    RealServer server = table == null ? null : table.find(destination);
    if (table == null || server == null) {
      return false;
    }
    discard(key, table, server);
    return true;
  }

  private void discard(ServiceKey key, ServiceTable table, RealServer server) {
    table.remove(server);
    trash.values().removeIf(RealServer::isUnused);
    if (!server.isUnused()) {
      trash.put(new TrashKey(key, server.destination().key()), server);
    }
  }

  /** Removes every service, as {@code ipvsadm -C} does; connections stay. */
  public void flush() {
    new ArrayList<>(services.keySet()).forEach(this::removeService);
  }

  /** As after a boot. */
  public void reset() {
    services.clear();
    trash.clear();
    connections.clear();
    synchronisation.clear();
    timeouts = Timeouts.DEFAULT;
  }

  // ---- what is there ----

  /** Whether nothing can concern it: no service and no connection. */
  public boolean isIdle() {
    return services.isEmpty() && connections.connections().isEmpty();
  }

  /** In the order in which they were added. */
  public List<VirtualService> services() {
    return services.values().stream().map(ServiceTable::service).toList();
  }

  /** Of a service, the one added last first. */
  public List<RealServer> realServers(ServiceKey key) {
    ServiceTable table = services.get(key);
    return table == null ? List.of() : List.copyOf(table.servers());
  }

  /** Without templates. */
  public Collection<Connection> connections(long at) {
    connections.expire(at);
    return Collections.unmodifiableCollection(connections.connections());
  }

  public Collection<Connection> templates(long at) {
    connections.expire(at);
    return Collections.unmodifiableCollection(connections.templates());
  }

  // ---- packets ----

  /** A packet for a local address came in. */
  public Decision fromClient(Flow flow, PacketKind packet, long at) {
    connections.expire(at);
    Connection known = known(flow, packet);
    if (known != null && known.server != null && !known.server.isAvailable()) {
      if (!settings.expireNodestConn()) {
        return Decision.DROP;
      }
      connections.remove(known);
      known = null;
    }
    if (known == null) {
      Scheduling scheduling = new Scheduling(connections, settings, timeouts, at);
      ServiceTable service = mayBegin(flow, packet) ? serviceOf(flow) : null;
      if (service == null) {
        return Decision.PASS;
      }
      known = scheduling.connect(service, flow);
      if (known == null) {
        return Decision.REFUSE;
      }
    }
    known.packets++;
    advance(known, TcpState.Direction.FROM_CLIENT, packet);
    synchronisation.seen(known, settings);
    if (isOnePacket(flow, known)) {
      ConnectionTable.release(known);
      known.gone = true;
    } else {
      connections.touch(known, at);
    }
    return new Decision.Forward(known);
  }

  /** A packet that passes through: empty unless it is the reply in a connection of NAT. */
  public Optional<Connection> fromServer(Flow flow, PacketKind packet, long at) {
    Connection known = connections.ofReply(flow);
    if (known == null) {
      return Optional.empty();
    }
    connections.expire(at);
    if (known.gone || known.method != ForwardingMethod.NAT) {
      return Optional.empty();
    }
    advance(known, TcpState.Direction.FROM_SERVER, packet);
    connections.touch(known, at);
    return Optional.of(known);
  }

  private @Nullable Connection known(Flow flow, PacketKind packet) {
    Connection known =
        connections.find(
            new ConnectionKey(
                flow.protocol().number(),
                flow.source(),
                flow.sourcePort(),
                flow.destination(),
                flow.destinationPort()));
    if (known != null && packet == PacketKind.SYN && isOver(known)) {
      connections.remove(known);
      return null;
    }
    return known;
  }

  /** Whether a SYN in it must be a new connection of a client that uses its port again. */
  private boolean isOver(Connection known) {
    RealServer server = known.server;
    boolean quiescent = server != null && server.weight() == 0;
    boolean closing = known.state == TcpState.TIME_WAIT || known.state == TcpState.CLOSE;
    return settings.expireNodestConn() && quiescent
        || settings.connReuseMode() && known.control == null && closing;
  }

  private boolean mayBegin(Flow flow, PacketKind packet) {
    return flow.protocol() != TransportProtocol.TCP
        || packet == PacketKind.SYN
        || settings.sloppyTcp() && packet != PacketKind.RST;
  }

  private @Nullable ServiceTable serviceOf(Flow flow) {
    if (flow.mark() != 0) {
      ServiceTable marked =
          services.get(new ServiceKey.Mark(flow.mark(), flow.destination().family()));
      if (marked != null) {
        return marked;
      }
    }
    ServiceTable exact =
        services.get(
            new ServiceKey.Address(flow.protocol(), flow.destination(), flow.destinationPort()));
    return exact != null
        ? exact
        : services.get(new ServiceKey.Address(flow.protocol(), flow.destination(), 0));
  }

  private boolean isOnePacket(Flow flow, Connection connection) {
    return flow.protocol() == TransportProtocol.UDP
        && connections.find(connection.key) != connection;
  }

  /** Follows the state of a TCP connection; of others nothing is known. */
  private void advance(Connection connection, TcpState.Direction direction, PacketKind packet) {
    if (connection.key.protocol() != TransportProtocol.TCP.number()) {
      connection.timeoutNanos = timeouts.udp().toNanos();
      return;
    }
    TcpState.Direction seen =
        direction == TcpState.Direction.FROM_CLIENT && !connection.repliesSeen
            ? TcpState.Direction.FROM_CLIENT_ONLY
            : direction;
    TcpState next = connection.state.after(seen, packet);
    connection.state = next;
    connection.timeoutNanos = timeouts.nanos(next);
    setActive(connection, next.isActive());
  }

  static void setActive(Connection connection, boolean active) {
    if (connection.active != active) {
      connection.active = active;
      RealServer server = connection.server;
      if (server != null) {
        server.activityChanged(active);
      }
    }
  }

  // ---- synchronisation ----

  /** Whether the master's daemon runs: only then connections are noted for the backups. */
  public void setSynchronising(boolean on) {
    synchronisation.setOn(on);
  }

  /** What is to be told to the backups, oldest first; told once. */
  public List<SyncedConnection> takeSynced(int most, long at) {
    return synchronisation.take(most, at);
  }

  public boolean hasSynced() {
    return synchronisation.isWaiting();
  }

  /** A backup hears of a connection. */
  public void learn(SyncedConnection told, long at) {
    connections.expire(at);
    Connection known =
        told.template() ? connections.template(told.key()) : connections.find(told.key());
    if (known == null || !known.target.equals(told.target())) {
      if (known != null) {
        connections.remove(known);
      }
      known =
          new Connection(told.key(), told.target(), told.method(), told.template(), told.mark());
      known.server = serverOf(told);
      if (known.server != null) {
        known.server.bind(told.template());
      }
      connections.add(known);
    }
    known.state = told.state();
    if (!told.template()) {
      setActive(known, told.state().isActive());
    }
    known.timeoutNanos = told.timeout().toNanos();
    connections.touch(known, at);
  }

  private @Nullable RealServer serverOf(SyncedConnection told) {
    for (ServiceTable table : services.values()) {
      boolean fits =
          switch (table.service().key()) {
            case ServiceKey.Mark mark -> told.mark() != 0 && mark.mark() == told.mark();
            case ServiceKey.Address address ->
                address.address().equals(told.key().virtual())
                    && address.protocol().number() == told.key().protocol()
                    && (address.port() == told.key().virtualPort() || address.port() == 0);
          };
      RealServer server = fits ? findServer(table, told.target()) : null;
      if (server != null) {
        return server;
      }
    }
    return null;
  }

  /** A real server without a port of its own serves every port. */
  private static @Nullable RealServer findServer(ServiceTable table, DestinationKey target) {
    RealServer exact = table.find(target);
    return exact != null ? exact : table.find(new DestinationKey(target.address(), 0));
  }
}
