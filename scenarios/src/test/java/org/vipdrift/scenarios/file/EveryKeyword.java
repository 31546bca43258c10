package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.firewall.FirewallRule.Chain;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.FrameMatch;
import org.vipdrift.model.scenario.Action.HostVerb;
import org.vipdrift.model.scenario.Action.LinkVerb;
import org.vipdrift.model.scenario.Action.Path;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;
import org.vipdrift.model.scenario.Expectation.ServerCondition;
import org.vipdrift.model.segment.SnoopingSettings;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;

/** At least one action and one expectation of every keyword, fit for {@link SampleFolder}. */
final class EveryKeyword {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final IpAddress VIP = IpAddress.of("20.0.0.100");
  private static final IpAddress VIP6 = IpAddress.of("fd00::100");
  private static final Interval INTERVAL = new Interval(SECOND, Duration.ofMillis(2500));

  private EveryKeyword() {}

  static List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    for (ProcessVerb verb : ProcessVerb.values()) {
      actions.add(new Action.OnProcess(verb, "a", "keepalived"));
    }
    for (HostVerb verb : HostVerb.values()) {
      actions.add(new Action.OnHost(verb, "b"));
    }
    for (LinkVerb verb : LinkVerb.values()) {
      actions.add(new Action.OnLink(verb, "b", "eth1"));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("b/keepalived.conf", SampleFolder.KEEPALIVED);
    actions.add(new Action.Reload("b", "keepalived", Optional.empty(), new LinkedHashMap<>()));
    actions.add(new Action.Reload("b", "keepalived", Optional.of("b/keepalived.conf"), texts));
    Path everywhere = new Path("lan", List.of(), List.of(), FrameMatch.ALL);
    Path narrow = new Path("lan", List.of("a"), List.of("b", "c"), FrameMatch.VRRP);
    actions.add(new Action.Partition("lan", List.of(List.of("a"), List.of("b", "c")), true));
    actions.add(new Action.Partition("lan", List.of(List.of("a"), List.of("b")), false));
    for (PacketMatch match :
        List.of(
            new PacketMatch.Vrrp(),
            new PacketMatch.Everything(),
            new PacketMatch.Port(80),
            new PacketMatch.Source(IpPrefix.parse("20.0.0.0/24").orElseThrow()),
            new PacketMatch.Destination(IpPrefix.parse("224.0.0.18").orElseThrow()))) {
      for (Chain chain : Chain.values()) {
        actions.add(new Action.Firewall("a", chain, Optional.of("eth0"), match, true));
        actions.add(new Action.Firewall("a", chain, Optional.empty(), match, false));
      }
    }
    actions.add(new Action.Loss(narrow, 12.5));
    actions.add(new Action.BurstLoss(everywhere, 1, 25, 100, 0.01));
    actions.add(new Action.Delay(everywhere, SECOND, Duration.ZERO));
    actions.add(new Action.Delay(narrow, SECOND, Duration.ofNanos(1_500)));
    actions.add(new Action.Duplicate(narrow, 100));
    actions.add(new Action.Reorder(narrow, 0, SECOND));
    actions.add(new Action.Corrupt(everywhere, 50));
    actions.add(new Action.LoseGarp(new Path("lan", List.of("a"), List.of(), FrameMatch.GARP)));
    actions.add(new Action.SwitchSnooping("lan", new SnoopingSettings(true, false)));
    actions.add(new Action.SwitchSnooping("lan", new SnoopingSettings(false, true)));
    actions.add(new Action.CreateFile("a", "/tmp/down", "a \"b\"\n\tc: 魚 #\u0001\\"));
    actions.add(new Action.RemoveFile("a", "/tmp/down"));
    actions.add(new Action.ClockStep("a", Duration.ofMinutes(-61)));
    actions.add(new Action.ClockDrift("a", -20_000));
    actions.add(new Action.ClockStrobe("a", SECOND.negated(), SECOND));
    actions.add(new Action.CpuStarve("a", Optional.of("nginx"), SECOND, Duration.ofMillis(1)));
    actions.add(new Action.CpuStarve("a", Optional.empty(), SECOND, Duration.ZERO));
    actions.add(new Action.ScriptSlow("a", "check_nginx", SECOND));
    actions.add(new Action.ScriptExit("a", "check_nginx", 3));
    actions.add(new Action.ServerSlow("a", "nginx", SECOND));
    actions.add(new Action.ServerError("a", "nginx", 500, 100));
    actions.add(new Action.ServerError("a", "nginx", 404, 0.5));
    actions.add(
        new Action.RogueSpeaker(
            "lan", VIP6, 51, 3, 200, SECOND, Optional.of("yes"), List.of(VIP, VIP6)));
    actions.add(new Action.RogueSpeaker("lan", VIP, 1, 2, 0, SECOND, Optional.empty(), List.of()));
    actions.add(new Action.DuplicateAddress("lan", VIP6));
    actions.add(new Action.BroadcastStorm("lan", 90_000));
    actions.add(new Action.Admin("b", "haproxy", "set server app/s1 state drain"));
    actions.add(new Action.FlushArp("h"));
    return actions;
  }

