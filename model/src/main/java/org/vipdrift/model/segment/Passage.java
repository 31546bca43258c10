package org.vipdrift.model.segment;

import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** What link rules make of one frame on one link; reused from frame to frame. */
final class Passage {
  private Octets frame = Octets.EMPTY;
  private long delayNanos;
  private int copies;
  private Optional<LossCause> lost = Optional.empty();

  void begin(Octets newFrame) {
    frame = newFrame;
    delayNanos = 0;
    copies = 1;
    lost = Optional.empty();
  }

  Octets frame() {
    return frame;
  }

  long delayNanos() {
    return delayNanos;
  }

  /** How often it arrives, at least once unless it is lost. */
  int copies() {
    return copies;
  }

  Optional<LossCause> lost() {
    return lost;
  }

  void lose(LossCause cause) {
    lost = Optional.of(cause);
  }

  void delay(long nanos) {
    delayNanos += nanos;
  }

  void duplicate() {
    copies++;
  }

  void flipBit(int bit) {
    byte[] bytes = frame.toByteArray();
    bytes[bit / 8] ^= (byte) (0x80 >>> bit % 8);
    frame = Octets.adopt(bytes);
  }
}
