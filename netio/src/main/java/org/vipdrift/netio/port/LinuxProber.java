package org.vipdrift.netio.port;

import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.netio.probe.ProbeLoop;

/** The probes of this machine; firewall marks have no effect, as the JDK cannot set them. */
public final class LinuxProber extends AbstractMatchingBehavior<Prober.Command> {
  private static final int ECHO_THREADS = 8;

  private final ProbeLoop loop;
  private boolean marksTold;

  private LinuxProber(ActorContext<Prober.Command> context, ProbeLoop loop) {
    super(context);
    this.loop = loop;
  }

  /** Probes from the network namespace of this process. */
  public static Behavior<Prober.Command> create() {
    return create(task -> NamedThreads.thread("vipdrift-probe", task));
  }

  /**
   * Probes from the network namespace of the threads that a factory makes; its actor stops at once
   * where no selector can be had.
   */
  public static Behavior<Prober.Command> create(ThreadFactory threads) {
    return Behaviors.setup(
        context ->
            new LinuxProber(
                context, ProbeLoop.start(threads, NamedThreads.pool(ECHO_THREADS, threads))));
  }

  @Override
  public Behavior<Prober.Command> onMessage(Prober.Command command) {
    if (command instanceof Prober.Open open && open.mark() != 0 && !marksTold) {
      marksTold = true;
      getContext()
          .getLog()
          .warn("Health checks cannot set firewall marks (fwmark); they go without");
    }
    loop.submit(command);
    return this;
  }

  @Override
  public Behavior<Prober.Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      loop.close();
    }
    return this;
  }
}
