package org.vipdrift.netio.link;

/** Whom a macvlan interface can reach on its own machine ({@code MACVLAN_MODE_...}). */
public enum MacvlanMode {
  /** Nobody: what keepalived uses. */
  PRIVATE(1),
  /** Its siblings, if a switch outside sends their frames back. */
  VEPA(2),
  /** Its siblings, directly. */
  BRIDGE(4),
  /** It is the interface below. */
  PASSTHRU(8);

  private final int number;

  MacvlanMode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
