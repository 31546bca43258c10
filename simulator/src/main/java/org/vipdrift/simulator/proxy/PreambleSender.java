package org.vipdrift.simulator.proxy;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** Sends something on a new connection before the proxy hears of it. */
final class PreambleSender implements ConnectionHandler {
  private final Octets preamble;
  private final ConnectionHandler next;
  private @Nullable Connection connection;

  PreambleSender(Octets preamble, ConnectionHandler next) {
    this.preamble = preamble;
    this.next = next;
  }

  void on(Connection opened) {
    connection = opened;
  }

  @Override
  public void connected(long cause) {
    if (connection != null) {
      connection.send(preamble, cause);
    }
    next.connected(cause);
  }

  @Override
  public void received(Octets data, long cause) {
    next.received(data, cause);
  }

  @Override
  public void finished(long cause) {
    next.finished(cause);
  }

  @Override
  public void failed(Failure failure, long cause) {
    next.failed(failure, cause);
  }
}
