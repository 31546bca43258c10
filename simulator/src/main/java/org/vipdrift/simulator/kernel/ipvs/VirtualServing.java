package org.vipdrift.simulator.kernel.ipvs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpTunnel;
import org.vipdrift.model.ipvs.Connection;
import org.vipdrift.model.ipvs.Decision;
import org.vipdrift.model.ipvs.Director;
import org.vipdrift.model.ipvs.DirectorSettings;
import org.vipdrift.model.ipvs.Flow;
import org.vipdrift.model.ipvs.PacketKind;

/** IPVS of one host. */
public final class VirtualServing {
  private static final int HOP_LIMIT = 64;

  private final DirectorNetwork network;
  private final Director director = new Director(DirectorSettings.DEFAULT);
  private final SyncDaemons daemons;

  public VirtualServing(DirectorNetwork network) {
    this.network = network;
    this.daemons = new SyncDaemons(network, director);
  }

  /** The tables. */
  public Director director() {
    return director;
  }

  public SyncDaemons daemons() {
    return daemons;
  }

  /** Whether no packet can concern it. */
  public boolean isIdle() {
    return director.isIdle();
  }

  /** The power is cut. */
  public void clear() {
    daemons.clear();
    director.reset();
  }

  /**
   * A packet for an address of this host came in.
   *
   * @return whether it was taken; else it goes to the sockets
   */
  public boolean receive(IpPacket packet, long senderMac, long cause) {
    if (director.isIdle()) {
      return false;
    }
    Flow flow = TransportHeader.flow(packet, network.mark(packet));
    if (flow == null) {
      return false;
    }
    PacketKind kind = TransportHeader.kind(packet);
    IpPacket reply = reply(flow, kind, packet);
    if (reply != null) {
      network.deliver(reply, senderMac, cause);
      return true;
    }
    return switch (director.fromClient(flow, kind, now())) {
      case Decision.Pass _ -> false;
      case Decision.Drop _ -> true;
      case Decision.Refuse _ -> {
        network.refuse(packet, cause);
        yield true;
      }
      case Decision.Forward(Connection connection) -> {
        boolean taken = forward(connection, packet, senderMac, cause);
        daemons.tell(cause);
        yield taken;
      }
    };
  }

  /**
   * A packet that passes through, or that this host sends.
   *
   * @return with the virtual address as its source when it is a reply of a rewritten connection
   */
  public IpPacket passing(IpPacket packet) {
    if (director.isIdle()) {
      return packet;
    }
    Flow flow = TransportHeader.flow(packet, 0);
    IpPacket reply = flow == null ? null : reply(flow, TransportHeader.kind(packet), packet);
    return reply == null ? packet : reply;
  }

  private @Nullable IpPacket reply(Flow flow, PacketKind kind, IpPacket packet) {
    Optional<Connection> connection = director.fromServer(flow, kind, now());
    return connection
        .map(c -> TransportHeader.withSource(packet, c.key().virtual(), c.key().virtualPort()))
        .orElse(null);
  }

  private long now() {
    return network.clock().monotonicNanos();
  }

  private boolean forward(Connection connection, IpPacket packet, long senderMac, long cause) {
    IpAddress target = connection.address();
    boolean local = network.isLocal(target);
    boolean travels = packet.hopLimit() > 1;
    switch (connection.method()) {
      case NAT -> {
        IpPacket rewritten = TransportHeader.withDestination(packet, target, connection.port());
        if (local) {
          network.deliver(rewritten, senderMac, cause);
        } else if (travels) {
          network.sendTowards(target, rewritten.forwarded(), cause);
        }
      }
      case DIRECT_ROUTING -> {
        if (local) {
          return false;
        }
        if (travels) {
          network.sendTowards(target, packet.forwarded(), cause);
        }
      }
      case TUNNEL -> {
        if (local) {
          return false;
        }
        if (travels) {
          network
              .sourceFor(target)
              .ifPresent(
                  from ->
                      network.sendTowards(
                          target,
                          IpTunnel.encapsulate(packet.forwarded(), from, target, HOP_LIMIT),
                          cause));
        }
      }
    }
    return true;
  }
}
