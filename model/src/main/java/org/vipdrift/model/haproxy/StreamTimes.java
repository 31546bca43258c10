package org.vipdrift.model.haproxy;

/** When a stream came how far, in monotonic nanoseconds; {@link #NEVER} where it did not. */
final class StreamTimes {
  static final long NEVER = Long.MIN_VALUE;

  private static final long MILLISECOND = 1_000_000L;

  /** The connection was accepted, or the request before it was over. */
  final long start;

  /** From then to the first octet of the request. */
  final long idle;

  long request = NEVER;
  long queued = NEVER;
  long connected = NEVER;
  long response = NEVER;
  long closed = NEVER;

  StreamTimes(long start, long idle) {
    this.start = start;
    this.idle = idle;
  }

  /** The moment the request began. */
  long requestStart() {
    return start + idle;
  }

  /** Milliseconds since the start, cut off; -1 for what did not happen. */
  private long milliseconds(long at) {
    return at == NEVER ? -1 : (at - start) / MILLISECOND;
  }

  private long between(long from, long to) {
    return to == NEVER ? -1 : milliseconds(to) - (from == NEVER ? 0 : milliseconds(from));
  }

  long idleMilliseconds() {
    return idle / MILLISECOND;
  }

  /** {@code %TR}. */
  long requestTime() {
    return request == NEVER ? -1 : milliseconds(request) - idleMilliseconds();
  }

  /** {@code %Tq}: with the idle time before. */
  long requestTimeWithIdle() {
    return milliseconds(request);
  }

  /** {@code %Tw}. */
  long queueTime() {
    return between(request, queued);
  }

  /** {@code %Tc}. */
  long connectTime() {
    return between(queued, connected);
  }

  /** {@code %Tr}. */
  long responseTime() {
    return between(connected, response);
  }

  /** {@code %Ta}: without the idle time before. */
  long activeTime() {
    return milliseconds(closed) - idleMilliseconds();
  }

  /** {@code %Tt}. */
  long totalTime() {
    return milliseconds(closed);
  }

  /** {@code %Td}. */
  long dataTime() {
    return response == NEVER ? -1 : milliseconds(closed) - milliseconds(response);
  }
}
