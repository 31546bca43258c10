package org.vipdrift.simulator.kernel.ipvs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.DirectorTable.StartSync;
import org.vipdrift.actors.port.DirectorTable.SyncRole;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.UdpDatagram;
import org.vipdrift.model.ipvs.Director;
import org.vipdrift.model.ipvs.SyncMessage;
import org.vipdrift.model.ipvs.SyncedConnection;

/**
 * The daemons that carry connections from the master to its backups; a message leaves when it is
 * full, or two seconds after its first connection came in.
 */
public final class SyncDaemons {
  private static final long FLUSH_NANOS = 2_000_000_000L;

  private final DirectorNetwork network;
  private final Director director;
  private @Nullable StartSync master;
  private @Nullable StartSync backup;
  private boolean flushing;
  private int waiting;

  SyncDaemons(DirectorNetwork network, Director director) {
    this.network = network;
    this.director = director;
  }

  /** Starts a daemon in place of the one of this role that may run. */
  public void start(StartSync settings) {
    stop(settings.role());
    switch (settings.role()) {
      case MASTER -> {
        master = settings;
        director.setSynchronising(true);
      }
      case BACKUP -> {
        backup = settings;
        network.listen(settings.networkInterface(), settings.group(), true);
      }
    }
  }

  public void stop(SyncRole role) {
    switch (role) {
      case MASTER -> {
        master = null;
        waiting = 0;
        director.setSynchronising(false);
      }
      case BACKUP -> {
        StartSync before = backup;
        backup = null;
        if (before != null) {
          network.listen(before.networkInterface(), before.group(), false);
        }
      }
    }
  }

  void clear() {
    master = null;
    backup = null;
    flushing = false;
    waiting = 0;
  }

  /** After each packet of a client: what is to be told is told, or soon. */
  void tell(long cause) {
    if (master == null || !director.hasSynced()) {
      return;
    }
    waiting++;
    if (waiting >= SyncMessage.MOST_CONNECTIONS) {
      send(cause);
    } else if (!flushing) {
      flushing = true;
      network
          .clock()
          .schedule(
              network.clock().monotonicNanos() + FLUSH_NANOS,
              () -> {
                flushing = false;
                send(cause);
              },
              network.timerOwner());
    }
  }

  private void send(long cause) {
    StartSync settings = master;
    waiting = 0;
    while (settings != null && director.hasSynced()) {
      List<SyncedConnection> connections =
          director.takeSynced(SyncMessage.MOST_CONNECTIONS, network.clock().monotonicNanos());
      if (!connections.isEmpty()) {
        network.multicast(
            settings.networkInterface(),
            settings.group(),
            settings.port(),
            settings.ttl(),
            new SyncMessage(settings.syncId(), connections).encode(),
            cause);
      }
    }
  }

  /**
   * A packet to a group came in.
   *
   * @return whether it was for the daemon
   */
  public boolean receive(String networkInterface, IpPacket packet) {
    StartSync settings = backup;
    if (settings == null
        || packet.protocol() != IpProtocol.UDP
        || !packet.destination().equals(settings.group())
        || !networkInterface.equals(settings.networkInterface())) {
      return false;
    }
    if (UdpDatagram.decode(packet) instanceof Decoded.Ok<UdpDatagram>(UdpDatagram datagram)
        && datagram.destinationPort() == settings.port()
        && SyncMessage.decode(datagram.data())
            instanceof Decoded.Ok<SyncMessage>(SyncMessage message)
        && message.syncId() == settings.syncId()) {
      long now = network.clock().monotonicNanos();
      message.connections().forEach(each -> director.learn(each, now));
    }
    return true;
  }
}
