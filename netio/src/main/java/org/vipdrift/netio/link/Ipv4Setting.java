package org.vipdrift.netio.link;

/**
 * Settings of an interface, as in {@code /proc/sys/net/ipv4/conf}; rtnetlink sets them in the
 * socket's namespace, where a file would be in the writing thread's.
 */
public enum Ipv4Setting {
  FORWARDING(1),
  RP_FILTER(8),
  ARP_FILTER(13),
  ARP_ANNOUNCE(18),
  ARP_IGNORE(19),
  PROMOTE_SECONDARIES(20),
  ACCEPT_LOCAL(23);

  private final int number;

  Ipv4Setting(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
