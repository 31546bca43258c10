package org.vipdrift.model.config.keepalived;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code notify*} statements of an instance or a sync group. */
final class NotifyReader {
  private final Values values;
  private final Map<String, ScriptCommand> scripts = new LinkedHashMap<>();
  private boolean deleted;

  NotifyReader(Values values) {
    this.values = values;
  }

  void read(Statement s) {
    deleted |= s.keyword().equals("notify_deleted");
    if (scripts.containsKey(s.keyword())) {
      values
          .log()
          .warning(
              "duplicate-notify", s.keyword() + " is already set; this one is ignored", s.span());
      return;
    }
    values.script(s).ifPresent(script -> scripts.put(s.keyword(), script));
    values.extra(s, 3);
  }

  NotifyScripts finish() {
    return new NotifyScripts(
        of("notify"),
        of("notify_master"),
        of("notify_backup"),
        of("notify_fault"),
        of("notify_stop"),
        of("notify_deleted"),
        deleted,
        of("notify_master_rx_lower_pri"));
  }

  private Optional<ScriptCommand> of(String keyword) {
    return Optional.ofNullable(scripts.get(keyword));
  }
}
