package org.vipdrift.model.haproxy;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;

/** A client's connection on a TCP frontend. */
final class TcpSession extends ClientSession {
  private @Nullable TcpStream stream;

  TcpSession(ProxyProcess process, Frontend frontend, String listener, Link link) {
    super(process, frontend, listener, link);
  }

  @Override
  void begin(long cause) {
    TcpStream started = new TcpStream(this, acceptedNanos);
    stream = started;
    started.run(cause);
  }

  @Override
  public void received(Octets data, long cause) {
    if (stream != null) {
      stream.clientSent(data, cause);
    }
  }

  @Override
  public void finished(long cause) {
    if (stream != null) {
      stream.clientFinished(cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    if (stream != null) {
      stream.clientGone(cause);
    }
  }

  @Override
  void shutDown(long cause) {
    if (stream != null) {
      stream.dropConnection(cause);
      stream.cancelAlarm();
      stream = null;
    }
    link.abort(cause);
  }

  @Override
  void drain(long cause) {}

  /** Both sides are done. */
  void ended() {
    stream = null;
    over();
  }
}
