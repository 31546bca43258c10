package org.vipdrift.netio.foreign;

import java.io.IOException;

/** A call of the C library failed. */
public final class NativeException extends IOException {
  private static final long serialVersionUID = 1;

  private final int errno;

  /**
   * @param what was tried, as {@code bind to ens33}
   * @param errno why not
   */
  public NativeException(String what, int errno) {
    super(what + ": " + Errno.text(errno));
    this.errno = errno;
  }

  /** One of the numbers in {@link Errno}, or another of the kernel's. */
  public int errno() {
    return errno;
  }

  /** The C library's text for the errno alone. */
  public String reason() {
    return Errno.text(errno);
  }

  /** Whether the process lacks a capability for it. */
  public boolean isLackOfPermission() {
    return errno == Errno.EPERM || errno == Errno.EACCES;
  }
}
