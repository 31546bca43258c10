package org.vipdrift.netio.link;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Errno;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

/**
 * One namespace under watch by a {@link LinkMonitor}.
 *
 * <p>What it tells ends in the state the kernel is in. What came and went again while the watch
 * began, or while it had been overrun, may be left out.
 */
public final class LinkWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);

  /** How many datagrams are read before other watches have their turn. */
  private static final int TURN = 256;

  /** What can be watched. */
  public enum Group {
    LINKS(Rtnetlink.RTMGRP_LINK),
    ADDRESSES(Rtnetlink.RTMGRP_IPV4_IFADDR | Rtnetlink.RTMGRP_IPV6_IFADDR),
    ROUTES(Rtnetlink.RTMGRP_IPV4_ROUTE | Rtnetlink.RTMGRP_IPV6_ROUTE);

    private final int mask;

    Group(int mask) {
      this.mask = mask;
    }
  }

  private final LinkMonitor monitor;
  private final Set<Group> groups;
  private final NetlinkSocket events;
  private final RouteSocket requests;
  private Optional<LinkTables> tables = Optional.empty();
  private Consumer<LinkEvent> listener = _ -> {};
  private long overruns;
  private boolean closed;

  private LinkWatch(
      LinkMonitor monitor, Set<Group> groups, NetlinkSocket events, RouteSocket requests) {
    this.monitor = monitor;
    this.groups = groups;
    this.events = events;
    this.requests = requests;
  }

  /**
   * @param groups with {@link Group#ROUTES} the two others too: by these it notices that routes
   *     have gone of which the kernel says nothing
   * @param receiveOctets the room for events that are not yet read
   */
  static LinkWatch open(LinkMonitor monitor, Set<Group> groups, int receiveOctets)
      throws NativeException {
    int mask = groups.stream().mapToInt(group -> group.mask).reduce(0, (a, b) -> a | b);
    NetlinkSocket events = NetlinkSocket.open(Rtnetlink.NETLINK_ROUTE, mask);
    try {
      setReceiveBuffer(events.descriptor(), receiveOctets);
      return new LinkWatch(monitor, groups, events, RouteSocket.open());
    } catch (NativeException e) {
      events.close();
      throw e;
    }
  }

  private static void setReceiveBuffer(int descriptor, int octets) throws NativeException {
    int level = Constants.SOL_SOCKET;
    try {
      Libc.setOption(descriptor, level, Constants.SO_RCVBUFFORCE, octets, "receive buffer");
    } catch (NativeException e) {
      if (!e.isLackOfPermission()) {
        throw e;
      }
      Libc.setOption(descriptor, level, Constants.SO_RCVBUF, octets, "receive buffer");
    }
  }

  /**
   * Begins: the listener is told of everything that there is, then of every change.
   *
   * @param next is called on the monitor's thread, and must return soon
   */
  public void begin(Consumer<LinkEvent> next) {
    synchronized (this) {
      if (tables.isPresent()) {
        throw new IllegalStateException("a watch begins once");
      }
      listener = next;
      tables = Optional.of(new LinkTables(next));
    }
    monitor.add(this);
  }

  /** How often events came faster than they were read, so that everything was looked at anew. */
  public synchronized long overruns() {
    return overruns;
  }

  int descriptor() {
    return events.descriptor();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** On the monitor's thread, before anything else. */
  synchronized void tellEverything() {
    guarded(this::lookAtEverything);
  }

  /** On the monitor's thread, when there is something to read. */
  synchronized void readEvents() {
    guarded(this::readQueue);
  }

  private void guarded(Step step) {
    if (closed) {
      return;
    }
    try {
      step.take();
    } catch (NativeException | RuntimeException e) {
      LOG.error("the watch of {} in {} ends", groups, monitor, e);
      close();
    }
  }

  private void lookAtEverything() throws NativeException {
    LinkTables known = tables.orElseThrow();
    if (groups.contains(Group.LINKS)) {
      known.putLinks(requests.links(), System.nanoTime());
    }
    if (groups.contains(Group.ADDRESSES)) {
      known.putAddresses(requests.addresses(), System.nanoTime());
    }
    lookAtRoutes(known);
    listener.accept(new LinkEvent.SnapshotCompleted(System.nanoTime(), overruns));
  }

  private void lookAtRoutes(LinkTables known) throws NativeException {
    if (groups.contains(Group.ROUTES)) {
      known.putRoutes(requests.routes(), System.nanoTime());
    }
  }

  private void readQueue() throws NativeException {
    LinkTables known = tables.orElseThrow();
    boolean overrun = false;
    for (int i = 0; i < TURN && !closed; ) {
      long read = events.receiveNow();
      if (read == -Errno.ENOBUFS) {
        overrun = true;
      } else if (read == -Errno.EAGAIN) {
        break;
      } else if (read < 0 && read != -Errno.EINTR) {
        throw new NativeException("netlink events", (int) -read);
      } else if (read >= 0) {
        long at = System.nanoTime();
        for (NetlinkMessage message : NetlinkMessage.readAll(events.octets(read))) {
          known.apply(message, at);
        }
        // Until the queue is empty the kernel adds nothing to one that has overflowed.
        i += overrun ? 0 : 1;
      }
    }
    if (closed) {
      return;
    }
    if (overrun) {
      overruns++;
      lookAtEverything();
    } else if (known.routesAreInDoubt()) {
      lookAtRoutes(known);
    }
  }

  /** Ends; when this returns, no call of the listener is under way or to come. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      events.close();
      requests.close();
    }
    monitor.remove(this);
  }

  /** Something that may fail in the C library. */
  @FunctionalInterface
  private interface Step {
    void take() throws NativeException;
  }
}
