package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;

/** Native memory for several messages of one {@code recvmmsg}, used again and again. */
final class MessageBatch {
  private static final int NAME_OCTETS = 32;
  private static final int CONTROL_OCTETS = 128;

  /** The size of {@code struct mmsghdr}: a {@code msghdr} of 56 octets and a length. */
  private static final int HEADER_OCTETS = 64;

  private static final int CONTROL_HEADER_OCTETS = 16;

  private final int count;
  private final int capacity;
  private final MemorySegment headers;
  private final MemorySegment names;
  private final MemorySegment controls;
  private final MemorySegment data;

  /**
   * @param capacity octets of one message; the rest of a longer one is lost
   */
  MessageBatch(Arena arena, int count, int capacity) {
    this.count = count;
    this.capacity = capacity;
    this.headers = arena.allocate((long) count * HEADER_OCTETS, 8);
    this.names = arena.allocate((long) count * NAME_OCTETS, 8);
    this.controls = arena.allocate((long) count * CONTROL_OCTETS, 8);
    this.data = arena.allocate((long) count * capacity, 8);
    MemorySegment vectors = arena.allocate(count * 16L, 8);
    for (int i = 0; i < count; i++) {
      vectors.set(ADDRESS, i * 16L, data.asSlice((long) i * capacity, capacity));
      vectors.set(JAVA_LONG, i * 16L + 8, capacity);
      long header = (long) i * HEADER_OCTETS;
      headers.set(ADDRESS, header, names.asSlice((long) i * NAME_OCTETS, NAME_OCTETS));
      headers.set(ADDRESS, header + 16, vectors.asSlice(i * 16L, 16));
      headers.set(JAVA_LONG, header + 24, 1);
      headers.set(ADDRESS, header + 32, controls.asSlice((long) i * CONTROL_OCTETS));
    }
  }

  int count() {
    return count;
  }

  /** Messages received, without waiting, or {@code -errno}. */
  int receive(int descriptor) {
    for (int i = 0; i < count; i++) {
      long header = (long) i * HEADER_OCTETS;
      headers.set(JAVA_INT, header + 8, NAME_OCTETS);
      headers.set(JAVA_LONG, header + 40, CONTROL_OCTETS);
      headers.set(JAVA_INT, header + 48, 0);
    }
    return Libc.receiveMessages(descriptor, headers, count, Constants.MSG_DONTWAIT);
  }

  int length(int message) {
    return headers.get(JAVA_INT, (long) message * HEADER_OCTETS + 56);
  }

  boolean isTruncated(int message) {
    int flags = headers.get(JAVA_INT, (long) message * HEADER_OCTETS + 48);
    return (flags & Constants.MSG_TRUNC) != 0;
  }

  int unsignedByte(int message, int at) {
    return data.get(JAVA_BYTE, (long) message * capacity + at) & 0xff;
  }

  /** The sum of the 16-bit words of {@code from..to-1} of a message, not folded (RFC 1071). */
  long sum(int message, int from, int to) {
    long begin = (long) message * capacity;
    return sum(data, begin + from, begin + to);
  }

  static long sum(MemorySegment octets, long from, long to) {
    long sum = 0;
    for (long at = from; at < to; at++) {
      int octet = octets.get(JAVA_BYTE, at) & 0xff;
      sum += (at - from) % 2 == 0 ? octet << 8 : octet;
    }
    return sum;
  }

  /** The octets {@code from..to-1} of a message. */
  byte[] copy(int message, int from, int to) {
    byte[] bytes = new byte[to - from];
    MemorySegment.copy(data, JAVA_BYTE, (long) message * capacity + from, bytes, 0, bytes.length);
    return bytes;
  }

  /** The sender's {@code struct sockaddr}. */
  MemorySegment name(int message) {
    return names.asSlice((long) message * NAME_OCTETS, NAME_OCTETS);
  }

  /** Where in {@link #controls} the data of a control message are; negative if it did not come. */
  long control(int message, int level, int type) {
    long begin = (long) message * CONTROL_OCTETS;
    long end = begin + headers.get(JAVA_LONG, (long) message * HEADER_OCTETS + 40);
    for (long at = begin; at + CONTROL_HEADER_OCTETS <= end; ) {
      long length = controls.get(JAVA_LONG, at);
      if (length < CONTROL_HEADER_OCTETS) {
        return -1;
      }
      if (controls.get(JAVA_INT, at + 8) == level && controls.get(JAVA_INT, at + 12) == type) {
        return at + CONTROL_HEADER_OCTETS;
      }
      at += length + 7 & ~7;
    }
    return -1;
  }

  MemorySegment controls() {
    return controls;
  }
}
