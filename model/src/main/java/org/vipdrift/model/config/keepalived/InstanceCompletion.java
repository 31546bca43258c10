package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** Applies defaults and global definitions to an instance and resets contradictions. */
final class InstanceCompletion {
  private static final Duration LONGEST_V3_INTERVAL = Duration.ofMillis(40_950);
  private static final int MOST_ADDRESSES_V4 = 255;
  private static final int MOST_ADDRESSES_V6 = 89;

  private final InstanceDraft draft;
  private final GlobalDraft global;
  private final ProblemLog log;
  private final boolean strict;
  private final IpFamily family;
  private final int version;
  private final boolean owner;

  InstanceCompletion(InstanceDraft draft, GlobalDraft global, ProblemLog log) {
    this.draft = draft;
    this.global = global;
    this.log = log;
    this.strict = draft.strict.orElse(global.strict);
    this.family = draft.family.orElse(IpFamily.IPV4);
    this.version = family == IpFamily.IPV6 ? 3 : draft.version.orElse(global.version);
    this.owner = draft.priority.orElse(draft.stateMaster ? 255 : 100) == 255;
  }

  /** Empty where keepalived 2.2.7 refuses to run because of this instance. */
  Optional<VrrpInstanceBlock> complete() {
    if (draft.vrid.isEmpty()) {
      log.error(
          "vrid-missing",
          "instance " + draft.name + " has no valid virtual_router_id; keepalived refuses to run",
          draft.at("virtual_router_id"));
    }
    if (draft.interfaceName.isEmpty()) {
      log.error(
          "interface-unknown",
          "instance " + draft.name + " has no usable interface; keepalived refuses to run",
          draft.at("interface"));
    }
    addresses();
    return draft.vrid.isPresent() && draft.interfaceName.isPresent()
        ? Optional.of(block())
        : Optional.empty();
  }

  private void warn(String code, String keyword, String message) {
    log.warning(code, "(" + draft.name + ") " + message, draft.at(keyword));
  }

  private void addresses() {
    if (draft.addresses.isEmpty()) {
      if (strict || version == 3) {
        log.error(
            "no-addresses",
            "("
                + draft.name
                + ") no virtual_ipaddress; version 3 and strict mode refuse to run without",
            draft.at("virtual_ipaddress"));
      } else {
        warn("no-addresses-v2", "virtual_ipaddress", "no virtual_ipaddress: nothing will move");
      }
    }
    int most = family == IpFamily.IPV4 ? MOST_ADDRESSES_V4 : MOST_ADDRESSES_V6;
    if (draft.addresses.size() > most) {
      warn(
          "too-many-addresses",
          "virtual_ipaddress",
          "more than " + most + " addresses; the rest is excluded from adverts");
      List<ConfiguredAddress> rest = draft.addresses.subList(most, draft.addresses.size());
      draft.excluded.addAll(0, rest);
      rest.clear();
    }
    boolean routable =
        family == IpFamily.IPV6
            && !draft.addresses.isEmpty()
            && !draft.addresses.getFirst().address().isLinkLocal();
    if (strict && routable) {
      warn(
          "first-address-not-link-local",
          "virtual_ipaddress",
          "the first IPv6 address must be link-local in strict mode");
    }
    boolean asked2 = draft.version.orElse(3) == 2;
    if (strict && family == IpFamily.IPV6 && asked2) {
      warn("conflicting-version", "version", "IPv6 needs version 3; 3 is used");
    }
  }

  private VrrpInstanceBlock block() {
    boolean master = master();
    boolean nopreempt = nopreempt(master);
    Optional<Authentication> authentication = authentication();
    UnicastSettings unicast = unicast();
    tracking();
    virtualMac();
    ConfiguredGarp garp = garp();
    return new VrrpInstanceBlock(
        draft.name,
        draft.interfaceName.orElseThrow(),
        draft.vrid.orElseThrow(),
        family,
        master,
        owner ? 255 : draft.priority.orElse(100),
        draft.priority,
        version,
        advertInterval(),
        authentication,
        draft.addresses,
        draft.excluded,
        draft.source,
        draft.trackSource,
        multicastDestination(unicast),
        unicast,
        nopreempt,
        preemptDelay(nopreempt, master),
        draft.dontTrackPrimary,
        draft.tracking.finish(),
        strict,
        accept(),
        draft.skipCheck.orElse(global.skipCheck),
        lowerNoAdvert(),
        higherSend(),
        downTimerAdverts(),
        garp,
        draft.garpExtra,
        draft.notify.finish(),
        draft.notifyPriority.orElse(global.notifyPriority),
        draft.smtpAlert,
        draft.nativeIpv6,
        draft.debug,
        draft.receiveBuffer,
        draft.promoteSecondaries,
        new VirtualMacSettings(
            draft.vmac.isPresent(),
            draft.vmac.orElse(List.of()),
            draft.vmacAddress,
            draft.transmitBase,
            draft.ipvlan.isPresent(),
            draft.ipvlan.orElse(List.of())),
        draft.kept,
        draft.span,
        draft.spans);
  }

