package org.vipdrift.model.haproxy;

import org.jspecify.annotations.Nullable;

/** A session in a queue. */
final class Waiting {
  final Stream stream;

  /** The server whose queue it is in; none: the backend's. */
  final @Nullable Server server;

  /** The queues of a backend are served in this order. */
  final long sequence;

  /** What the queue had served when it joined. */
  final long servedBefore;

  Waiting(Stream stream, @Nullable Server server, long sequence, long servedBefore) {
    this.stream = stream;
    this.server = server;
    this.sequence = sequence;
    this.servedBefore = servedBefore;
  }
}
