package org.vipdrift.simulator.kernel.tls;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tcp.Sockets;

/**
 * One end of a TLS connection, around a TCP connection.
 *
 * <pre>
 *   client                                  server
 *   ClientHello                   -----&gt;
 *                                           computes
 *                                 &lt;-----    ServerHello, ChangeCipherSpec, {certificate}
 *   computes
 *   ChangeCipherSpec, {Finished}, {data}  -----&gt;
 *                                 &lt;-----    {data}
 * </pre>
 */
public final class TlsConnection implements Connection, ConnectionHandler {
  private static final int FIRST_VERSION = 0x0301;
  private static final int VERSION = 0x0303;
  private static final int CLOSE_NOTIFY = 0;
  private static final int DECODE_ERROR = 50;
  private static final int UNRECOGNIZED_NAME = 112;
  private static final int WARNING = 1;
  private static final int FATAL = 2;

  private static final int FINISHED_OCTETS = 36;

  private enum Phase {
    AWAITS_HELLO,
    COMPUTES,
    AWAITS_CERTIFICATE,
    AWAITS_FINISHED,
    OPEN,
    OVER
  }

  private final boolean isClient;
  private final CertificateChooser certificates;
  private final CpuTime cpu;
  private final TlsHandler handler;
  private Octets preamble = Octets.EMPTY;
  private @Nullable Connection tcp;
  private Phase phase = Phase.AWAITS_HELLO;
  private Optional<String> serverName;
  private ServerCertificate certificate = ServerCertificate.UNKNOWN;
  private final RecordBuffer input = new RecordBuffer();

  /** Whether somebody up the stack goes on reading. */
  private boolean reading;

  private final ByteArrayOutputStream early = new ByteArrayOutputStream(0);
  private boolean finishesLater;
  private boolean finished;
  private boolean inputEnded;
  private boolean peerFinished;

  private TlsConnection(
      boolean isClient,
      Optional<String> serverName,
      CertificateChooser certificates,
      CpuTime cpu,
      TlsHandler handler) {
    this.isClient = isClient;
    this.serverName = serverName;
    this.certificates = certificates;
    this.cpu = cpu;
    this.handler = handler;
  }

  /**
   * Opens a TCP connection and the TLS connection in it, see {@link Sockets#connect}.
   *
   * @param serverName sent as SNI
   */
  public static TlsConnection connect(
      Sockets sockets,
      String who,
      Optional<IpAddress> source,
      IpAddress address,
      int port,
      Optional<String> serverName,
      CpuTime cpu,
      TlsHandler handler,
      long cause) {
    return connect(
        sockets, who, source, address, port, Octets.EMPTY, serverName, cpu, handler, cause);
  }

  /**
   * Opens a TCP connection and the TLS connection in it, see {@link Sockets#connect}.
   *
   * @param preamble sent in the clear before the handshake
   * @param serverName sent as SNI
   */
  public static TlsConnection connect(
      Sockets sockets,
      String who,
      Optional<IpAddress> source,
      IpAddress address,
      int port,
      Octets preamble,
      Optional<String> serverName,
      CpuTime cpu,
      TlsHandler handler,
      long cause) {
    TlsConnection client = new TlsConnection(true, serverName, _ -> List.of(), cpu, handler);
    client.preamble = preamble;
    client.tcp = sockets.connect(who, source, address, port, client, cause);
    return client;
  }

  /**
   * The server's end.
   *
   * @param accepted whose handler it becomes
   */
  public static TlsConnection accept(
      Connection accepted, CertificateChooser certificates, CpuTime cpu, TlsHandler handler) {
    TlsConnection server = new TlsConnection(false, Optional.empty(), certificates, cpu, handler);
    server.tcp = accepted;
    return server;
  }

  /** The name that the client asked for (SNI), once that is known. */
  public Optional<String> serverName() {
    return serverName;
  }

  /** The names in the server's certificate, once that is known. */
  public List<String> certificateNames() {
    return certificate.names();
  }

  /**
   * Whether the certificate is for this name (RFC 6125 section 6.4); who signed it is not asked.
   */
  public boolean isFor(String hostName) {
    return certificate.isFor(hostName);
  }

  private Connection tcp() {
    if (tcp == null) {
      throw new IllegalStateException("not connected");
    }
    return tcp;
  }

  // ---- what comes in ----

  @Override
  public void connected(long cause) {
    if (preamble.length() > 0) {
      tcp().send(preamble, cause);
    }
    byte[] hello = Hello.client(serverName, random());
    write(TlsRecord.plain(TlsRecord.HANDSHAKE, FIRST_VERSION, hello), cause);
  }

