package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpFamily;

/** Applies defaults and global definitions to an instance and resets contradictions. */
final class InstanceCompletion {
  private static final int MOST_ADDRESSES_V4 = 255;
  private static final int MOST_ADDRESSES_V6 = 89;

  private final InstanceFacts facts;
  private final InstanceDraft draft;
  private final ProblemLog log;

  InstanceCompletion(InstanceDraft draft, GlobalDraft global, ProblemLog log) {
    this.facts = InstanceFacts.of(draft, global, log);
    this.draft = draft;
    this.log = log;
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
    facts.warn(code, keyword, message);
  }

  private void addresses() {
    if (draft.addresses.isEmpty()) {
      if (facts.strict() || facts.version() == 3) {
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
    int most = facts.family() == IpFamily.IPV4 ? MOST_ADDRESSES_V4 : MOST_ADDRESSES_V6;
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
        facts.family() == IpFamily.IPV6
            && !draft.addresses.isEmpty()
            && !draft.addresses.getFirst().address().isLinkLocal();
    if (facts.strict() && routable) {
      warn(
          "first-address-not-link-local",
          "virtual_ipaddress",
          "the first IPv6 address must be link-local in strict mode");
    }
    boolean asked2 = draft.version.orElse(3) == 2;
    if (facts.strict() && facts.family() == IpFamily.IPV6 && asked2) {
      warn("conflicting-version", "version", "IPv6 needs version 3; 3 is used");
    }
  }

  private VrrpInstanceBlock block() {
    boolean master = master();
    boolean nopreempt = nopreempt(master);
    DeliveryCompletion delivery = new DeliveryCompletion(facts);
    Optional<Authentication> authentication = delivery.authentication();
    UnicastSettings unicast = delivery.unicast();
    tracking();
    delivery.virtualMac();
    AdvertCompletion adverts = new AdvertCompletion(facts);
    ConfiguredGarp garp = adverts.garp();
    return new VrrpInstanceBlock(
        draft.name,
        draft.interfaceName.orElseThrow(),
        draft.vrid.orElseThrow(),
        facts.family(),
        master,
        facts.owner() ? 255 : draft.priority.orElse(100),
        draft.priority,
        facts.version(),
        adverts.advertInterval(),
        authentication,
        draft.addresses,
        draft.excluded,
        draft.routes,
        draft.rules,
        draft.source,
        draft.trackSource,
        delivery.multicastDestination(unicast),
        unicast,
        nopreempt,
        preemptDelay(nopreempt, master),
        draft.dontTrackPrimary,
        draft.tracking.finish(),
        facts.strict(),
        accept(),
        draft.skipCheck.orElse(facts.global().skipCheck),
        adverts.lowerNoAdvert(),
        adverts.higherSend(),
        adverts.downTimerAdverts(),
        garp,
        draft.garpExtra,
        draft.notify.finish(),
        draft.notifyPriority.orElse(facts.global().notifyPriority),
        draft.smtpAlert.orElse(facts.global().alerts()),
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
    if (facts.strict() && draft.stateMaster != facts.owner()) {
      warn(
          "strict-state",
          "state",
          "strict mode wants state MASTER if and only if the priority is 255");
      return facts.owner();
    }
    return draft.stateMaster;
  }

  private boolean nopreempt(boolean master) {
    if (draft.nopreempt && facts.owner()) {
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
    if (facts.strict() || nopreempt || master) {
      String because = facts.strict() ? "strict mode" : nopreempt ? "nopreempt" : "state MASTER";
      warn(
          "preempt-delay-reset",
          "preempt_delay",
          "preempt_delay does not work with " + because + "; it is reset");
      return Duration.ZERO;
    }
    return draft.preemptDelay;
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
    if (facts.owner()) {
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

  private boolean accept() {
    if (!facts.strict()) {
      return draft.accept.orElse(true);
    }
    if (facts.version() == 2 && draft.accept.equals(Optional.of(true))) {
      warn("accept-reset", "accept", "accept mode is not in RFC 3768; strict mode resets it");
      return facts.owner();
    }
    return draft.accept.orElse(facts.owner());
  }
}
