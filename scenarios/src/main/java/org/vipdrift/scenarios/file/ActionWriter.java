package org.vipdrift.scenarios.file;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.text.FlowText;
import org.vipdrift.model.segment.SnoopingSettings;

/** Writes what follows an action's keyword. */
final class ActionWriter {
  private ActionWriter() {}

  static FlowText write(Action action) {
    FlowText text = new FlowText();
    return switch (action) {
      case Action.OnProcess a -> text.put("host", a.host()).put("process", a.process());
      case Action.Reload a ->
          text.put("host", a.host())
              .put("process", a.process())
              .put("config", a.configurationFile());
      case Action.OnHost a -> text.put("host", a.host());
      case Action.OnLink a -> text.put("host", a.host()).put("interface", a.networkInterface());
      case Action.Partition a -> {
        text.put("segment", a.segment())
            .raw(
                "groups",
                "[" + String.join(", ", a.groups().stream().map(FlowText::list).toList()) + "]");
        yield a.oneWay() ? text.raw("one-way", "true") : text;
      }
      case Action.Firewall a ->
          text.put("host", a.host())
              .put("chain", a.chain().name().toLowerCase(Locale.ROOT))
              .put("interface", a.networkInterface())
              .raw("match", match(a.match()))
              .put("action", a.reject() ? "reject" : "drop");
      case Action.Loss a -> path(text, a.path()).raw("percent", percent(a.percent()));
      case Action.BurstLoss a ->
          path(text, a.path())
              .raw(
                  "burst",
                  new FlowText()
                      .raw("to-bad", percent(a.toBad()))
                      .raw("to-good", percent(a.toGood()))
                      .raw("loss-in-bad", percent(a.lossInBad()))
                      .raw("loss-in-good", percent(a.lossInGood()))
                      .toString());
      case Action.Delay a -> jitter(path(text, a.path()).put("delay", a.delay()), a.jitter());
      case Action.Duplicate a -> path(text, a.path()).raw("percent", percent(a.percent()));
      case Action.Reorder a ->
          path(text, a.path()).raw("percent", percent(a.percent())).put("delay", a.delay());
      case Action.Corrupt a -> path(text, a.path()).raw("percent", percent(a.percent()));
      case Action.LoseGarp a -> ways(text, a.path());
      case Action.SwitchSnooping a -> snooping(text.put("segment", a.segment()), a.snooping());
      case Action.CreateFile a -> {
        text.put("host", a.host()).put("path", a.path());
        yield a.text().isEmpty() ? text : text.raw("text", FlowText.escaped(a.text()));
      }
      case Action.RemoveFile a -> text.put("host", a.host()).put("path", a.path());
      case Action.ClockStep a -> text.put("host", a.host()).put("by", a.by());
      case Action.ClockDrift a ->
          text.put("host", a.host()).raw("rate", a.partsPerMillion() + "ppm");
      case Action.ClockStrobe a ->
          text.put("host", a.host()).put("by", a.by()).put("every", a.every());
      case Action.CpuStarve a ->
          jitter(
              text.put("host", a.host()).put("process", a.process()).put("delay", a.delay()),
              a.jitter());
      case Action.ScriptSlow a ->
          text.put("host", a.host()).put("script", a.script()).put("takes", a.takes());
      case Action.ScriptExit a ->
          text.put("host", a.host()).put("script", a.script()).put("exit", a.exit());
      case Action.ServerSlow a ->
          text.put("host", a.host()).put("process", a.process()).put("takes", a.takes());
      case Action.ServerError a -> {
        text.put("host", a.host()).put("process", a.process()).put("status", a.status());
        yield a.percent() == 100 ? text : text.raw("percent", percent(a.percent()));
      }
      case Action.Admin a ->
          text.put("host", a.host())
              .put("process", a.process())
              .raw("command", FlowText.escaped(a.command()));
      case Action.FlushArp a -> text.put("machine", a.machine());
      case Action.RogueSpeaker a ->
          text.put("segment", a.segment())
              .put("address", a.address())
              .put("vrid", a.vrid())
              .put("version", a.version())
              .put("priority", a.priority())
              .put("interval", a.interval())
              .put("password", a.password())
              .raw("vips", FlowText.list(a.vips()));
      case Action.DuplicateAddress a ->
          text.put("segment", a.segment()).put("address", a.address());
      case Action.BroadcastStorm a ->
          text.put("segment", a.segment()).put("frames-per-second", a.framesPerSecond());
    };
  }

  static FlowText snooping(FlowText text, SnoopingSettings snooping) {
    return text.raw("querier", Boolean.toString(snooping.querier()))
        .put("link-local", snooping.linkLocalPruned() ? "pruned" : "flooded");
  }

  private static FlowText jitter(FlowText text, Duration jitter) {
    return jitter.isZero() ? text : text.put("jitter", jitter);
  }

  private static FlowText ways(FlowText text, Action.Path path) {
    return text.put("segment", path.segment()).list("from", path.from()).list("to", path.to());
  }

  private static FlowText path(FlowText text, Action.Path path) {
    ways(text, path);
    return path.match() == Action.FrameMatch.ALL
        ? text
        : text.put("match", path.match().name().toLowerCase(Locale.ROOT));
  }

  private static String percent(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
  }

  static String match(PacketMatch match) {
    return switch (match) {
      case PacketMatch.Vrrp _ -> "vrrp";
      case PacketMatch.Everything _ -> "all";
      case PacketMatch.Destination m -> new FlowText().put("destination", m.prefix()).toString();
      case PacketMatch.Source m -> new FlowText().put("source", m.prefix()).toString();
      case PacketMatch.Port m -> new FlowText().put("port", m.port()).toString();
    };
  }
}
