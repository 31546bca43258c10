package org.vipdrift.actors.port;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.balance.BackendSnapshot;
import org.vipdrift.model.haproxy.ProxyFigures;
import org.vipdrift.model.health.Observation;

/**
 * The data plane of a proxy: it carries the bytes and chooses servers by what the control plane
 * publishes, and reports what it meets.
 *
 * <p>Servers are known by their place in the backend, from 0 on.
 */
public interface ProxyPlane {
  /** What the control plane says. */
  sealed interface Command {}

  /**
   * Tells whom reports go to; the first message of a process.
   *
   * @param who the incarnation of the process
   */
  record Attach(String who, ActorRef<Report> reports, long cause) implements Command {}

  /** What is known of a backend's servers from now on. */
  record Publish(String who, BackendSnapshot snapshot, long cause) implements Command {}

  /**
   * As {@link Publish}, for a server that came up or went down: what waits for it is given to
   * others (down) or it takes from the backend's queue (up), then it is answered with {@link
   * Published}.
   *
   * @param id told back
   */
  record PublishChange(
      String who, BackendSnapshot snapshot, int server, boolean up, long id, long cause)
      implements Command {}

  /** Ends the sessions of a server at once ({@code on-marked-down shutdown-sessions}). */
  record ShutdownSessions(String who, String backend, int server, long cause) implements Command {}

  /** Ends the sessions of all backup servers ({@code on-marked-up shutdown-backup-sessions}). */
  record ShutdownBackupSessions(String who, String backend, long cause) implements Command {}

  /** Stops accepting or accepts again ({@code disable frontend}, {@code enable frontend}). */
  record EnableFrontend(String who, String frontend, boolean enabled, long cause)
      implements Command {}

  /** Another connection limit of a server ({@code set maxconn server}). */
  record LimitServer(String who, String backend, int server, int maxConnections, long cause)
      implements Command {}

  /** Asks for {@link Counted}. */
  record Count(String who, long id, long cause) implements Command {}

  /** What the data plane says. */
  sealed interface Report {
    long cause();
  }

  /**
   * The answer to {@link PublishChange}.
   *
   * @param active sessions of the server when it was published
   * @param requeued requests that were given to another queue or to the server
   * @param queued requests that still wait in the backend
   */
  record Published(long id, int active, int requeued, int queued, long cause) implements Report {}

  /** The traffic told something of a server; only for servers that {@code observe}. */
  record Observed(String backend, int server, Observation observation, long cause)
      implements Report {}

  /** The answer to {@link Count}. */
  record Counted(long id, ProxyFigures figures, long cause) implements Report {}
}
