package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.segment.SnoopingSettings;

/** What can be done to a cluster; {@link #keyword} is its name in a scenario file. */
public sealed interface Action {
  String keyword();

  /** Whether it has an end: it can be given a duration or be healed by name. */
  default boolean heals() {
    return false;
  }

  /** What can be done to a process: the change, its keyword, and what undoes it. */
  enum ProcessVerb {
    /** SIGTERM. */
    STOP("stop", true),
    START("start", false),
    /** SIGKILL. */
    KILL("kill", true),
    /** SIGSTOP. */
    FREEZE("freeze", true),
    /** SIGCONT. */
    THAW("thaw", false),
    RESTART("restart", false);

    private final String keyword;
    private final boolean heals;

    ProcessVerb(String keyword, boolean heals) {
      this.keyword = keyword;
      this.heals = heals;
    }

    public String keyword() {
      return keyword;
    }
  }

  /** Something done to a process; stop and kill heal by starting it, freeze by thawing it. */
  record OnProcess(ProcessVerb verb, String host, String process) implements Action {
    @Override
    public String keyword() {
      return verb.keyword;
    }

    @Override
    public boolean heals() {
      return verb.heals;
    }
  }

  /**
   * SIGHUP, after the configuration was replaced where one is given.
   *
   * @param texts the new configuration and what it may include, by path; empty keeps the old one
   */
  record Reload(
      String host, String process, Optional<String> configurationFile, Map<String, String> texts)
      implements Action {
    @Override
    public String keyword() {
      return "reload";
    }
  }

  /** What can be done to a whole machine. */
  enum HostVerb {
    POWER_OFF("power-off", true),
    POWER_ON("power-on", false),
    /** The hypervisor stops it; healing resumes it. */
    VM_PAUSE("vm-pause", true);

    private final String keyword;
    private final boolean heals;

    HostVerb(String keyword, boolean heals) {
      this.keyword = keyword;
      this.heals = heals;
    }

    public String keyword() {
      return keyword;
    }
  }

  /** Something done to a machine. */
  record OnHost(HostVerb verb, String host) implements Action {
    @Override
    public String keyword() {
      return verb.keyword;
    }

    @Override
    public boolean heals() {
      return verb.heals;
    }
  }

  /** What can be done to an interface: administratively, or at the cable. */
  enum LinkVerb {
    LINK_DOWN("link-down", true),
    LINK_UP("link-up", false),
    UNPLUG("unplug", true),
    PLUG("plug", false);

    private final String keyword;
    private final boolean heals;

    LinkVerb(String keyword, boolean heals) {
      this.keyword = keyword;
      this.heals = heals;
    }

    public String keyword() {
      return keyword;
    }
  }

  /** Something done to an interface or its cable. */
  record OnLink(LinkVerb verb, String host, String networkInterface) implements Action {
    @Override
    public String keyword() {
      return verb.keyword;
    }

    @Override
    public boolean heals() {
      return verb.heals;
    }
  }

  /** A fault of the network or of a machine that lasts until it is healed. */
  sealed interface Lasting extends Action {
    @Override
    default boolean heals() {
      return true;
    }
  }

