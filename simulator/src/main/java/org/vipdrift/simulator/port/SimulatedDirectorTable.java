package org.vipdrift.simulator.port;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.model.ipvs.Director;
import org.vipdrift.model.ipvs.RealServer;
import org.vipdrift.model.ipvs.VirtualService;
import org.vipdrift.simulator.kernel.HostKernel;

/** The IPVS tables of a simulated host; of a dead process nothing is taken. */
public final class SimulatedDirectorTable extends AbstractMatchingBehavior<DirectorTable.Command> {
  private final HostKernel kernel;

  private SimulatedDirectorTable(ActorContext<DirectorTable.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<DirectorTable.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedDirectorTable(context, kernel));
  }

  @Override
  public Behavior<DirectorTable.Command> onMessage(DirectorTable.Command command) {
    Director director = kernel.virtualServing().director();
    switch (command) {
      case DirectorTable.PutService put -> {
        if (kernel.isOpen(put.who()) && !director.addService(put.service())) {
          director.editService(put.service());
        }
      }
      case DirectorTable.RemoveService remove -> {
        if (kernel.isOpen(remove.who())) {
          director.removeService(remove.service());
        }
      }
      case DirectorTable.PutDestination put -> {
        if (kernel.isOpen(put.who())
            && !director.addDestination(put.service(), put.destination())) {
          director.editDestination(put.service(), put.destination());
        }
      }
      case DirectorTable.RemoveDestination remove -> {
        if (kernel.isOpen(remove.who())) {
          director.removeDestination(remove.service(), remove.destination());
        }
      }
      case DirectorTable.Flush flush -> {
        if (kernel.isOpen(flush.who())) {
          director.flush();
        }
      }
      case DirectorTable.SetTimeouts set -> {
        if (kernel.isOpen(set.who())) {
          director.setTimeouts(set.timeouts());
        }
      }
      case DirectorTable.StartSync start -> {
        if (kernel.isOpen(start.who())) {
          kernel.virtualServing().daemons().start(start);
        }
      }
      case DirectorTable.StopSync stop -> {
        if (kernel.isOpen(stop.who())) {
          kernel.virtualServing().daemons().stop(stop.role());
        }
      }
      case DirectorTable.Show show -> show.replyTo().tell(contents(director));
    }
    return this;
  }

  private static DirectorTable.Contents contents(Director director) {
    List<DirectorTable.Entry> entries = new ArrayList<>();
    for (VirtualService service : director.services()) {
      entries.add(
          new DirectorTable.Entry(
              service,
              director.realServers(service.key()).stream().map(RealServer::destination).toList()));
    }
    return new DirectorTable.Contents(entries);
  }
}
