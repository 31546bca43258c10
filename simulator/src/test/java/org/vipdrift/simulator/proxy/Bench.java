package org.vipdrift.simulator.proxy;

import java.util.List;

/** A HAProxy with clients and servers around it, real or simulated. */
interface Bench extends AutoCloseable {
  /**
   * What a client got.
   *
   * @param text octet for octet
   * @param end closed, open or RESET
   */
  record Got(String text, String end, long milliseconds) {}

  /** Sends a request on a connection of its own, and waits for one answer or the end. */
  Got ask(String request);

  /**
   * As {@link #ask}, within TLS; the text begins with the names in the server's certificate.
   *
   * @param serverName sent as SNI; empty for none
   */
  Got askSecurely(String serverName, String request);

  /** Sends requests one after the other on one connection. */
  List<Got> converse(List<String> requests);

  /** Sends requests at once on connections of their own, some milliseconds apart. */
  List<Got> together(int apart, List<String> requests);

  /** From now on a server does so: ok, hang, reset, close, okclose, garbage, slow:MILLISECONDS. */
  void mode(String server, String mode);

  /** From now on a server answers with this status line's rest and these header lines. */
  void answers(String server, String status, String headers);

  /** The requests a server has seen since the last call. */
  List<String> seen(String server);

  /** The log lines since the last call, in the order they were written. */
  List<String> log();

  void pause(int milliseconds);

  @Override
  void close();
}
