package org.vipdrift.netio.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/**
 * The log of a node in the words of keepalived 2.2.7, so that what reads its log need not be
 * changed.
 */
public final class KeepalivedLog implements Consumer<TraceEvent> {
  /** What keepalived 2.2.7 was seen to log with {@code -D} only. */
  private static final List<String> DETAILS =
      List.of(
          "setting VIPs.", "removing VIPs.", "sent 0 priority", "Receive advertisement timeout");

  private final Consumer<LogEntry> lines;
  private final Map<String, Integer> exits = new LinkedHashMap<>();

  public KeepalivedLog(Consumer<LogEntry> lines) {
    this.lines = lines;
  }

  @Override
  public void accept(TraceEvent event) {
    switch (event.detail()) {
      case TraceDetail.LogLine d ->
          log(event, DETAILS.stream().anyMatch(d.text()::endsWith), program(d), d.text());
      case TraceDetail.VrrpPriorityChanged d ->
          info(
              event,
              "(%s) Changing effective priority from %d to %d"
                  .formatted(d.instance(), d.from(), d.to()));
      case TraceDetail.AdvertDropped d ->
          info(event, "(%s) %s".formatted(d.instance(), explanation(d)));
      case TraceDetail.ScriptResult d -> script(event, d);
      case TraceDetail.AddressAnnounced d ->
          log(
              event,
              true,
              LogEntry.VRRP,
              "Sending %s on %s for %s"
                  .formatted(announcement(d.vip()), d.networkInterface(), d.vip()));
      case TraceDetail.LinkChanged d ->
          info(event, "Netlink reports " + d.networkInterface() + (d.up() ? " up" : " down"));
      case TraceDetail.VrrpStateChanged d -> {
        // The machine logs its own transitions; a failed actor cannot.
        if (d.reason().startsWith("internal error")) {
          info(event, "(%s) Entering FAULT STATE".formatted(d.instance()));
          info(event, "(%s) %s".formatted(d.instance(), d.reason()));
        }
      }
      case TraceDetail.NotModelled d -> info(event, d.place() + ": " + d.what());
      default -> {
        // keepalived logs nothing of it
      }
    }
  }

  private static String program(TraceDetail.LogLine line) {
    return line.process().equals(LogEntry.PARENT) ? LogEntry.PARENT : LogEntry.VRRP;
  }

  private static String explanation(TraceDetail.AdvertDropped dropped) {
    return dropped.explanation().isEmpty()
        ? "advert from " + dropped.source() + " dropped: " + dropped.dropReason()
        : dropped.explanation();
  }

  private static String announcement(IpAddress address) {
    return address.family() == IpFamily.IPV4 ? "gratuitous ARP" : "unsolicited Neighbour Advert";
  }

  private void script(TraceEvent event, TraceDetail.ScriptResult result) {
    result
        .exit()
        .ifPresent(
            exit -> {
              Integer before = exits.put(result.script(), exit);
              if (exit != (before == null ? 0 : before)) {
                info(event, "Script `%s` now returning %d".formatted(result.script(), exit));
              }
            });
  }

  private void info(TraceEvent event, String text) {
    log(event, false, LogEntry.VRRP, text);
  }

  private void log(TraceEvent event, boolean detail, String program, String text) {
    lines.accept(new LogEntry(event.atNanos(), program, detail, text));
  }
}
