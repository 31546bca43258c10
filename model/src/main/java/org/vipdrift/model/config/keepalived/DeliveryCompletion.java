package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** How the adverts of an instance reach the others: authentication, destination, interface. */
final class DeliveryCompletion {

  private final InstanceFacts facts;
  private final InstanceDraft draft;

  DeliveryCompletion(InstanceFacts facts) {
    this.facts = facts;
    this.draft = facts.draft();
  }

  Optional<Authentication> authentication() {
    if (draft.authType.isEmpty()) {
      return Optional.empty();
    }
    if (facts.strict() || facts.version() == 3) {
      String because = facts.strict() ? "strict mode" : "version 3";
      facts.warn(
          "authentication-ignored",
          "authentication",
          because + " has no authentication; it is ignored");
      return Optional.empty();
    }
    if (draft.authPass.isEmpty()) {
      facts.warn(
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

  UnicastSettings unicast() {
    if (draft.unicastKeyword && draft.peers.isEmpty() && !draft.faultWithoutPeer) {
      facts.warn(
          "unicast-without-peers",
          "unicast_peer",
          "a unicast keyword without peers: multicast is used");
    }
    Optional<UnicastPeer> self =
        draft.peers.stream().filter(p -> draft.source.equals(Optional.of(p.address()))).findFirst();
    self.ifPresent(
        peer ->
            facts
                .log()
                .warning(
                    "unicast-peer-self",
                    "(" + draft.name + ") the peer is this host's own address",
                    peer.span()));
    return new UnicastSettings(
        draft.peers,
        draft.checkUnicastSource || facts.global().checkUnicastSource,
        draft.unicastTtl,
        draft.faultWithoutPeer,
        draft.oldChecksum);
  }

  Optional<IpAddress> multicastDestination(UnicastSettings unicast) {
    if (draft.multicastDestination.isPresent() && unicast.enabled()) {
      facts.warn(
          "multicast-with-unicast", "mcast_dst_ip", "mcast_dst_ip is ignored beside unicast peers");
      return Optional.empty();
    }
    return draft.multicastDestination;
  }

  void virtualMac() {
    boolean virtual = draft.vmac.isPresent() || draft.ipvlan.isPresent();
    if (draft.transmitBase && !virtual) {
      facts.warn("vmac-option", "vmac_xmit_base", "vmac_xmit_base needs use_vmac");
    } else if (draft.transmitBase && facts.strict()) {
      facts.warn("vmac-option", "vmac_xmit_base", "vmac_xmit_base does not work in strict mode");
    }
    if (virtual && !draft.transmitBase && !draft.peers.isEmpty()) {
      facts.warn(
          "vmac-option", "use_vmac", "unicast with use_vmac needs vmac_xmit_base; it is set");
    }
    draft.vmac.ifPresent(words -> vmacName(words));
    boolean noSource =
        draft.ipvlan.isPresent()
            && draft.ipvlan.get().stream().noneMatch(w -> IpAddress.parse(w).isPresent());
    if (noSource && facts.family() == IpFamily.IPV4) {
      facts.warn(
          "vmac-option",
          "use_ipvlan",
          "an IPv4 ipvlan needs an address; the instance goes to FAULT");
    }
  }

  private void vmacName(List<String> words) {
    if (!words.isEmpty() && words.getFirst().indexOf(':') < 0 && words.getFirst().length() > 15) {
      facts.warn("value-too-long", "use_vmac", "an interface name has at most 15 characters");
    }
  }
}
