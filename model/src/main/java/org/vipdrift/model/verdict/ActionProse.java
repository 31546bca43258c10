package org.vipdrift.model.verdict;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.FrameMatch;
import org.vipdrift.model.scenario.Action.Path;

/**
 * An action in words.
 *
 * @param host where it acts; empty for a segment
 * @param object what it acts on
 * @param did what was done to it, as a participle
 * @param undid what healing it does, as a participle
 */
record ActionProse(String host, String object, String did, String undid) {
  /** {@code nginx was stopped}. */
  String passive(boolean healed) {
    return object + " was " + (healed ? undid : did);
  }

  /** {@code nginx on nginx1 was stopped}. */
  String passiveWithPlace(boolean healed) {
    String place = host.isEmpty() || object.equals(host) ? "" : " on " + host;
    return object + place + " was " + (healed ? undid : did);
  }

  static ActionProse of(Action action) {
    return switch (action) {
      case Action.OnProcess a -> onProcess(a);
      case Action.Reload a ->
          new ActionProse(
              a.host(),
              a.process(),
              a.configurationFile().map(file -> "reloaded with " + file).orElse("reloaded"),
              "restored");
      case Action.OnHost a -> onHost(a);
      case Action.OnLink a -> onLink(a);
      case Action.Lasting a -> lasting(a);
      case Action.Admin a ->
          new ActionProse(a.host(), a.process(), "told \"" + a.command() + "\"", "restored");
      case Action.FlushArp a ->
          new ActionProse(a.machine(), "the neighbour cache", "flushed", "restored");
      case Action.RemoveFile a -> new ActionProse(a.host(), a.path(), "removed", "restored");
      case Action.ClockStep a ->
          new ActionProse(
              a.host(),
              "the wall clock",
              "set "
                  + (a.by().isNegative() ? "back" : "forward")
                  + " by "
                  + Prose.length(a.by().abs()),
              "set right");
    };
  }

  private static ActionProse onProcess(Action.OnProcess a) {
    return switch (a.verb()) {
      case STOP -> new ActionProse(a.host(), a.process(), "stopped", "started again");
      case START -> new ActionProse(a.host(), a.process(), "started", "stopped again");
      case KILL -> new ActionProse(a.host(), a.process(), "killed", "started again");
      case FREEZE -> new ActionProse(a.host(), a.process(), "frozen", "thawed");
      case THAW -> new ActionProse(a.host(), a.process(), "thawed", "frozen again");
      case RESTART -> new ActionProse(a.host(), a.process(), "restarted", "restored");
    };
  }

  private static ActionProse onHost(Action.OnHost a) {
    return switch (a.verb()) {
      case POWER_OFF -> new ActionProse(a.host(), a.host(), "powered off", "powered on again");
      case POWER_ON -> new ActionProse(a.host(), a.host(), "powered on", "powered off again");
      case VM_PAUSE -> new ActionProse(a.host(), a.host(), "paused by its hypervisor", "resumed");
    };
  }

  private static ActionProse onLink(Action.OnLink a) {
    String cable = "the cable of " + a.networkInterface();
    return switch (a.verb()) {
      case LINK_DOWN -> new ActionProse(a.host(), a.networkInterface(), "set down", "set up again");
      case LINK_UP -> new ActionProse(a.host(), a.networkInterface(), "set up", "set down again");
      case UNPLUG -> new ActionProse(a.host(), cable, "pulled out", "plugged in again");
      case PLUG -> new ActionProse(a.host(), cable, "plugged in", "pulled out again");
    };
  }

