package org.vipdrift.simulator.segment;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.segment.PortId;

/** A cable between a segment and what hangs at its end. */
public final class SegmentPort {
  private final SimulatedSegment segment;
  private final PortId id;
  private final FrameReceiver receiver;
  private boolean plugged = true;

  SegmentPort(SimulatedSegment segment, PortId id, FrameReceiver receiver) {
    this.segment = segment;
    this.id = id;
    this.receiver = receiver;
  }

  /** The switch's port, by which link rules select. */
  public PortId id() {
    return id;
  }

  /** Whether the cable is in. */
  public boolean isPlugged() {
    return plugged;
  }

  /** Sends a frame; without the cable it is lost. */
  public void transmit(Octets frame, long cause) {
    if (plugged) {
      segment.forward(id, frame, cause);
    }
  }

  /** Plugs the cable in or pulls it out; what is on its way to a pulled one is lost. */
  public void setPlugged(boolean newPlugged, long cause) {
    if (plugged != newPlugged) {
      plugged = newPlugged;
      segment.setCarrier(id, newPlugged);
      receiver.carrierChanged(newPlugged, cause);
    }
  }

  void arrive(Octets frame, long cause) {
    if (plugged) {
      receiver.frameArrived(frame, cause);
    }
  }
}
