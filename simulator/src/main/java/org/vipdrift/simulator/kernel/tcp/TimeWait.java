package org.vipdrift.simulator.kernel.tcp;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.TcpHeader;

/**
 * What is left of a connection that was closed from this side first: for 60 s it answers what is
 * late, and its ports are not used again.
 *
 * <p>A small object without a timer: it is found to be over when somebody looks.
 */
final class TimeWait implements Flow {
  /** TCP_TIMEWAIT_LEN, and the tcp_fin_timeout of a connection that waits for the other's FIN. */
  static final long DURATION_NANOS = 60_000_000_000L;

  private final TcpStack stack;
  private final IpAddress localAddress;
  private final IpAddress remoteAddress;
  private final int ports;
  private final int sendNext;
  private int receiveNext;
  private boolean awaitsFin;
  private long expiresAt;
  private @Nullable Flow next;

  /**
   * @param awaitsFin whether this is FIN-WAIT-2 of a connection whose program has gone
   */
  TimeWait(TcpStack stack, TcpConnection of, int sendNext, int receiveNext, boolean awaitsFin) {
    this.stack = stack;
    this.localAddress = of.localAddress();
    this.remoteAddress = of.remoteAddress();
    this.ports = of.localPort() << 16 | of.remotePort();
    this.sendNext = sendNext;
    this.receiveNext = receiveNext;
    this.awaitsFin = awaitsFin;
    this.expiresAt = stack.now() + DURATION_NANOS;
  }

  boolean isOver(long now) {
    return now >= expiresAt;
  }

  @Override
  public void receive(Arrival arrival) {
    int offset = receiveNext - arrival.sequence;
    if (arrival.isReset()) {
      if (offset == 0) {
        stack.remove(this);
      }
    } else if (arrival.isSyn()) {
      if (!awaitsFin && offset < 0) {
        stack.remove(this);
        stack.receiveWithoutFlow(arrival);
      } else {
        acknowledge(arrival.cause);
      }
    } else if (awaitsFin) {
      receiveBeforeFin(arrival, offset);
    } else if (arrival.length() > 0) {
      expiresAt = stack.now() + DURATION_NANOS;
      acknowledge(arrival.cause);
    }
  }

  private void receiveBeforeFin(Arrival arrival, int offset) {
    if (offset < arrival.dataLength() && arrival.dataLength() > 0) {
      stack.remove(this);
      stack.sendReset(arrival);
    } else if (arrival.isFin() && offset == arrival.dataLength()) {
      awaitsFin = false;
      receiveNext++;
      expiresAt = stack.now() + DURATION_NANOS;
      acknowledge(arrival.cause);
    } else if (arrival.length() > 0) {
      acknowledge(arrival.cause);
    }
  }

  void acknowledge(long cause) {
    stack.sendBare(this, TcpHeader.ACK, sendNext, receiveNext, ReceiveSide.WINDOW, cause);
  }

  @Override
  public IpAddress localAddress() {
    return localAddress;
  }

  @Override
  public int localPort() {
    return ports >>> 16;
  }

  @Override
  public IpAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public int remotePort() {
    return ports & 0xffff;
  }

  @Override
  public @Nullable Flow nextInBucket() {
    return next;
  }

  @Override
  public void setNextInBucket(@Nullable Flow newNext) {
    next = newNext;
  }
}
