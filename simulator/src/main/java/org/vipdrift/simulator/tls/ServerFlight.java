package org.vipdrift.simulator.tls;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/**
 * What a server answers to a hello, all at once: its own hello and, hidden, its certificate.
 *
 * @param protocol the one that both speak
 */
record ServerFlight(TlsCertificate certificate, Optional<String> protocol) {
  private static final int SERVER_HELLO = 2;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;

  /** A certificate with its chain, signature and finish take about as much. */
  private static final int LENGTH = 2_500;

  private static final byte[] CHANGE = {1};

  Octets encode() {
    MessageWriter hello = new MessageWriter();
    hello.handshake(
        SERVER_HELLO,
        body -> {
          body.number(2, ClientHello.TLS_1_2).zeros(ClientHello.KEY);
          body.vector(1, id -> id.zeros(ClientHello.KEY));
          body.number(2, ClientHello.AES_128_GCM_SHA256).number(1, 0);
          body.vector(
              2,
              extensions ->
                  extensions
                      .number(2, SUPPORTED_VERSIONS)
                      .vector(2, version -> version.number(2, ClientHello.TLS_1_3))
                      .number(2, KEY_SHARE)
                      .vector(
                          2,
                          share ->
                              share
                                  .number(2, ClientHello.X25519)
                                  .vector(2, key -> key.zeros(ClientHello.KEY))));
        });
    byte[] text =
        (String.join(" ", certificate.names()) + "\n" + protocol.orElse("") + "\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] padded = new byte[Math.max(LENGTH, text.length)];
    System.arraycopy(text, 0, padded, 0, text.length);
    return TlsRecords.joined(
        TlsRecords.plain(TlsRecords.HANDSHAKE, hello.octets()),
        TlsRecords.plain(TlsRecords.CHANGE_CIPHER_SPEC, CHANGE),
        TlsRecords.hidden(TlsRecords.HANDSHAKE, Octets.adopt(padded)));
  }

  /** Reads the hidden part. */
  static Optional<ServerFlight> decode(Octets hidden) {
    String text = new String(hidden.toByteArray(), StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\n", -1);
    if (lines.length < 3) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerFlight(
            new TlsCertificate(List.of(lines[0].split(" "))),
            Optional.of(lines[1]).filter(p -> !p.isEmpty())));
  }

  /** What the client answers before its first data. */
  static Octets finished() {
    return TlsRecords.joined(
        TlsRecords.plain(TlsRecords.CHANGE_CIPHER_SPEC, CHANGE),
        TlsRecords.hidden(TlsRecords.HANDSHAKE, Octets.adopt(new byte[36])));
  }

  static boolean isHello(Octets message) {
    return message.length() > 0 && message.unsignedByte(0) == SERVER_HELLO;
  }
}
