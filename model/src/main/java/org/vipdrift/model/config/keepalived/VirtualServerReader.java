package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vipdrift.model.config.keepalived.VirtualServerDraft.Target;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.ipvs.SchedulingRule;
import org.vipdrift.model.ipvs.TransportProtocol;

/** Reads {@code virtual_server} blocks; {@link VirtualServerCompletion} judges the whole. */
final class VirtualServerReader {
  private static final List<String> SCHEDULERS =
      List.of(
          "rr", "wrr", "lc", "wlc", "lblc", "sh", "mh", "dh", "fo", "ovf", "lblcr", "sed", "nq",
          "twos");
  private static final int MOST_PERSISTENCE = 2_678_400;
  private static final long MOST_QUORUM = 4_294_967_295L;
  private static final Duration PERSISTENCE = Duration.ofSeconds(360);

  private final Values values;
  private final Definables known;

  VirtualServerReader(Values values, Definables known) {
    this.values = values;
    this.known = known;
  }

  /** Empty if keepalived skips it. */
  Optional<VirtualServerDraft> read(Statement block) {
    Optional<Target> target = block.parameters() == 0 ? Optional.empty() : target(block);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    VirtualServerDraft draft = new VirtualServerDraft(target.get(), block.span(), values);
    block.block().forEach(s -> service(s, draft));
    return Optional.of(draft);
  }

  private void warn(String code, String message, Statement s) {
    values.log().warning(code, message, s.span());
  }

  private Optional<Target> target(Statement block) {
    Word first = block.word(1);
    switch (first.text()) {
      case "fwmark" -> {
        if (block.parameters() < 2) {
          values
              .log()
              .error(
                  "missing-parameter",
                  "virtual_server fwmark without a number makes keepalived 2.2.7 crash",
                  first.span());
          return Optional.empty();
        }
        OptionalLong mark = ServerGroupReader.mark(block.word(2), values);
        return mark.isPresent()
            ? Optional.of(new Target.Mark((int) mark.getAsLong()))
            : Optional.empty();
      }
      case "group" -> {
        return Values.word(block, 2).map(w -> new Target.Group(w.text()));
      }
      default -> {
        int slash = first.text().indexOf('/');
        String text = slash < 0 ? first.text() : first.text().substring(0, slash);
        return endpoint(block, text, 1).map(e -> (Target) e);
      }
    }
  }

  private Optional<Target.Endpoint> endpoint(Statement s, String text, int index) {
    Optional<IpAddress> address = IpAddress.parse(text);
    if (address.isEmpty()) {
      values
          .log()
          .warning(
              "invalid-address",
              "'" + s.word(index).text() + "' is no address of a server; it is skipped",
              s.word(index).span());
      return Optional.empty();
    }
    Optional<Word> port = Values.word(s, index + 1);
    if (port.isEmpty() || port.get().text().equals("0")) {
      return Optional.of(new Target.Endpoint(address.get(), 0));
    }
    OptionalInt number = values.number(s.keyword() + " port", port.get(), 1, 65_535);
    return number.isPresent()
        ? Optional.of(new Target.Endpoint(address.get(), number.getAsInt()))
        : Optional.empty();
  }

  private void service(Statement s, VirtualServerDraft draft) {
    switch (s.keyword()) {
      case "lvs_sched", "lb_algo" -> scheduler(s, draft);
      case "lvs_method", "lb_kind" ->
          draft.method = new ForwardingReader(values).read(s).or(() -> draft.method);
      case "flag-1" -> draft.fallback = true;
      case "flag-2" -> draft.hashPort = true;
      case "sh-port", "mh-port" -> draft.hashPort |= appliesTo(s, draft);
      case "sh-fallback", "mh-fallback" -> draft.fallback |= appliesTo(s, draft);
      case "hashed" -> {
        if (!draft.scheduler.equals(Optional.of("sh"))) {
          warn("option-without-effect", "hashed only applies to the sh scheduler", s);
        }
      }
      case "ops" -> draft.onePacket = true;
      case "protocol" -> protocol(s, draft);
      case "persistence_timeout" -> {
        OptionalInt seconds = values.number(s, 1, MOST_PERSISTENCE);
        if (s.parameters() == 0) {
          draft.persistence = Optional.of(PERSISTENCE);
        } else if (seconds.isPresent()) {
          draft.persistence = Optional.of(Duration.ofSeconds(seconds.getAsInt()));
        }
      }
      case "persistence_granularity" -> granularity(s, draft);
      case "ip_family" -> family(s, draft);
      case "sorry_server" ->
          draft.sorryServer = endpoint(s, s.parameters() == 0 ? "" : s.word(1).text(), 1);
      case "sorry_server_inhibit" -> {
        draft.sorryInhibits = draft.sorryServer.isPresent();
        if (draft.sorryServer.isEmpty()) {
          warn("option-without-effect", "sorry_server_inhibit stands before sorry_server", s);
        }
      }
      case "sorry_server_lvs_method" -> {
        if (draft.sorryServer.isEmpty()) {
          warn("option-without-effect", "there is no sorry_server before this", s);
        } else {
          draft.sorryMethod = new ForwardingReader(values).read(s);
        }
      }
      default -> pool(s, draft);
    }
  }

