package org.vipdrift.simulator.segment;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.segment.PortId;

/**
 * Sees every frame that enters a segment, as a capture on all its ports would: what the link rules
 * then lose, delay, double or corrupt is seen once and whole, and the switch's own queries are seen
 * too. The frames of a storm are none of them: they only take the links' capacity.
 */
@FunctionalInterface
public interface FrameTap {
  /** Where the switch's own queries enter: none of its ports. */
  PortId SWITCH = new PortId(-1, "switch");

  /**
   * @param atNanos true time since the start of the run
   * @param port where it enters, or {@link #SWITCH}
   */
  void frameEntered(long atNanos, PortId port, Octets frame);
}
