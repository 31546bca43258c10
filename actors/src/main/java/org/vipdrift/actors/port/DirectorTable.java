package org.vipdrift.actors.port;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.ipvs.Destination;
import org.vipdrift.model.ipvs.DestinationKey;
import org.vipdrift.model.ipvs.ServiceKey;
import org.vipdrift.model.ipvs.Timeouts;
import org.vipdrift.model.ipvs.VirtualService;

/** The IPVS tables of the kernel; what a process put there stays when it dies. */
public interface DirectorTable {
  /** What a process asks. */
  sealed interface Command {}

  /** Adds a service, or changes the one that is there; real servers and connections stay. */
  record PutService(String who, VirtualService service, long cause) implements Command {}

  /** Removes a service and its real servers; nothing happens when it is not there. */
  record RemoveService(String who, ServiceKey service, long cause) implements Command {}

  /** Adds a real server to a service that is there, or changes it; connections stay. */
  record PutDestination(String who, ServiceKey service, Destination destination, long cause)
      implements Command {}

  /** Removes a real server; nothing happens when it is not there. */
  record RemoveDestination(String who, ServiceKey service, DestinationKey destination, long cause)
      implements Command {}

  /** Removes every service, whoever added it. */
  record Flush(String who, long cause) implements Command {}

  /** Sets how long connections are kept. */
  record SetTimeouts(String who, Timeouts timeouts, long cause) implements Command {}

  /** What a synchronisation daemon does. */
  enum SyncRole {
    /** It tells of its connections. */
    MASTER,
    /** It takes over what it is told. */
    BACKUP
  }

  /**
   * Starts a synchronisation daemon; one of the same role that runs is replaced.
   *
   * @param syncId 0..255: others are not listened to
   */
  record StartSync(
      String who,
      SyncRole role,
      String networkInterface,
      int syncId,
      IpAddress group,
      int port,
      int ttl,
      long cause)
      implements Command {}

  /** Ends a synchronisation daemon. */
  record StopSync(String who, SyncRole role, long cause) implements Command {}

  /** Asks what is in the tables. */
  record Show(String who, ActorRef<Contents> replyTo) implements Command {}

  /** The services in the order in which they were added. */
  record Contents(List<Entry> services) {
    public Contents {
      services = List.copyOf(services);
    }
  }

  /** A service and its real servers in the kernel's order, the one added last first. */
  record Entry(VirtualService service, List<Destination> destinations) {
    public Entry {
      destinations = List.copyOf(destinations);
    }
  }
}
