package org.vipdrift.simulator.proxy;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.LinkListener;
import org.vipdrift.simulator.kernel.tls.TlsHandler;

/** Tells the proxy what the kernel tells of a connection. */
record ToListener(LinkListener listener) implements TlsHandler {
  @Override
  public void connected(long cause) {
    listener.connected(cause);
  }

  @Override
  public void received(Octets data, long cause) {
    listener.received(data, cause);
  }

  @Override
  public void finished(long cause) {
    listener.finished(cause);
  }

  @Override
  public void failed(Failure failure, long cause) {
    listener.failed(
        switch (failure) {
          case REFUSED -> LinkListener.Failure.REFUSED;
          case RESET -> LinkListener.Failure.RESET;
          case TIMED_OUT -> LinkListener.Failure.TIMED_OUT;
          case UNREACHABLE -> LinkListener.Failure.UNREACHABLE;
        },
        cause);
  }

  @Override
  public void handshakeFailed(String problem, long cause) {
    listener.failed(LinkListener.Failure.RESET, cause);
  }
}
