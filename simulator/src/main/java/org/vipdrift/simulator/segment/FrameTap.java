package org.vipdrift.simulator.segment;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.segment.PortId;

/** Sees every frame that enters a segment, as a capture on all its ports would. */
@FunctionalInterface
public interface FrameTap {
  /**
   * @param atNanos true time since the start of the run
   * @param port where it enters
   */
  void frameEntered(long atNanos, PortId port, Octets frame);
}
