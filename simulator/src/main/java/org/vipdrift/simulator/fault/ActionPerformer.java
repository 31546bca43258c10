package org.vipdrift.simulator.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.trace.TraceDetail.NotModelled;
import org.vipdrift.simulator.cluster.Cluster;
import org.vipdrift.simulator.fault.Timeline.Undo;
import org.vipdrift.simulator.host.AdminSocket;
import org.vipdrift.simulator.host.Daemon;
import org.vipdrift.simulator.host.HaproxyDaemon;
import org.vipdrift.simulator.host.KeepalivedDaemon;
import org.vipdrift.simulator.host.NginxDaemon;
import org.vipdrift.simulator.host.ServerFaults;
import org.vipdrift.simulator.host.SimulatedHost;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.process.StarvationModel;
import org.vipdrift.simulator.time.HostClock;

/** Performs actions on hosts, their programs, firewalls, clocks, scripts and files. */
final class ActionPerformer {
  private final Cluster cluster;
  private final SegmentFaults segments;
  private final Strangers strangers;

  ActionPerformer(Cluster cluster) {
    this.cluster = cluster;
    this.segments = new SegmentFaults(cluster);
    this.strangers = new Strangers(cluster);
  }

  /**
   * @param name of the action, unique among those in force
   */
  Undo apply(String name, Action action, long cause) {
    return switch (action) {
      case Action.OnProcess a -> onProcess(a, cause);
      case Action.Reload a -> reload(a, cause);
      case Action.OnHost a -> onHost(a, cause);
      case Action.OnLink a -> onLink(a, cause);
      case Action.Firewall a -> firewall(name, a);
      case Action.CreateFile a -> createFile(a, cause);
      case Action.RemoveFile a -> removeFile(a, cause);
      case Action.ClockStep a -> clockStep(a);
      case Action.ClockDrift a -> clockDrift(a);
      case Action.ClockStrobe a -> clockStrobe(a);
      case Action.CpuStarve a -> cpuStarve(name, a);
      case Action.ScriptSlow a -> scriptSlow(a);
      case Action.ScriptExit a -> scriptExit(a);
      case Action.ServerSlow a -> serverSlow(a, cause);
      case Action.ServerError a -> serverError(a, cause);
      case Action.Admin a -> admin(a, cause);
      case Action.FlushArp a -> flushArp(a);
      case Action.Partition a -> segments.links(name, a);
      case Action.Loss a -> segments.links(name, a);
      case Action.BurstLoss a -> segments.links(name, a);
      case Action.Delay a -> segments.links(name, a);
      case Action.Duplicate a -> segments.links(name, a);
      case Action.Reorder a -> segments.links(name, a);
      case Action.Corrupt a -> segments.links(name, a);
      case Action.LoseGarp a -> segments.links(name, a);
      case Action.SwitchSnooping a -> segments.snooping(a);
      case Action.BroadcastStorm a -> segments.storm(name, a);
      case Action.RogueSpeaker a -> strangers.rogueSpeaker(name, a, cause);
      case Action.DuplicateAddress a -> strangers.duplicateAddress(name, a, cause);
    };
  }

  private Daemon daemon(String host, String process) {
    return cluster
        .host(host)
        .daemon(process)
        .orElseThrow(() -> new IllegalArgumentException("no process " + process + " on " + host));
  }

  private Undo onProcess(Action.OnProcess action, long cause) {
    Daemon daemon = daemon(action.host(), action.process());
    daemon.perform(action.verb(), cause);
    return switch (action.verb()) {
      case STOP, KILL -> undo -> daemon.perform(ProcessVerb.START, undo);
      case FREEZE -> undo -> daemon.perform(ProcessVerb.THAW, undo);
      case START, THAW, RESTART -> Undo.NOTHING;
    };
  }

  private Undo reload(Action.Reload action, long cause) {
    Daemon daemon = daemon(action.host(), action.process());
    if (daemon instanceof KeepalivedDaemon keepalived) {
      keepalived.reload(action.configurationFile(), action.texts(), cause);
    } else if (daemon instanceof HaproxyDaemon haproxy) {
      haproxy.reload(action.configurationFile(), action.texts(), cause);
    } else if (daemon instanceof NginxDaemon nginx) {
      nginx.reload(action.configurationFile(), action.texts(), cause);
    } else {
      daemon.reload(cause);
    }
    return Undo.NOTHING;
  }

  private Undo onHost(Action.OnHost action, long cause) {
    SimulatedHost host = cluster.host(action.host());
    return switch (action.verb()) {
      case POWER_OFF -> {
        host.powerOff(cause);
        yield host::powerOn;
      }
      case POWER_ON -> {
        host.powerOn(cause);
        yield Undo.NOTHING;
      }
      case VM_PAUSE -> {
        host.pause(cause);
        yield host::resume;
      }
    };
  }

  private Undo onLink(Action.OnLink action, long cause) {
    HostKernel kernel = cluster.host(action.host()).kernel();
    String networkInterface = action.networkInterface();
    return switch (action.verb()) {
      case LINK_DOWN -> {
        kernel.setLink(networkInterface, false, cause);
        yield undo -> kernel.setLink(networkInterface, true, undo);
      }
      case LINK_UP -> {
        kernel.setLink(networkInterface, true, cause);
        yield Undo.NOTHING;
      }
      case UNPLUG -> {
        kernel.setPlugged(networkInterface, false, cause);
        yield undo -> kernel.setPlugged(networkInterface, true, undo);
      }
      case PLUG -> {
        kernel.setPlugged(networkInterface, true, cause);
        yield Undo.NOTHING;
      }
    };
  }

