package org.vipdrift.model.scenario;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipdrift.model.firewall.PacketMatch;

/** What an action is done to, in a few words for the trace. */
public final class ActionTarget {
  private ActionTarget() {}

  public static String of(Action action) {
    return switch (action) {
      case Action.OnProcess a -> a.process() + " on " + a.host();
      case Action.Reload a -> a.process() + " on " + a.host();
      case Action.OnHost a -> a.host();
      case Action.OnLink a -> a.networkInterface() + " of " + a.host();
      case Action.Partition a ->
          a.segment()
              + ": "
              + a.groups().stream()
                  .map(g -> String.join(", ", g))
                  .collect(Collectors.joining(a.oneWay() ? " -> " : " | "));
      case Action.Firewall a -> firewall(a);
      case Action.Loss a -> path(a.path()) + ", " + number(a.percent()) + " %";
      case Action.BurstLoss a -> path(a.path()) + ", in bursts";
      case Action.Delay a -> path(a.path());
      case Action.Duplicate a -> path(a.path()) + ", " + number(a.percent()) + " %";
      case Action.Reorder a -> path(a.path()) + ", " + number(a.percent()) + " %";
      case Action.Corrupt a -> path(a.path()) + ", " + number(a.percent()) + " %";
      case Action.LoseGarp a -> path(a.path());
      case Action.SwitchSnooping a -> a.segment();
      case Action.CreateFile a -> a.path() + " on " + a.host();
      case Action.RemoveFile a -> a.path() + " on " + a.host();
      case Action.ClockStep a -> a.host();
      case Action.ClockDrift a -> a.host() + ", " + a.partsPerMillion() + " ppm";
      case Action.ClockStrobe a -> a.host();
      case Action.CpuStarve a -> a.process().map(p -> p + " on ").orElse("") + a.host();
      case Action.ScriptSlow a -> a.script() + " on " + a.host();
      case Action.ScriptExit a -> a.script() + " on " + a.host() + ", exit " + a.exit();
      case Action.ServerSlow a -> a.process() + " on " + a.host();
      case Action.ServerError a -> a.process() + " on " + a.host() + ", status " + a.status();
      case Action.Admin a -> a.process() + " on " + a.host() + ": " + a.command();
      case Action.FlushArp a -> a.machine();
      case Action.RogueSpeaker a ->
          a.segment() + ": " + a.address() + ", vrid " + a.vrid() + ", priority " + a.priority();
      case Action.DuplicateAddress a -> a.segment() + ": " + a.address();
      case Action.BroadcastStorm a -> a.segment();
    };
  }

  private static String firewall(Action.Firewall firewall) {
    String match =
        switch (firewall.match()) {
          case PacketMatch.Vrrp _ -> "VRRP";
          case PacketMatch.Destination(var prefix) -> "packets to " + prefix;
          case PacketMatch.Source(var prefix) -> "packets from " + prefix;
          case PacketMatch.Port(int port) -> "port " + port;
          case PacketMatch.Everything _ -> "everything";
        };
    String chain =
        switch (firewall.chain()) {
          case IN -> "coming in";
          case OUT -> "going out";
          case BOTH -> "in and out";
        };
    Optional<String> at = firewall.networkInterface();
    return firewall.host() + ": " + match + " " + chain + at.map(i -> " at " + i).orElse("");
  }

  private static String path(Action.Path path) {
    return path.segment() + end(" from ", path.from()) + end(" to ", path.to());
  }

  private static String end(String word, List<String> names) {
    return names.isEmpty() ? "" : word + String.join(", ", names);
  }

  private static String number(double percent) {
    return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
  }
}
