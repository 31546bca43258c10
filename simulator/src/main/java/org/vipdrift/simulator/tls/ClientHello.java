package org.vipdrift.simulator.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/**
 * The first message of a client (RFC 8446 section 4.1.2).
 *
 * @param serverName RFC 6066 section 3
 * @param protocols RFC 7301, in order of preference
 */
public record ClientHello(Optional<String> serverName, List<String> protocols) {
  private static final int TYPE = 1;
  private static final int SERVER_NAME = 0;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int ALPN = 16;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;
  static final int X25519 = 0x001d;
  static final int KEY = 32;
  static final int TLS_1_2 = 0x0303;
  static final int TLS_1_3 = 0x0304;
  static final int AES_128_GCM_SHA256 = 0x1301;

  public ClientHello {
    protocols = List.copyOf(protocols);
  }

  byte[] encode() {
    MessageWriter message = new MessageWriter();
    message.handshake(
        TYPE,
        body -> {
          body.number(2, TLS_1_2).zeros(KEY);
          body.vector(1, id -> id.zeros(KEY));
          body.vector(2, suites -> suites.number(2, AES_128_GCM_SHA256));
          body.vector(1, compression -> compression.number(1, 0));
          body.vector(2, this::extensions);
        });
    return message.octets();
  }

  private void extensions(MessageWriter to) {
    serverName.ifPresent(
        name ->
            to.number(2, SERVER_NAME)
                .vector(
                    2,
                    extension ->
                        extension.vector(
                            2, list -> list.number(1, 0).vector(2, one -> one.text(name)))));
    if (!protocols.isEmpty()) {
      to.number(2, ALPN)
          .vector(
              2,
              extension ->
                  extension.vector(
                      2, list -> protocols.forEach(p -> list.vector(1, one -> one.text(p)))));
    }
    to.number(2, SUPPORTED_GROUPS)
        .vector(2, extension -> extension.vector(2, list -> list.number(2, X25519)));
    to.number(2, SIGNATURE_ALGORITHMS)
        .vector(2, extension -> extension.vector(2, list -> list.number(2, 0x0804)));
    to.number(2, SUPPORTED_VERSIONS)
        .vector(2, extension -> extension.vector(1, list -> list.number(2, TLS_1_3)));
    to.number(2, KEY_SHARE)
        .vector(
            2,
            extension ->
                extension.vector(
                    2, list -> list.number(2, X25519).vector(2, key -> key.zeros(KEY))));
  }

  /** Reads one; empty if it is none. */
  public static Optional<ClientHello> decode(Octets message) {
    try {
      return read(message);
    } catch (IndexOutOfBoundsException tooShort) {
      return Optional.empty();
    }
  }

  private static Optional<ClientHello> read(Octets message) {
    if (message.length() < 4 || message.unsignedByte(0) != TYPE) {
      return Optional.empty();
    }
    int at = 4 + 2 + KEY;
    at += 1 + message.unsignedByte(at);
    at += 2 + message.unsignedShort(at);
    at += 1 + message.unsignedByte(at);
    int end = at + 2 + message.unsignedShort(at);
    at += 2;
    Optional<String> name = Optional.empty();
    List<String> protocols = new ArrayList<>();
    while (at + 4 <= end) {
      int type = message.unsignedShort(at);
      int length = message.unsignedShort(at + 2);
      int from = at + 4;
      if (type == SERVER_NAME && length > 5) {
        name = Optional.of(text(message, from + 5, message.unsignedShort(from + 3)));
      } else if (type == ALPN) {
        int next = from + 2;
        while (next < from + length) {
          protocols.add(text(message, next + 1, message.unsignedByte(next)));
          next += 1 + message.unsignedByte(next);
        }
      }
      at = from + length;
    }
    return Optional.of(new ClientHello(name, protocols));
  }

  private static String text(Octets octets, int from, int length) {
    return new String(octets.slice(from, from + length).toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
