package org.vipdrift.netio.port;

import org.vipdrift.model.frame.IpAddress;

/** Looks whether somebody else on the segment has an address that was just added. */
@FunctionalInterface
public interface DuplicateProbe {
  DuplicateProbe NONE = (_, _, _) -> {};

  /**
   * Begins to look, and returns at once.
   *
   * @param cause the event of the address in the trace
   */
  void added(String networkInterface, IpAddress address, long cause);
}
