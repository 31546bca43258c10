package org.vipdrift.scenarios.interoperation;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.LinkVerb;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.TimelineEntry;

/** Something that happens to a pair; the first host is the one with the highest priority. */
public enum Situation {
  START("start", 12) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of();
    }
  },
  STOP("stop", 14) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(process(8, "stopped", ProcessVerb.STOP));
    }
  },
  KILL("kill -9", 16) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(process(8, "killed", ProcessVerb.KILL));
    }
  },
  FREEZE("freeze 10 s", 24) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(
          lasting(8, 10, "frozen", new Action.OnProcess(ProcessVerb.FREEZE, A, KEEPALIVED)));
    }
  },
  LINK("link down/up", 24) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(lasting(8, 7, "cut", new Action.OnLink(LinkVerb.LINK_DOWN, A, CARD)));
    }
  },
  FIREWALL("firewall one way", 20) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(
          lasting(
              8,
              7,
              "firewall",
              new Action.Firewall(
                  B, FirewallRule.Chain.IN, Optional.of(CARD), new PacketMatch.Vrrp(), false)));
    }
  },
  /** Half a second off, for a daemon that is started at once runs its script every full second. */
  SCRIPT("script fails", 22) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(
          new TimelineEntry.Perform(
              Duration.ofMillis(8500),
              "bad",
              Optional.of(Duration.ofSeconds(7)),
              new Action.CreateFile(A, BAD_FILE, "")));
    }

    @Override
    boolean hasCheckScript() {
      return true;
    }
  },
  RELOAD("reload", 16) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      String file = of.configurationFile(0);
      Map<String, String> texts =
          Collections.singletonMap(file, of.configuration(0, LOWERED_PRIORITY));
      return List.of(
          perform(8, "reloaded", new Action.Reload(A, KEEPALIVED, Optional.of(file), texts)));
    }
  },
  RETURN_PREEMPTING("return, preempts", 22) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(
          process(8, "stopped", ProcessVerb.STOP), process(14, "returned", ProcessVerb.START));
    }
  },
  RETURN_WAITING("return, nopreempt", 22) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return RETURN_PREEMPTING.timeline(of);
    }

    @Override
    boolean preempts() {
      return false;
    }
  },
  /** The second comes later and waits; once both are master, its higher address wins. */
  EQUAL_PRIORITIES("equal priorities", 21) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return FIREWALL.timeline(of);
    }

    @Override
    int priority(int host) {
      return HIGHEST_PRIORITY;
    }
  },
  THREE_NODES("3 nodes", 24) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(
          process(8, "stopped", ProcessVerb.STOP), process(15, "returned", ProcessVerb.START));
    }

    @Override
    int hosts() {
      return 3;
    }
  },
  SYNC_GROUP("sync group", 24) {
    @Override
    List<TimelineEntry> timeline(MatrixCase of) {
      return List.of(lasting(8, 7, "cut", new Action.OnLink(LinkVerb.LINK_DOWN, A, "eth1")));
    }

    @Override
    int segments() {
      return 2;
    }
  };

  static final String A = "a";
  static final String B = "b";
  static final String KEEPALIVED = "keepalived";
  static final String CARD = "eth0";
  static final String BAD_FILE = "/tmp/bad";
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(2500);
  private static final int HIGHEST_PRIORITY = 150;
  private static final int PRIORITY_STEP = 50;
  private static final int LOWERED_PRIORITY = 40;

  private final String title;
  private final int seconds;

  Situation(String title, int seconds) {
    this.title = title;
    this.seconds = seconds;
  }

  public String title() {
    return title;
  }

  Duration until() {
    return Duration.ofSeconds(seconds);
  }

  abstract List<TimelineEntry> timeline(MatrixCase of);

  int hosts() {
    return 2;
  }

  int segments() {
    return 1;
  }

  /** One after the other, further apart than any daemon's start takes: no race decides. */
  Duration start(int host) {
    return BETWEEN_STARTS.multipliedBy(host);
  }

  boolean hasCheckScript() {
    return false;
  }

  boolean preempts() {
    return true;
  }

  int priority(int host) {
    return HIGHEST_PRIORITY - PRIORITY_STEP * host;
  }

  private static TimelineEntry process(int second, String name, ProcessVerb verb) {
    return perform(second, name, new Action.OnProcess(verb, A, KEEPALIVED));
  }

  private static TimelineEntry perform(int second, String name, Action action) {
    return new TimelineEntry.Perform(Duration.ofSeconds(second), name, Optional.empty(), action);
  }

  private static TimelineEntry lasting(int second, int seconds, String name, Action action) {
    return new TimelineEntry.Perform(
        Duration.ofSeconds(second), name, Optional.of(Duration.ofSeconds(seconds)), action);
  }
}
