package org.vipdrift.actors.port;

import org.vipdrift.model.frame.IpAddress;

/** The packet filter rules that a process needs for itself. */
public interface PacketFilter {
  /** What a process asks. */
  sealed interface Command {}

  /** Drops packets to a virtual address that must not be accepted (RFC 5798 Accept_Mode false). */
  record RefuseTraffic(String who, IpAddress address) implements Command {}

  /** Ends a {@link RefuseTraffic}. */
  record AcceptTraffic(String who, IpAddress address) implements Command {}

  /** Ends every refusal of this process. */
  record ReleaseAll(String who) implements Command {}
}
