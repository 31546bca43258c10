package org.vipdrift.model.haproxy;

import java.util.Map;
import java.util.TreeMap;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.sample.Variables;

/** A client's connection, from its accept to its end. */
abstract class ClientSession implements LinkListener {
  final ProxyProcess process;
  final Frontend frontend;
  final Link link;
  final String listener;
  final Variables variables = new Variables();
  final long acceptedNanos;
  IpAddress source;
  int sourcePort;
  private boolean over;
  private final Map<Integer, StickTable.Entry> tracked = new TreeMap<>();

  ClientSession(ProxyProcess process, Frontend frontend, String listener, Link link) {
    this.process = process;
    this.frontend = frontend;
    this.listener = listener;
    this.link = link;
    this.source = link.remoteAddress();
    this.sourcePort = link.remotePort();
    this.acceptedNanos = process.environment.monotonicNanos();
  }

  /** The first thing that happens. */
  abstract void begin(long cause);

  /** The process ends: so does the session, at once. */
  abstract void shutDown(long cause);

  /** The process is being replaced: after what runs now no more. */
  abstract void drain(long cause);

  /** Counts this session in a table's entry from now on. */
  final void track(int counter, StickTable.Entry entry) {
    if (tracked.putIfAbsent(counter, entry) == null) {
      long now = process.environment.monotonicNanos();
      entry.count("conn_cnt", 1, now);
      entry.count("conn_cur", 1, now);
      entry.count("sess_cnt", 1, now);
    }
  }

  /** Counts a request where this session is tracked. */
  final void countRequest() {
    if (!tracked.isEmpty()) {
      long now = process.environment.monotonicNanos();
      tracked.values().forEach(entry -> entry.count("http_req_cnt", 1, now));
    }
  }

  final boolean isOver() {
    return over;
  }

  /** Told once. */
  final void over() {
    if (!over) {
      over = true;
      process.sessionOver(this);
      if (!tracked.isEmpty()) {
        long now = process.environment.monotonicNanos();
        tracked.values().forEach(entry -> entry.count("conn_cur", -1, now));
      }
      frontend.connectionEnded();
    }
  }

  @Override
  public final void connected(long cause) {}
}
