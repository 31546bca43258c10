package org.vipdrift.simulator.kernel.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipdrift.model.random.SplitRandom;

/** ClientHello and ServerHello of TLS 1.3 (RFC 8446 sections 4.1.2 and 4.1.3). */
final class Hello {
  static final int CLIENT_HELLO = 1;
  static final int SERVER_HELLO = 2;

  private static final int LEGACY_VERSION = 0x0303;
  private static final int VERSION = 0x0304;
  private static final int AES_128_GCM_SHA256 = 0x1301;
  private static final int X25519 = 0x001d;
  private static final int KEY_OCTETS = 32;

  private static final int SERVER_NAME = 0;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;

  private Hello() {}

  /** What a server reads in a ClientHello. */
  record Client(byte[] session, Optional<String> serverName, boolean speaks13) {}

  static byte[] client(Optional<String> serverName, SplitRandom random) {
    WireWriter extensions = new WireWriter();
    serverName.ifPresent(
        name ->
            extension(
                extensions,
                SERVER_NAME,
                vector(
                    2,
                    new WireWriter()
                        .number(1, 0)
                        .vector(2, name.getBytes(StandardCharsets.US_ASCII))
                        .toByteArray())));
    extension(extensions, SUPPORTED_GROUPS, vector(2, number(2, X25519)));
    extension(
        extensions,
        SIGNATURE_ALGORITHMS,
        vector(2, new WireWriter().number(2, 0x0403).number(2, 0x0804).toByteArray()));
    extension(extensions, SUPPORTED_VERSIONS, vector(1, number(2, VERSION)));
    extension(extensions, KEY_SHARE, vector(2, keyShare(random)));
    return message(
        CLIENT_HELLO,
        new WireWriter()
            .number(2, LEGACY_VERSION)
            .octets(randomOctets(random))
            .vector(1, randomOctets(random))
            .vector(2, number(2, AES_128_GCM_SHA256))
            .vector(1, number(1, 0))
            .vector(2, extensions.toByteArray()));
  }

  static byte[] server(byte[] session, SplitRandom random) {
    WireWriter extensions = new WireWriter();
    extension(extensions, SUPPORTED_VERSIONS, number(2, VERSION));
    extension(extensions, KEY_SHARE, keyShare(random));
    return message(
        SERVER_HELLO,
        new WireWriter()
            .number(2, LEGACY_VERSION)
            .octets(randomOctets(random))
            .vector(1, session)
            .number(2, AES_128_GCM_SHA256)
            .number(1, 0)
            .vector(2, extensions.toByteArray()));
  }

  /** Whether this is a ServerHello, as far as a client here looks at it. */
  static boolean isServerHello(byte[] message) {
    return message.length > 4 && message[0] == SERVER_HELLO;
  }

  /** Reads a ClientHello; empty if it is none. */
  static Optional<Client> readClient(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    try {
      if (in.get() != CLIENT_HELLO) {
        return Optional.empty();
      }
      skip(in, 3 + 2 + 32);
      byte[] session = take(in, in.get() & 0xff);
      skip(in, in.getShort() & 0xffff);
      skip(in, in.get() & 0xff);
      ByteBuffer extensions = ByteBuffer.wrap(take(in, in.getShort() & 0xffff));
      Optional<String> serverName = Optional.empty();
      boolean speaks13 = false;
      while (extensions.hasRemaining()) {
        int type = extensions.getShort() & 0xffff;
        byte[] content = take(extensions, extensions.getShort() & 0xffff);
        if (type == SERVER_NAME && content.length > 5) {
          serverName =
              Optional.of(new String(content, 5, content.length - 5, StandardCharsets.US_ASCII));
        } else if (type == SUPPORTED_VERSIONS) {
          speaks13 |= content.length >= 3 && content[1] == 3 && content[2] == 4;
        }
      }
      return Optional.of(new Client(session, serverName, speaks13));
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static byte[] message(int type, WireWriter body) {
    return new WireWriter().number(1, type).vector(3, body.toByteArray()).toByteArray();
  }

  private static void extension(WireWriter extensions, int type, byte[] content) {
    extensions.number(2, type).vector(2, content);
  }

  private static byte[] keyShare(SplitRandom random) {
    return new WireWriter().number(2, X25519).vector(2, randomOctets(random)).toByteArray();
  }

  private static byte[] vector(int lengthOctets, byte[] content) {
    return new WireWriter().vector(lengthOctets, content).toByteArray();
  }

  private static byte[] number(int octets, int value) {
    return new WireWriter().number(octets, value).toByteArray();
  }

  private static byte[] randomOctets(SplitRandom random) {
    byte[] octets = new byte[KEY_OCTETS];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] take(ByteBuffer in, int octets) {
    byte[] taken = new byte[octets];
    in.get(taken);
    return taken;
  }

  private static void skip(ByteBuffer in, int octets) {
    in.position(in.position() + octets);
  }
}
