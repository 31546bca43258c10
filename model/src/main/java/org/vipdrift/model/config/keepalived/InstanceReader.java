package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** Reads the statements of a {@code vrrp_instance}. */
final class InstanceReader {
  private final Values values;
  private final Interfaces interfaces;
  private final AddressReader addresses;
  private final RuleReader rules;
  private final InstanceDraft draft;

  InstanceReader(
      Values values, Interfaces interfaces, Definables known, RuleReader rules, Statement block) {
    this.values = values;
    this.interfaces = interfaces;
    this.rules = rules;
    this.addresses = new AddressReader(values, interfaces);
    this.draft =
        new InstanceDraft(
            block, new TrackingReader(values, interfaces, known), new NotifyReader(values));
  }

  InstanceDraft read(Statement block) {
    for (Statement s : block.block()) {
      draft.spans.put(s.keyword(), s.span());
      protocol(s);
    }
    return draft;
  }

  private void protocol(Statement s) {
    switch (s.keyword()) {
      case "state" -> state(s);
      case "interface" -> interfaceName(s);
      case "virtual_router_id" -> {
        OptionalInt vrid = values.number(s, 1, 255);
        draft.vrid = vrid.isPresent() ? vrid : draft.vrid;
      }
      case "priority" -> {
        OptionalInt priority = values.number(s, 1, 255);
        draft.priority =
            priority.isPresent() ? priority : s.parameters() > 0 ? OptionalInt.of(100) : priority;
      }
      case "advert_int" ->
          draft.advertInterval = values.seconds(s, "0.01", "255").orElse(draft.advertInterval);
      case "version" -> version(s);
      case "virtual_routes" ->
          s.block()
              .forEach(
                  line -> RouteReader.read(line, values, interfaces).ifPresent(draft.routes::add));
      case "virtual_rules" -> rules.read(s, draft.rules);
      case "authentication" -> s.block().forEach(this::authentication);
      case "virtual_ipaddress" -> s.block().forEach(this::address);
      case "virtual_ipaddress_excluded" ->
          s.block().forEach(line -> addresses.read(line, false).ifPresent(draft.excluded::add));
      case "nopreempt" -> draft.nopreempt = true;
      case "preempt" -> draft.nopreempt = false;
      case "preempt_delay" ->
          draft.preemptDelay = values.seconds(s, "0", "1000").orElse(draft.preemptDelay);
      case "dont_track_primary" -> draft.dontTrackPrimary = true;
      case "native_ipv6" -> nativeIpv6(s);
      case "accept" -> draft.accept = Optional.of(true);
      case "no_accept" -> draft.accept = Optional.of(false);
      case "strict_mode" -> draft.strict = values.flag(s).or(() -> draft.strict);
      case "skip_check_adv_addr" -> draft.skipCheck = values.flag(s).or(() -> draft.skipCheck);
      case "lower_prio_no_advert" ->
          draft.lowerNoAdvert = values.flag(s).or(() -> draft.lowerNoAdvert);
      case "higher_prio_send_advert" ->
          draft.higherSend = values.flag(s).or(() -> draft.higherSend);
      case "down_timer_adverts" -> {
        OptionalInt adverts = values.number(s, 1, 100);
        draft.downTimerAdverts = adverts.isPresent() ? adverts : draft.downTimerAdverts;
      }
      default -> network(s);
    }
    if (s.keyword().equals("priority") || s.keyword().equals("state")) {
      values.extra(s, 1);
    }
  }

  private void network(Statement s) {
    switch (s.keyword()) {
      case "unicast_src_ip", "mcast_src_ip" -> {
        draft.unicastKeyword |= s.keyword().equals("unicast_src_ip");
        values
            .address(s)
            .filter(a -> sameFamily(a, s.word(1)))
            .ifPresent(a -> draft.source = Optional.of(a));
      }
      case "mcast_dst_ip" -> multicastDestination(s);
      case "track_src_ip" -> draft.trackSource = true;
      case "unicast_peer" -> {
        draft.unicastKeyword = true;
        s.block().forEach(this::peer);
      }
      case "unicast_ttl" -> draft.unicastTtl = values.number(s, 0, 255);
      case "check_unicast_src" -> {
        draft.unicastKeyword = true;
        draft.checkUnicastSource = true;
      }
      case "unicast_fault_no_peer" -> draft.faultWithoutPeer = true;
      case "old_unicast_checksum" -> {
        draft.unicastKeyword = true;
        draft.oldChecksum = s.parameters() == 0;
        if (s.parameters() > 0 && !s.word(1).text().equals("never")) {
          values
              .log()
              .warning("unknown-option", "unknown old_unicast_checksum mode", s.word(1).span());
        }
      }
      case "track_interface", "track_script", "track_file", "track_process", "track_bfd" ->
          draft.tracking.read(s);
      case "garp_master_delay",
          "garp_master_repeat",
          "garp_lower_prio_delay",
          "garp_lower_prio_repeat",
          "garp_master_refresh",
          "garp_master_refresh_repeat" ->
          draft.garp.read(s, s.keyword(), values);
      case "garp_extra_if", "vmac_garp_intvl" -> extraGarp(s);
      case "notify_priority_changes" ->
          draft.notifyPriority = values.flag(s).or(() -> draft.notifyPriority);
      case "notify",
          "notify_master",
          "notify_backup",
          "notify_fault",
          "notify_stop",
          "notify_deleted",
          "notify_master_rx_lower_pri" ->
          draft.notify.read(s);
      default -> kept(s);
    }
  }

