package org.vipdrift.model.vrrp;

/** How version 3 over IPv4 is summed; version 2 and IPv6 leave no choice. */
public enum ChecksumMode {
  /** RFC 5798 section 5.2.8 as it is deployed. */
  PSEUDO_HEADER,
  /** RFC 9568 section 5.2.8: the message alone. */
  NO_PSEUDO_HEADER
}
