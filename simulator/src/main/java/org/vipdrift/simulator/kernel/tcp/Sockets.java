package org.vipdrift.simulator.kernel.tcp;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/** What a program asks of the kernel's TCP. */
public interface Sockets {
  /** SOMAXCONN of Linux 5.4 and later. */
  int DEFAULT_BACKLOG = 4096;

  /**
   * Listens.
   *
   * @param who the incarnation of the process; its death closes the socket
   * @param address empty for every address of the host; a given one need not be the host's yet
   *     ({@code ip_nonlocal_bind}, see {@link #isLocal})
   * @param port 1..65535
   * @param backlog connections that wait for {@link Listener.Acceptor#accepted}; more are not let
   *     in
   * @return empty when the port is taken (EADDRINUSE) or the process is dead
   */
  Optional<Listener> listen(
      String who, Optional<IpAddress> address, int port, int backlog, Listener.Acceptor acceptor);

  /**
   * Opens a connection; how that ends is told to the handler, also when there is no route.
   *
   * @param who the incarnation of the process; its death closes the connection: with FIN, or with
   *     RST when there is unread data
   * @param source empty lets the routes decide; one that the host does not have is told as
   *     unreachable
   */
  Connection connect(
      String who,
      Optional<IpAddress> source,
      IpAddress address,
      int port,
      ConnectionHandler handler,
      long cause);

  /** Whether the host has this address now: what bind(2) asks. */
  boolean isLocal(IpAddress address);
}
