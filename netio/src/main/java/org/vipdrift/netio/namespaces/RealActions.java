package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.ActionTarget;
import org.vipdrift.model.scenario.LinkFaults;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail.ActionApplied;
import org.vipdrift.model.trace.TraceDetail.ActionHealed;

/** Does to real hosts and segments what a timeline says; on the thread of the world. */
final class RealActions {
  private final Cluster cluster;
  private final World world;
  private final TraceRecorder trace;
  private final Map<String, Lasting> lasting = new LinkedHashMap<>();
  private int tables;

  /** What there is to be acted on. */
  interface Cluster {
    RunningHost host(String name);

    /** A host's or a client's. */
    Machine machine(String name);

    RealTimeSegment segment(String name);

    SwitchThread thread();

    LinkFaults.Ports ports();

    Optional<ScriptFile> script(String host, String script);

    Strangers strangers();

    /** The declared web server behind a process. */
    Optional<DeclaredServer> server(String host, String process);
  }

  private record Lasting(Action action, long applied, Undo undo) {}

  /** Ends an action. */
  @FunctionalInterface
  interface Undo {
    Undo NOTHING = _ -> {};

    void undo(long cause) throws IOException;
  }

  RealActions(Cluster cluster, World world, TraceRecorder trace) {
    this.cluster = cluster;
    this.world = world;
    this.trace = trace;
  }

  /** Whether an action is one for this testbed. */
  static boolean supports(Action action) {
    return switch (action) {
      case Action.ClockStep _, Action.ClockDrift _, Action.ClockStrobe _ -> false;
      case Action.OnHost a -> a.verb() != Action.HostVerb.VM_PAUSE;
      default -> true;
    };
  }

  void schedule(List<TimelineEntry> entries) {
    for (TimelineEntry entry : entries) {
      world.at(entry.at().toNanos(), () -> happen(entry));
    }
  }

  private void happen(TimelineEntry entry) {
    switch (entry) {
      case TimelineEntry.Heal heal -> heal(heal.name());
      case TimelineEntry.Perform perform -> {
        apply(perform.name(), perform.action());
        perform
            .duration()
            .ifPresent(d -> world.at(perform.at().plus(d).toNanos(), () -> heal(perform.name())));
      }
    }
  }

