package org.vipdrift.netio.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.model.frame.Octets;

/**
 * An echo request; waits on a thread of its own, and sends another every second until it is
 * answered or no longer wanted. The routes decide from where.
 *
 * <p>It needs {@code CAP_NET_RAW}: without it the JDK tries TCP port 7 instead.
 */
final class EchoProbe extends Probe {
  private static final int WAIT_MILLIS = 1000;

  private volatile boolean closed;

  EchoProbe(Prober.Open open, ProbeLoop loop) {
    super(open, loop);
  }

  @Override
  void begin() throws IOException {
    InetAddress address = inet(open().address());
    try {
      loop().echoes().execute(() -> ask(address));
    } catch (RejectedExecutionException _) {
      closed = true; // the loop is ending
    }
  }

  private void ask(InetAddress address) {
    try {
      while (!closed) {
        if (address.isReachable(WAIT_MILLIS)) {
          if (!closed) {
            opened();
          }
          return;
        }
      }
    } catch (IOException problem) {
      if (!closed) {
        open().replyTo().tell(new Prober.Failed(open().id(), failureOf(problem), 0));
      }
    }
  }

  @Override
  void ready() {}

  @Override
  void send(Octets data) {}

  @Override
  void close(boolean reset) {
    closed = true;
  }
}