  /**
   * Which way of a segment a fault concerns.
   *
   * @param from the senders, hosts or clients; none means all
   * @param to the receivers; none means all
   * @param match which frames; none means all
   */
  record Path(String segment, List<String> from, List<String> to, FrameMatch match) {
    public Path {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /** Sorts of frames. */
  enum FrameMatch {
    ALL,
    VRRP,
    ARP,
    /** Gratuitous ARP and unsolicited neighbour advertisements. */
    GARP
  }

  /**
   * Members of different groups do not hear each other.
   *
   * @param oneWay only frames from the first group to the second are lost
   */
  record Partition(String segment, List<List<String>> groups, boolean oneWay) implements Lasting {
    public Partition {
      groups = groups.stream().map(List::copyOf).toList();
    }

    @Override
    public String keyword() {
      return "partition";
    }
  }

  /** A firewall rule on a host; drops, or rejects with an ICMP error. */
  record Firewall(
      String host,
      FirewallRule.Chain chain,
      Optional<String> networkInterface,
      PacketMatch match,
      boolean reject)
      implements Lasting {
    @Override
    public String keyword() {
      return "firewall";
    }
  }

  /** Frames get lost, each with the same probability 0..100. */
  record Loss(Path path, double percent) implements Lasting {
    @Override
    public String keyword() {
      return "loss";
    }
  }

  /**
   * Frames get lost in bursts: the two-state model of Gilbert and Elliott.
   *
   * @param toBad probability per frame, in percent, of a good link turning bad
   * @param toGood probability per frame, in percent, of a bad link turning good
   * @param lossInBad probability of loss, in percent, while bad
   * @param lossInGood probability of loss, in percent, while good
   */
  record BurstLoss(Path path, double toBad, double toGood, double lossInBad, double lossInGood)
      implements Lasting {
    @Override
    public String keyword() {
      return "loss";
    }
  }

  /** Frames arrive later, by {@code delay} plus up to {@code jitter}. */
  record Delay(Path path, Duration delay, Duration jitter) implements Lasting {
    @Override
    public String keyword() {
      return "delay";
    }
  }

  /** Frames arrive twice, with this probability 0..100. */
  record Duplicate(Path path, double percent) implements Lasting {
    @Override
    public String keyword() {
      return "duplicate";
    }
  }

  /** Frames are overtaken: with this probability 0..100 one is held back by {@code delay}. */
  record Reorder(Path path, double percent, Duration delay) implements Lasting {
    @Override
    public String keyword() {
      return "reorder";
    }
  }

  /** One bit of a frame flips, with this probability 0..100. */
  record Corrupt(Path path, double percent) implements Lasting {
    @Override
    public String keyword() {
      return "corrupt";
    }
  }

  /** Gratuitous ARP and unsolicited neighbour advertisements get lost. */
  record LoseGarp(Path path) implements Lasting {
    @Override
    public String keyword() {
      return "lose-garp";
    }
  }

  /** The switch starts, or on healing stops, to prune multicast. */
  record SwitchSnooping(String segment, SnoopingSettings snooping) implements Lasting {
    @Override
    public String keyword() {
      return "igmp-snooping";
    }
  }

  /** A file appears; healing removes it. */
  record CreateFile(String host, String path, String text) implements Lasting {
    @Override
    public String keyword() {
      return "create-file";
    }
  }

  /** A file disappears. */
  record RemoveFile(String host, String path) implements Action {
    @Override
    public String keyword() {
      return "remove-file";
    }
  }

  /** The wall clock is set forward, or back where negative. */
  record ClockStep(String host, Duration by) implements Action {
    @Override
    public String keyword() {
      return "clock-step";
    }
  }

  /**
   * The oscillator runs fast, or slow where negative: monotonic and wall clock alike.
   *
   * @param partsPerMillion more than -1,000,000
   */
  record ClockDrift(String host, long partsPerMillion) implements Lasting {
    @Override
    public String keyword() {
      return "clock-drift";
    }
  }

  /** The wall clock jumps to and fro by {@code by}, each {@code every}. */
  record ClockStrobe(String host, Duration by, Duration every) implements Lasting {
    @Override
    public String keyword() {
      return "clock-strobe";
    }
  }

  /**
   * Processes get the processor late.
   *
   * @param process only this one; none means every process of the host
   * @param delay how late at least, each time something is to be done
   * @param jitter up to how much later than that, evenly drawn
   */
  record CpuStarve(String host, Optional<String> process, Duration delay, Duration jitter)
      implements Lasting {
    @Override
    public String keyword() {
      return "cpu-starve";
    }
  }

  /** Runs of a check script take this long; {@code script} is its name in keepalived.conf. */
  record ScriptSlow(String host, String script, Duration takes) implements Lasting {
    @Override
    public String keyword() {
      return "script-slow";
    }
  }

  /** Runs of a check script end with this code, 0..255. */
  record ScriptExit(String host, String script, int exit) implements Lasting {
    @Override
    public String keyword() {
      return "script-exit";
    }
  }

  /** A web server works at least this long on each request. */
  record ServerSlow(String host, String process, Duration takes) implements Lasting {
    @Override
    public String keyword() {
      return "server-slow";
    }
  }

  /**
   * A web server answers with an error.
   *
   * @param status 400..599
   * @param percent of the requests, each drawn by itself, more than 0 and at most 100
   */
  record ServerError(String host, String process, int status, double percent) implements Lasting {
    @Override
    public String keyword() {
      return "server-error";
    }
  }

  /** A command to the admin socket of a HAProxy, as {@code set server app/s1 state drain}. */
  record Admin(String host, String process, String command) implements Action {
    @Override
    public String keyword() {
      return "admin";
    }
  }

  /** The neighbour cache of a host or client is emptied: {@code ip neigh flush all}. */
  record FlushArp(String machine) implements Action {
    @Override
    public String keyword() {
      return "flush-arp";
    }
  }

  /** Somebody else speaks VRRP on the segment. */
  record RogueSpeaker(
      String segment,
      IpAddress address,
      int vrid,
      int version,
      int priority,
      Duration interval,
      Optional<String> password,
      List<IpAddress> vips)
      implements Lasting {
    public RogueSpeaker {
      vips = List.copyOf(vips);
    }

    @Override
    public String keyword() {
      return "rogue-speaker";
    }
  }

  /** Somebody else has, announces and answers for an address of the cluster. */
  record DuplicateAddress(String segment, IpAddress address) implements Lasting {
    @Override
    public String keyword() {
      return "duplicate-address";
    }
  }

  /**
   * Broadcast frames fill the links.
   *
   * @param framesPerSecond of full size
   */
  record BroadcastStorm(String segment, int framesPerSecond) implements Lasting {
    @Override
    public String keyword() {
      return "broadcast-storm";
    }
  }
}
