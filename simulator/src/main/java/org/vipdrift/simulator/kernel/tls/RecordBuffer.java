package org.vipdrift.simulator.kernel.tls;

import java.util.Arrays;
import org.vipdrift.model.frame.Octets;

/** What has come in and is not read yet: records, of which the last may be incomplete. */
final class RecordBuffer {
  private static final byte[] NOTHING = new byte[0];

  private byte[] octets = NOTHING;
  private int at;

  void add(Octets data) {
    int had = octets.length;
    octets = Arrays.copyOf(octets, had + data.length());
    data.copyInto(octets, had);
  }

  /** Whether there is enough to tell a record from something else. */
  boolean hasHeader() {
    return octets.length - at >= TlsRecord.HEADER;
  }

  /** Whether what comes next is a record at all. */
  boolean isRecord() {
    return TlsRecord.isHeader(octets, at);
  }

  int firstOctet() {
    return octets[at] & 0xff;
  }

  /** Whether the next record is whole. */
  boolean hasRecord() {
    return end() <= octets.length;
  }

  private int end() {
    return at + TlsRecord.HEADER + TlsRecord.length(octets, at);
  }

  /** The content type of the next record. */
  int type() {
    return octets[at];
  }

  /** Takes the next record out: its content. */
  byte[] takeContent() {
    int from = at + TlsRecord.HEADER;
    at = end();
    return Arrays.copyOfRange(octets, from, at);
  }

  /** Forgets what has been taken. */
  void compact() {
    octets = Arrays.copyOfRange(octets, at, octets.length);
    at = 0;
  }

  void clear() {
    octets = NOTHING;
    at = 0;
  }
}
