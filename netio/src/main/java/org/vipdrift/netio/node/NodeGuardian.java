package org.vipdrift.netio.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.NodePorts;
import org.vipdrift.actors.NodeRuntime;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.netio.time.NodeSystem;

/**
 * The first actor of a node: its ports, the configured program, and the end of both in order.
 *
 * <pre>
 *   NodeGuardian
 *     ├─ ports ...             what they have been told is done before they end
 *     └─ NodeRuntime           the program; its end is the node's
 * </pre>
 */
final class NodeGuardian extends AbstractMatchingBehavior<NodeGuardian.Command> {
  /** What it is told. */
  sealed interface Command {}

  /** Leave in order. */
  record Stop(long cause) implements Command {}

  /** Go on with another configuration. */
  record Reload(NodeConfiguration next, long cause) implements Command {}

  /** Run a command that nobody waits for. */
  record Run(List<String> words, long cause) implements Command {}

  /** Tell the segment again where an instance's addresses are. */
  record Announce(String instance, long cause) implements Command {}

  private record ScriptsHadTime() implements Command {}

  private record ScriptEnded() implements Command {}

  /**
   * What a guardian calls, on its own thread; must not block.
   *
   * @param begun the program runs
   * @param failed something ended that should not have
   */
  record Hooks(Runnable begun, Consumer<String> failed) {}

  /** How long stop scripts get before what still runs is killed, as keepalived gives them. */
  private static final Duration STOP_SCRIPTS = Duration.ofSeconds(1);

  private final Clock clock;
  private final Alarms alarms;
  private final Hooks hooks;
  private final PortSet portSet;
  private final NodePorts ports;
  private final ActorRef<ScriptRunner.Finished> scriptEnds;
  private final List<ActorRef<?>> open = new ArrayList<>();
  private NodeConfiguration configuration;
  private final ActorRef<NodeRuntime.Command> runtime;
  private boolean stopping;
  private boolean ending;
  private long runs;

  /**
   * The ports of a node.
   *
   * @param critical without these it cannot go on
   * @param others without these it can
   */
  record PortSet(NodePorts ports, List<ActorRef<?>> critical, List<ActorRef<?>> others) {
    PortSet {
      critical = List.copyOf(critical);
      others = List.copyOf(others);
    }
  }

  private NodeGuardian(
      ActorContext<Command> context,
      NodeConfiguration configuration,
      PortSet portSet,
      Clock clock,
      Alarms alarms,
      Hooks hooks) {
    super(context);
    this.configuration = configuration;
    this.clock = clock;
    this.alarms = alarms;
    this.hooks = hooks;
    this.portSet = portSet;
    this.ports = portSet.ports();
    open.addAll(portSet.critical());
    open.addAll(portSet.others());
    open.forEach(context::watch);
    this.scriptEnds = context.messageAdapter(ScriptRunner.Finished.class, _ -> new ScriptEnded());
    // A deadline's advertisement leaves from the thread of the timers, and no thread is woken for
    // it.
    this.runtime =
        context.spawn(
            NodeRuntime.create(configuration, ports), "node", NodeSystem.onCallersThread());
    context.watch(runtime);
    hooks.begun.run();
  }

  /**
   * @param spawner makes the ports as children of this actor
   */
  static Behavior<Command> create(
      NodeConfiguration configuration,
      Function<ActorContext<Command>, PortSet> spawner,
      Clock clock,
      Alarms alarms,
      Hooks hooks) {
    return Behaviors.setup(
        context ->
            new NodeGuardian(context, configuration, spawner.apply(context), clock, alarms, hooks));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Stop(long cause) -> stop(cause);
      case Reload(NodeConfiguration next, long cause) -> {
        configuration = next;
        runtime.tell(new NodeRuntime.Reload(next, cause));
        yield this;
      }
      case Run(List<String> words, long cause) -> run(words, cause);
      case Announce(String instance, long cause) -> announce(instance, cause);
      case ScriptsHadTime() -> closePorts();
      case ScriptEnded _ -> this;
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (!(signal instanceof Terminated terminated)) {
      return Behaviors.unhandled();
    }
    ActorRef<Void> ended = terminated.getRef();
    if (runtime.equals(ended)) {
      return runtimeEnded();
    }
    open.removeIf(ended::equals);
    if (ending) {
      return open.isEmpty() ? Behaviors.stopped() : this;
    }
    return portEnded(terminated);
  }

  private Behavior<Command> portEnded(Terminated terminated) {
    String why =
        terminated instanceof ChildFailed failed ? failed.cause().toString() : "it has ended";
    String name = terminated.getRef().path().name();
    if (portSet.critical().contains(terminated.getRef())) {
      hooks.failed.accept("the node cannot go on without its port " + name + ": " + why);
      return stop(TraceEvent.NO_CAUSE);
    }
    ports
        .trace()
        .emit(
            new TraceDetail.LogLine(ports.process(), "port " + name + " is gone: " + why),
            TraceEvent.NO_CAUSE);
    return this;
  }

  private Behavior<Command> stop(long cause) {
    if (!stopping) {
      stopping = true;
      runtime.tell(new NodeRuntime.Stop(cause));
    }
    return this;
  }

  private Behavior<Command> runtimeEnded() {
    if (!stopping) {
      stopping = true;
      hooks.failed.accept("the program has failed");
    }
    boolean scripts =
        configuration.instances().stream()
            .map(NodeConfiguration.Instance::notifications)
            .anyMatch(n -> n.stop().isPresent() || n.any().isPresent());
    if (!scripts) {
      return closePorts();
    }
    ActorRef<Command> self = getContext().getSelf();
    alarms.set(
        clock.monotonicNanos() + STOP_SCRIPTS.toNanos(), () -> self.tell(new ScriptsHadTime()));
    return this;
  }

  /** A pill is taken after all that was sent before it. */
  private Behavior<Command> closePorts() {
    ending = true;
    for (ActorRef<?> port : open) {
      Adapter.toClassic(port)
          .tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
    }
    return open.isEmpty() ? Behaviors.stopped() : this;
  }

  private Behavior<Command> run(List<String> words, long cause) {
    long id = ports.trace().emit(new TraceDetail.NotifyStarted(words), cause);
    ports
        .scripts()
        .tell(
            new ScriptRunner.Run(
                ports.who() + "-alarm",
                words.getFirst(),
                ++runs,
                words,
                Optional.empty(),
                scriptEnds,
                id));
    return this;
  }

  private Behavior<Command> announce(String name, long cause) {
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      if (instance.name().equals(name)) {
        VirtualRouterSettings settings = instance.settings();
        for (VirtualAddress address : settings.installedAddresses()) {
          ports
              .announcer()
              .tell(
                  new NeighborAnnouncer.Announce(
                      ports.who(),
                      address.interfaceName().orElse(settings.interfaceName()),
                      address.address(),
                      cause));
        }
      }
    }
    return this;
  }
}