  private void pool(Statement s, VirtualServerDraft draft) {
    switch (s.keyword()) {
      case "alpha" -> draft.times.alpha = Optional.of(true);
      case "omega" -> draft.omega = true;
      case "ha_suspend" -> draft.suspends = true;
      case "inhibit_on_failure" -> draft.inhibits = true;
      case "quorum" -> draft.quorum = OptionalLong.of(count(s, 1).orElse(1));
      case "hysteresis" -> draft.hysteresis = count(s, 0).orElse(draft.hysteresis);
      case "quorum_up" -> draft.quorumUp = script(s, draft.quorumUp);
      case "quorum_down" -> draft.quorumDown = script(s, draft.quorumDown);
      case "weight" -> draft.weight = values.number(s, 1, Integer.MAX_VALUE).orElse(draft.weight);
      case "virtualhost" -> draft.virtualHost = new HttpCheckReader(values).virtualHost(s);
      case "smtp_alert" -> values.flag(s);
      case "snmp_name" -> snmpName(s, values);
      case "real_server" ->
          new RealServerReader(values, known).read(s).ifPresent(draft.realServers::add);
      default -> {
        if (CheckTimes.knows(s.keyword())) {
          draft.times.read(s, 1);
        }
      }
    }
  }

  static void snmpName(Statement s, Values values) {
    if (s.parameters() != 1) {
      values.log().warning("value-missing", "snmp_name needs exactly one name", s.span());
    }
  }

  private OptionalLong count(Statement s, long low) {
    OptionalLong value =
        Values.word(s, 1).map(w -> Numbers.whole(w.text())).orElseGet(OptionalLong::empty);
    if (value.isPresent() && value.getAsLong() >= low && value.getAsLong() <= MOST_QUORUM) {
      return value;
    }
    values.number(s, low, MOST_QUORUM);
    return OptionalLong.empty();
  }

  private Optional<ScriptCommand> script(Statement s, Optional<ScriptCommand> before) {
    if (before.isPresent()) {
      warn("duplicate-notify", s.keyword() + " is already set; this one is ignored", s);
      return before;
    }
    return values.script(s);
  }

  private void scheduler(Statement s, VirtualServerDraft draft) {
    Optional<String> name = Values.word(s, 1).map(Word::text);
    if (name.isEmpty()) {
      return;
    }
    if (!SCHEDULERS.contains(name.get())) {
      warn("invalid-value", "'" + name.get() + "' is no scheduler; it is ignored", s);
      return;
    }
    draft.scheduler = name;
    draft.rule = name.flatMap(SchedulingRule::of);
    if (draft.rule.isEmpty()) {
      values
          .log()
          .note(
              "not-modelled",
              "scheduler '" + name.get() + "' is accepted, not modelled: wlc stands in for it",
              s.span());
    }
  }

  /** keepalived asks for the scheduler as far as it has read. */
  private boolean appliesTo(Statement s, VirtualServerDraft draft) {
    boolean applies = draft.scheduler.equals(Optional.of(s.keyword().substring(0, 2)));
    if (!applies) {
      warn(
          "option-without-effect",
          s.keyword()
              + " only applies to the "
              + s.keyword().substring(0, 2)
              + " scheduler, which must stand before it",
          s);
    }
    return applies;
  }

  private void protocol(Statement s, VirtualServerDraft draft) {
    String name = s.parameters() == 0 ? "" : s.word(1).text().toUpperCase(java.util.Locale.ROOT);
    for (TransportProtocol each : TransportProtocol.values()) {
      if (each.name().equals(name)) {
        draft.protocol = Optional.of(each);
        return;
      }
    }
    warn("invalid-value", "unknown protocol '" + name + "'; it is ignored", s);
  }

  /** An IPv4 mask may be written as inet_aton takes it; an IPv6 one is a prefix length. */
  private void granularity(Statement s, VirtualServerDraft draft) {
    if (s.parameters() == 0) {
      return;
    }
    Word word = s.word(1);
    boolean ipv6 =
        draft.target instanceof Target.Endpoint endpoint
            && endpoint.address() instanceof IpAddress.V6;
    OptionalLong number = Numbers.whole(word.text());
    if (ipv6) {
      OptionalInt bits = values.number(s, 1, 128);
      if (bits.isPresent()) {
        draft.granularity = Optional.of(new IpAddress.V6(-1L, -1L).mask(bits.getAsInt()));
      }
    } else if (number.isPresent()) {
      draft.granularity = Optional.of(new IpAddress.V4((int) number.getAsLong()));
    } else {
      draft.granularity = IpAddress.parse(word.text()).filter(a -> a instanceof IpAddress.V4);
      if (draft.granularity.isEmpty()) {
        warn("invalid-value", "'" + word.text() + "' is no netmask; it is ignored", s);
      }
    }
    if (draft.granularity.isPresent() && draft.persistence.isEmpty()) {
      draft.persistence = Optional.of(PERSISTENCE);
    }
  }

  private void family(Statement s, VirtualServerDraft draft) {
    String name = s.parameters() == 0 ? "" : s.word(1).text();
    Optional<IpFamily> family =
        switch (name) {
          case "inet" -> Optional.of(IpFamily.IPV4);
          case "inet6" -> Optional.of(IpFamily.IPV6);
          default -> Optional.empty();
        };
    if (family.isEmpty()) {
      warn("invalid-value", "unknown address family '" + name + "'", s);
    } else if (draft.target instanceof Target.Endpoint endpoint
        && endpoint.address().family() != family.get()) {
      warn("invalid-value", "ip_family is not that of the address", s);
    } else {
      draft.family = family;
    }
  }
}
