package org.vipdrift.netio.node;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.vipdrift.model.vrrp.DropReason;

/**
 * The metrics of a node in Prometheus' text format, named and labelled as keepalived_exporter does,
 * so that dashboards and alerts go on working; what is ours alone begins with {@code vipdrift_}.
 */
public final class KeepalivedMetrics {
  /** The media type of {@link #text}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private KeepalivedMetrics() {}

  public static byte[] text(NodeStatus status) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    try {
      PrometheusTextFormatWriter.create().write(out, new MetricSnapshots(snapshots(status)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static List<MetricSnapshot> snapshots(NodeStatus status) {
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(gauge("keepalived_up", "Status of the service", 1));
    all.add(vips(status, "keepalived_vrrp_state", "State of vrrp", v -> !v.excluded()));
    all.add(
        vips(
            status,
            "keepalived_vrrp_excluded_state",
            "State of vrrp with excluded VIP",
            NodeStatus.Vip::excluded));
    addInstanceCounters(all, status);
    addScripts(all, status);
    addOwn(all, status);
    all.removeIf(snapshot -> snapshot.getDataPoints().isEmpty());
    return all;
  }

  private static void addInstanceCounters(List<MetricSnapshot> all, NodeStatus status) {
    all.add(
        counter(
            status,
            "gratuitous_arp_delay",
            "Gratuitous ARP delay",
            NodeStatus.Instance::garpDelaySeconds));
    all.add(
        counter(
            status,
            "advertisements_received",
            "Advertisements received",
            i -> i.counters().received()));
    all.add(
        counter(status, "advertisements_sent", "Advertisements sent", i -> i.counters().sent()));
    all.add(counter(status, "become_master", "Became master", i -> i.counters().becameMaster()));
    all.add(
        counter(status, "release_master", "Released master", i -> i.counters().releasedMaster()));
    all.add(
        dropped(
            status,
            "packet_length_errors",
            "Packet length errors",
            DropReason.TOO_SHORT,
            DropReason.TOO_LONG));
    all.add(
        dropped(
            status,
            "advertisements_interval_errors",
            "Advertisement interval errors",
            DropReason.ADVERTISEMENT_INTERVAL,
            DropReason.ZERO_INTERVAL));
    all.add(dropped(status, "ip_ttl_errors", "TTL errors", DropReason.TTL));
    all.add(dropped(status, "invalid_type_received", "Invalid type errors", DropReason.TYPE));
    all.add(
        dropped(
            status,
            "address_list_errors",
            "Address list errors",
            DropReason.ADDRESS_LIST,
            DropReason.ADDRESS_COUNT,
            DropReason.NO_ADDRESSES));
    all.add(dropped(status, "checksum_errors", "Checksum errors", DropReason.CHECKSUM));
    // keepalived counts an unknown type apart from a known one that is not the configured one; the
    // receive checks have one reason for both.
    all.add(dropped(status, "authentication_invalid", "Authentication invalid"));
    all.add(
        dropped(
            status,
            "authentication_mismatch",
            "Authentication mismatch",
            DropReason.AUTHENTICATION_TYPE));
    all.add(
        dropped(status, "authentication_failure", "Authentication failure", DropReason.PASSWORD));
    all.add(
        counter(
            status,
            "priority_zero_received",
            "Priority zero received",
            i -> i.counters().priorityZeroReceived()));
    all.add(
        counter(
            status,
            "priority_zero_sent",
            "Priority zero sent",
            i -> i.counters().priorityZeroSent()));
  }

  private static void addScripts(List<MetricSnapshot> all, NodeStatus status) {
    GaugeSnapshot.Builder working =
        GaugeSnapshot.builder().name("keepalived_script_status").help("Tracker Script Status");
    GaugeSnapshot.Builder running =
        GaugeSnapshot.builder().name("keepalived_script_state").help("Tracker Script State");
    for (NodeStatus.Script script : status.scripts()) {
      Labels labels = Labels.of("name", script.name());
      working.dataPoint(point(labels, script.up().orElse(false) ? 1 : 0));
      running.dataPoint(point(labels, 0));
    }
    all.add(working.build());
    all.add(running.build());
  }

  private static void addOwn(List<MetricSnapshot> all, NodeStatus status) {
    CounterSnapshot.Builder dropped =
        CounterSnapshot.builder()
            .name("vipdrift_advertisements_dropped")
            .help("Advertisements refused, by reason");
    GaugeSnapshot.Builder splitBrain =
        GaugeSnapshot.builder()
            .name("vipdrift_split_brain")
            .help("1 while another master of this virtual router is heard");
    for (NodeStatus.Instance instance : status.instances()) {
      splitBrain.dataPoint(point(labels(instance), instance.splitBrain() ? 1 : 0));
      instance
          .counters()
          .dropped()
          .forEach(
              (reason, count) ->
                  dropped.dataPoint(
                      count(labels(instance).merge(Labels.of("reason", reason)), count)));
    }
    all.add(dropped.build());
    all.add(splitBrain.build());
    CounterSnapshot.Builder packets =
        CounterSnapshot.builder()
            .name("vipdrift_packets")
            .help("Packets of all sockets, by what became of them");
    status
        .packets()
        .forEach(
            (outcome, count) -> packets.dataPoint(count(Labels.of("outcome", outcome), count)));
    all.add(packets.build());
    all.add(
        CounterSnapshot.builder()
            .name("vipdrift_split_brain_alarms")
            .help("Split-brain alarms raised")
            .dataPoint(count(Labels.EMPTY, status.alarmsRaised()))
            .build());
    all.add(
        CounterSnapshot.builder()
            .name("vipdrift_trace_events_dropped")
            .help("Trace events that came faster than they could be observed")
            .dataPoint(count(Labels.EMPTY, status.droppedEvents()))
            .build());
  }

  private static GaugeSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(point(Labels.EMPTY, value))
        .build();
  }

  private static GaugeSnapshot vips(
      NodeStatus status, String name, String help, Predicate<NodeStatus.Vip> which) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
    for (NodeStatus.Instance instance : status.instances()) {
      for (NodeStatus.Vip vip : instance.vips()) {
        if (which.test(vip)) {
          Labels labels =
              Labels.of(
                  "iname",
                  instance.name(),
                  "intf",
                  vip.networkInterface(),
                  "ip_address",
                  vip.address().toString(),
                  "vrid",
                  Integer.toString(instance.vrid()));
          builder.dataPoint(point(labels, stateNumber(instance.state())));
        }
      }
    }
    return builder.build();
  }

  private static int stateNumber(String state) {
    return switch (state) {
      case "INIT" -> 0;
      case "BACKUP" -> 1;
      case "MASTER" -> 2;
      default -> 3;
    };
  }

  private static CounterSnapshot counter(
      NodeStatus status, String name, String help, ToLongFunction<NodeStatus.Instance> value) {
    CounterSnapshot.Builder builder =
        CounterSnapshot.builder().name("keepalived_" + name).help(help);
    for (NodeStatus.Instance instance : status.instances()) {
      builder.dataPoint(count(labels(instance), value.applyAsLong(instance)));
    }
    return builder.build();
  }

  private static CounterSnapshot dropped(
      NodeStatus status, String name, String help, DropReason... reasons) {
    return counter(
        status,
        name,
        help,
        instance -> {
          long sum = 0;
          for (DropReason reason : reasons) {
            sum += instance.counters().dropped(reason.traceName());
          }
          return sum;
        });
  }

  private static Labels labels(NodeStatus.Instance instance) {
    return Labels.of(
        "iname",
        instance.name(),
        "intf",
        instance.networkInterface(),
        "vrid",
        Integer.toString(instance.vrid()));
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static CounterSnapshot.CounterDataPointSnapshot count(Labels labels, double value) {
    return CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
