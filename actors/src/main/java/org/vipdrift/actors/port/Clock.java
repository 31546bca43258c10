package org.vipdrift.actors.port;

/** The time of the host: what a process may know of it. */
public interface Clock {
  /** Nanoseconds since some instant in the past; never steps, stands still while a VM is paused. */
  long monotonicNanos();

  /** Nanoseconds since 1970 as the host believes; steps when somebody sets it. */
  long wallNanos();
}
