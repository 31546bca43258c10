package org.vipdrift.simulator.kernel.tcp;

import java.util.ArrayDeque;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.kernel.socket.OwnedSocket;
import org.vipdrift.simulator.kernel.socket.SocketOwner;

/** A listening socket with its backlog. */
final class ListeningSocket extends OwnedSocket implements Listener {
  private final TcpStack stack;
  private final Optional<IpAddress> address;
  private final int port;
  private final int backlog;
  private final Acceptor acceptor;
  private final ArrayDeque<Completed> completed = new ArrayDeque<>(0);
  private boolean paused;
  private boolean closed;

  private record Completed(TcpConnection connection, long cause) {}

  ListeningSocket(
      TcpStack stack,
      SocketOwner owner,
      Optional<IpAddress> address,
      int port,
      int backlog,
      Acceptor acceptor) {
    super(owner);
    this.stack = stack;
    this.address = address;
    this.port = port;
    this.backlog = backlog;
    this.acceptor = acceptor;
  }

  void open() {
    register();
  }

  Optional<IpAddress> address() {
    return address;
  }

  int port() {
    return port;
  }

  SocketOwner process() {
    return owner();
  }

  boolean isClosed() {
    return closed;
  }

  /** Linux lets one more in than the backlog says (sk_acceptq_is_full). */
  boolean hasRoom() {
    return completed.size() <= backlog;
  }

  /** A handshake is over. */
  void completed(TcpConnection connection, long cause) {
    if (paused || mustWait()) {
      completed.addLast(new Completed(connection, cause));
      if (!paused) {
        waitForOwner();
      }
    } else {
      connection.accepted(acceptor.accepted(connection, cause));
    }
  }

  @Override
  public void pause(boolean newPaused) {
    if (paused == newPaused) {
      return;
    }
    paused = newPaused;
    if (!paused && !completed.isEmpty()) {
      stack
          .network()
          .clock()
          .schedule(stack.now(), this::acceptWhatWaits, stack.network().timerOwner());
    }
  }

  private void acceptWhatWaits() {
    if (mustWait()) {
      waitForOwner();
    } else {
      tellWhatWaited();
    }
  }

  @Override
  protected void tellWhatWaited() {
    while (!paused && !closed && !completed.isEmpty()) {
      Completed next = completed.removeFirst();
      next.connection().accepted(acceptor.accepted(next.connection(), next.cause()));
    }
  }

  @Override
  public void close() {
    close(0);
  }

  private void close(long cause) {
    if (closed) {
      return;
    }
    closed = true;
    unregister();
    stack.remove(this);
    for (Completed each : completed) {
      each.connection().abort(cause);
    }
    completed.clear();
  }

  /** The power is cut. */
  void vanish() {
    closed = true;
    completed.clear();
  }

  @Override
  protected void processEnded(long cause) {
    close(cause);
  }
}
