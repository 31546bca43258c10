package org.vipdrift.model.segment;

import java.time.Duration;
import org.vipdrift.model.frame.Octets;

/**
 * A frame that leaves the switch.
 *
 * @param delayNanos after which it reaches the far end of the link, more than 0
 */
public record Delivery(PortId egress, Octets frame, long delayNanos) {
  public Duration delay() {
    return Duration.ofNanos(delayNanos);
  }
}
