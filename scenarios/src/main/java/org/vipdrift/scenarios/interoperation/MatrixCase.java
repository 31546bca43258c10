package org.vipdrift.scenarios.interoperation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.HostFile;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;

/** One variant of the protocol in one situation: a cluster with its timeline. */
public record MatrixCase(Protocol protocol, Situation situation) {
  private static final String CHECK = "/etc/keepalived/check.sh";
  private static final String CHECK_TEXT = "#!/bin/sh\ntest ! -e " + Situation.BAD_FILE + "\n";
  private static final int CHECK_WEIGHT = -120;
  private static final int FIRST_VRID = 51;

  /** All of them, one protocol after the other. */
  public static List<MatrixCase> all() {
    List<MatrixCase> cases = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (Situation situation : Situation.values()) {
        cases.add(new MatrixCase(protocol, situation));
      }
    }
    return cases;
  }

  public String title() {
    return protocol.title() + ", " + situation.title();
  }

  public Scenario scenario() {
    List<Segment> segments = new ArrayList<>();
    for (int segment = 0; segment < situation.segments(); segment++) {
      segments.add(
          new Segment(
              segmentName(segment),
              List.of(protocol.subnet(segment)),
              Segment.DEFAULT_LATENCY,
              Optional.empty()));
    }
    List<Host> hosts = new ArrayList<>();
    for (int host = 0; host < situation.hosts(); host++) {
      hosts.add(host(host));
    }
    String name = (protocol.name() + "-" + situation.name()).toLowerCase(Locale.ROOT);
    return new Scenario(
        name.replace('_', '-'),
        title(),
        "",
        segments,
        hosts,
        List.of(),
        situation.timeline(this),
        situation.until(),
        List.of());
  }

  private Host host(int host) {
    List<HostInterface> interfaces = new ArrayList<>();
    for (int segment = 0; segment < situation.segments(); segment++) {
      interfaces.add(
          new HostInterface(
              card(segment),
              segmentName(segment),
              List.of(protocol.address(segment, host)),
              Optional.empty()));
    }
    String file = configurationFile(host);
    KeepalivedProcess keepalived =
        new KeepalivedProcess(
            Situation.KEEPALIVED,
            Optional.of(situation.start(host)),
            file,
            Collections.singletonMap(file, configuration(host, situation.priority(host))));
    Map<String, HostFile> files =
        situation.hasCheckScript()
            ? Collections.singletonMap(CHECK, new HostFile(CHECK_TEXT, true))
            : Collections.emptyMap();
    return new Host(
        hostName(host),
        interfaces,
        Optional.empty(),
        List.of(keepalived),
        files,
        Collections.emptyMap(),
        false);
  }

  String configurationFile(int host) {
    return hostName(host) + "/keepalived.conf";
  }

  /** The keepalived.conf of a host, with this priority. */
  String configuration(int host, int priority) {
    StringBuilder text = new StringBuilder("global_defs {\n  router_id ");
    text.append(hostName(host)).append("\n");
    text.append("  vrrp_version ").append(protocol.version()).append("\n}\n");
    if (situation.hasCheckScript()) {
      text.append("vrrp_script check {\n  script \"").append(CHECK).append("\"\n");
      text.append("  interval 1\n  fall 1\n  rise 1\n  weight ").append(CHECK_WEIGHT);
      text.append("\n  user root\n}\n");
    }
    if (situation.segments() > 1) {
      text.append("vrrp_sync_group VG {\n  group {\n    VI_1\n    VI_2\n  }\n}\n");
    }
    for (int segment = 0; segment < situation.segments(); segment++) {
      appendInstance(text, segment, host, priority);
    }
    return text.toString();
  }

  private void appendInstance(StringBuilder text, int segment, int host, int priority) {
    text.append("vrrp_instance VI_").append(segment + 1).append(" {\n");
    text.append("  state ").append(situation.preempts() && host == 0 ? "MASTER" : "BACKUP");
    text.append("\n  interface ").append(card(segment));
    text.append("\n  virtual_router_id ").append(FIRST_VRID + segment);
    text.append("\n  priority ").append(priority).append("\n  advert_int 1\n");
    text.append(situation.preempts() ? "" : "  nopreempt\n");
    text.append(protocol.instanceLines(segment, host, situation.hosts()));
    text.append("  virtual_ipaddress {\n    ").append(protocol.virtualAddress(segment));
    text.append("\n  }\n");
    if (situation.hasCheckScript()) {
      text.append("  track_script {\n    check\n  }\n");
    }
    text.append("}\n");
  }

  private static String hostName(int host) {
    return String.valueOf((char) ('a' + host));
  }

  private static String segmentName(int segment) {
    return "lan" + segment;
  }

  private static String card(int segment) {
    return "eth" + segment;
  }
}
