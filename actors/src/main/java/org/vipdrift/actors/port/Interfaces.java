package org.vipdrift.actors.port;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;

/** The links and addresses of the host, and their changes. */
public interface Interfaces {
  /** What a process asks. */
  sealed interface Command {}

  /** Answers with one {@link InterfaceStatus} each now, and one at every later change. */
  record Watch(String who, ActorRef<InterfaceStatus> subscriber) implements Command {}

  /** Ends every {@link Watch} of this process. */
  record Unwatch(String who) implements Command {}

  /**
   * An interface as it is now.
   *
   * @param up administratively up, with carrier
   * @param addresses in the order in which they were added
   */
  record InterfaceStatus(
      String name, boolean up, MacAddress mac, List<IpPrefix> addresses, long cause) {}
}