  static List<Expectation> expectations() {
    Optional<Interval> some = Optional.of(INTERVAL);
    Moment exact = new Moment(SECOND, SECOND);
    Moment loose = new Moment(Duration.ofSeconds(2), Duration.ofMinutes(0).plusMillis(2001));
    return List.of(
        new Expectation.Holder(VIP, "a", INTERVAL),
        new Expectation.NoSplitBrain(Duration.ZERO, Optional.empty(), Optional.empty()),
        new Expectation.NoSplitBrain(SECOND, Optional.of(VIP6), some),
        new Expectation.SplitBrain(VIP6, exact, Optional.of(loose)),
        new Expectation.SplitBrain(VIP, loose, Optional.empty()),
        new Expectation.Unheld(VIP, exact, Optional.of(loose)),
        new Expectation.UnheldAtMost(VIP, SECOND, some),
        new Expectation.UnheldAtMost(VIP, SECOND, Optional.empty()),
        new Expectation.FailoverWithin(VIP, SECOND, Optional.of("b"), SECOND),
        new Expectation.FailoverWithin(VIP, SECOND, Optional.empty(), SECOND),
        new Expectation.Flaps(VIP, 3, Integer.MAX_VALUE, some),
        new Expectation.Flaps(VIP, 0, 4, Optional.empty()),
        new Expectation.Outage("c", Optional.of(SECOND), Optional.of(SECOND), SECOND, some),
        new Expectation.Outage("c", Optional.empty(), Optional.empty(), SECOND, Optional.empty()),
        new Expectation.Outage(
            "c", Optional.empty(), Optional.of(SECOND), Duration.ZERO, Optional.empty()),
        new Expectation.AnsweredBy("c", "gw", INTERVAL),
        new Expectation.ServedBy(
            "h", List.of("a", "b"), true, List.of(), Map.of(), 2, Optional.empty()),
        new Expectation.ServedBy(
            "h", List.of(), false, List.of("a", "b", "a"), Map.of("a", 66.7), 0.5, some),
        new Expectation.Errors("h", 1, Optional.of(3L), Optional.empty(), List.of(), some),
        new Expectation.Errors(
            "h",
            0,
            Optional.empty(),
            Optional.of(0.5),
            List.of(RequestOutcome.TIMEOUT, RequestOutcome.HTTP_ERROR),
            Optional.empty()),
        new Expectation.Latency("h", 99.9, SECOND, some),
        new Expectation.Latency("h", 100, SECOND, Optional.empty()),
        new Expectation.Sticky("h", Optional.empty()),
        new Expectation.Sticky("h", some),
        new Expectation.ServerState(
            "b", Optional.empty(), "app", "s1", ServerCondition.DOWN, INTERVAL),
        new Expectation.ServerState(
            "b", Optional.of("haproxy"), "app", "s1", ServerCondition.MAINT, INTERVAL),
        new Expectation.ReachesOne("h", INTERVAL),
        new Expectation.InState("b", "VI_1", "BACKUP", INTERVAL),
        new Expectation.Logged(Optional.of("a"), "Entering: \"MASTER\"", some, false),
        new Expectation.Logged(Optional.empty(), "no", Optional.empty(), true));
  }
}
