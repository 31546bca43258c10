package org.vipdrift.actors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;

/** The trackers of one keepalived process: one child actor per script, file and program. */
final class Trackers {
  private final ActorContext<Keepalived.Command> context;
  private final NodePorts ports;
  private final Map<Key, Running> running = new LinkedHashMap<>();
  private long spawned;

  /** A tracker's place: scripts, files and programs may share names. */
  private record Key(TrackedKind kind, String name) {}

  /** A tracker at work, and the configuration it works from. */
  private record Running(ActorRef<TrackerCommand> actor, Object configuration) {}

  Trackers(ActorContext<Keepalived.Command> context, NodePorts ports) {
    this.context = context;
    this.ports = ports;
  }

  /** Starts what is not running yet, and tells every tracker who listens now. */
  void start(
      NodeConfiguration configuration, Map<String, ActorRef<VrrpInstance.Command>> instances) {
    Function<Key, List<ActorRef<VrrpInstance.Command>>> listeners =
        key ->
            configuration.instances().stream()
                .filter(
                    i ->
                        i.tracked().stream()
                            .anyMatch(t -> t.kind() == key.kind && t.name().equals(key.name)))
                .filter(i -> instances.containsKey(i.name()))
                .map(i -> instances.get(i.name()))
                .toList();
    configuration
        .scripts()
        .forEach(
            s ->
                start(
                    new Key(TrackedKind.SCRIPT, s.name()),
                    s,
                    listeners,
                    () -> ScriptTracker.create(s, ports)));
    configuration
        .files()
        .forEach(
            f ->
                start(
                    new Key(TrackedKind.FILE, f.name()),
                    f,
                    listeners,
                    () -> FileTracker.create(f, ports)));
    configuration
        .processes()
        .forEach(
            p ->
                start(
                    new Key(TrackedKind.PROCESS, p.name()),
                    p,
                    listeners,
                    () -> ProcessTracker.create(p, ports)));
  }

  private void start(
      Key key,
      Object configuration,
      Function<Key, List<ActorRef<VrrpInstance.Command>>> listeners,
      java.util.function.Supplier<Behavior<TrackerCommand>> behavior) {
    List<ActorRef<VrrpInstance.Command>> subscribers = listeners.apply(key);
    Running tracker = running.get(key);
    if (tracker == null && subscribers.isEmpty()) {
      return;
    }
    if (tracker == null) {
      String name = "tracker-" + ++spawned;
      ActorRef<TrackerCommand> actor =
          context.spawn(behavior.get(), name, DispatcherSelector.sameAsParent());
      tracker = new Running(actor, configuration);
      running.put(key, tracker);
    }
    tracker.actor.tell(new TrackerCommand.Serve(subscribers));
  }

  /** Ends the trackers whose configuration is gone or has changed. */
  void stopMissing(NodeConfiguration next) {
    running
        .entrySet()
        .removeIf(
            entry -> {
              boolean same =
                  next.scripts().contains(entry.getValue().configuration)
                      || next.files().contains(entry.getValue().configuration)
                      || next.processes().contains(entry.getValue().configuration);
              if (!same) {
                context.stop(entry.getValue().actor);
              }
              return !same;
            });
  }

  void stop() {
    running.values().forEach(t -> context.stop(t.actor));
    running.clear();
  }
}
