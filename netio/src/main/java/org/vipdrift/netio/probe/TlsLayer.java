package org.vipdrift.netio.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS between a connection and its checker; any certificate will do. */
final class TlsLayer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final SSLContext CONTEXT = context();

  private final SSLEngine engine = CONTEXT.createSSLEngine();
  private final Sides sides;
  private ByteBuffer encrypted;
  private ByteBuffer plain;
  private boolean established;

  /** The connection below and the checker above. */
  interface Sides {
    void toNetwork(ByteBuffer data) throws IOException;

    void established();

    void plain(ByteBuffer data);

    void closed();
  }

  TlsLayer(Optional<String> serverName, Sides sides) {
    this.sides = sides;
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    serverName.ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
    engine.setSSLParameters(parameters);
    encrypted = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
  }

  boolean isEstablished() {
    return established;
  }

  void begin() throws IOException {
    engine.beginHandshake();
    advance();
  }

  void fromNetwork(ByteBuffer data) throws IOException {
    if (encrypted.remaining() < data.remaining()) {
      ByteBuffer larger = ByteBuffer.allocate(encrypted.position() + data.remaining());
      encrypted = larger.put(encrypted.flip());
    }
    encrypted.put(data);
    advance();
  }

  void send(byte[] data) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(data);
    while (from.hasRemaining()) {
      wrap(from);
    }
  }

  /** Says goodbye. */
  void close() throws IOException {
    engine.closeOutbound();
    if (established) {
      wrap(NOTHING.duplicate());
    }
  }

  private void advance() throws IOException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> {
          for (Runnable task = engine.getDelegatedTask();
              task != null;
              task = engine.getDelegatedTask()) {
            task.run();
          }
        }
        case NEED_WRAP -> {
          if (!wrap(NOTHING.duplicate())) {
            return;
          }
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrap()) {
            return;
          }
        }
        case NOT_HANDSHAKING, FINISHED -> {
          if (!established) {
            established = true;
            sides.established();
          }
          if (!unwrap()) {
            return;
          }
        }
      }
    }
  }

  /** Whether there is more to do. */
  private boolean wrap(ByteBuffer from) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(from, packet);
    packet.flip();
    if (packet.hasRemaining()) {
      sides.toNetwork(packet);
    }
    if (result.getStatus() == SSLEngineResult.Status.CLOSED && from.hasRemaining()) {
      throw new SSLException("the TLS connection is closed");
    }
    return result.getStatus() == SSLEngineResult.Status.OK;
  }

  /** Whether there is more to do. */
  private boolean unwrap() throws IOException {
    encrypted.flip();
    SSLEngineResult result;
    try {
      result = engine.unwrap(encrypted, plain.clear());
    } finally {
      encrypted.compact();
    }
    if (plain.flip().hasRemaining()) {
      sides.plain(plain);
    }
    return switch (result.getStatus()) {
      case OK -> result.bytesConsumed() > 0;
      case BUFFER_UNDERFLOW -> false;
      case BUFFER_OVERFLOW -> {
        plain = ByteBuffer.allocate(plain.capacity() * 2);
        yield true;
      }
      case CLOSED -> {
        sides.closed();
        yield false;
      }
    };
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK speaks TLS", impossible);
    }
  }

  /** A health check asks whether the server answers, not who it is. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
