package org.vipdrift.simulator.segment;

import org.vipdrift.model.frame.Octets;

/** What hangs at the end of a cable. */
public interface FrameReceiver {
  /** A frame arrived, whoever it is for. */
  void frameArrived(Octets frame, long cause);

  /** The cable was plugged in or pulled out. */
  void carrierChanged(boolean carrier, long cause);
}
