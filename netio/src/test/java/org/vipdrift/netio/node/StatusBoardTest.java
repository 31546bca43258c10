package org.vipdrift.netio.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.trace.TraceDetail;

class StatusBoardTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final StatusBoard board =
      new StatusBoard(new StatusBoard.Identity("test2", "0.1.0", 42, false, START), Routers.one());

  private void at(long millis, TraceDetail detail) {
    board.accept(Routers.at(Duration.ofMillis(millis), detail));
  }

  private NodeStatus status() {
    return board.snapshot(START.plusSeconds(65), 0);
  }

  private void takeover() {
    at(100, Routers.becomes("INIT", "BACKUP"));
    at(200, Routers.heard(90));
    at(300, Routers.refused("password"));
    at(400, Routers.heard(0));
    at(500, Routers.becomes("BACKUP", "MASTER"));
    at(501, Routers.sent(100));
    at(502, new TraceDetail.VipAdded("eth0", Routers.VIP, 24, "Keepalived_vrrp"));
  }

  @Test
  void itShowsWhoIsMasterAndWhatWasCounted() {
    takeover();
    NodeStatus.Instance instance = status().instances().getFirst();
    assertThat(instance.state()).isEqualTo("MASTER");
    assertThat(instance.since()).isEqualTo(START.plusMillis(500));
    assertThat(instance.master()).isEmpty();
    assertThat(instance.vips()).singleElement().matches(NodeStatus.Vip::held);
    NodeStatus.Counters counters = instance.counters();
    assertThat(counters.received()).isEqualTo(2);
    assertThat(counters.priorityZeroReceived()).isEqualTo(1);
    assertThat(counters.sent()).isEqualTo(1);
    assertThat(counters.dropped("password")).isEqualTo(1);
    assertThat(counters.becameMaster()).isEqualTo(1);
  }

  @Test
  void aBackupKnowsItsMaster() {
    at(100, Routers.becomes("INIT", "BACKUP"));
    at(200, Routers.heard(90));
    assertThat(status().instances().getFirst().master())
        .isEqualTo(Optional.of(new NodeStatus.Master(Routers.RIVAL, 90, START.plusMillis(200))));
  }

  @Test
  void thePrintedTableFitsThePeopleWhoReadIt() {
    takeover();
    board.alarmRaised("VI_1", "(VI_1) SPLIT-BRAIN - somebody");
    assertThat(StatusTable.of(status()))
        .contains("test2: vipdrift 0.1.0, process 42, up 1min 5s")
        .contains("ALARM (VI_1) SPLIT-BRAIN - somebody")
        .containsPattern("VI_1 +MASTER! +1min 4s +100 +eth0 +51 +- +1 +2 +1 +1 +\\*10.9.9.100")
        .contains("VI_1 dropped: 1 password");
  }

  @Test
  void metricsHaveTheNamesOfKeepalivedExporter() {
    takeover();
    assertThat(new String(KeepalivedMetrics.text(status()), StandardCharsets.UTF_8).lines())
        .contains(
            "keepalived_up 1.0",
            "keepalived_vrrp_state"
                + "{iname=\"VI_1\",intf=\"eth0\",ip_address=\"10.9.9.100\",vrid=\"51\"} 2.0",
            "keepalived_advertisements_received_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\"}"
                + " 2.0",
            "keepalived_authentication_failure_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\"} 1.0",
            "keepalived_become_master_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\"} 1.0");
  }

  @Test
  void dumpsAreInTheFormOfKeepalived() {
    takeover();
    assertThat(KeepalivedDump.statistics(status()))
        .startsWith("VRRP Instance: VI_1\n  Advertisements:\n    Received: 2\n    Sent: 1\n")
        .contains("  Became master: 1\n", "    Failure: 1\n");
    assertThat(KeepalivedDump.data(Routers.one(), status(), ZoneOffset.UTC))
        .contains(" VRRP Instance = VI_1\n   VRRP Version = 2\n   State = MASTER\n")
        .contains("   Last transition = 1767323045.500000 (Fri Jan  2 03:04:05.500000 2026)\n")
        .contains("     10.9.9.100/24 dev eth0 set\n");
  }
}