  private static ActionProse lasting(Action.Lasting action) {
    return switch (action) {
      case Action.Partition a -> partition(a);
      case Action.Firewall a -> firewall(a);
      case Action.Loss a -> begun("loss of " + percent(a.percent()) + " of the " + on(a.path()));
      case Action.BurstLoss a -> begun("loss in bursts of the " + on(a.path()));
      case Action.Delay a ->
          begun("a delay of " + Prose.length(a.delay()) + " of the " + on(a.path()));
      case Action.Duplicate a ->
          begun("duplication of " + percent(a.percent()) + " of the " + on(a.path()));
      case Action.Reorder a ->
          begun("overtaking among " + percent(a.percent()) + " of the " + on(a.path()));
      case Action.Corrupt a ->
          begun("corruption of " + percent(a.percent()) + " of the " + on(a.path()));
      case Action.LoseGarp a ->
          begun("loss of the address announcements among the " + on(a.path()));
      case Action.SwitchSnooping a ->
          begun(
              "IGMP snooping "
                  + (a.snooping().querier() ? "with" : "without")
                  + " a querier on "
                  + a.segment());
      case Action.CreateFile a -> new ActionProse(a.host(), a.path(), "created", "removed");
      case Action.ClockDrift a ->
          new ActionProse(
              a.host(),
              "the clock",
              "made to run "
                  + (a.partsPerMillion() < 0 ? "slow" : "fast")
                  + " by "
                  + Math.abs(a.partsPerMillion())
                  + " ppm",
              "made to run true again");
      case Action.ClockStrobe a ->
          new ActionProse(
              a.host(),
              "the wall clock",
              "made to jump by " + Prose.length(a.by()) + " every " + Prose.length(a.every()),
              "steadied");
      case Action.CpuStarve a ->
          new ActionProse(
              a.host(),
              a.process().orElse("every process"),
              "starved of the processor (" + Prose.length(a.delay()) + " late each time)",
              "given the processor again");
      case Action.ScriptSlow a ->
          new ActionProse(
              a.host(),
              "script " + a.script(),
              "slowed down to " + Prose.length(a.takes()) + " a run",
              "restored");
      case Action.ScriptExit a ->
          new ActionProse(
              a.host(), "script " + a.script(), "made to exit with " + a.exit(), "restored");
      case Action.ServerSlow a ->
          new ActionProse(
              a.host(),
              a.process(),
              "slowed down to " + Prose.length(a.takes()) + " a request",
              "restored");
      case Action.ServerError a ->
          new ActionProse(
              a.host(),
              a.process(),
              "made to answer "
                  + (a.percent() == 100 ? "" : percent(a.percent()) + " of the requests ")
                  + "with status "
                  + a.status(),
              "restored");
      case Action.RogueSpeaker a ->
          new ActionProse(
              "",
              "a foreign VRRP speaker ("
                  + a.address()
                  + ", VRID "
                  + a.vrid()
                  + ", priority "
                  + a.priority()
                  + ") on "
                  + a.segment(),
              "started",
              "stopped");
      case Action.DuplicateAddress a ->
          new ActionProse(
              "",
              "a foreign machine with the address " + a.address() + " on " + a.segment(),
              "connected",
              "disconnected");
      case Action.BroadcastStorm a ->
          begun("a storm of " + a.framesPerSecond() + " broadcasts a second on " + a.segment());
    };
  }

  private static ActionProse begun(String fault) {
    return new ActionProse("", fault, "begun", "ended");
  }

  private static ActionProse partition(Action.Partition a) {
    String groups =
        a.groups().stream()
            .map(Prose::and)
            .collect(Collectors.joining(a.oneWay() ? " to " : " from "));
    return new ActionProse(
        "",
        a.oneWay()
            ? "the way on " + a.segment() + " from " + groups
            : "the switch of " + a.segment() + " (" + groups + ")",
        a.oneWay() ? "cut" : "cut in two",
        "joined again");
  }

  private static ActionProse firewall(Action.Firewall a) {
    String way =
        switch (a.chain()) {
          case IN -> "incoming ";
          case OUT -> "outgoing ";
          case BOTH -> "incoming and outgoing ";
        };
    String rule =
        "a firewall rule that "
            + (a.reject() ? "rejects " : "drops ")
            + way
            + packets(a.match())
            + a.networkInterface().map(name -> " at " + name).orElse("");
    return new ActionProse(a.host(), rule, "added", "removed");
  }

  private static String packets(PacketMatch match) {
    return switch (match) {
      case PacketMatch.Vrrp() -> "VRRP";
      case PacketMatch.Destination(var prefix) -> "packets to " + prefix;
      case PacketMatch.Source(var prefix) -> "packets from " + prefix;
      case PacketMatch.Port(int port) -> "packets to port " + port;
      case PacketMatch.Everything() -> "packets";
    };
  }

  private static String on(Path path) {
    return sort(path.match())
        + "frames on "
        + path.segment()
        + names(" from ", path.from())
        + names(" to ", path.to());
  }

  private static String sort(FrameMatch match) {
    return switch (match) {
      case ALL -> "";
      case VRRP -> "VRRP ";
      case ARP -> "ARP ";
      case GARP -> "gratuitous ARP ";
    };
  }

  private static String names(String preposition, List<String> names) {
    return Optional.of(names)
        .filter(list -> !list.isEmpty())
        .map(list -> preposition + Prose.and(list))
        .orElse("");
  }

  private static String percent(double percent) {
    long whole = (long) percent;
    return (whole == percent ? Long.toString(whole) : Double.toString(percent)) + " %";
  }
}
