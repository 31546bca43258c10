package org.vipdrift.model.haproxy;

import java.util.function.Consumer;
import org.vipdrift.model.health.Observation;

/** What a proxy process asks of the machine it runs on. */
public interface ProxyEnvironment {
  /** A timer that can be cancelled. */
  @FunctionalInterface
  interface Alarm {
    void cancel();
  }

  /** The machine's name. */
  String hostName();

  int processId();

  /** Time that only goes forward. */
  long monotonicNanos();

  /** What a wall clock shows, since 1970. */
  long wallNanos();

  /** Runs something once the monotonic time has come. */
  Alarm schedule(long deadlineNanos, Runnable action);

  /** Opens a connection; how that ends is told to the listener, never within this call. */
  Link connect(Destination to, LinkListener listener, long cause);

  /**
   * Writes a line to the log of a proxy.
   *
   * @param level of syslog: 6 for informational
   */
  void log(String proxy, int level, String line, long cause);

  /** Traffic told something of a server that observes it. */
  void observed(String backend, int server, Observation observation, long cause);

  /** Starts or stops accepting on the sockets of a frontend. */
  void accepting(String frontend, boolean accept);

  /** Asks for what {@code show stat} prints; the answer comes later, if anybody knows it. */
  void statistics(Consumer<String> csv, long cause);

  /** Sixty-four random bits. */
  long random();
}
