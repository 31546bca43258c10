package org.vipdrift.simulator.kernel.socket;

import org.jspecify.annotations.Nullable;

/** A socket of a process: closed when that ends, and silent while that is frozen. */
public abstract class OwnedSocket {
  private final SocketOwner owner;
  @Nullable OwnedSocket previous;
  @Nullable OwnedSocket next;
  boolean isRegistered;
  boolean isWaiting;

  protected OwnedSocket(SocketOwner owner) {
    this.owner = owner;
  }

  protected final SocketOwner owner() {
    return owner;
  }

  /** From now on the end of the process ends it, in the order of these calls. */
  protected final void register() {
    owner.add(this);
  }

  /** It has ended by itself. */
  protected final void unregister() {
    owner.remove(this);
  }

  /** Whether the process cannot hear anything now, or has older things to hear. */
  protected final boolean mustWait() {
    return owner.mustWait();
  }

  /** Asks for a call of {@link #tellWhatWaited}. */
  protected final void waitForOwner() {
    owner.enqueue(this);
  }

  /** The process runs again. */
  protected abstract void tellWhatWaited();

  /** The process is dead; it is told nothing any more. */
  protected abstract void processEnded(long cause);
}