  private boolean master() {
    if (strict && draft.stateMaster != owner) {
      warn(
          "strict-state",
          "state",
          "strict mode wants state MASTER if and only if the priority is 255");
      return owner;
    }
    return draft.stateMaster;
  }

  private boolean nopreempt(boolean master) {
    if (draft.nopreempt && owner) {
      warn(
          "nopreempt-reset",
          "nopreempt",
          "nopreempt is incompatible with priority 255; it is reset");
      return false;
    }
    if (draft.nopreempt && master) {
      warn(
          "nopreempt-reset", "nopreempt", "nopreempt does not work with state MASTER; it is reset");
      return false;
    }
    return draft.nopreempt;
  }

  private Duration preemptDelay(boolean nopreempt, boolean master) {
    if (draft.preemptDelay.isZero()) {
      return Duration.ZERO;
    }
    if (strict || nopreempt || master) {
      String because = strict ? "strict mode" : nopreempt ? "nopreempt" : "state MASTER";
      warn(
          "preempt-delay-reset",
          "preempt_delay",
          "preempt_delay does not work with " + because + "; it is reset");
      return Duration.ZERO;
    }
    return draft.preemptDelay;
  }

  private Optional<Authentication> authentication() {
    if (draft.authType.isEmpty()) {
      return Optional.empty();
    }
    if (strict || version == 3) {
      String because = strict ? "strict mode" : "version 3";
      warn(
          "authentication-ignored",
          "authentication",
          because + " has no authentication; it is ignored");
      return Optional.empty();
    }
    if (draft.authPass.isEmpty()) {
      warn(
          "authentication-ignored",
          "authentication",
          "authentication without auth_pass is ignored");
      return Optional.empty();
    }
    Word word = draft.authPass.get();
    String text = word.text();
    return Optional.of(
        new Authentication(
            draft.authType.get(),
            text.substring(0, Math.min(8, text.length())),
            text,
            word.span()));
  }

  private Duration advertInterval() {
    Duration interval = draft.advertInterval;
    if (version == 2) {
      if (interval.getNano() == 0) {
        return interval;
      }
      warn(
          "advert-interval-rounded",
          "advert_int",
          "version 2 counts whole seconds; the interval is rounded");
      return Duration.ofSeconds(Math.max(1, interval.plusMillis(500).toSeconds()));
    }
    if (interval.compareTo(LONGEST_V3_INTERVAL) > 0) {
      warn(
          "advert-interval-rounded",
          "advert_int",
          "version 3 has at most 40.95 s between adverts; that is used");
      return LONGEST_V3_INTERVAL;
    }
    long micros = interval.toNanos() / 1_000;
    if (micros % 10_000 != 0) {
      warn(
          "advert-interval-rounded",
          "advert_int",
          "version 3 counts steps of 10 ms; the interval is rounded");
      return Duration.ofMillis(Math.max(1, (micros + 5_000) / 10_000) * 10);
    }
    return interval;
  }

  private UnicastSettings unicast() {
    if (draft.unicastKeyword && draft.peers.isEmpty() && !draft.faultWithoutPeer) {
      warn(
          "unicast-without-peers",
          "unicast_peer",
          "a unicast keyword without peers: multicast is used");
    }
    Optional<UnicastPeer> self =
        draft.peers.stream().filter(p -> draft.source.equals(Optional.of(p.address()))).findFirst();
    self.ifPresent(
        peer ->
            log.warning(
                "unicast-peer-self",
                "(" + draft.name + ") the peer is this host's own address",
                peer.span()));
    return new UnicastSettings(
        draft.peers,
        draft.checkUnicastSource || global.checkUnicastSource,
        draft.unicastTtl,
        draft.faultWithoutPeer,
        draft.oldChecksum);
  }

  private Optional<IpAddress> multicastDestination(UnicastSettings unicast) {
    if (draft.multicastDestination.isPresent() && unicast.enabled()) {
      warn(
          "multicast-with-unicast", "mcast_dst_ip", "mcast_dst_ip is ignored beside unicast peers");
      return Optional.empty();
    }
    return draft.multicastDestination;
  }

