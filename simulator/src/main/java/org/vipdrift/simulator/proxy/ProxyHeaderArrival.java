package org.vipdrift.simulator.proxy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.ProxyHeader;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** A client whose PROXY header is awaited: the proxy hears of it when that is there. */
final class ProxyHeaderArrival implements ConnectionHandler {
  private final Connection connection;
  private final SimulatedProxy.Arrival arrival;
  private final Next accept;
  private @Nullable ConnectionHandler next;

  /** Takes the connection whose ends the header told. */
  @FunctionalInterface
  interface Next {
    ConnectionHandler take(Optional<ProxyHeader.Ends> ends, long cause);
  }

  ProxyHeaderArrival(Connection connection, SimulatedProxy.Arrival arrival, Next accept) {
    this.connection = connection;
    this.arrival = arrival;
    this.accept = accept;
  }

  @Override
  public void connected(long cause) {}

  @Override
  public void received(Octets data, long cause) {
    if (next != null) {
      next.received(data, cause);
      return;
    }
    switch (ProxyHeader.read(data)) {
      case ProxyHeader.Found.Header(Optional<ProxyHeader.Ends> ends, int length) -> {
        arrival.over();
        ConnectionHandler taken = accept.take(ends, cause);
        next = taken;
        if (length < data.length()) {
          taken.received(data.slice(length, data.length()), cause);
        }
      }
      case ProxyHeader.Found.Wrong(String why) -> {
        arrival.lost(why, cause);
        connection.abort(cause);
      }
    }
  }

  @Override
  public void finished(long cause) {
    if (next != null) {
      next.finished(cause);
    } else {
      arrival.left(cause);
      connection.close(cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    if (next != null) {
      next.failed(failure, cause);
    } else {
      arrival.left(cause);
    }
  }
}
