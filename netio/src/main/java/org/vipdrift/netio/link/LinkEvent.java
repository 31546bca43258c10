package org.vipdrift.netio.link;

/** What a {@link LinkMonitor} tells of a namespace, in the order in which the kernel did it. */
public sealed interface LinkEvent {
  /** {@link System#nanoTime} when this process read of it. */
  long atNanos();

  record LinkAppeared(long atNanos, Link link) implements LinkEvent {}

  /** Name, flags, MAC or anything else of a link is another now. */
  record LinkChanged(long atNanos, Link before, Link link) implements LinkEvent {}

  record LinkRemoved(long atNanos, Link link) implements LinkEvent {}

  record AddressAdded(long atNanos, LocalAddress address) implements LinkEvent {}

  /** As when duplicate address detection is over, or another address became the first. */
  record AddressChanged(long atNanos, LocalAddress before, LocalAddress address)
      implements LinkEvent {}

  record AddressRemoved(long atNanos, LocalAddress address) implements LinkEvent {}

  record RouteAdded(long atNanos, KernelRoute route) implements LinkEvent {}

  record RouteRemoved(long atNanos, KernelRoute route) implements LinkEvent {}

  /**
   * Everything that there is has been told: once when a watch begins, and again when it had to look
   * at everything anew because events came faster than they were read.
   *
   * @param overruns how often that has happened so far
   */
  record SnapshotCompleted(long atNanos, long overruns) implements LinkEvent {}
}
