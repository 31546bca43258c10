package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code vrrp_sync_group} blocks; members are checked when all instances are known. */
final class SyncGroupReader {
  private final Values values;
  private final Interfaces interfaces;
  private final Definables known;

  SyncGroupReader(Values values, Interfaces interfaces, Definables known) {
    this.values = values;
    this.interfaces = interfaces;
    this.known = known;
  }

  SyncGroup read(Statement block, boolean notifyPriority, boolean alerts) {
    List<String> members = new ArrayList<>();
    TrackingReader tracking = new TrackingReader(values, interfaces, known);
    NotifyReader notify = new NotifyReader(values);
    boolean smtp = alerts;
    boolean global = false;
    boolean weight = false;
    boolean priority = notifyPriority;
    for (Statement s : block.block()) {
      switch (s.keyword()) {
        case "group" -> {
          s.block().forEach(line -> line.words().forEach(w -> members.add(w.text())));
          if (members.isEmpty()) {
            values.log().warning("empty-block", "the group block is empty", s.span());
          }
        }
        case "track_interface", "track_script", "track_file", "track_process", "track_bfd" ->
            tracking.read(s);
        case "notify_priority_changes" -> priority = values.flag(s).orElse(priority);
        case "smtp_alert" -> smtp = values.flag(s).orElse(smtp);
        case "global_tracking" -> {
          global = true;
          values
              .log()
              .warning("deprecated", "global_tracking is deprecated; track on the group", s.span());
        }
        case "sync_group_tracking_weight" -> weight = true;
        default -> notify.read(s);
      }
    }
    return new SyncGroup(
        block.word(1).text(),
        members,
        tracking.finish(),
        notify.finish(),
        smtp,
        global,
        weight,
        priority,
        block.span());
  }
}
