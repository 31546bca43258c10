package org.vipdrift.actors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.node.Account;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommand;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.vrrp.NotifyKind;

/** Runs the notify scripts of a process, with keepalived's arguments; nobody waits for them. */
final class NotifyScripts extends AbstractMatchingBehavior<NotifyScripts.Command> {
  /** What it is told. */
  sealed interface Command {}

  /**
   * Something changed.
   *
   * @param type {@code INSTANCE} or {@code GROUP}
   * @param priority effective; 0 for a group
   */
  record Changed(
      NotifyCommands commands, String type, String name, NotifyKind kind, int priority, long cause)
      implements Command {}

  private record Ended(ScriptRunner.Finished finished) implements Command {}

  private final NodePorts ports;
  private final ActorRef<ScriptRunner.Finished> finished;
  private final Consumer<Changed> observer;
  private long runs;

  private NotifyScripts(
      ActorContext<Command> context, NodePorts ports, Consumer<Changed> observer) {
    super(context);
    this.observer = observer;
    this.ports = ports;
    this.finished = context.messageAdapter(ScriptRunner.Finished.class, Ended::new);
  }

  static Behavior<Command> create(NodePorts ports) {
    return create(ports, _ -> {});
  }

  /**
   * @param observer hears of every change too; called here, so it must only send a message
   */
  static Behavior<Command> create(NodePorts ports, Consumer<Changed> observer) {
    return Behaviors.setup(context -> new NotifyScripts(context, ports, observer));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Changed changed -> {
        observer.accept(changed);
        changed(changed);
      }
      case Ended _ -> {}
    }
    return this;
  }

  private void changed(Changed changed) {
    NotifyCommands commands = changed.commands;
    Optional<NotifyCommand> own =
        switch (changed.kind) {
          case MASTER -> commands.master();
          case BACKUP -> commands.backup();
          case FAULT -> commands.fault();
          case STOP -> commands.stop();
          case DELETED -> commands.deleted();
          case MASTER_RX_LOWER_PRIORITY -> commands.masterReceivedLowerPriority();
        };
    own.ifPresent(c -> run(c.words(), c.account(), changed.cause));
    commands
        .any()
        .ifPresent(
            c -> {
              List<String> words = new ArrayList<>(c.words());
              words.add(changed.type);
              words.add(changed.name);
              words.add(
                  changed.kind == NotifyKind.MASTER_RX_LOWER_PRIORITY
                      ? "MASTER_RX_LOWER_PRI"
                      : changed.kind.name());
              words.add(Integer.toString(changed.priority));
              run(words, c.account(), changed.cause);
            });
  }

  private void run(List<String> words, Optional<Account> account, long changeCause) {
    long cause = ports.trace().emit(new TraceDetail.NotifyStarted(words), changeCause);
    ports
        .scripts()
        .tell(
            new ScriptRunner.Run(
                ports.who(),
                words.getFirst(),
                ++runs,
                words,
                account,
                Optional.empty(),
                finished,
                cause));
  }
}
