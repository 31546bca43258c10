package org.vipdrift.model.haproxy;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.haproxy.settings.PoolSettings;

/**
 * Connections to a server that wait for another request, kept and given up as HAProxy 2.6 does.
 *
 * <p>As many are kept as were in use at once lately; every {@code pool-purge-delay} half of the
 * surplus is closed.
 */
final class IdleConnections {
  private final Server server;
  private final ArrayDeque<ServerConnection> idle = new ArrayDeque<>(0);
  private int used;
  private int needed;
  private int mostUsed;
  private ProxyEnvironment.@Nullable Alarm purge;

  IdleConnections(Server server) {
    this.server = server;
  }

  int size() {
    return idle.size();
  }

  void opened() {
    used++;
    counted();
  }

  void closed() {
    used--;
  }

  private void counted() {
    mostUsed = Math.max(mostUsed, used);
    needed = Math.max(needed, used);
  }

  /** One that can be used for this destination now, the longest idle first. */
  @Nullable ServerConnection take(Destination destination) {
    for (Iterator<ServerConnection> each = idle.iterator(); each.hasNext(); ) {
      ServerConnection connection = each.next();
      if (connection.destination.isSharedWith(destination)) {
        each.remove();
        used++;
        counted();
        return connection;
      }
    }
    return null;
  }

  /** Whether it is kept; if not, the caller closes it. Either way it is no longer in use. */
  boolean keep(ServerConnection connection) {
    PoolSettings pool = server.settings.pool();
    boolean room = pool.maximum() < 0 || pool.maximum() > idle.size();
    boolean wanted = used + idle.size() <= Math.max(used, needed) || idle.size() < pool.low();
    used--;
    if (!room || !wanted || pool.purgeDelay().isZero()) {
      return false;
    }
    idle.add(connection);
    if (purge == null) {
      schedule();
    }
    return true;
  }

  void remove(ServerConnection connection) {
    idle.remove(connection);
  }

  private void schedule() {
    ProxyEnvironment environment = server.backend.process.environment;
    purge =
        environment.schedule(
            environment.monotonicNanos() + server.settings.pool().purgeDelay().toNanos(),
            this::purge);
  }

  private void purge() {
    purge = null;
    needed = Math.max((needed + mostUsed) / 2, mostUsed);
    int surplus = used + idle.size() - needed;
    if (surplus > 0) {
      int closing = Math.min(idle.size(), surplus / 2 + (surplus & 1));
      for (int at = 0; at < closing; at++) {
        ServerConnection connection = idle.pollFirst();
        if (connection != null) {
          connection.abort(0);
        }
      }
    }
    mostUsed = used;
    if (!idle.isEmpty()) {
      schedule();
    }
  }

  /** All of them are closed: the server went down, or the process ends. */
  void closeAll(long cause) {
    while (!idle.isEmpty()) {
      idle.poll().abort(cause);
    }
    if (purge != null) {
      purge.cancel();
      purge = null;
    }
  }
}
