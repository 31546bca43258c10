package org.vipdrift.model.ipvs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which connections the backups are to hear of, and when. */
final class Synchronisation {
  private final Deque<Connection> waiting = new ArrayDeque<>();
  private boolean on;

  void setOn(boolean next) {
    on = next;
    if (!next) {
      waiting.clear();
    }
  }

  void clear() {
    setOn(false);
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /**
   * After each packet from the client: an established connection is told of in the packet of the
   * threshold and once each period, and whatever ends is told of at once.
   */
  void seen(Connection connection, DirectorSettings settings) {
    if (!on || !isDue(connection, settings)) {
      return;
    }
    connection.syncedState = connection.state;
    waiting.add(connection);
    Connection control = connection.control;
    if (control != null) {
      control.packets++;
      waiting.add(control);
    }
  }

  private static boolean isDue(Connection connection, DirectorSettings settings) {
    if (connection.key.protocol() == TransportProtocol.TCP.number()) {
      switch (connection.state) {
        case ESTABLISHED, FIN_WAIT, CLOSE, CLOSE_WAIT, TIME_WAIT -> {}
        case NONE, SYN_SENT, SYN_RECV, LAST_ACK, LISTEN, SYNACK -> {
          return false;
        }
      }
      if (connection.state != connection.syncedState && connection.state != TcpState.ESTABLISHED) {
        return true;
      }
    }
    return settings.syncPeriod() > 0
        ? connection.packets % settings.syncPeriod() == settings.syncThreshold()
        : connection.packets == settings.syncThreshold();
  }

  List<SyncedConnection> take(int most, long at) {
    List<SyncedConnection> taken = new ArrayList<>();
    while (taken.size() < most && !waiting.isEmpty()) {
      Connection c = waiting.removeFirst();
      if (!c.gone) {
        taken.add(
            new SyncedConnection(
                c.key,
                c.target,
                c.method,
                c.template,
                c.state,
                c.mark,
                Duration.ofSeconds(c.timeoutNanos / 1_000_000_000L)));
      }
    }
    return List.copyOf(taken);
  }
}