  private Undo firewall(String name, Action.Firewall action) {
    HostKernel kernel = cluster.host(action.host()).kernel();
    FirewallRule.Target target =
        action.reject() ? FirewallRule.Target.REJECT : FirewallRule.Target.DROP;
    FirewallRule rule =
        new FirewallRule(name, action.chain(), action.networkInterface(), action.match(), target);
    kernel.changeFirewall(chains -> chains.append(rule));
    return _ -> kernel.changeFirewall(chains -> chains.without(name));
  }

  private Undo createFile(Action.CreateFile action, long cause) {
    HostKernel kernel = cluster.host(action.host()).kernel();
    kernel.files().write(action.path(), action.text(), cause);
    return undo -> kernel.files().remove(action.path(), undo);
  }

  private Undo removeFile(Action.RemoveFile action, long cause) {
    cluster.host(action.host()).kernel().files().remove(action.path(), cause);
    return Undo.NOTHING;
  }

  private Undo clockStep(Action.ClockStep action) {
    cluster.host(action.host()).clock().stepWall(action.by());
    return Undo.NOTHING;
  }

  private Undo clockDrift(Action.ClockDrift action) {
    HostClock clock = cluster.host(action.host()).clock();
    clock.setDrift(action.partsPerMillion() * 1_000);
    return _ -> clock.setDrift(0);
  }

  private Undo clockStrobe(Action.ClockStrobe action) {
    Strobe strobe = new Strobe(cluster.host(action.host()).clock(), action);
    strobe.jump();
    return _ -> strobe.end();
  }

  /** A wall clock that jumps to and fro. */
  private final class Strobe {
    private final HostClock clock;
    private final Action.ClockStrobe action;
    private boolean away;
    private boolean over;

    Strobe(HostClock clock, Action.ClockStrobe action) {
      this.clock = clock;
      this.action = action;
    }

    void jump() {
      if (!over) {
        flip();
        long next = cluster.run().time().nowNanos() + action.every().toNanos();
        cluster.run().time().schedule(next, this::jump);
      }
    }

    void end() {
      over = true;
      if (away) {
        flip();
      }
    }

    private void flip() {
      clock.stepWall(away ? action.by().negated() : action.by());
      away = !away;
    }
  }

  private Undo cpuStarve(String name, Action.CpuStarve action) {
    SimulatedHost host = cluster.host(action.host());
    for (Daemon daemon : host.daemons()) {
      boolean meant = action.process().map(daemon.name()::equals).orElse(true);
      if (meant && daemon instanceof KeepalivedDaemon keepalived) {
        SplitRandom random = cluster.random().split("starvation").split(name).split(daemon.name());
        StarvationModel model =
            () ->
                action
                    .delay()
                    .plus(
                        Duration.ofNanos((long) (random.nextDouble() * action.jitter().toNanos())));
        keepalived.starve(Optional.of(model));
      }
    }
    return _ ->
        host.daemons().stream()
            .filter(KeepalivedDaemon.class::isInstance)
            .forEach(d -> ((KeepalivedDaemon) d).starve(Optional.empty()));
  }

  private Undo serverSlow(Action.ServerSlow action, long cause) {
    return serverFault(
        action,
        daemon(action.host(), action.process()),
        faults -> faults.slow(Optional.of(action.takes())),
        faults -> faults.slow(Optional.empty()),
        cause);
  }

  private Undo serverError(Action.ServerError action, long cause) {
    ServerFaults.Failing failing = new ServerFaults.Failing(action.status(), action.percent());
    return serverFault(
        action,
        daemon(action.host(), action.process()),
        faults -> faults.fail(Optional.of(failing)),
        faults -> faults.fail(Optional.empty()),
        cause);
  }

  private Undo serverFault(
      Action action,
      Daemon daemon,
      Consumer<ServerFaults> begin,
      Consumer<ServerFaults> end,
      long cause) {
    if (daemon instanceof ServerFaults faults) {
      begin.accept(faults);
      return _ -> end.accept(faults);
    }
    notModelled(action, daemon.name() + " is no web server", cause);
    return Undo.NOTHING;
  }

  private Undo admin(Action.Admin action, long cause) {
    if (daemon(action.host(), action.process()) instanceof AdminSocket socket) {
      socket.command(action.command(), cause);
    } else {
      notModelled(action, action.process() + " has no admin socket", cause);
    }
    return Undo.NOTHING;
  }

  private void notModelled(Action action, String what, long cause) {
    cluster.trace().sink("").emit(new NotModelled("timeline, " + action.keyword(), what), cause);
  }

  private Undo flushArp(Action.FlushArp action) {
    cluster.machine(action.machine()).orElseThrow().forgetNeighbors();
    return Undo.NOTHING;
  }

  private Undo scriptSlow(Action.ScriptSlow action) {
    SimulatedHost host = cluster.host(action.host());
    host.scripts().faults().slow(action.script(), Optional.of(action.takes()));
    return _ -> host.scripts().faults().slow(action.script(), Optional.empty());
  }

  private Undo scriptExit(Action.ScriptExit action) {
    SimulatedHost host = cluster.host(action.host());
    host.scripts().faults().exit(action.script(), Optional.of(action.exit()));
    return _ -> host.scripts().faults().exit(action.script(), Optional.empty());
  }
}
