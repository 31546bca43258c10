package org.vipdrift.simulator.kernel.tcp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;

/** The data of one direction that is not acknowledged yet, sent or not. */
final class SendQueue {
  private @Nullable Octets[] chunks = new @Nullable Octets[4];
  private int first;
  private int count;

  /** How much of the first chunk is acknowledged. */
  private int acknowledged;

  private int length;

  /** Where {@link #copy} ended last: most calls go on there. */
  private int cursor;

  private int cursorOffset;

  int length() {
    return length;
  }

  void append(Octets data) {
    if (data.length() == 0) {
      return;
    }
    if (count == chunks.length) {
      @Nullable Octets[] larger = new @Nullable Octets[count * 2];
      for (int i = 0; i < count; i++) {
        larger[i] = chunk(i);
      }
      chunks = larger;
      first = 0;
    }
    chunks[first + count & chunks.length - 1] = data;
    count++;
    length += data.length();
  }

  /** Forgets the oldest octets. */
  void drop(int octets) {
    length -= octets;
    acknowledged += octets;
    while (count > 0 && acknowledged >= chunk(0).length()) {
      acknowledged -= chunk(0).length();
      chunks[first] = null;
      first = first + 1 & chunks.length - 1;
      count--;
    }
    cursor = 0;
    cursorOffset = -acknowledged;
  }

  /** Copies octets that begin at an offset from the oldest. */
  void copy(int offset, int octets, byte[] target, int at) {
    if (offset < cursorOffset) {
      cursor = 0;
      cursorOffset = -acknowledged;
    }
    int from = offset;
    int to = offset + octets;
    int into = at;
    while (from < to) {
      Octets chunk = chunk(cursor);
      int end = cursorOffset + chunk.length();
      if (from < end) {
        int part = Math.min(end, to) - from;
        chunk.copyInto(from - cursorOffset, from - cursorOffset + part, target, into);
        from += part;
        into += part;
      }
      if (from < to || from == end) {
        cursor++;
        cursorOffset = end;
      }
    }
  }

  void clear() {
    Arrays.fill(chunks, null);
    first = 0;
    count = 0;
    acknowledged = 0;
    length = 0;
    cursor = 0;
    cursorOffset = 0;
  }

  private Octets chunk(int index) {
    Octets chunk = chunks[first + index & chunks.length - 1];
    if (chunk == null) {
      throw new IllegalStateException("no chunk " + index + " of " + count);
    }
    return chunk;
  }
}
