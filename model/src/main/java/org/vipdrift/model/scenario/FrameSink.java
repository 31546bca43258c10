package org.vipdrift.model.scenario;

import org.vipdrift.model.frame.Octets;

/** Is told the frames of a run, as a capture on the segments would see them. */
@FunctionalInterface
public interface FrameSink {
  /**
   * A frame is on its segment.
   *
   * @param segment the scenario's name of it
   * @param wallClockNanos true time in nanoseconds since 1970-01-01T00:00:00Z, never less than
   *     before
   * @param frame from the destination address to the last byte before the frame check sequence
   */
  void accept(String segment, long wallClockNanos, Octets frame);
}
