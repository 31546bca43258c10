package org.vipdrift.simulator.kernel.udp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.frame.UdpDatagram;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.simulator.kernel.socket.HostNetwork;
import org.vipdrift.simulator.kernel.socket.OwnedSocket;
import org.vipdrift.simulator.kernel.socket.SocketOwner;

/** UDP of one host. */
public final class UdpStack implements Datagrams {
  private static final int FIRST_EPHEMERAL_PORT = 32_768;
  private static final int EPHEMERAL_PORTS = 60_999 - FIRST_EPHEMERAL_PORT + 1;
  private static final int HOP_LIMIT = 64;

  /** net.core.rmem_default, and what the kernel charges for a packet besides its data. */
  private static final int BUFFER = 212_992;

  private static final int OVERHEAD = 768;

  private final HostNetwork network;
  private final Map<Integer, List<OpenSocket>> sockets = new LinkedHashMap<>(4);
  private int nextEphemeral;

  /**
   * @param random where the first ephemeral port comes from
   */
  public UdpStack(HostNetwork network, SplitRandom random) {
    this.network = network;
    this.nextEphemeral = Math.floorMod(random.nextInt(), EPHEMERAL_PORTS);
  }

  @Override
  public Optional<DatagramSocket> open(
      String who, Optional<IpAddress> address, int port, DatagramHandler handler) {
    SocketOwner owner = network.owner(who);
    int chosen = port == 0 ? ephemeralPort() : port;
    if (owner == null || chosen == 0) {
      return Optional.empty();
    }
    for (OpenSocket other : sockets.getOrDefault(chosen, List.of())) {
      if (address.isEmpty() || other.address.isEmpty() || other.address.equals(address)) {
        return Optional.empty();
      }
    }
    OpenSocket added = new OpenSocket(owner, address, chosen, handler);
    added.open();
    sockets.computeIfAbsent(chosen, _ -> new ArrayList<>(1)).add(added);
    return Optional.of(added);
  }

  private int ephemeralPort() {
    for (int tries = 0; tries < EPHEMERAL_PORTS; tries++) {
      int port = FIRST_EPHEMERAL_PORT + nextEphemeral;
      nextEphemeral = (nextEphemeral + 1) % EPHEMERAL_PORTS;
      if (!sockets.containsKey(port)) {
        return port;
      }
    }
    return 0;
  }

  /**
   * A packet for this host.
   *
   * @return false when nobody has the port: its sender is to be told
   */
  public boolean receive(IpPacket packet, long cause) {
    if (!(UdpDatagram.decode(packet) instanceof Decoded.Ok<UdpDatagram>(UdpDatagram datagram))) {
      return true;
    }
    OpenSocket socket = find(packet.destination(), datagram.destinationPort());
    if (socket == null) {
      return false;
    }
    socket.tell(new Received(packet.source(), datagram.sourcePort(), datagram.data(), cause));
    return true;
  }

  /** An ICMP error, or the kernel's own failure, about a datagram that was sent from here. */
  public void unreachable(
      IpAddress source,
      int sourcePort,
      IpAddress destination,
      int destinationPort,
      boolean nobodyListens,
      long cause) {
    OpenSocket socket = find(source, sourcePort);
    if (socket != null) {
      network
          .clock()
          .schedule(
              network.clock().monotonicNanos(),
              () ->
                  socket.tell(new Unreachable(destination, destinationPort, nobodyListens, cause)),
              network.timerOwner());
    }
  }

  /** The power is cut. */
  public void clear() {
    sockets.values().forEach(each -> each.forEach(socket -> socket.closed = true));
    sockets.clear();
  }

  private @Nullable OpenSocket find(IpAddress address, int port) {
    OpenSocket found = null;
    for (OpenSocket candidate : sockets.getOrDefault(port, List.of())) {
      if (candidate.address.isEmpty()) {
        found = candidate;
      } else if (candidate.address.get().equals(address)) {
        return candidate;
      }
    }
    return found;
  }

  private sealed interface News {}

  private record Received(IpAddress source, int port, Octets data, long cause) implements News {}

  private record Unreachable(IpAddress destination, int port, boolean nobodyListens, long cause)
      implements News {}

  private final class OpenSocket extends OwnedSocket implements DatagramSocket {
    private final Optional<IpAddress> address;
    private final int port;
    private final DatagramHandler handler;
    private final ArrayDeque<News> waiting = new ArrayDeque<>(0);
    private int charged;
    private boolean closed;

    OpenSocket(SocketOwner owner, Optional<IpAddress> address, int port, DatagramHandler handler) {
      super(owner);
      this.address = address;
      this.port = port;
      this.handler = handler;
    }

    void open() {
      register();
    }

    void tell(News news) {
      if (closed) {
        return;
      }
      if (!mustWait()) {
        perform(news);
        return;
      }
      int charge = OVERHEAD + (news instanceof Received received ? received.data().length() : 0);
      if (charged + charge <= BUFFER) {
        charged += charge;
        waiting.addLast(news);
        waitForOwner();
      }
    }

    private void perform(News news) {
      switch (news) {
        case Received(IpAddress source, int from, Octets data, long cause) ->
            handler.received(source, from, data, cause);
        case Unreachable(IpAddress destination, int to, boolean nobodyListens, long cause) ->
            handler.unreachable(destination, to, nobodyListens, cause);
      }
    }

    @Override
    protected void tellWhatWaited() {
      charged = 0;
      while (!closed && !waiting.isEmpty()) {
        perform(waiting.removeFirst());
      }
    }

    @Override
    protected void processEnded(long cause) {
      close();
    }

    @Override
    public int localPort() {
      return port;
    }

    @Override
    public boolean send(IpAddress destination, int to, Octets data, long cause) {
      Optional<IpAddress> chosen = closed ? Optional.empty() : network.sourceFor(destination);
      if (chosen.isEmpty()) {
        return false;
      }
      IpAddress source = address.orElse(chosen.get());
      if (source.family() != destination.family()) {
        return false;
      }
      network.send(new UdpDatagram(port, to, data).toPacket(source, destination, HOP_LIMIT), cause);
      return true;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        unregister();
        List<OpenSocket> others = sockets.get(port);
        if (others != null) {
          others.remove(this);
          if (others.isEmpty()) {
            sockets.remove(port);
          }
        }
      }
    }
  }
}
