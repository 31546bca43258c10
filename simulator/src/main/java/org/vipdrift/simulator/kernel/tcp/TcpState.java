package org.vipdrift.simulator.kernel.tcp;

/**
 * The states of one end of a connection (RFC 9293 section 3.3.2).
 *
 * <pre>
 *  connect -> SYN_SENT ---SYN-ACK---> ESTABLISHED <---ACK--- SYN_RECEIVED <- SYN
 *                              finish |        | FIN
 *                                     v        v
 *                             FIN_WAIT_1      CLOSE_WAIT
 *                         ACK |      | FIN     | finish
 *                             v      v         v
 *                    FIN_WAIT_2   CLOSING    LAST_ACK
 *                         FIN |      | ACK     | ACK
 *                             v      v         v
 *                            {@link TimeWait}       CLOSED
 * </pre>
 */
enum TcpState {
  SYN_SENT,
  SYN_RECEIVED,
  ESTABLISHED,
  FIN_WAIT_1,
  FIN_WAIT_2,
  CLOSE_WAIT,
  CLOSING,
  LAST_ACK,
  CLOSED;

  /** Whether both ends know each other's sequence numbers. */
  boolean isSynchronized() {
    return switch (this) {
      case SYN_SENT, SYN_RECEIVED, CLOSED -> false;
      case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK -> true;
    };
  }

  /** Whether the program may still send; what it sends before the handshake is over is kept. */
  boolean takesData() {
    return switch (this) {
      case SYN_SENT, SYN_RECEIVED, ESTABLISHED, CLOSE_WAIT -> true;
      case FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, CLOSED -> false;
    };
  }

  /** Whether the other end hears of an abort (RFC 9293 section 3.10.5). */
  boolean abortsWithReset() {
    return switch (this) {
      case SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT -> true;
      case SYN_SENT, CLOSING, LAST_ACK, CLOSED -> false;
    };
  }

  /** After a decision to send FIN; before the handshake is over that has to wait. */
  TcpState afterFinish() {
    return switch (this) {
      case ESTABLISHED -> FIN_WAIT_1;
      case CLOSE_WAIT -> LAST_ACK;
      case SYN_SENT, SYN_RECEIVED, FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, CLOSED -> this;
    };
  }

  /** After the FIN of the other end; from FIN_WAIT_2 the way leads to {@link TimeWait}. */
  TcpState afterFin() {
    return switch (this) {
      case ESTABLISHED -> CLOSE_WAIT;
      case FIN_WAIT_1 -> CLOSING;
      case SYN_SENT, SYN_RECEIVED, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, CLOSED -> this;
    };
  }
}