  @Override
  public void received(Octets data, long cause) {
    input.add(data);
    readRecords(cause);
  }

  private void readRecords(long cause) {
    if (reading) {
      return;
    }
    reading = true;
    while (phase != Phase.COMPUTES && phase != Phase.OVER && input.hasHeader()) {
      if (!input.isRecord()) {
        // Whoever speaks no TLS gets no alert either, as with OpenSSL.
        give("expected a TLS record, got octet " + input.firstOctet(), cause);
        break;
      }
      if (!input.hasRecord()) {
        break;
      }
      int type = input.type();
      read(type, input.takeContent(), cause);
    }
    reading = false;
    if (phase == Phase.OVER) {
      input.clear();
    } else {
      input.compact();
    }
    if (inputEnded && phase != Phase.COMPUTES && phase != Phase.OVER) {
      endInput(cause);
    }
  }

  private void read(int type, byte[] content, long cause) {
    if (type == TlsRecord.CHANGE_CIPHER_SPEC) {
      return;
    }
    if (type == TlsRecord.ALERT) {
      give("the other side refused the handshake with alert " + content[content.length - 1], cause);
      return;
    }
    switch (phase) {
      case AWAITS_HELLO -> readHello(type, content, cause);
      case AWAITS_CERTIFICATE -> readCertificate(type, content, cause);
      case AWAITS_FINISHED -> {
        if (type == TlsRecord.APPLICATION_DATA) {
          open(cause);
        } else {
          fail(DECODE_ERROR, "expected Finished, got a record of type " + type, cause);
        }
      }
      case OPEN -> readData(content, cause);
      case COMPUTES, OVER -> {}
    }
  }

  private void readHello(int type, byte[] content, long cause) {
    if (isClient) {
      if (type == TlsRecord.HANDSHAKE && Hello.isServerHello(content)) {
        phase = Phase.AWAITS_CERTIFICATE;
      } else {
        fail(DECODE_ERROR, "expected ServerHello, got a record of type " + type, cause);
      }
      return;
    }
    Optional<Hello.Client> hello =
        type == TlsRecord.HANDSHAKE ? Hello.readClient(content) : Optional.empty();
    if (hello.isEmpty() || !hello.get().speaks13()) {
      fail(DECODE_ERROR, "expected ClientHello of TLS 1.3, got a record of type " + type, cause);
      return;
    }
    serverName = hello.get().serverName();
    certificate = new ServerCertificate(certificates.choose(serverName));
    if (certificate.names().isEmpty()) {
      fail(UNRECOGNIZED_NAME, "no certificate for " + serverName.orElse("no name"), cause);
      return;
    }
    phase = Phase.COMPUTES;
    cpu.spend(() -> answerHello(hello.get().session(), cause));
  }

  private void answerHello(byte[] session, long cause) {
    if (isComputing()) {
      phase = Phase.AWAITS_FINISHED;
      write(
          new WireWriter()
              .octets(
                  TlsRecord.plain(TlsRecord.HANDSHAKE, VERSION, Hello.server(session, random())))
              .octets(changeCipherSpec())
              .octets(sealed(TlsRecord.HANDSHAKE, certificate.encode()))
              .toByteArray(),
          cause);
      readRecords(cause);
    }
  }

  /** Not so when the process has died meanwhile. */
  private boolean isComputing() {
    if (phase == Phase.COMPUTES && !tcp().isOpen()) {
      phase = Phase.OVER;
    }
    return phase == Phase.COMPUTES;
  }

  private void readCertificate(int type, byte[] content, long cause) {
    Optional<ServerCertificate> sent =
        type == TlsRecord.APPLICATION_DATA
            ? ServerCertificate.decode(TlsRecord.unseal(content))
            : Optional.empty();
    if (sent.isEmpty()) {
      fail(DECODE_ERROR, "expected a certificate, got a record of type " + type, cause);
      return;
    }
    certificate = sent.get();
    phase = Phase.COMPUTES;
    cpu.spend(
        () -> {
          if (isComputing()) {
            write(
                new WireWriter()
                    .octets(changeCipherSpec())
                    .octets(sealed(TlsRecord.HANDSHAKE, new byte[FINISHED_OCTETS]))
                    .toByteArray(),
                cause);
            open(cause);
            readRecords(cause);
          }
        });
  }

