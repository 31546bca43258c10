package org.vipdrift.simulator.web;

import org.vipdrift.model.frame.Octets;

/** An answer in which only the date changes: written anew at most once a second. */
final class StaticAnswer {
  private static final long BILLION = 1_000_000_000L;

  private final WebAnswer answer;
  private final Octets[] written = {Octets.EMPTY, Octets.EMPTY, Octets.EMPTY, Octets.EMPTY};
  private final long[] seconds = {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};

  StaticAnswer(WebAnswer answer) {
    this.answer = answer;
  }

  int status() {
    return answer.status();
  }

  Octets octets(long wallNanos, boolean keepsAlive, boolean toHead) {
    long second = Math.floorDiv(wallNanos, BILLION);
    int form = (keepsAlive ? 1 : 0) + (toHead ? 2 : 0);
    if (seconds[form] != second) {
      seconds[form] = second;
      written[form] = answer.encode(wallNanos, keepsAlive, toHead);
    }
    return written[form];
  }
}
