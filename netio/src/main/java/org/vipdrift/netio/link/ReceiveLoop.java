package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Errno;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.SocketAddress;

/**
 * One socket on one interface, and the named platform thread that receives from it until it is
 * closed.
 *
 * <p>The thread waits in {@code poll} for packets, for news of links and for its end. When the
 * interface is made anew, the same socket is attached to the new one: a socket is bound to an
 * index, and the kernel forgets group memberships with the interface.
 */
final class ReceiveLoop implements AutoCloseable {
  /** RTMGRP_LINK of linux/rtnetlink.h. */
  private static final int LINK_GROUP = 1;

  private static final int NETLINK_ROUTE = 0;
  private static final int BATCH = 32;
  private static final int WATCHED = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What a kind of socket does of its own; called by one thread at a time. */
  interface Protocol {
    /**
     * Binds the socket to the interface that is there now and joins its groups.
     *
     * @param before the index it was attached to, 0 for none
     * @param now never 0
     */
    void attach(int before, int now) throws NativeException;

    /** Takes one message; {@code nowNanos} is some moment shortly before. */
    void received(MessageBatch batch, int message, long nowNanos);
  }

  /** The socket and that of the link events, both opened in the same namespace. */
  record Descriptors(int socket, int linkEvents) {
    /** Opens both in the namespace of the calling thread. */
    static Descriptors open(int domain, int protocol, String what) throws NativeException {
      int flags = Constants.SOCK_RAW | Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC;
      int socket = Libc.socket(domain, flags, protocol, what);
      int events = -1;
      try (Arena arena = Arena.ofConfined()) {
        events = Libc.socket(Constants.AF_NETLINK, flags, NETLINK_ROUTE, "open rtnetlink");
        Libc.bind(events, SocketAddress.ofNetlink(arena, LINK_GROUP), "hear of links");
        return new Descriptors(socket, events);
      } catch (NativeException e) {
        Libc.close(socket);
        if (events >= 0) {
          Libc.close(events);
        }
        throw e;
      }
    }

    void close() {
      Libc.close(socket);
      Libc.close(linkEvents);
    }
  }

  private final Descriptors descriptors;
  private final NetworkDevice device;
  private final Protocol protocol;
  private final PacketCounters counters;
  private final Arena arena;
  private final MessageBatch batch;
  private final MemorySegment polled;
  private final MemorySegment one;
  private final MemorySegment drain;
  private final int end;
  private final Thread thread;
  private int attachedTo;
  private int kernelDrops;
  private volatile boolean closed;

  private ReceiveLoop(
      String threadName,
      Descriptors descriptors,
      NetworkDevice device,
      int capacity,
      Protocol protocol,
      PacketCounters counters,
      Arena arena)
      throws NativeException {
    this.descriptors = descriptors;
    this.device = device;
    this.protocol = protocol;
    this.counters = counters;
    this.arena = arena;
    this.batch = new MessageBatch(arena, BATCH, capacity);
    this.polled = arena.allocate(WATCHED * 8L, 8);
    this.one = arena.allocateFrom(JAVA_LONG, 1);
    this.drain = arena.allocate(1 << 14, 8);
    Libc.setOption(
        descriptors.socket(), Constants.SOL_SOCKET, Constants.SO_RXQ_OVFL, 1, "count drops");
    this.attachedTo = device.index();
    if (attachedTo != 0) {
      protocol.attach(0, attachedTo);
    }
    this.end = Libc.eventDescriptor();
    this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
  }

  /**
   * Attaches the socket, if there is such an interface, and begins to receive.
   *
   * @param arena shared; belongs to the loop from now on, as the descriptors do
   * @throws NativeException when the socket cannot be prepared; all is closed then
   */
  static ReceiveLoop start(
      String threadName,
      Descriptors descriptors,
      NetworkDevice device,
      int capacity,
      Protocol protocol,
      PacketCounters counters,
      Arena arena)
      throws NativeException {
    try {
      ReceiveLoop loop =
          new ReceiveLoop(threadName, descriptors, device, capacity, protocol, counters, arena);
      loop.thread.start();
      return loop;
    } catch (NativeException e) {
      descriptors.close();
      arena.close();
      throw e;
    }
  }

  private void run() {
    watch(0, descriptors.socket());
    watch(1, descriptors.linkEvents());
    watch(2, end);
    try {
      while (!closed) {
        int ready = Libc.poll(polled, WATCHED, MemorySegment.NULL);
        if (ready < 0 && ready != -Errno.EINTR) {
          throw new IllegalStateException("poll gave errno " + -ready);
        }
        if (ready > 0 && isReady(1)) {
          linksChanged();
        }
        if (ready > 0 && isReady(0)) {
          receive();
        }
      }
    } finally {
      descriptors.close();
    }
  }

  private void watch(int slot, int descriptor) {
    polled.set(JAVA_INT, slot * 8L, descriptor);
    polled.set(JAVA_SHORT, slot * 8L + 4, (short) Constants.POLLIN);
  }

  private boolean isReady(int slot) {
    return polled.get(JAVA_SHORT, slot * 8L + 6) != 0;
  }

  private void linksChanged() {
    long read;
    do {
      // Also an overrun means no more than: look how it is now.
      read = Libc.read(descriptors.linkEvents(), drain, drain.byteSize());
    } while (read > 0 || read == -Errno.ENOBUFS);
    int now = device.index();
    if (now == attachedTo) {
      return;
    }
    int before = attachedTo;
    attachedTo = 0;
    if (now == 0) {
      return;
    }
    try {
      protocol.attach(before, now);
      attachedTo = now;
      counters.add(PacketCount.REATTACHED);
    } catch (NativeException _) {
      // Gone again, or not ready yet: the next event of a link tries once more.
      counters.add(PacketCount.REATTACH_FAILED);
    }
  }

  private void receive() {
    int received = batch.count();
    while (received == batch.count() && !closed) {
      received = batch.receive(descriptors.socket());
      if (received == -Errno.EAGAIN || received == -Errno.EINTR) {
        return;
      }
      if (received < 0) {
        counters.add(PacketCount.RECEIVE_ERROR);
        return;
      }
      long now = System.nanoTime();
      for (int i = 0; i < received; i++) {
        countKernelDrops(i);
        if (attachedTo == 0) {
          counters.add(PacketCount.DROPPED_DETACHED);
        } else if (batch.isTruncated(i)) {
          counters.add(PacketCount.DROPPED_TRUNCATED);
        } else {
          protocol.received(batch, i, now);
        }
      }
    }
  }

  private void countKernelDrops(int message) {
    long at = batch.control(message, Constants.SOL_SOCKET, Constants.SO_RXQ_OVFL);
    if (at >= 0) {
      int total = batch.controls().get(JAVA_INT, at);
      counters.add(PacketCount.DROPPED_BY_KERNEL, Integer.toUnsignedLong(total - kernelDrops));
      kernelDrops = total;
    }
  }

  /** Ends the thread and frees what it used; waits for it, two seconds at most. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Libc.write(end, one, Long.BYTES);
    try {
      if (thread.join(PATIENCE)) {
        Libc.close(end);
        arena.close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
