package org.vipdrift.simulator.process;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ActorSystemImpl;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.dispatch.Dispatchers;
import org.apache.pekko.event.Logging;
import org.vipdrift.simulator.time.HostClock;

/**
 * An actor system in virtual time, started once and used for many runs, one after the other.
 *
 * <p>Starting one costs as much as hundreds of runs. It belongs to one thread at a time: the one
 * that opened it, then the one that began the latest run.
 */
public final class VirtualSystem implements AutoCloseable {
  private static final String SILENT =
      """
      pekko {
        loggers = ["org.apache.pekko.event.Logging$StandardOutLogger"]
        loglevel = OFF
        stdout-loglevel = OFF
        use-slf4j = off
        log-dead-letters = off
        log-dead-letters-during-shutdown = off
        library-extensions = []
        actor.typed.library-extensions = []
        jvm-shutdown-hooks = off
        coordinated-shutdown.run-by-jvm-shutdown-hook = off
        coordinated-shutdown.run-by-actor-system-terminate = off
        coordinated-shutdown.terminate-actor-system = off
        scheduler.implementation = SCHEDULER
        actor.default-dispatcher { type = DISPATCHER, throughput = 1 }
        actor.internal-dispatcher = pekko.actor.default-dispatcher
        actor.default-blocking-io-dispatcher.type = DISPATCHER
      }
      """;

  private final ActorSystem system;
  private final WorldThread world;
  private final List<SlotDispatcher> dispatchers = new ArrayList<>();
  private boolean running;

  private VirtualSystem(ActorSystem system) {
    this.system = system;
    this.world = ((VirtualScheduler) system.scheduler()).world();
  }

  /**
   * Starts one, on the calling thread.
   *
   * @throws IllegalStateException when the JVM does not allow what determinism needs
   */
  public static VirtualSystem open() {
    Config config =
        ConfigFactory.parseString(
                SILENT
                    .replace("SCHEDULER", VirtualScheduler.class.getName())
                    .replace("DISPATCHER", SlotDispatcherConfigurator.class.getName()))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    VirtualSystem opened = new VirtualSystem(ActorSystem.create("vipdrift", config));
    opened.finishBoot();
    return opened;
  }

  /**
   * Begins a run at time zero.
   *
   * @param seed decides the identities of the actors and through them whatever Pekko leaves to
   *     chance
   * @throws IllegalStateException when the run before has not been closed
   */
  public VirtualRun begin(long seed) {
    if (running) {
      throw new IllegalStateException("the run before has not been closed");
    }
    running = true;
    world.adopt(seed);
    return new VirtualRun(this, world);
  }

  /** Ends the actor system; a run must have been closed. */
  @Override
  public void close() {
    if (running) {
      throw new IllegalStateException("the run has not been closed");
    }
    world.adopt(0);
    system.terminate();
    do {
      world.drainWholly();
    } while (!system.whenTerminated().isCompleted() && world.time().runNext(Long.MAX_VALUE));
    if (!system.whenTerminated().isCompleted()) {
      throw new IllegalStateException("the actor system does not terminate");
    }
  }

  ActorSystem classic() {
    return system;
  }

  void runEnded() {
    running = false;
  }

  /** How many dispatchers the runs have needed so far. */
  int dispatcherCount() {
    return dispatchers.size();
  }

  SlotDispatcher dispatcher(int index) {
    while (dispatchers.size() <= index) {
      dispatchers.add(newDispatcher("slot-" + dispatchers.size()));
    }
    return dispatchers.get(index);
  }

  private SlotDispatcher newDispatcher(String id) {
    Dispatchers registry = system.dispatchers();
    // All that Pekko asks of a dispatcher that is made already.
    Config config = ConfigFactory.parseString("id = " + id + ", mailbox-requirement = \"\"");
    SlotDispatcherConfigurator configurator =
        new SlotDispatcherConfigurator(config, registry.prerequisites());
    if (!registry.registerConfigurator(id, configurator)) {
      throw new IllegalStateException("two dispatchers named " + id);
    }
    return configurator.slotDispatcher();
  }

  /** Runs once empty, so that what Pekko makes at first use is not part of the first real run. */
  private void finishBoot() {
    world.drainWholly();
    world.bootFinished();
    system
        .eventStream()
        .subscribe(
            ((ActorSystemImpl) system).systemActorOf(ErrorListener.props(world), "errors"),
            Logging.Error.class);
    try (VirtualRun first = begin(0)) {
      ProcessSlot slot =
          first.slot(ProcessSlot.Kind.PROCESS, "first", new HostClock(first.time(), 0));
      first.spawn(Behaviors.empty(), "first", slot);
      first.drain();
      first
          .failure()
          .ifPresent(
              cause -> {
                throw new IllegalStateException("the actor system does not start", cause);
              });
    }
  }
}
