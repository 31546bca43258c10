package org.vipdrift.netio.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.Prober.Failure;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** One probe that is under way; belongs to the thread of its loop. */
abstract class Probe {
  private static final long NO_CAUSE = 0;

  private final Prober.Open open;
  private final ProbeLoop loop;

  Probe(Prober.Open open, ProbeLoop loop) {
    this.open = open;
    this.loop = loop;
  }

  final Prober.Open open() {
    return open;
  }

  final ProbeLoop loop() {
    return loop;
  }

  abstract void begin() throws IOException;

  /** Its channel can be read, written or has been connected. */
  abstract void ready() throws IOException;

  abstract void send(Octets data) throws IOException;

  /** Releases whatever it holds. */
  abstract void close(boolean reset);

  final void opened() {
    open.replyTo().tell(new Prober.Opened(open.id(), open.cause()));
  }

  final void received(Octets data) {
    open.replyTo().tell(new Prober.Received(open.id(), data, NO_CAUSE));
  }

  final void finished() {
    open.replyTo().tell(new Prober.Finished(open.id(), NO_CAUSE));
  }

  final void failed(Failure failure) {
    open.replyTo().tell(new Prober.Failed(open.id(), failure, NO_CAUSE));
    loop.forget(this);
    close(true);
  }

  final InetSocketAddress target() throws UnknownHostException {
    return new InetSocketAddress(inet(open.address()), open.port());
  }

  final Optional<InetSocketAddress> source() throws UnknownHostException {
    return open.source().isEmpty()
        ? Optional.empty()
        : Optional.of(new InetSocketAddress(inet(open.source().get()), 0));
  }

  static InetAddress inet(IpAddress address) throws UnknownHostException {
    return InetAddress.getByName(address.toString()); // a literal: nobody is asked for it
  }

  /** The JDK tells the errors of connect(2) apart by their text alone. */
  static Failure failureOf(IOException problem) {
    if (problem instanceof SSLException) {
      return Failure.TLS;
    }
    if (problem instanceof PortUnreachableException) {
      return Failure.REFUSED;
    }
    if (problem instanceof NoRouteToHostException) {
      return Failure.UNREACHABLE;
    }
    String text = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("refused")) {
      return Failure.REFUSED;
    }
    if (text.contains("timed out")) {
      return Failure.TIMED_OUT;
    }
    return text.contains("reset") || text.contains("broken pipe")
        ? Failure.RESET
        : Failure.UNREACHABLE;
  }
}
