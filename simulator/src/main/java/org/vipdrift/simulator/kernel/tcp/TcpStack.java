package org.vipdrift.simulator.kernel.tcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.frame.TcpHeader;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.simulator.kernel.socket.HostNetwork;
import org.vipdrift.simulator.kernel.socket.SocketOwner;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler.Failure;

/** TCP of one host: who listens, which flows there are, and what is told to those that are none. */
public final class TcpStack implements Sockets {
  /** net.ipv4.ip_local_port_range. */
  static final int FIRST_EPHEMERAL_PORT = 32_768;

  static final int EPHEMERAL_PORTS = 60_999 - FIRST_EPHEMERAL_PORT + 1;

  private static final int HOP_LIMIT = 64;

  private final HostNetwork network;
  private final SplitRandom random;
  private final FlowTable flows = new FlowTable();
  private final ArrayDeque<TimeWait> timeWaits = new ArrayDeque<>(0);
  private final Map<Integer, List<ListeningSocket>> listeners = new LinkedHashMap<>(4);
  private int nextEphemeral;

  /**
   * @param random where initial sequence numbers and the first ephemeral port come from
   */
  public TcpStack(HostNetwork network, SplitRandom random) {
    this.network = network;
    this.random = random;
    this.nextEphemeral = Math.floorMod(random.nextInt(), EPHEMERAL_PORTS);
  }

  // ---- what programs ask for ----

  @Override
  public Optional<Listener> listen(
      String who, Optional<IpAddress> address, int port, int backlog, Listener.Acceptor acceptor) {
    SocketOwner owner = network.owner(who);
    List<ListeningSocket> others = listeners.computeIfAbsent(port, _ -> new ArrayList<>(1));
    for (ListeningSocket other : others) {
      if (address.isEmpty() || other.address().isEmpty() || other.address().equals(address)) {
        return Optional.empty();
      }
    }
    if (owner == null) {
      return Optional.empty();
    }
    ListeningSocket added =
        new ListeningSocket(this, owner, address, port, Math.max(0, backlog), acceptor);
    added.open();
    others.add(added);
    return Optional.of(added);
  }

  @Override
  public Connection connect(
      String who,
      Optional<IpAddress> source,
      IpAddress address,
      int port,
      ConnectionHandler handler,
      long cause) {
    SocketOwner living = network.owner(who);
    SocketOwner owner =
        living == null ? new SocketOwner(network.clock(), network.timerOwner()) : living;
    Optional<IpAddress> chosen = network.sourceFor(address);
    IpAddress from = source.or(() -> chosen).orElse(address.mask(0));
    boolean possible =
        chosen.isPresent()
            && from.family() == address.family()
            && (source.isEmpty() || network.isLocal(from));
    int localPort = possible ? ephemeralPort(from, address, port) : 0;
    TcpConnection connection =
        new TcpConnection(
            this, owner, from, localPort, address, port, null, handler, random.nextInt());
    if (living == null) {
      connection.vanish();
    } else if (localPort == 0) {
      connection.failLater(Failure.UNREACHABLE, cause);
    } else {
      flows.add(connection);
      connection.open(cause);
    }
    return connection;
  }

  @Override
  public boolean isLocal(IpAddress address) {
    return network.isLocal(address);
  }

  /** The next port that no flow to the same peer has; 0 when all are taken (EADDRNOTAVAIL). */
  private int ephemeralPort(IpAddress local, IpAddress remote, int remotePort) {
    forgetTimeWaits();
    for (int tries = 0; tries < EPHEMERAL_PORTS; tries++) {
      int port = FIRST_EPHEMERAL_PORT + nextEphemeral;
      nextEphemeral = nextEphemeral + 1 == EPHEMERAL_PORTS ? 0 : nextEphemeral + 1;
      if (find(local, port, remote, remotePort) == null
          && (listeners.isEmpty() || !listeners.containsKey(port))) {
        return port;
      }
    }
    return 0;
  }

  // ---- what comes in ----

  /**
   * A segment for this host.
   *
   * @param at where it begins in these octets, and {@code end} where it ends
   * @param senderMac who sent it, or {@link HostNetwork#NO_MAC}
   */
  public void receive(
      Octets octets,
      int at,
      int end,
      IpAddress source,
      IpAddress destination,
      long senderMac,
      long cause) {
    if (!TcpHeader.isWellFormed(octets, at, end)
        || !TcpHeader.checksumIsRight(octets, at, end, source, destination)) {
      return;
    }
    Arrival arrival = new Arrival(octets, at, end, source, destination, senderMac, cause);
    Flow flow = find(destination, arrival.destinationPort, source, arrival.sourcePort);
    if (flow == null) {
      receiveWithoutFlow(arrival);
    } else {
      flow.receive(arrival);
    }
  }

  private @Nullable Flow find(IpAddress local, int localPort, IpAddress remote, int remotePort) {
    Flow flow = flows.find(local, localPort, remote, remotePort);
    if (flow instanceof TimeWait over && over.isOver(now())) {
      remove(over);
      return null;
    }
    return flow;
  }