  private void kept(Statement s) {
    draft.kept.add(s);
    switch (s.keyword()) {
      case "use_vmac" -> draft.vmac = Optional.of(s.texts());
      case "use_vmac_addr" -> draft.vmacAddress = true;
      case "vmac_xmit_base" -> draft.transmitBase = true;
      case "use_ipvlan" -> {
        draft.ipvlan = Optional.of(s.texts());
        values
            .log()
            .note(
                "not-simulated",
                "ipvlan interfaces are for real nodes: in the simulation this instance is in FAULT",
                s.span());
      }
      case "promote_secondaries" -> draft.promoteSecondaries = true;
      case "debug" -> draft.debug = values.number(s, 0, 4);
      case "smtp_alert" -> draft.smtpAlert = values.flag(s).or(() -> draft.smtpAlert);
      case "kernel_rx_buf_size" -> {
        draft.receiveBuffer = values.number(s, 0, Integer.MAX_VALUE);
        if (s.parameters() == 0) {
          values.log().warning("value-missing", "kernel_rx_buf_size needs a value", s.span());
        }
      }
      case "vrf" -> {
        if (draft.interfaceName.isPresent()) {
          values.log().warning("vrf-with-interface", "vrf is ignored beside interface", s.span());
        }
      }
      case "linkbeat_use_polling", "lvs_sync_daemon_interface" ->
          values
              .log()
              .warning("deprecated", s.keyword() + " is deprecated in an instance", s.span());
      default -> {
        // Nothing to check.
      }
    }
  }

  private void state(Statement s) {
    Optional<Word> word = Values.word(s, 1);
    if (word.isEmpty()) {
      return;
    }
    switch (word.get().text()) {
      case "MASTER" -> draft.stateMaster = true;
      case "BACKUP" -> {
        if (draft.stateMaster) {
          values
              .log()
              .warning("conflicting-state", "state is already MASTER; BACKUP is ignored", s.span());
        }
      }
      default ->
          values
              .log()
              .warning(
                  "invalid-value",
                  "state is MASTER or BACKUP, not '" + word.get().text() + "'; BACKUP is used",
                  word.get().span(),
                  org.vipdrift.model.config.Suggestions.didYouMean(
                      word.get().text(), java.util.List.of("MASTER", "BACKUP")));
    }
  }

  private void interfaceName(Statement s) {
    Optional<Word> word = Values.word(s, 1).filter(interfaces::fits);
    if (word.isEmpty()) {
      return;
    }
    if (word.get().text().equals("lo")) {
      values
          .log()
          .warning("loopback-interface", "VRRP cannot use the loopback interface", s.span());
      return;
    }
    interfaces.mustExist(word.get());
    draft.interfaceName = Optional.of(word.get().text());
  }

  private void version(Statement s) {
    OptionalInt version = values.number(s, 2, 3);
    if (version.isEmpty()) {
      return;
    }
    boolean v6 = draft.family.equals(Optional.of(IpFamily.IPV6));
    int before = draft.version.orElse(v6 ? 3 : version.getAsInt());
    if (before != version.getAsInt()) {
      values
          .log()
          .warning(
              "conflicting-version",
              "the version is already " + before + "; this is ignored",
              s.span());
      return;
    }
    draft.version = version;
  }

