package org.vipdrift.simulator.kernel.tls;

import java.util.Arrays;
import org.vipdrift.model.frame.Octets;

/** The record layer (RFC 8446 section 5): plain records, and such as look encrypted. */
final class TlsRecord {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;

  static final int HEADER = 5;

  /** The longest content of a record. */
  static final int LONGEST = 16_384;

  /** The content type inside, and the authentication tag. */
  static final int SEALING = 17;

  private static final int DISGUISE = 0x5a;

  private TlsRecord() {}

  /** A record that is not encrypted. */
  static byte[] plain(int type, int version, byte[] content) {
    return new WireWriter().number(1, type).number(2, version).vector(2, content).toByteArray();
  }

  /**
   * A record that looks encrypted.
   *
   * @param type of the content inside
   */
  static byte[] sealed(int type, Octets data, int from, int to) {
    byte[] record = new byte[HEADER + to - from + SEALING];
    int length = record.length - HEADER;
    record[0] = APPLICATION_DATA;
    record[1] = 3;
    record[2] = 3;
    record[3] = (byte) (length >> 8);
    record[4] = (byte) length;
    data.copyInto(from, to, record, HEADER);
    record[HEADER + to - from] = (byte) type;
    for (int i = HEADER; i <= HEADER + to - from; i++) {
      record[i] ^= DISGUISE;
    }
    return record;
  }

  /** What {@link #sealed} hid, its type at the end; empty for what it cannot have made. */
  static byte[] unseal(byte[] content) {
    byte[] inner = Arrays.copyOf(content, Math.max(0, content.length - SEALING + 1));
    for (int i = 0; i < inner.length; i++) {
      inner[i] ^= DISGUISE;
    }
    return inner;
  }

  /** Whether a record can begin with these five octets. */
  static boolean isHeader(byte[] bytes, int at) {
    int type = bytes[at];
    int length = length(bytes, at);
    return type >= CHANGE_CIPHER_SPEC
        && type <= APPLICATION_DATA
        && bytes[at + 1] == 3
        && bytes[at + 2] <= 4
        && length > 0
        && length <= LONGEST + 256;
  }

  /** The octets behind the header. */
  static int length(byte[] bytes, int at) {
    return (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff;
  }
}
