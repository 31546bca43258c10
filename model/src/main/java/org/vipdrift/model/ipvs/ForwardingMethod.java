package org.vipdrift.model.ipvs;

/** How a packet gets to its real server. */
public enum ForwardingMethod {
  /** The destination is rewritten, and the source of the replies, which must come back this way. */
  NAT,
  /** Only the destination's MAC address is rewritten: the real server has the virtual address. */
  DIRECT_ROUTING,
  /** IP in IP to the real server, which has the virtual address. */
  TUNNEL
}
