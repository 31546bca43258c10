package org.vipdrift.simulator.proxy;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.Link;
import org.vipdrift.model.haproxy.ProxyHeader;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tls.TlsConnection;

/**
 * A connection of the kernel, as the proxy wants to see it.
 *
 * @param announced the ends that a PROXY header told instead of its own
 */
record SocketLink(Connection connection, Optional<ProxyHeader.Ends> announced) implements Link {
  @Override
  public IpAddress localAddress() {
    return announced.isPresent() ? announced.get().destination() : connection.localAddress();
  }

  @Override
  public int localPort() {
    return announced.isPresent() ? announced.get().destinationPort() : connection.localPort();
  }

  @Override
  public IpAddress remoteAddress() {
    return announced.isPresent() ? announced.get().source() : connection.remoteAddress();
  }

  @Override
  public int remotePort() {
    return announced.isPresent() ? announced.get().sourcePort() : connection.remotePort();
  }

  @Override
  public boolean isTls() {
    return connection instanceof TlsConnection;
  }

  @Override
  public Optional<String> serverName() {
    return connection instanceof TlsConnection tls ? tls.serverName() : Optional.empty();
  }

  @Override
  public void send(Octets data, long cause) {
    connection.send(data, cause);
  }

  @Override
  public void finish(long cause) {
    connection.finish(cause);
  }

  @Override
  public void close(long cause) {
    connection.close(cause);
  }

  @Override
  public void abort(long cause) {
    connection.abort(cause);
  }
}
