package org.vipdrift.netio.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.trace.TraceDetail;

class KeepalivedLogTest {
  private final List<LogEntry> entries = new ArrayList<>();
  private final KeepalivedLog log = new KeepalivedLog(entries::add);

  private void happens(TraceDetail detail) {
    log.accept(Routers.at(Duration.ofSeconds(1), detail));
  }

  private List<String> texts() {
    return entries.stream().map(LogEntry::text).toList();
  }

  private static TraceDetail.ScriptResult script(int exit) {
    TraceDetail.ScriptOutcome outcome =
        exit == 0 ? TraceDetail.ScriptOutcome.OK : TraceDetail.ScriptOutcome.FAILED;
    return new TraceDetail.ScriptResult("chk", outcome, Optional.of(exit), exit == 0);
  }

  @Test
  void aScriptIsToldOfWhenItsExitCodeChanges() {
    happens(script(0));
    happens(script(1));
    happens(script(1));
    happens(script(0));
    assertThat(texts())
        .containsExactly("Script `chk` now returning 1", "Script `chk` now returning 0");
  }

  @Test
  void whatKeepalivedTellsInDetailOnlyIsMarked() {
    happens(new TraceDetail.LogLine("Keepalived_vrrp", "(VI_1) Entering MASTER STATE"));
    happens(new TraceDetail.LogLine("Keepalived_vrrp", "(VI_1) setting VIPs."));
    happens(new TraceDetail.AddressAnnounced("eth0", Routers.VIP, MacAddress.ZERO));
    assertThat(entries)
        .containsExactly(
            entry(false, "(VI_1) Entering MASTER STATE"),
            entry(true, "(VI_1) setting VIPs."),
            entry(true, "Sending gratuitous ARP on eth0 for 10.9.9.100"));
  }

  @Test
  void prioritiesAndLinksAreToldAsKeepalivedDoes() {
    happens(new TraceDetail.VrrpPriorityChanged("VI_1", 100, 80, "script chk"));
    happens(new TraceDetail.LinkChanged("eth0", false));
    assertThat(texts())
        .containsExactly(
            "(VI_1) Changing effective priority from 100 to 80", "Netlink reports eth0 down");
  }

  @Test
  void linesLookAsOnItsConsoleAndInItsSyslog() {
    LogEntry entry = entry(false, "(VI_1) Entering MASTER STATE");
    assertThat(LogOutput.consoleLine(Instant.parse("2026-11-02T22:27:39Z"), ZoneOffset.UTC, entry))
        .isEqualTo("Mon Nov  2 22:27:39 2026: (VI_1) Entering MASTER STATE");
    assertThat(Syslog.line(Syslog.DAEMON, 4711, entry))
        .isEqualTo("<30>Keepalived_vrrp[4711]: (VI_1) Entering MASTER STATE");
  }

  private static LogEntry entry(boolean detail, String text) {
    return new LogEntry(Duration.ofSeconds(1).toNanos(), "Keepalived_vrrp", detail, text);
  }
}
