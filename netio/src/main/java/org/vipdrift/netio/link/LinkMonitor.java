package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

/**
 * One thread that reads the changes of links, addresses and routes of any number of namespaces.
 *
 * <p>A watch is opened in the namespace of the calling thread, and begun from anywhere:
 *
 * <pre>
 * LinkWatch watch = namespace.call(() -&gt; monitor.open(EnumSet.of(Group.LINKS)));
 * watch.begin(event -&gt; ...);
 * </pre>
 */
public final class LinkMonitor implements AutoCloseable {
  /** Room for some ten thousand events. */
  private static final int RECEIVE_OCTETS = 1 << 22;

  private static final int POLL_OCTETS = 8;

  private final String name;
  private final int wakeUp;
  private final Thread thread;
  private final List<LinkWatch> watches = new ArrayList<>();
  private final List<LinkWatch> begun = new ArrayList<>();
  private boolean closed;

  private LinkMonitor(String name, int wakeUp) {
    this.name = name;
    this.wakeUp = wakeUp;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /** Starts the thread. */
  public static LinkMonitor start(String threadName) throws NativeException {
    LinkMonitor monitor = new LinkMonitor(threadName, Libc.eventDescriptor());
    monitor.thread.start();
    return monitor;
  }

  /**
   * A watch over the calling thread's namespace; it collects from now on, and tells when it is
   * begun.
   */
  public LinkWatch open(Set<LinkWatch.Group> groups) throws NativeException {
    return open(groups, RECEIVE_OCTETS);
  }

  LinkWatch open(Set<LinkWatch.Group> groups, int receiveOctets) throws NativeException {
    return LinkWatch.open(this, Set.copyOf(groups), receiveOctets);
  }

  void add(LinkWatch watch) {
    synchronized (watches) {
      begun.add(watch);
      wake();
    }
  }

  void remove(LinkWatch watch) {
    synchronized (watches) {
      watches.remove(watch);
      begun.remove(watch);
      wake();
    }
  }

  /** Under the lock, so that the descriptor is still this monitor's. */
  private void wake() {
    if (!closed) {
      try (Arena arena = Arena.ofConfined()) {
        Libc.write(wakeUp, arena.allocateFrom(JAVA_LONG, 1), 8);
      }
    }
  }

  private void run() {
    try (Arena counter = Arena.ofConfined()) {
      MemorySegment count = counter.allocate(JAVA_LONG);
      while (true) {
        List<LinkWatch> all;
        List<LinkWatch> fresh;
        synchronized (watches) {
          if (closed) {
            break;
          }
          fresh = List.copyOf(begun);
          begun.clear();
          watches.addAll(fresh);
          all = List.copyOf(watches);
        }
        fresh.forEach(LinkWatch::tellEverything);
        waitFor(all).forEach(LinkWatch::readEvents);
        Libc.read(wakeUp, count, 8);
      }
    } finally {
      Libc.close(wakeUp);
    }
  }

  /** Those that have something to read, or have been closed meanwhile. */
  private List<LinkWatch> waitFor(List<LinkWatch> all) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment polled = arena.allocate((all.size() + 1L) * POLL_OCTETS, 4);
      for (int i = 0; i <= all.size(); i++) {
        int descriptor = i == all.size() ? wakeUp : all.get(i).descriptor();
        polled.set(JAVA_INT, (long) i * POLL_OCTETS, descriptor);
        polled.set(JAVA_SHORT, (long) i * POLL_OCTETS + 4, (short) Constants.POLLIN);
      }
      Libc.poll(polled, all.size() + 1L, MemorySegment.NULL);
      List<LinkWatch> ready = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        if (polled.get(JAVA_SHORT, (long) i * POLL_OCTETS + 6) != 0) {
          ready.add(all.get(i));
        }
      }
      return ready;
    }
  }

  /** Closes every watch and ends the thread. */
  @Override
  public void close() {
    List<LinkWatch> open;
    synchronized (watches) {
      if (closed) {
        return;
      }
      open = new ArrayList<>(watches);
      open.addAll(begun);
    }
    open.forEach(LinkWatch::close);
    synchronized (watches) {
      wake();
      closed = true;
    }
    if (Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
