package org.vipdrift.model.ipvs;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;

/** Connections by both of their sides, each until its time is over. */
final class ConnectionTable {
  /** A template whose time is over waits so long again while it has connections. */
  private static final long LATER_NANOS = 60_000_000_000L;

  /** A time at which a connection may have to be looked at. */
  private record Due(long at, long order, Connection connection) {}

  /** How the replies of a connection with rewritten addresses are recognised. */
  private record ReplyKey(
      int protocol, IpAddress server, int serverPort, IpAddress client, int clientPort) {}

  private final Map<ConnectionKey, Connection> connections = new LinkedHashMap<>();
  private final Map<ConnectionKey, Connection> templates = new LinkedHashMap<>();
  private final Map<ReplyKey, Connection> byReply = new LinkedHashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long orders;

  @Nullable Connection find(ConnectionKey key) {
    return connections.get(key);
  }

  @Nullable Connection template(ConnectionKey key) {
    return templates.get(key);
  }

  @Nullable Connection ofReply(Flow flow) {
    return byReply.isEmpty()
        ? null
        : byReply.get(
            new ReplyKey(
                flow.protocol().number(),
                flow.source(),
                flow.sourcePort(),
                flow.destination(),
                flow.destinationPort()));
  }

  Collection<Connection> connections() {
    return connections.values();
  }

  Collection<Connection> templates() {
    return templates.values();
  }

  void add(Connection connection) {
    if (connection.template) {
      templates.put(connection.key, connection);
      return;
    }
    connections.put(connection.key, connection);
    byReply.put(replyKey(connection), connection);
  }

  /** Sets its time anew from now. */
  void touch(Connection connection, long at) {
    connection.deadline = at + connection.timeoutNanos;
    if (connection.deadline < connection.queuedFor) {
      enqueue(connection);
    }
  }

  private void enqueue(Connection connection) {
    connection.queuedFor = connection.deadline;
    due.add(new Due(connection.deadline, orders++, connection));
  }

  /** Ends what is over by then. */
  void expire(long at) {
    for (Due next = due.peek(); next != null && next.at() <= at; next = due.peek()) {
      due.remove();
      Connection connection = next.connection();
      if (connection.gone || next.at() != connection.queuedFor) {
        continue;
      }
      if (connection.deadline > next.at()) {
        enqueue(connection);
      } else if (connection.controlled > 0) {
        connection.timeoutNanos = LATER_NANOS;
        connection.queuedFor = Long.MAX_VALUE;
        touch(connection, next.at());
      } else {
        remove(connection);
      }
    }
  }

  /** Forgets a connection at once. */
  void remove(Connection connection) {
    if (connection.gone) {
      return;
    }
    connection.gone = true;
    if (connection.template) {
      templates.remove(connection.key, connection);
    } else {
      connections.remove(connection.key, connection);
      byReply.remove(replyKey(connection), connection);
    }
    release(connection);
  }

  /** Takes a connection out of the books of its real server and its template. */
  static void release(Connection connection) {
    Connection control = connection.control;
    if (control != null) {
      control.controlled--;
      connection.control = null;
    }
    RealServer server = connection.server;
    if (server != null) {
      server.unbind(connection.template, connection.active);
      connection.server = null;
    }
  }

  void clear() {
    connections.values().forEach(c -> c.gone = true);
    templates.values().forEach(c -> c.gone = true);
    connections.clear();
    templates.clear();
    byReply.clear();
    due.clear();
  }

  private static ReplyKey replyKey(Connection connection) {
    return new ReplyKey(
        connection.key.protocol(),
        connection.target.address(),
        connection.target.port(),
        connection.key.client(),
        connection.key.clientPort());
  }
}
