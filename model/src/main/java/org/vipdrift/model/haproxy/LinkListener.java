package org.vipdrift.model.haproxy;

import org.vipdrift.model.frame.Octets;

/** Told what becomes of a connection; after {@link #failed} or a local close nothing more. */
public interface LinkListener {
  /** Why a connection could not be made, or broke. */
  enum Failure {
    REFUSED,
    RESET,
    TIMED_OUT,
    UNREACHABLE
  }

  /** Of a connection this side opened. */
  void connected(long cause);

  void received(Octets data, long cause);

  /** The other side sends no more. */
  void finished(long cause);

  void failed(Failure failure, long cause);
}
