package org.vipdrift.model.health;

/**
 * What administrators, and the server it tracks, want of a server.
 *
 * @param bits as {@code show servers state} prints them
 */
public record Administration(int bits) {
  /** Nothing is asked of it. */
  public static final Administration NONE = new Administration(0);

  /** A reason to be out, wholly or for new clients. */
  public enum Flag {
    FORCED_MAINTENANCE(1),
    /** The server it tracks is in maintenance. */
    INHERITED_MAINTENANCE(2),
    /** {@code disabled} in the file; stays for good, and is no reason by itself. */
    CONFIGURED(4),
    FORCED_DRAIN(8),
    /** The server it tracks drains. */
    INHERITED_DRAIN(16);

    private final int bit;

    Flag(int bit) {
      this.bit = bit;
    }

    boolean isMaintenance() {
      return this == FORCED_MAINTENANCE || this == INHERITED_MAINTENANCE;
    }

    /** What those that track the server get. */
    Flag inherited() {
      return isMaintenance() ? INHERITED_MAINTENANCE : INHERITED_DRAIN;
    }
  }

  public boolean has(Flag flag) {
    return (bits & flag.bit) != 0;
  }

  public boolean inMaintenance() {
    return has(Flag.FORCED_MAINTENANCE) || has(Flag.INHERITED_MAINTENANCE);
  }

  public boolean draining() {
    return has(Flag.FORCED_DRAIN) || has(Flag.INHERITED_DRAIN);
  }

  /** Whether there is still a reason of the same kind. */
  boolean hasLike(Flag flag) {
    return flag.isMaintenance() ? inMaintenance() : draining();
  }

  Administration with(Flag flag) {
    return new Administration(bits | flag.bit);
  }

  Administration without(Flag flag) {
    return new Administration(bits & ~flag.bit);
  }
}