  private void apply(String name, Action action) {
    long cause =
        trace.emit("", new ActionApplied(name, action.keyword(), ActionTarget.of(action)), 0);
    try {
      Undo undo = perform(name, action, cause);
      if (action.heals()) {
        lasting.put(name, new Lasting(action, cause, undo));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(action.keyword() + " " + ActionTarget.of(action), e);
    }
  }

  private void heal(String name) {
    Lasting ended = lasting.remove(name);
    if (ended != null) {
      Action action = ended.action;
      long cause =
          trace.emit(
              "", new ActionHealed(name, action.keyword(), ActionTarget.of(action)), ended.applied);
      try {
        ended.undo.undo(cause);
      } catch (IOException e) {
        throw new UncheckedIOException("the end of " + name, e);
      }
    }
  }

  private Undo perform(String name, Action action, long cause) throws IOException {
    return switch (action) {
      case Action.OnProcess a -> onProcess(a, cause);
      case Action.Reload a -> reload(a, cause);
      case Action.OnHost a -> onHost(a, cause);
      case Action.OnLink a -> onLink(a);
      case Action.Firewall a -> firewall(a);
      case Action.CreateFile a -> {
        MachineFiles files = cluster.host(a.host()).files();
        files.write(a.path(), a.text(), false);
        yield _ -> files.remove(a.path());
      }
      case Action.RemoveFile a -> {
        cluster.host(a.host()).files().remove(a.path());
        yield Undo.NOTHING;
      }
      case Action.CpuStarve a -> starve(a);
      case Action.ScriptSlow a ->
          script(a.host(), a.script(), file -> file.slow(Optional.of(a.takes())));
      case Action.ScriptExit a ->
          script(a.host(), a.script(), file -> file.exit(Optional.of(a.exit())));
      case Action.ServerSlow a -> {
        DeclaredServer server = cluster.server(a.host(), a.process()).orElseThrow();
        server.slow(Optional.of(a.takes()));
        yield _ -> server.slow(Optional.empty());
      }
      case Action.ServerError a -> {
        DeclaredServer server = cluster.server(a.host(), a.process()).orElseThrow();
        server.fail(Optional.of(new DeclaredServer.Failing(a.status(), a.percent())));
        yield _ -> server.fail(Optional.empty());
      }
      case Action.Admin a -> {
        AdminSocket.command(cluster.host(a.host()), a.process(), a.command(), trace, cause);
        yield Undo.NOTHING;
      }
      case Action.FlushArp a -> {
        cluster.machine(a.machine()).runInNetwork("", "ip", "neigh", "flush", "all");
        yield Undo.NOTHING;
      }
      case Action.SwitchSnooping a -> {
        RealTimeSegment segment = cluster.segment(a.segment());
        cluster.thread().execute(() -> segment.snoop(Optional.of(a.snooping())));
        yield _ -> cluster.thread().execute(() -> segment.snoop(Optional.empty()));
      }
      case Action.BroadcastStorm a -> {
        RealTimeSegment segment = cluster.segment(a.segment());
        cluster.thread().execute(() -> segment.startStorm(name, a.framesPerSecond()));
        yield _ -> cluster.thread().execute(() -> segment.endStorm(name));
      }
      case Action.RogueSpeaker a -> cluster.strangers().rogueSpeaker(name, a, cause);
      case Action.DuplicateAddress a -> cluster.strangers().duplicateAddress(name, a, cause);
      case Action.Partition _,
          Action.Loss _,
          Action.BurstLoss _,
          Action.Delay _,
          Action.Duplicate _,
          Action.Reorder _,
          Action.Corrupt _,
          Action.LoseGarp _ ->
          links(name, action);
      case Action.ClockStep _, Action.ClockDrift _, Action.ClockStrobe _ ->
          throw new IllegalStateException(action.keyword() + " should have been refused");
    };
  }

  private Undo links(String name, Action action) {
    LinkFaults faults = LinkFaults.of(name, action, cluster.ports()).orElseThrow();
    RealTimeSegment segment = cluster.segment(faults.segment());
    cluster.thread().execute(() -> faults.rules().forEach(segment::install));
    return _ -> cluster.thread().execute(() -> segment.removeRules(name));
  }

  private Undo onProcess(Action.OnProcess action, long cause) {
    RunningHost host = cluster.host(action.host());
    HostedProcess process = host.process(action.process()).orElseThrow();
    if (host.isPoweredOn()) {
      process.perform(action.verb(), cause);
    }
    return switch (action.verb()) {
      case STOP, KILL -> undo -> process.perform(ProcessVerb.START, undo);
      case FREEZE -> undo -> process.perform(ProcessVerb.THAW, undo);
      case START, THAW, RESTART -> Undo.NOTHING;
    };
  }

  private Undo reload(Action.Reload action, long cause) throws IOException {
    HostedProcess process = cluster.host(action.host()).process(action.process()).orElseThrow();
    if (action.configurationFile().isPresent()
        && process.program() instanceof Programs.Configured configured) {
      configured.replace(action.configurationFile().get(), action.texts());
    }
    process.reload(cause);
    return Undo.NOTHING;
  }

  private Undo onHost(Action.OnHost action, long cause) throws IOException {
    RunningHost host = cluster.host(action.host());
    return switch (action.verb()) {
      case POWER_OFF -> {
        host.powerOff(cluster.thread(), cause);
        yield undo -> host.powerOn(cluster.thread(), undo);
      }
      case POWER_ON -> {
        host.powerOn(cluster.thread(), cause);
        yield Undo.NOTHING;
      }
      case VM_PAUSE -> throw new IllegalStateException("vm-pause should have been refused");
    };
  }

  private Undo onLink(Action.OnLink action) throws IOException {
    RunningHost host = cluster.host(action.host());
    String card = action.networkInterface();
    return switch (action.verb()) {
      case LINK_DOWN -> {
        host.setLink(card, false);
        yield _ -> host.setLink(card, true);
      }
      case LINK_UP -> {
        host.setLink(card, true);
        yield Undo.NOTHING;
      }
      case UNPLUG -> {
        host.setPlugged(cluster.thread(), card, false);
        yield _ -> host.setPlugged(cluster.thread(), card, true);
      }
      case PLUG -> {
        host.setPlugged(cluster.thread(), card, true);
        yield Undo.NOTHING;
      }
    };
  }

  private Undo firewall(Action.Firewall action) throws IOException {
    Machine machine = cluster.host(action.host()).machine();
    String table = "vipdrift" + ++tables;
    Firewall.install(machine, table, action);
    return _ -> Firewall.remove(machine, table);
  }

  private Undo script(String host, String script, Function<ScriptFile, Undo> what) {
    return cluster.script(host, script).map(what).orElse(Undo.NOTHING);
  }

  /** Processes are stopped for as long as the delay, and then get one millisecond. */
  private Undo starve(Action.CpuStarve action) {
    RunningHost host = cluster.host(action.host());
    List<HostedProcess> starved =
        host.processes().stream()
            .filter(p -> action.process().map(p.name()::equals).orElse(true))
            .toList();
    Starvation starvation = new Starvation(starved, action, world);
    starvation.stop();
    return _ -> starvation.end();
  }
}
