package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.kernel.HostKernel;

/** Watches the files of a simulated host. */
public final class SimulatedFileWatch extends AbstractMatchingBehavior<FileWatch.Command> {
  private final HostKernel kernel;

  private SimulatedFileWatch(ActorContext<FileWatch.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<FileWatch.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedFileWatch(context, kernel));
  }

  @Override
  public Behavior<FileWatch.Command> onMessage(FileWatch.Command command) {
    switch (command) {
      case FileWatch.Watch watch -> {
        if (kernel.isOpen(watch.who())) {
          kernel
              .files()
              .watch(watch.who(), watch.path(), watch.subscriber()::tell, TraceEvent.NO_CAUSE);
        }
      }
      case FileWatch.Unwatch unwatch -> kernel.files().unwatch(unwatch.who());
    }
    return this;
  }
}