  /** A segment that belongs to nothing yet. */
  void receiveWithoutFlow(Arrival arrival) {
    if (arrival.isReset()) {
      return;
    }
    ListeningSocket listener = listener(arrival.destination, arrival.destinationPort);
    if (listener == null || arrival.hasAcknowledgment()) {
      sendReset(arrival);
    } else if (arrival.isSyn() && listener.hasRoom()) {
      TcpConnection connection =
          new TcpConnection(
              this,
              listener.process(),
              arrival.destination,
              arrival.destinationPort,
              arrival.source,
              arrival.sourcePort,
              listener,
              null,
              random.nextInt());
      flows.add(connection);
      connection.open(arrival);
    }
  }

  /** One for the address itself before one for every address. */
  private @Nullable ListeningSocket listener(IpAddress address, int port) {
    List<ListeningSocket> candidates = listeners.get(port);
    ListeningSocket found = null;
    if (candidates != null) {
      for (ListeningSocket candidate : candidates) {
        if (candidate.address().isEmpty()) {
          found = found == null ? candidate : found;
        } else if (candidate.address().get().equals(address)) {
          return candidate;
        }
      }
    }
    return found;
  }

  /**
   * An ICMP error, or the kernel's own failure, about a segment that was sent from here.
   *
   * @param nobodyListens whether the error is "port unreachable"
   */
  public void unreachable(
      IpAddress source,
      int sourcePort,
      IpAddress destination,
      int destinationPort,
      int sequence,
      boolean nobodyListens,
      long cause) {
    if (flows.find(source, sourcePort, destination, destinationPort)
        instanceof TcpConnection connection) {
      connection.unreachable(sequence, nobodyListens, cause);
    }
  }

  // ---- for the flows ----

  HostNetwork network() {
    return network;
  }

  long now() {
    return network.clock().monotonicNanos();
  }

  void send(IpAddress source, IpAddress destination, Octets segment, long cause) {
    IpPacket packet =
        switch (source) {
          case IpAddress.V4 from ->
              new Ipv4Packet(
                  0,
                  0,
                  Ipv4Packet.DONT_FRAGMENT,
                  HOP_LIMIT,
                  IpProtocol.TCP,
                  from,
                  (IpAddress.V4) destination,
                  Octets.EMPTY,
                  segment);
          case IpAddress.V6 _ ->
              IpPacket.of(source, destination, IpProtocol.TCP, HOP_LIMIT, segment);
        };
    network.send(packet, cause);
  }

  /** Sends a segment without data. */
  void sendBare(Flow from, int flags, int sequence, int acknowledgment, int window, long cause) {
    Octets segment =
        TcpHeader.finish(
            new byte[TcpHeader.LENGTH],
            from.localAddress(),
            from.localPort(),
            from.remoteAddress(),
            from.remotePort(),
            sequence,
            acknowledgment,
            flags,
            window,
            0);
    send(from.localAddress(), from.remoteAddress(), segment, cause);
  }

  /** Answers with RST (RFC 9293 section 3.5.2). */
  void sendReset(Arrival to) {
    boolean acknowledged = to.hasAcknowledgment();
    Octets segment =
        TcpHeader.finish(
            new byte[TcpHeader.LENGTH],
            to.destination,
            to.destinationPort,
            to.source,
            to.sourcePort,
            acknowledged ? to.acknowledgment : 0,
            acknowledged ? 0 : to.end(),
            acknowledged ? TcpHeader.RST : TcpHeader.RST | TcpHeader.ACK,
            0,
            0);
    send(to.destination, to.source, segment, to.cause);
  }

  /** Replaces a connection that has nothing more to say by what must stay of it. */
  TimeWait timeWait(TcpConnection of, int sendNext, int receiveNext, boolean awaitsFin) {
    of.end();
    forgetTimeWaits();
    TimeWait stays = new TimeWait(this, of, sendNext, receiveNext, awaitsFin);
    flows.add(stays);
    timeWaits.addLast(stays);
    return stays;
  }

  private void forgetTimeWaits() {
    long now = now();
    while (!timeWaits.isEmpty() && timeWaits.getFirst().isOver(now)) {
      flows.remove(timeWaits.removeFirst());
    }
  }

  void remove(Flow flow) {
    flows.remove(flow);
  }

  void remove(ListeningSocket listener) {
    List<ListeningSocket> others = listeners.get(listener.port());
    if (others != null) {
      others.remove(listener);
      if (others.isEmpty()) {
        listeners.remove(listener.port());
      }
    }
  }

  /** The power is cut: everything is gone, and nobody is told. */
  public void clear() {
    for (Flow flow : flows.all()) {
      if (flow instanceof TcpConnection connection) {
        connection.vanish();
      }
    }
    for (List<ListeningSocket> each : listeners.values()) {
      each.forEach(ListeningSocket::vanish);
    }
    flows.clear();
    timeWaits.clear();
    listeners.clear();
  }
}
