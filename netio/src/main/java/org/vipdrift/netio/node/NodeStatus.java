package org.vipdrift.netio.node;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/**
 * What a node is doing at one instant.
 *
 * @param node its name
 * @param at when this was found out
 * @param droppedEvents trace events that no observer saw, for they came too fast
 * @param packets what became of those that its sockets saw, and of those it sent, by name
 * @param alarms the split-brains that last
 */
public record NodeStatus(
    String node,
    String version,
    long pid,
    boolean dryRun,
    Instant startedAt,
    Instant at,
    List<Instance> instances,
    List<Script> scripts,
    List<Interface> interfaces,
    List<String> alarms,
    long alarmsRaised,
    long droppedEvents,
    Map<String, Long> packets) {
  public NodeStatus {
    packets = Collections.unmodifiableMap(new LinkedHashMap<>(packets));
    instances = List.copyOf(instances);
    scripts = List.copyOf(scripts);
    interfaces = List.copyOf(interfaces);
    alarms = List.copyOf(alarms);
  }

  NodeStatus withPackets(Map<String, Long> counted) {
    return new NodeStatus(
        node,
        version,
        pid,
        dryRun,
        startedAt,
        at,
        instances,
        scripts,
        interfaces,
        alarms,
        alarmsRaised,
        droppedEvents,
        counted);
  }

  /**
   * A virtual router.
   *
   * @param state as keepalived names it
   * @param since when it entered that state
   * @param reason why it did
   * @param priority effective, 0..255
   * @param master the last one heard, unless this is it
   * @param garpDelaySeconds as configured
   */
  public record Instance(
      String name,
      String networkInterface,
      int vrid,
      int version,
      String state,
      Instant since,
      String reason,
      int priority,
      int basePriority,
      Optional<Master> master,
      List<Vip> vips,
      Counters counters,
      long garpDelaySeconds,
      boolean splitBrain) {
    public Instance {
      vips = List.copyOf(vips);
    }
  }

  /** Whom adverts come from. */
  public record Master(IpAddress address, int priority, Instant heard) {}

  /**
   * A virtual address.
   *
   * @param excluded not advertised
   * @param held whether this node put it in the address table
   */
  public record Vip(
      String networkInterface, IpAddress address, int prefix, boolean excluded, boolean held) {}

  /**
   * What was counted since the start.
   *
   * @param dropped adverts by the reason they were refused for
   */
  public record Counters(
      long received,
      long sent,
      long becameMaster,
      long releasedMaster,
      long priorityZeroReceived,
      long priorityZeroSent,
      Map<String, Long> dropped) {
    public Counters {
      dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
    }

    /** How many were refused for a reason. */
    public long dropped(String reason) {
      return dropped.getOrDefault(reason, 0L);
    }

    /** How many were refused at all. */
    public long droppedInAll() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * A check script.
   *
   * @param up empty before its first result
   * @param exit of its last run; empty for none or a timeout
   */
  public record Script(
      String name, Optional<Boolean> up, Optional<Integer> exit, Optional<Instant> ended) {}

  /** An interface of an instance, or one that is tracked; up until the kernel says otherwise. */
  public record Interface(String name, boolean up) {}
}
