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
import org.vipdrift.actors.port.NotifyFifo;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.node.Account;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommand;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.node.ProcessSettings;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.NotifyKind;
import org.vipdrift.model.vrrp.VrrpState;

/**
 * Runs the notify scripts of a process, with keepalived's arguments, and writes to its pipes;
 * nobody waits for either.
 */
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

  /** The effective priority of an instance in this state changed. */
  record PriorityChanged(String instance, VrrpState state, int priority, long cause)
      implements Command {}

  /** The configuration was read again. */
  record Configure(ProcessSettings process, long cause) implements Command {}

  private record Ended(ScriptRunner.Finished finished) implements Command {}

  private final NodePorts ports;
  private final ActorRef<ScriptRunner.Finished> finished;
  private final Consumer<Changed> observer;
  private List<ProcessSettings.Fifo> fifos = List.of();
  private long runs;

  private NotifyScripts(
      ActorContext<Command> context,
      ProcessSettings process,
      NodePorts ports,
      Consumer<Changed> observer) {
    super(context);
    this.observer = observer;
    this.ports = ports;
    this.finished = context.messageAdapter(ScriptRunner.Finished.class, Ended::new);
    open(process.fifos(), TraceEvent.NO_CAUSE);
  }

  static Behavior<Command> create(NodePorts ports) {
    return create(ProcessSettings.DEFAULT, ports, _ -> {});
  }

  /**
   * @param observer hears of every change too; called here, so it must only send a message
   */
  static Behavior<Command> create(
      ProcessSettings process, NodePorts ports, Consumer<Changed> observer) {
    return Behaviors.setup(context -> new NotifyScripts(context, process, ports, observer));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Changed changed -> {
        observer.accept(changed);
        changed(changed);
      }
      case PriorityChanged(String instance, VrrpState state, int priority, long cause) ->
          write("INSTANCE", instance, state.name() + "_PRIORITY", priority, cause);
      case Configure(ProcessSettings process, long cause) -> open(process.fifos(), cause);
      case Ended _ -> {}
    }
    return this;
  }

  /** Those that stay as they are are left alone, with their readers. */
  private void open(List<ProcessSettings.Fifo> wanted, long cause) {
    if (wanted.equals(fifos)) {
      return;
    }
    if (!fifos.isEmpty()) {
      ports.fifos().tell(new NotifyFifo.CloseAll(ports.who()));
    }
    fifos = wanted;
    for (ProcessSettings.Fifo fifo : fifos) {
      ports.fifos().tell(new NotifyFifo.Open(ports.who(), fifo.path(), fifo.account()));
      fifo.script()
          .ifPresent(
              script -> {
                List<String> words = new ArrayList<>(script.words());
                words.add(fifo.path());
                run(words, script.account(), cause);
              });
    }
  }

  private void write(String type, String name, String state, int priority, long cause) {
    for (ProcessSettings.Fifo fifo : fifos) {
      String line = type + " \"" + name + "\" " + state + " " + priority;
      ports.fifos().tell(new NotifyFifo.WriteLine(ports.who(), fifo.path(), line, cause));
    }
  }

  private static String word(NotifyKind kind) {
    return kind == NotifyKind.MASTER_RX_LOWER_PRIORITY ? "MASTER_RX_LOWER_PRI" : kind.name();
  }

  private void changed(Changed changed) {
    write(changed.type, changed.name, word(changed.kind), changed.priority, changed.cause);
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
    // keepalived 2.2.7 calls "notify" on changes of state only; its pipes hear of this one too.
    commands
        .any()
        .filter(_ -> changed.kind != NotifyKind.MASTER_RX_LOWER_PRIORITY)
        .ifPresent(
            c -> {
              List<String> words = new ArrayList<>(c.words());
              words.add(changed.type);
              words.add(changed.name);
              words.add(changed.kind.name());
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
