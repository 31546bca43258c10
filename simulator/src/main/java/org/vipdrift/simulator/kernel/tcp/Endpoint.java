package org.vipdrift.simulator.kernel.tcp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.TcpHeader;
import org.vipdrift.simulator.kernel.socket.HostNetwork;
import org.vipdrift.simulator.kernel.socket.OwnedSocket;
import org.vipdrift.simulator.kernel.socket.SocketOwner;
import org.vipdrift.simulator.time.HostClock.HostTimer;

/**
 * What a connection is, whatever its state: addresses and ports, and one timer for all deadlines,
 * which is never moved to a later instant but looks at the deadlines when it goes off.
 */
abstract class Endpoint extends OwnedSocket implements Runnable {
  /** A deadline that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long CONFIRM_NANOS = 2_000_000_000L;

  private final TcpStack stack;
  private final IpAddress localAddress;
  private final int localPort;
  private final IpAddress remoteAddress;
  private final int remotePort;
  private long senderMac = HostNetwork.NO_MAC;
  private long confirmedAt = -CONFIRM_NANOS;
  private @Nullable HostTimer timer;
  private long timerAt = NEVER;
  private @Nullable Flow nextInBucket;

  Endpoint(
      TcpStack stack,
      SocketOwner owner,
      IpAddress localAddress,
      int localPort,
      IpAddress remoteAddress,
      int remotePort) {
    super(owner);
    this.stack = stack;
    this.localAddress = localAddress;
    this.localPort = localPort;
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
  }

  final TcpStack stack() {
    return stack;
  }

  public final IpAddress localAddress() {
    return localAddress;
  }

  public final int localPort() {
    return localPort;
  }

  public final IpAddress remoteAddress() {
    return remoteAddress;
  }

  public final int remotePort() {
    return remotePort;
  }

  public final Optional<MacAddress> peerMac() {
    return stack.network().sender(senderMac);
  }

  public final @Nullable Flow nextInBucket() {
    return nextInBucket;
  }

  public final void setNextInBucket(@Nullable Flow next) {
    nextInBucket = next;
  }

  final void cameFrom(long macBits) {
    senderMac = macBits;
  }

  /** The other side has acknowledged something: its neighbour entry is good. */
  final void confirm() {
    long now = stack.now();
    if (now - confirmedAt >= CONFIRM_NANOS) {
      confirmedAt = now;
      stack.network().confirm(remoteAddress);
    }
  }

  /** The largest segment of an Ethernet: 1500 octets without the headers. */
  final int ownSegmentSize() {
    return localAddress.family() == IpFamily.IPV4 ? 1460 : 1440;
  }

  /**
   * Sends a segment.
   *
   * @param bytes with the data in its place behind the header
   */
  final void send(
      byte[] bytes, int flags, int sequence, int acknowledgment, int window, long cause) {
    boolean isSyn = (flags & TcpHeader.SYN) != 0;
    stack.send(
        localAddress,
        remoteAddress,
        TcpHeader.finish(
            bytes,
            localAddress,
            localPort,
            remoteAddress,
            remotePort,
            sequence,
            acknowledgment,
            flags,
            window,
            isSyn ? ownSegmentSize() : 0),
        cause);
  }

  // ---- time ----

  /** Calls {@link #awake} at this instant or before. */
  final void wakeAt(long due) {
    if (due < timerAt) {
      timerAt = due;
      if (timer == null) {
        HostNetwork network = stack.network();
        timer = network.clock().schedule(due, this, network.timerOwner());
      } else {
        timer.reschedule(due);
      }
    }
  }

  /** No deadline is left. */
  final void sleep() {
    if (timer != null) {
      timer.cancel();
      timer = null;
      timerAt = NEVER;
    }
  }

  /** The timer has gone off. */
  @Override
  public final void run() {
    timerAt = NEVER;
    awake();
  }

  /** A deadline may have come. */
  abstract void awake();

  @Override
  public String toString() {
    return localAddress + " port " + localPort + " - " + remoteAddress + " port " + remotePort;
  }
}
