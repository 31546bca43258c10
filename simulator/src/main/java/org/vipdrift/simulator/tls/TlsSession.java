package org.vipdrift.simulator.tls;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.tcp.Connection;

/** A connection with TLS on it, as its program sees it. */
public final class TlsSession implements Connection {
  private static final Octets CLOSE_NOTIFY =
      TlsRecords.hidden(TlsRecords.ALERT, Octets.adopt(new byte[] {1, 0}));

  private final Connection below;
  private Optional<String> serverName = Optional.empty();
  private Optional<String> protocol = Optional.empty();
  private Optional<TlsCertificate> certificate = Optional.empty();
  private boolean established;
  private boolean notified;

  TlsSession(Connection below) {
    this.below = below;
  }

  void establish(Optional<String> name, TlsCertificate shown, Optional<String> agreedProtocol) {
    serverName = name;
    certificate = Optional.of(shown);
    protocol = agreedProtocol;
    established = true;
  }

  boolean isEstablished() {
    return established;
  }

  Connection below() {
    return below;
  }

  /** The name the client asked for. */
  public Optional<String> serverName() {
    return serverName;
  }

  /** The protocol that both speak, as {@code http/1.1}, if they agreed on one. */
  public Optional<String> protocol() {
    return protocol;
  }

  /** What the server showed. */
  public Optional<TlsCertificate> certificate() {
    return certificate;
  }

  @Override
  public IpAddress localAddress() {
    return below.localAddress();
  }

  @Override
  public int localPort() {
    return below.localPort();
  }

  @Override
  public IpAddress remoteAddress() {
    return below.remoteAddress();
  }

  @Override
  public int remotePort() {
    return below.remotePort();
  }

  @Override
  public boolean isOpen() {
    return established && !notified && below.isOpen();
  }

  @Override
  public Optional<MacAddress> peerMac() {
    return below.peerMac();
  }

  @Override
  public void send(Octets data, long cause) {
    if (isOpen() && data.length() > 0) {
      below.send(TlsRecords.hidden(TlsRecords.APPLICATION_DATA, data), cause);
    }
  }

  @Override
  public void finish(long cause) {
    sayGoodbye(cause);
    below.finish(cause);
  }

  @Override
  public void close(long cause) {
    sayGoodbye(cause);
    below.close(cause);
  }

  private void sayGoodbye(long cause) {
    if (established && !notified) {
      notified = true;
      below.send(CLOSE_NOTIFY, cause);
    }
  }

  @Override
  public void abort(long cause) {
    notified = true;
    below.abort(cause);
  }

  @Override
  public void keepAlive(Duration idle, Duration interval, int probes) {
    below.keepAlive(idle, interval, probes);
  }
}
