package org.vipdrift.netio.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.vrrp.DropReason;
import org.vipdrift.model.vrrp.GarpSettings;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/**
 * What keepalived 2.2.7 writes at SIGUSR1 and SIGUSR2, as far as a node has it: monitoring reads
 * these files.
 */
public final class KeepalivedDump {
  /** Where it goes at SIGUSR1. */
  public static final Path DATA = Path.of("/tmp/keepalived.data");

  /** Where it goes at SIGUSR2. */
  public static final Path STATISTICS = Path.of("/tmp/keepalived.stats");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss.SSSSSS yyyy", Locale.ROOT);

  private KeepalivedDump() {}

  /** The configuration and the state of every instance and script. */
  public static String data(NodeConfiguration configuration, NodeStatus status, ZoneId zone) {
    StringBuilder text = new StringBuilder();
    text.append("------< Global definitions >------\n");
    line(text, 1, "Router ID = " + configuration.process().routerId().orElse(status.node()));
    line(text, 1, "Dynamic interfaces = " + configuration.process().dynamicInterfaces());
    line(
        text,
        1,
        "Script security " + (configuration.process().scriptSecurity() ? "enabled" : "disabled"));
    text.append("------< VRRP Topology >------\n");
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      status.instances().stream()
          .filter(s -> s.name().equals(instance.name()))
          .findFirst()
          .ifPresent(s -> instance(text, instance, s, zone));
    }
    if (!configuration.scripts().isEmpty()) {
      text.append("------< VRRP Scripts >------\n");
      for (NodeConfiguration.CheckScript script : configuration.scripts()) {
        script(text, script, status);
      }
    }
    text.append("------< Interfaces >------\n");
    for (NodeStatus.Interface link : status.interfaces()) {
      line(text, 1, "Name = " + link.name());
      line(text, 2, "State = " + (link.up() ? "UP, RUNNING" : "DOWN"));
    }
    return text.toString();
  }

  private static void instance(
      StringBuilder text,
      NodeConfiguration.Instance configured,
      NodeStatus.Instance status,
      ZoneId zone) {
    VirtualRouterSettings settings = configured.settings();
    GarpSettings garp = settings.garp();
    line(text, 1, "VRRP Instance = " + settings.instance());
    line(text, 2, "VRRP Version = " + settings.version());
    line(text, 2, "State = " + status.state());
    line(text, 2, "Wantstate = " + (status.state().equals("FAULT") ? "BACKUP" : status.state()));
    line(text, 2, "Last transition = " + instant(status.since(), zone));
    line(text, 2, "Interface = " + settings.interfaceName());
    settings.sourceAddress().ifPresent(s -> line(text, 2, "Using src_ip = " + s));
    if (settings.unicast().isEmpty()) {
      line(text, 2, "Multicast address " + settings.multicastGroup());
    }
    line(text, 2, "Gratuitous ARP delay = " + garp.masterDelay().toSeconds());
    line(text, 2, "Gratuitous ARP repeat = " + garp.masterRepeat());
    line(text, 2, "Gratuitous ARP refresh = " + garp.refresh().toSeconds());
    line(text, 2, "Down timer adverts = " + settings.downTimerAdverts());
    line(text, 2, "Virtual Router ID = " + settings.vrid());
    line(text, 2, "Priority = " + settings.basePriority());
    line(text, 2, "Effective priority = " + status.priority());
    line(text, 2, "Total priority = " + status.priority());
    line(text, 2, "Advert interval = " + interval(settings));
    line(text, 2, "Accept = " + enabled(settings.acceptMode()));
    line(text, 2, "Preempt = " + enabled(settings.preempt()));
    status
        .master()
        .ifPresent(
            m -> {
              line(text, 2, "Master router = " + m.address());
              line(text, 2, "Master priority = " + m.priority());
            });
    addresses(text, "Virtual IP", status, false);
    addresses(text, "Virtual IP Excluded", status, true);
    if (!configured.tracked().isEmpty()) {
      line(text, 2, "Tracked :");
      for (NodeConfiguration.Tracked tracked : configured.tracked()) {
        line(
            text,
            3,
            "%s %s weight %d"
                .formatted(
                    tracked.kind().name().toLowerCase(Locale.ROOT),
                    tracked.name(),
                    tracked.weight()));
      }
    }
  }

  private static void addresses(
      StringBuilder text, String title, NodeStatus.Instance status, boolean excluded) {
    var addresses = status.vips().stream().filter(v -> v.excluded() == excluded).toList();
    if (!addresses.isEmpty()) {
      line(text, 2, title + " (" + addresses.size() + "):");
      for (NodeStatus.Vip vip : addresses) {
        line(
            text,
            3,
            "%s/%d dev %s%s"
                .formatted(
                    vip.address(), vip.prefix(), vip.networkInterface(), vip.held() ? " set" : ""));
      }
    }
  }

  private static void script(
      StringBuilder text, NodeConfiguration.CheckScript script, NodeStatus status) {
    line(text, 1, "VRRP Script = " + script.name());
    line(
        text,
        2,
        "Command ="
            + script.command().stream().map(w -> " '" + w + "'").reduce("", String::concat));
    line(text, 2, "Interval = " + script.settings().interval().toSeconds() + " sec");
    status.scripts().stream()
        .filter(s -> s.name().equals(script.name()))
        .findFirst()
        .flatMap(NodeStatus.Script::up)
        .ifPresent(up -> line(text, 2, "Status = " + (up ? "GOOD" : "BAD")));
  }

  /** The counters of every instance. */
  public static String statistics(NodeStatus status) {
    StringBuilder text = new StringBuilder();
    for (NodeStatus.Instance instance : status.instances()) {
      NodeStatus.Counters counters = instance.counters();
      text.append("VRRP Instance: ").append(instance.name()).append('\n');
      text.append("  Advertisements:\n");
      text.append("    Received: ").append(counters.received()).append('\n');
      text.append("    Sent: ").append(counters.sent()).append('\n');
      text.append("  Became master: ").append(counters.becameMaster()).append('\n');
      text.append("  Released master: ").append(counters.releasedMaster()).append('\n');
      text.append("  Packet Errors:\n");
      dropped(text, "Length", counters, DropReason.TOO_SHORT, DropReason.TOO_LONG);
      dropped(text, "TTL", counters, DropReason.TTL);
      dropped(text, "Invalid Type", counters, DropReason.TYPE);
      dropped(
          text,
          "Advertisement Interval",
          counters,
          DropReason.ADVERTISEMENT_INTERVAL,
          DropReason.ZERO_INTERVAL);
      dropped(
          text,
          "Address List",
          counters,
          DropReason.ADDRESS_LIST,
          DropReason.ADDRESS_COUNT,
          DropReason.NO_ADDRESSES);
      text.append("  Authentication Errors:\n");
      dropped(text, "Invalid Type", counters);
      dropped(text, "Type Mismatch", counters, DropReason.AUTHENTICATION_TYPE);
      dropped(text, "Failure", counters, DropReason.PASSWORD);
      text.append("  Priority Zero:\n");
      text.append("    Received: ").append(counters.priorityZeroReceived()).append('\n');
      text.append("    Sent: ").append(counters.priorityZeroSent()).append('\n');
    }
    return text.toString();
  }

  private static void dropped(
      StringBuilder text, String name, NodeStatus.Counters counters, DropReason... reasons) {
    long sum = 0;
    for (DropReason reason : reasons) {
      sum += counters.dropped(reason.traceName());
    }
    text.append("    ").append(name).append(": ").append(sum).append('\n');
  }

  private static void line(StringBuilder text, int indent, String content) {
    text.append(" ".repeat(indent == 1 ? 1 : 2 * indent - 1)).append(content).append('\n');
  }

  private static String enabled(boolean is) {
    return is ? "enabled" : "disabled";
  }

  private static String interval(VirtualRouterSettings settings) {
    long millis = settings.advertisementInterval().toMillis();
    return settings.version() == 2 ? millis / 1000 + " sec" : millis + " milli-sec";
  }

  private static String instant(Instant at, ZoneId zone) {
    return "%d.%06d (%s)"
        .formatted(at.getEpochSecond(), at.getNano() / 1000, TIME.format(at.atZone(zone)));
  }

  /** Writes a file that its owner alone may read, and never through a link. */
  static void write(Path file, String text) throws IOException {
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS);
    try (var channel =
        Files.newByteChannel(
            file,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