  private void tracking() {
    List<TrackEntry> interfaces = draft.tracking.of("track_interface");
    String own = draft.interfaceName.orElse("");
    if (!draft.dontTrackPrimary && interfaces.removeIf(e -> e.name().equals(own))) {
      warn(
          "own-interface-tracked",
          "track_interface",
          "the instance's own interface is tracked anyway");
    }
    if (owner) {
      Weights.drop(interfaces, this::ownerIgnores);
      Weights.drop(draft.tracking.of("track_script"), this::ownerIgnores);
      Weights.clear(draft.tracking.of("track_file"), this::ownerIgnores);
    }
  }

  private void ownerIgnores(TrackEntry entry) {
    log.warning(
        "weight-ignored",
        "("
            + draft.name
            + ") priority 255 cannot change: the weight of "
            + entry.name()
            + " is ignored",
        entry.span());
  }

  private void virtualMac() {
    boolean virtual = draft.vmac.isPresent() || draft.ipvlan.isPresent();
    if (draft.transmitBase && !virtual) {
      warn("vmac-option", "vmac_xmit_base", "vmac_xmit_base needs use_vmac");
    } else if (draft.transmitBase && strict) {
      warn("vmac-option", "vmac_xmit_base", "vmac_xmit_base does not work in strict mode");
    }
    if (virtual && !draft.transmitBase && !draft.peers.isEmpty()) {
      warn("vmac-option", "use_vmac", "unicast with use_vmac needs vmac_xmit_base; it is set");
    }
    draft.vmac.ifPresent(words -> vmacName(words));
    boolean noSource =
        draft.ipvlan.isPresent()
            && draft.ipvlan.get().stream().noneMatch(w -> IpAddress.parse(w).isPresent());
    if (noSource && family == IpFamily.IPV4) {
      warn(
          "vmac-option",
          "use_ipvlan",
          "an IPv4 ipvlan needs an address; the instance goes to FAULT");
    }
  }

  private void vmacName(List<String> words) {
    if (!words.isEmpty() && words.getFirst().indexOf(':') < 0 && words.getFirst().length() > 15) {
      warn("value-too-long", "use_vmac", "an interface name has at most 15 characters");
    }
  }

  private boolean accept() {
    if (!strict) {
      return draft.accept.orElse(true);
    }
    if (version == 2 && draft.accept.equals(Optional.of(true))) {
      warn("accept-reset", "accept", "accept mode is not in RFC 3768; strict mode resets it");
      return owner;
    }
    return draft.accept.orElse(owner);
  }

  private boolean lowerNoAdvert() {
    if (strict && draft.lowerNoAdvert.equals(Optional.of(false))) {
      warn("strict-reset", "lower_prio_no_advert", "strict mode sets lower_prio_no_advert");
    }
    return strict || draft.lowerNoAdvert.orElse(global.lowerNoAdvert);
  }

  private boolean higherSend() {
    if (strict && draft.higherSend.equals(Optional.of(true))) {
      warn("strict-reset", "higher_prio_send_advert", "strict mode clears higher_prio_send_advert");
    }
    return !strict && draft.higherSend.orElse(global.higherSend);
  }

  private int downTimerAdverts() {
    if (strict && draft.downTimerAdverts.orElse(3) != 3) {
      warn("strict-reset", "down_timer_adverts", "strict mode wants 3 down_timer_adverts");
    }
    return strict ? 3 : draft.downTimerAdverts.orElse(global.downTimerAdverts);
  }

  private ConfiguredGarp garp() {
    ConfiguredGarp garp = draft.garp.finish(global.garp);
    if (!strict) {
      return garp;
    }
    if (draft.garp.lowerRepeat.orElse(0) > 0) {
      warn(
          "strict-reset",
          "garp_lower_prio_repeat",
          "strict mode sends no GARPs after a lower-priority advert");
    }
    if (!draft.garp.lowerDelay.orElse(Duration.ZERO).isZero()) {
      warn(
          "strict-reset",
          "garp_lower_prio_delay",
          "strict mode sends no GARPs after a lower-priority advert");
    }
    return new ConfiguredGarp(
        garp.masterDelay(),
        garp.masterRepeat(),
        Duration.ZERO,
        0,
        garp.masterRefresh(),
        garp.masterRefreshRepeat(),
        garp.interval(),
        garp.neighborInterval());
  }
}