  private void open(long cause) {
    phase = Phase.OPEN;
    if (early.size() > 0) {
      byte[] data = early.toByteArray();
      early.reset();
      seal(Octets.adopt(data), cause);
    }
    if (finishesLater) {
      sendFinish(cause);
    }
    handler.connected(cause);
  }

  private void readData(byte[] content, long cause) {
    byte[] inner = TlsRecord.unseal(content);
    if (inner.length > 1 && inner[inner.length - 1] == TlsRecord.APPLICATION_DATA) {
      handler.received(Octets.adopt(Arrays.copyOf(inner, inner.length - 1)), cause);
    }
  }

  @Override
  public void finished(long cause) {
    inputEnded = true;
    peerFinished = true;
    if (phase != Phase.COMPUTES && phase != Phase.OVER) {
      endInput(cause);
    }
  }

  private void endInput(long cause) {
    inputEnded = false;
    if (phase == Phase.OPEN) {
      handler.finished(cause);
    } else {
      give("the connection ended within the handshake", cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    if (phase != Phase.OVER) {
      phase = Phase.OVER;
      handler.failed(failure, cause);
    }
  }

  private void fail(int alert, String problem, long cause) {
    write(TlsRecord.plain(TlsRecord.ALERT, VERSION, new byte[] {FATAL, (byte) alert}), cause);
    give(problem, cause);
  }

  private void give(String problem, long cause) {
    phase = Phase.OVER;
    tcp().close(cause);
    handler.handshakeFailed(problem, cause);
  }

  // ---- what the program asks for ----

  @Override
  public void send(Octets data, long cause) {
    if (finished || finishesLater) {
      return;
    }
    switch (phase) {
      case OPEN -> seal(data, cause);
      case AWAITS_HELLO, COMPUTES, AWAITS_CERTIFICATE, AWAITS_FINISHED ->
          early.writeBytes(data.toByteArray());
      case OVER -> {}
    }
  }

  private void seal(Octets data, long cause) {
    for (int from = 0; from < data.length(); from += TlsRecord.LONGEST) {
      int to = Math.min(data.length(), from + TlsRecord.LONGEST);
      write(TlsRecord.sealed(TlsRecord.APPLICATION_DATA, data, from, to), cause);
    }
  }

  @Override
  public void finish(long cause) {
    if (phase == Phase.OPEN) {
      sendFinish(cause);
    } else {
      finishesLater = true;
    }
  }

  private void sendFinish(long cause) {
    if (!finished) {
      sayGoodbye(cause);
      tcp().finish(cause);
    }
  }

  /** Who has closed would answer it with RST. */
  private void sayGoodbye(long cause) {
    finished = true;
    if (!peerFinished) {
      write(sealed(TlsRecord.ALERT, new byte[] {WARNING, CLOSE_NOTIFY}), cause);
    }
  }

  @Override
  public void close(long cause) {
    if (phase == Phase.OPEN && !finished) {
      sayGoodbye(cause);
    }
    phase = Phase.OVER;
    tcp().close(cause);
  }

  @Override
  public void abort(long cause) {
    phase = Phase.OVER;
    tcp().abort(cause);
  }

  @Override
  public void keepAlive(Duration idle, Duration interval, int probes) {
    tcp().keepAlive(idle, interval, probes);
  }

  /** The handshake is over, and nothing has ended the connection from this side. */
  @Override
  public boolean isOpen() {
    return phase == Phase.OPEN && !finished && tcp().isOpen();
  }

  // ---- out ----

  private void write(byte[] records, long cause) {
    tcp().send(Octets.adopt(records), cause);
  }

  private static byte[] sealed(int type, byte[] content) {
    return TlsRecord.sealed(type, Octets.adopt(content), 0, content.length);
  }

  private static byte[] changeCipherSpec() {
    return TlsRecord.plain(TlsRecord.CHANGE_CIPHER_SPEC, VERSION, new byte[] {1});
  }

  /** Randoms and keys need only be well-formed: they follow from the ports. */
  private SplitRandom random() {
    return SplitRandom.ofSeed((long) localPort() << 16 | remotePort());
  }

  // ---- what it is ----

  @Override
  public IpAddress localAddress() {
    return tcp().localAddress();
  }

  @Override
  public int localPort() {
    return tcp().localPort();
  }

  @Override
  public IpAddress remoteAddress() {
    return tcp().remoteAddress();
  }

  @Override
  public int remotePort() {
    return tcp().remotePort();
  }

  @Override
  public Optional<MacAddress> peerMac() {
    return tcp().peerMac();
  }
}
