package org.vipdrift.actors.port;

import org.apache.pekko.actor.typed.ActorRef;

/** A host that probes others, and that others probe. */
public interface ProbingHost extends TestHost {
  ActorRef<Prober.Command> prober();

  /**
   * Sends every octet back that comes to a TCP port, and closes when the other side has.
   *
   * @param greeting is sent to whoever connects
   * @return ends it
   */
  Runnable echoTcp(int port, String greeting);

  /** As {@link #echoTcp} without a greeting, in TLS with a certificate for this name. */
  Runnable echoTls(int port, String certificateName);

  /** Sends every datagram back that comes to a UDP port. */
  Runnable echoUdp(int port);
}