  private void authentication(Statement s) {
    Optional<Word> word = Values.word(s, 1);
    draft.spans.put(s.keyword(), s.span());
    if (word.isEmpty()) {
      return;
    }
    if (s.keyword().equals("auth_pass")) {
      draft.authPass = word;
      if (word.get().text().length() > 8) {
        values
            .log()
            .warning(
                "password-cut",
                "only the first 8 characters of the password count: '"
                    + word.get().text().substring(0, 8)
                    + "'",
                word.get().span());
      }
      return;
    }
    switch (word.get().text()) {
      case "PASS" -> draft.authType = Optional.of(Authentication.Type.PASS);
      case "AH" -> {
        draft.authType = Optional.of(Authentication.Type.AH);
        values
            .log()
            .warning(
                "ah-authentication",
                "AH authentication is accepted, not modelled",
                word.get().span());
      }
      default ->
          values
              .log()
              .warning(
                  "invalid-value",
                  "auth_type is PASS or AH, not '" + word.get().text() + "'",
                  word.get().span());
    }
  }

  /** The first address, source, peer or {@code native_ipv6} fixes the family of the instance. */
  private boolean sameFamily(IpAddress address, Word word) {
    if (draft.family.isEmpty()) {
      draft.family = Optional.of(address.family());
    }
    if (draft.family.get() != address.family()) {
      values
          .log()
          .warning(
              "family-mismatch",
              "'" + word.text() + "' is not of the instance's address family; it is left out",
              word.span());
      return false;
    }
    return true;
  }

  private void address(Statement line) {
    Optional<ConfiguredAddress> address = addresses.read(line, false);
    if (address.isEmpty() || !sameFamily(address.get().address(), line.word(0))) {
      return;
    }
    if (!draft.seen.add(address.get().address())) {
      values.log().warning("duplicate-address", "the address is listed twice", line.word(0).span());
    }
    draft.addresses.add(address.get());
  }

  private void nativeIpv6(Statement s) {
    if (draft.family.equals(Optional.of(IpFamily.IPV4))) {
      values
          .log()
          .warning("family-mismatch", "native_ipv6 contradicts the IPv4 addresses", s.span());
      return;
    }
    draft.nativeIpv6 = true;
    draft.family = Optional.of(IpFamily.IPV6);
    if (draft.version.isEmpty()) {
      draft.version = OptionalInt.of(3);
    }
  }

  private void multicastDestination(Statement s) {
    Optional<IpAddress> address = values.address(s);
    if (address.isPresent() && !address.get().isMulticast()) {
      values
          .log()
          .warning("invalid-address", "mcast_dst_ip wants a multicast address", s.word(1).span());
      return;
    }
    address.ifPresent(a -> draft.multicastDestination = Optional.of(a));
  }

  private void peer(Statement line) {
    Word first = line.word(0);
    Optional<IpAddress> address = IpAddress.parse(first.text());
    if (address.isEmpty()) {
      values
          .log()
          .warning(
              "invalid-address",
              "'" + first.text() + "' is not a peer address; it is left out",
              first.span());
      return;
    }
    if (!sameFamily(address.get(), first)) {
      return;
    }
    int low = 0;
    int high = 255;
    for (int i = 1; i < line.words().size(); i += 2) {
      Word option = line.word(i);
      Optional<Word> value = Values.word(line, i + 1);
      boolean minimum = option.text().equals("min_ttl");
      if (value.isEmpty() || !minimum && !option.text().equals("max_ttl")) {
        values
            .log()
            .warning(
                "unknown-option",
                "'" + option.text() + "' is no option with a value here",
                option.span());
        continue;
      }
      OptionalInt ttl = values.number(option.text(), value.get(), 0, 255);
      draft.checkUnicastSource |= ttl.isPresent();
      low = minimum ? ttl.orElse(low) : low;
      high = minimum ? high : ttl.orElse(high);
    }
    if (low > high) {
      values
          .log()
          .warning(
              "value-out-of-range",
              "min_ttl is above max_ttl: all adverts will be dropped",
              line.span());
    }
    draft.peers.add(new UnicastPeer(address.get(), low, high, line.span()));
  }

  private void extraGarp(Statement s) {
    int at = s.parameters() > 1 && s.word(1).text().equals("all") ? 2 : 1;
    Optional<Word> word = Values.word(s, at);
    if (s.keyword().equals("vmac_garp_intvl")) {
      values
          .log()
          .warning("deprecated", "vmac_garp_intvl is deprecated: write garp_extra_if", s.span());
    }
    if (word.isEmpty()) {
      values.log().warning("value-missing", s.keyword() + " needs a time; it is ignored", s.span());
      return;
    }
    OptionalInt seconds = values.number(s.keyword(), word.get(), 0, 86_400);
    seconds.ifPresent(v -> draft.garpExtra = Duration.ofSeconds(v));
  }
}
