package org.vipdrift.model.ipvs;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;

/** A client and the real server it was given; a template stands for all of a client's to come. */
public final class Connection {
  final ConnectionKey key;
  final DestinationKey target;
  final ForwardingMethod method;
  final boolean template;
  final int mark;
  @Nullable RealServer server;
  @Nullable Connection control;
  int controlled;
  TcpState state = TcpState.NONE;
  TcpState syncedState = TcpState.NONE;
  boolean active;
  boolean repliesSeen;
  long timeoutNanos;
  long deadline;
  long queuedFor = Long.MAX_VALUE;
  long packets;
  boolean gone;

  Connection(
      ConnectionKey key,
      DestinationKey target,
      ForwardingMethod method,
      boolean template,
      int mark) {
    this.key = key;
    this.target = target;
    this.method = method;
    this.template = template;
    this.mark = mark;
    this.repliesSeen = method == ForwardingMethod.NAT;
  }

  public ConnectionKey key() {
    return key;
  }

  /** The real server's address. */
  public IpAddress address() {
    return target.address();
  }

  /** The port at the real server; of the template of a service of all ports 0. */
  public int port() {
    return target.port();
  }

  public DestinationKey target() {
    return target;
  }

  public ForwardingMethod method() {
    return method;
  }

  public TcpState state() {
    return state;
  }

  public boolean isTemplate() {
    return template;
  }

  /** Packets from the client so far. */
  public long packets() {
    return packets;
  }

  /** When it will be forgotten unless something happens. */
  public long deadline() {
    return deadline;
  }

  @Override
  public String toString() {
    return key + " -> " + target + (template ? " template" : " " + state);
  }
}
