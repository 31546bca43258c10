package org.vipdrift.simulator.kernel.tls;

/** The computing of a handshake: signatures and keys take their time. */
@FunctionalInterface
public interface CpuTime {
  /** It takes none. */
  CpuTime NONE = Runnable::run;

  /** Goes on when it is done. */
  void spend(Runnable then);
}
