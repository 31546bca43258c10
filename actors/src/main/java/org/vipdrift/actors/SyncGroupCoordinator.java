package org.vipdrift.actors;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.MemberReport;
import org.vipdrift.model.vrrp.SyncGroup;
import org.vipdrift.model.vrrp.SyncGroupEffect;
import org.vipdrift.model.vrrp.SyncGroupEvent;
import org.vipdrift.model.vrrp.SyncGroupMachine;
import org.vipdrift.model.vrrp.SyncGroupTransition;

/** Keeps the instances of one sync group together: relays reports and commands. */
final class SyncGroupCoordinator extends AbstractMatchingBehavior<SyncGroupCoordinator.Command> {
  /** What it is told. */
  sealed interface Command {}

  /** An instance of the group is there. */
  record MemberJoined(String member, ActorRef<VrrpInstance.Command> actor) implements Command {}

  /** A member tells how it is. */
  record MemberReported(String member, MemberReport report, long cause) implements Command {}

  /** The group's configuration was read again. */
  record Reconfigure(NodeConfiguration.Group group) implements Command {}

  private final NodePorts ports;
  private final ActorRef<NotifyScripts.Command> notifyScripts;
  private final Map<String, ActorRef<VrrpInstance.Command>> members = new LinkedHashMap<>();
  private NodeConfiguration.Group configuration;
  private SyncGroup group;

  private SyncGroupCoordinator(
      ActorContext<Command> context,
      NodeConfiguration.Group configuration,
      NodePorts ports,
      ActorRef<NotifyScripts.Command> notifyScripts) {
    super(context);
    this.configuration = configuration;
    this.ports = ports;
    this.notifyScripts = notifyScripts;
    this.group = SyncGroup.of(configuration.name(), configuration.members());
  }

  static Behavior<Command> create(
      NodeConfiguration.Group configuration,
      NodePorts ports,
      ActorRef<NotifyScripts.Command> notifyScripts) {
    return Behaviors.setup(
        context -> new SyncGroupCoordinator(context, configuration, ports, notifyScripts));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case MemberJoined(String member, ActorRef<VrrpInstance.Command> actor) ->
          members.put(member, actor);
      case MemberReported(String member, MemberReport report, long cause) ->
          on(new SyncGroupEvent.MemberReported(member, report), cause);
      case Reconfigure(NodeConfiguration.Group next) -> {
        configuration = next;
        on(new SyncGroupEvent.MembersChanged(next.members()), TraceEvent.NO_CAUSE);
      }
    }
    return this;
  }

  private void on(SyncGroupEvent event, long eventCause) {
    SyncGroupTransition transition = SyncGroupMachine.on(group, event);
    long cause = eventCause;
    if (transition.next().state() != group.state()) {
      cause =
          ports
              .trace()
              .emit(
                  new TraceDetail.SyncGroupChanged(
                      group.name(),
                      group.state().name(),
                      transition.next().state().name(),
                      reason(event)),
                  eventCause);
    }
    group = transition.next();
    for (SyncGroupEffect effect : transition.effects()) {
      switch (effect) {
        case SyncGroupEffect.CommandMember commanded -> {
          long commandCause = cause;
          Optional.ofNullable(members.get(commanded.member()))
              .ifPresent(
                  m -> m.tell(new VrrpInstance.GroupOrdered(commanded.command(), commandCause)));
        }
        case SyncGroupEffect.NotifyGroup notification ->
            notifyScripts.tell(
                new NotifyScripts.Changed(
                    configuration.notifications(),
                    "GROUP",
                    group.name(),
                    notification.kind(),
                    0,
                    cause));
        case SyncGroupEffect.Log log ->
            ports.trace().emit(new TraceDetail.LogLine(ports.process(), log.line()), cause);
      }
    }
  }

  private static String reason(SyncGroupEvent event) {
    return switch (event) {
      case SyncGroupEvent.MemberReported(String member, MemberReport report) ->
          member + " " + report.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      case SyncGroupEvent.MembersChanged _ -> "configuration read again";
    };
  }
}
