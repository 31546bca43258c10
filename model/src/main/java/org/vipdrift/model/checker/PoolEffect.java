package org.vipdrift.model.checker;

import java.util.List;
import org.vipdrift.model.ipvs.Destination;
import org.vipdrift.model.ipvs.DestinationKey;

/** What is to be done for a virtual server; tables are changed in each of its services. */
public sealed interface PoolEffect {
  /** Put the services into the table. */
  record AddServices() implements PoolEffect {}

  /** Change the services that stay. */
  record EditServices() implements PoolEffect {}

  /** Take the services out. */
  record RemoveServices() implements PoolEffect {}

  /** Put a real server into the table, or change the one that is there. */
  record PutDestination(Destination destination) implements PoolEffect {}

  record RemoveDestination(DestinationKey destination) implements PoolEffect {}

  /** A real server came or went. */
  record ReportServer(RealServerSettings server, boolean up, String reason) implements PoolEffect {}

  /** Run a notify script. */
  record RunScript(List<String> words) implements PoolEffect {
    public RunScript {
      words = List.copyOf(words);
    }
  }

  /** Log a line. */
  record Log(String line) implements PoolEffect {}
}
