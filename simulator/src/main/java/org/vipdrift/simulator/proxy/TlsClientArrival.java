package org.vipdrift.simulator.proxy;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;

/** A client whose handshake runs: the proxy hears of it when that is over. */
final class TlsClientArrival implements TlsHandler {
  private final SimulatedProxy.Arrival arrival;
  private final Function<TlsConnection, ConnectionHandler> accept;
  private @Nullable TlsConnection connection;
  private @Nullable ConnectionHandler next;

  TlsClientArrival(
      SimulatedProxy.Arrival arrival, Function<TlsConnection, ConnectionHandler> accept) {
    this.arrival = arrival;
    this.accept = accept;
  }

  void begin(TlsConnection opened) {
    connection = opened;
  }

  @Override
  public void connected(long cause) {
    arrival.over();
    if (connection != null) {
      next = accept.apply(connection);
    }
  }

  @Override
  public void received(Octets data, long cause) {
    if (next != null) {
      next.received(data, cause);
    }
  }

  @Override
  public void finished(long cause) {
    if (next != null) {
      next.finished(cause);
    } else if (connection != null) {
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

  @Override
  public void handshakeFailed(String problem, long cause) {
    arrival.lost("SSL handshake failure", cause);
  }
}
