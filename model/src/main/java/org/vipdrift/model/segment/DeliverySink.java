package org.vipdrift.model.segment;

import org.vipdrift.model.frame.Octets;

/** Takes what the switch does with a frame. */
@FunctionalInterface
public interface DeliverySink {
  /**
   * The frame leaves at a port.
   *
   * @param delayNanos after which it reaches the far end of the link, more than 0
   */
  void deliver(PortId egress, Octets frame, long delayNanos);

  /**
   * The frame would have left at a port (or, for {@link LossCause.BrokenFrame} and a missing
   * carrier at its ingress, entered there) but is gone.
   */
  default void lost(PortId port, Octets frame, LossCause cause) {}
}
