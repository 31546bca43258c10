package org.vipdrift.simulator.tls;

import java.util.Arrays;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** Cuts a stream into TLS records, and writes them (RFC 8446 section 5). */
final class TlsRecords {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;

  static final int HEADER = 5;
  private static final int MOST = 16_384;
  private static final int TAG = 16;

  /** One record: its inner type and what it holds. */
  record Content(int type, Octets data) {}

  private byte[] buffer = new byte[0];
  private boolean broken;

  void add(Octets octets) {
    int before = buffer.length;
    buffer = Arrays.copyOf(buffer, before + octets.length());
    octets.copyInto(buffer, before);
  }

  /** Whether what came is no TLS. */
  boolean isBroken() {
    return broken;
  }

  /** The next whole record. */
  Optional<Content> next() {
    if (buffer.length > 0 && (buffer[0] < CHANGE_CIPHER_SPEC || buffer[0] > APPLICATION_DATA)) {
      broken = true;
    }
    if (broken || buffer.length < HEADER) {
      return Optional.empty();
    }
    int length = (buffer[3] & 0xff) << 8 | buffer[4] & 0xff;
    if (buffer.length < HEADER + length) {
      return Optional.empty();
    }
    int type = buffer[0];
    int end = HEADER + length;
    if (type == APPLICATION_DATA && length > TAG) {
      end -= TAG + 1;
      type = buffer[end];
    }
    Octets data = Octets.copyOf(Arrays.copyOfRange(buffer, HEADER, end));
    buffer = Arrays.copyOfRange(buffer, HEADER + length, buffer.length);
    return Optional.of(new Content(type, data));
  }

  /** A record whose content anybody can see. */
  static Octets plain(int type, byte[] content) {
    byte[] record = new byte[HEADER + content.length];
    header(record, 0, type, content.length);
    System.arraycopy(content, 0, record, HEADER, content.length);
    return Octets.adopt(record);
  }

  /** Records whose content is hidden: as many as it needs. */
  static Octets hidden(int type, Octets content) {
    int count = Math.max(1, (content.length() + MOST - 1) / MOST);
    byte[] records = new byte[content.length() + count * (HEADER + 1 + TAG)];
    int at = 0;
    for (int from = 0; from < content.length() || from == 0; from += MOST) {
      Octets part = content.slice(from, Math.min(content.length(), from + MOST));
      header(records, at, APPLICATION_DATA, part.length() + 1 + TAG);
      part.copyInto(records, at + HEADER);
      records[at + HEADER + part.length()] = (byte) type;
      at += HEADER + part.length() + 1 + TAG;
    }
    return Octets.adopt(records);
  }

  private static void header(byte[] record, int at, int type, int length) {
    record[at] = (byte) type;
    record[at + 1] = 3;
    record[at + 2] = 3;
    record[at + 3] = (byte) (length >> 8);
    record[at + 4] = (byte) length;
  }

  static Octets joined(Octets... parts) {
    int length = 0;
    for (Octets part : parts) {
      length += part.length();
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Octets part : parts) {
      part.copyInto(all, at);
      at += part.length();
    }
    return Octets.adopt(all);
  }
}
