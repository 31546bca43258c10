package org.vipdrift.netio.link;

import org.vipdrift.netio.foreign.Errno;

/** What the kernel made of a request to change something. */
public sealed interface RouteOutcome {
  /** An outcome that says everything. */
  enum Settled implements RouteOutcome {
    DONE,
    ALREADY_THERE,
    NOT_THERE,
    NO_SUCH_INTERFACE
  }

  /**
   * The kernel would not.
   *
   * @param errno one of {@link Errno}, or another
   * @param text why, as the kernel (its extended acknowledgement) or the C library tells
   */
  record Refused(int errno, String text) implements RouteOutcome {
    /** Whether the process lacks a capability for it. */
    public boolean isLackOfPermission() {
      return errno == Errno.EPERM || errno == Errno.EACCES;
    }
  }

  /** Whether it is now as was asked. */
  default boolean isDone() {
    return this == Settled.DONE;
  }
}
