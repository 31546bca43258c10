package org.vipdrift.model.config.keepalived;

import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** Reads {@code global_defs} blocks; several add up. */
final class GlobalDefinitionsReader {
  private final Values values;
  private final GlobalDraft draft;
  private final ProcessDefinitionsReader process;
  private Optional<SourceSpan> minimalGarp = Optional.empty();

  GlobalDefinitionsReader(Values values, GlobalDraft draft) {
    this.values = values;
    this.draft = draft;
    this.process = new ProcessDefinitionsReader(values, draft);
  }

  void read(Statement block) {
    draft.span = draft.span.or(() -> Optional.of(block.span()));
    block.block().forEach(this::one);
    if (minimalGarp.isPresent()) {
      draft.garp.minimal();
    }
  }

  private void one(Statement s) {
    switch (s.keyword()) {
      case "router_id" -> draft.routerId = process.named(s, draft.routerId);
      case "vrrp_version" -> {
        OptionalInt version = values.number(s, 2, 3);
        draft.version = version.orElse(draft.version);
      }
      case "vrrp_garp_master_delay",
          "vrrp_garp_master_repeat",
          "vrrp_garp_lower_prio_delay",
          "vrrp_garp_lower_prio_repeat",
          "vrrp_garp_master_refresh",
          "vrrp_garp_master_refresh_repeat",
          "vrrp_garp_interval",
          "vrrp_gna_interval" ->
          draft.garp.read(s, s.keyword().substring(5), values);
      case "vrrp_min_garp" -> minimalGarp = values.flag(s).filter(on -> on).map(_ -> s.span());
      case "vrrp_strict" -> draft.strict = true;
      case "vrrp_skip_check_adv_addr" -> draft.skipCheck = true;
      case "vrrp_check_unicast_src" -> draft.checkUnicastSource = true;
      case "vrrp_lower_prio_no_advert" ->
          draft.lowerNoAdvert = values.flag(s).orElse(draft.lowerNoAdvert);
      case "vrrp_higher_prio_send_advert" ->
          draft.higherSend = values.flag(s).orElse(draft.higherSend);
      case "vrrp_down_timer_adverts" ->
          draft.downTimerAdverts = values.number(s, 1, 100).orElse(draft.downTimerAdverts);
      case "vrrp_startup_delay" ->
          draft.startupDelay = values.seconds(s, "0", "4294").orElse(draft.startupDelay);
      case "vrrp_mcast_group4" -> draft.group4 = group(s, IpFamily.IPV4).orElse(draft.group4);
      case "vrrp_mcast_group6" -> draft.group6 = group(s, IpFamily.IPV6).orElse(draft.group6);
      case "vrrp_notify_priority_changes" ->
          draft.notifyPriority = values.flag(s).orElse(draft.notifyPriority);
      default -> {
        if (!process.read(s) && !draft.director.read(s)) {
          GlobalChecks.check(s, values);
        }
      }
    }
  }

  private Optional<IpAddress> group(Statement s, IpFamily family) {
    Optional<IpAddress> address = values.address(s);
    if (address.isPresent() && (address.get().family() != family || !address.get().isMulticast())) {
      values
          .log()
          .warning(
              "invalid-address",
              s.keyword() + " wants a multicast address of its family; it is ignored",
              s.word(1).span());
      return Optional.empty();
    }
    return address;
  }
}
