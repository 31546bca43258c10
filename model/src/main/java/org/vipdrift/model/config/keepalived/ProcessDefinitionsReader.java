package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what {@code global_defs} says of the process: whom it tells, how it runs. */
final class ProcessDefinitionsReader {
  private static final int MOST_CPUS = 1_023;

  private final Values values;
  private final GlobalDraft draft;

  ProcessDefinitionsReader(Values values, GlobalDraft draft) {
    this.values = values;
    this.draft = draft;
  }

  /** Whether the statement was one of these. */
  boolean read(Statement s) {
    return process(s) || mail(s) || fifo(s) || scheduling(s);
  }

  private boolean process(Statement s) {
    switch (s.keyword()) {
      case "default_interface" -> draft.defaultInterface = named(s, draft.defaultInterface);
      case "dynamic_interfaces" -> dynamicInterfaces(s);
      case "script_user" -> {
        draft.scriptUser = named(s, draft.scriptUser);
        draft.scriptGroup = Values.word(s, 2).map(Word::text);
      }
      case "enable_script_security" -> draft.scriptSecurity = true;
      case "vmac_prefix" -> draft.vmacPrefix = named(s, draft.vmacPrefix);
      case "vmac_addr_prefix" -> draft.vmacAddressPrefix = named(s, draft.vmacAddressPrefix);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void dynamicInterfaces(Statement s) {
    draft.dynamicInterfaces = true;
    if (s.parameters() == 0) {
      return;
    }
    draft.allowInterfaceChanges = s.word(1).text().equals("allow_if_changes");
    if (!draft.allowInterfaceChanges) {
      values.log().warning("invalid-value", "unknown dynamic_interfaces option", s.word(1).span());
    }
  }

  private boolean mail(Statement s) {
    switch (s.keyword()) {
      case "notification_email" -> {
        s.block().forEach(line -> line.words().forEach(w -> draft.emails.add(w.text())));
        if (s.block().isEmpty()) {
          values.log().warning("empty-block", "the notification_email block is empty", s.span());
        }
      }
      case "notification_email_from" -> draft.emailFrom = named(s, draft.emailFrom);
      case "smtp_server" -> {
        draft.smtpServer = Values.word(s, 1).map(Word::text);
        Values.word(s, 2)
            .ifPresent(
                port ->
                    draft.smtpPort =
                        values.number("smtp_server port", port, 1, 65_535).orElse(draft.smtpPort));
      }
      case "smtp_helo_name" -> draft.smtpHeloName = Values.word(s, 1).map(Word::text);
      case "smtp_connect_timeout" ->
          draft.smtpConnectTimeout = values.wholeSeconds(s).orElse(draft.smtpConnectTimeout);
      case "smtp_alert" -> draft.smtpAlert = values.flag(s).or(() -> draft.smtpAlert);
      case "smtp_alert_vrrp" -> draft.smtpAlertVrrp = values.flag(s).or(() -> draft.smtpAlertVrrp);
      case "no_email_faults" -> draft.noEmailFaults = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean fifo(Statement s) {
    switch (s.keyword()) {
      case "notify_fifo" -> draft.fifo = pipe(s).or(() -> draft.fifo);
      case "vrrp_notify_fifo" -> draft.vrrpFifo = pipe(s).or(() -> draft.vrrpFifo);
      case "notify_fifo_script" -> {
        named(s, Optional.empty());
        draft.fifoScript = values.script(s);
      }
      case "vrrp_notify_fifo_script" -> {
        named(s, Optional.empty());
        draft.vrrpFifoScript = values.script(s);
      }
      case "fifo_write_vrrp_states_on_reload" -> draft.fifoStatesOnReload = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  private Optional<ConfiguredFifo> pipe(Statement s) {
    return named(s, Optional.empty())
        .map(
            path ->
                new ConfiguredFifo(
                    path, Values.word(s, 2).map(Word::text), Values.word(s, 3).map(Word::text)));
  }

  private boolean scheduling(Statement s) {
    switch (s.keyword()) {
      case "max_auto_priority" ->
          draft.maximumAutoPriority =
              s.parameters() == 0 ? OptionalInt.of(99) : values.number(s, -1, 99);
      case "vrrp_rt_priority" -> draft.realTimePriority = wanted(s, 1, 99, draft.realTimePriority);
      case "vrrp_priority" -> draft.nice = wanted(s, -20, 19, draft.nice);
      case "vrrp_no_swap" -> draft.noSwap = true;
      case "vrrp_rlimit_rttime", "vrrp_rlimit_rtime" -> {
        OptionalInt microseconds = values.number(s, 1, Integer.MAX_VALUE);
        if (microseconds.isPresent()) {
          draft.realTimeLimit = Optional.of(Duration.ofNanos(microseconds.getAsInt() * 1_000L));
        }
      }
      case "vrrp_cpu_affinity" -> {
        if (named(s, Optional.empty()).isPresent()) {
          draft.cpus.clear();
          for (Word word : s.words().subList(1, s.words().size())) {
            values.number(s.keyword(), word, 0, MOST_CPUS).ifPresent(draft.cpus::add);
          }
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private OptionalInt wanted(Statement s, int low, int high, OptionalInt before) {
    if (named(s, Optional.empty()).isEmpty()) {
      return before;
    }
    OptionalInt value = values.number(s, low, high);
    return value.isPresent() ? value : before;
  }

  Optional<String> named(Statement s, Optional<String> before) {
    if (s.parameters() == 0) {
      values
          .log()
          .warning("value-missing", s.keyword() + " needs a value; it is ignored", s.span());
      return before;
    }
    return Values.word(s, 1).map(Word::text);
  }
}
