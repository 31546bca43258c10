package org.vipdrift.netio.link;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.netio.foreign.Constants;

/** Links and addresses in rtnetlink's messages. */
final class LinkMessages {
  private static final int LINK_HEADER = 16;
  private static final int ADDRESS_HEADER = 8;
  private static final int FOR_EVER = -1;

  private LinkMessages() {}

  /** Reads {@code RTM_NEWLINK} or {@code RTM_DELLINK}; empty if it is cut short. */
  static Optional<Link> link(NetlinkMessage message) {
    Octets body = message.body();
    if (body.length() < LINK_HEADER) {
      return Optional.empty();
    }
    NetlinkAttributes attributes = NetlinkAttributes.read(body, LINK_HEADER);
    return Optional.of(
        new Link(
            HostOrder.int32(body, 4),
            attributes.text(Rtnetlink.IFLA_IFNAME).orElse(""),
            attributes
                .get(Rtnetlink.IFLA_ADDRESS)
                .filter(octets -> octets.length() == 6)
                .map(octets -> MacAddress.read(octets, 0))
                .orElse(MacAddress.ZERO),
            HostOrder.int32(body, 8),
            state(attributes.number(Rtnetlink.IFLA_OPERSTATE).orElse(0)),
            HostOrder.unsignedShort(body, 2),
            attributes
                .nested(Rtnetlink.IFLA_LINKINFO)
                .flatMap(info -> info.text(Rtnetlink.IFLA_INFO_KIND)),
            attributes.number(Rtnetlink.IFLA_LINK),
            attributes.number(Rtnetlink.IFLA_MASTER),
            attributes.number(Rtnetlink.IFLA_MTU).orElse(0)));
  }

  private static Link.OperationalState state(int number) {
    Link.OperationalState[] all = Link.OperationalState.values();
    return number < all.length ? all[number] : Link.OperationalState.UNKNOWN;
  }

  /** A request about one link, or about none with index 0. */
  static NetlinkRequest linkRequest(int type, int flags, int index, int linkFlags, int change) {
    return new NetlinkRequest(type, flags)
        .int8(0)
        .int8(0)
        .int16(0)
        .int32(index)
        .int32(linkFlags)
        .int32(change);
  }

  /** Reads {@code RTM_NEWADDR} or {@code RTM_DELADDR}; empty if it is cut short or no address. */
  static Optional<LocalAddress> address(NetlinkMessage message) {
    Octets body = message.body();
    if (body.length() < ADDRESS_HEADER) {
      return Optional.empty();
    }
    int family = body.unsignedByte(0);
    int length = body.unsignedByte(1);
    NetlinkAttributes attributes = NetlinkAttributes.read(body, ADDRESS_HEADER);
    Optional<IpAddress> far =
        attributes.get(Rtnetlink.IFA_ADDRESS).flatMap(o -> IpAddresses.read(family, o));
    Optional<IpAddress> local =
        attributes.get(Rtnetlink.IFA_LOCAL).flatMap(o -> IpAddresses.read(family, o)).or(() -> far);
    return local
        .filter(address -> length <= address.family().bits())
        .map(
            address -> {
              Octets times =
                  attributes
                      .get(Rtnetlink.IFA_CACHEINFO)
                      .filter(o -> o.length() >= 16)
                      .orElse(Octets.ofHex("ffffffff ffffffff 00000000 00000000"));
              return new LocalAddress(
                  HostOrder.int32(body, 4),
                  new IpPrefix(address, length),
                  far.filter(peer -> !peer.equals(address)),
                  attributes.get(Rtnetlink.IFA_BROADCAST).flatMap(o -> IpAddresses.read(family, o)),
                  attributes.text(Rtnetlink.IFA_LABEL),
                  body.unsignedByte(3),
                  attributes.number(Rtnetlink.IFA_FLAGS).orElse(body.unsignedByte(2)),
                  HostOrder.int32(times, 0),
                  HostOrder.int32(times, 8));
            });
  }

  /** A request to add an address. */
  static NetlinkRequest addAddress(int index, IpPrefix prefix, AddressAttributes attributes) {
    NetlinkRequest request =
        addressRequest(
            Rtnetlink.RTM_NEWADDR,
            Rtnetlink.NLM_F_ACK | Rtnetlink.NLM_F_CREATE | Rtnetlink.NLM_F_EXCL,
            index,
            prefix,
            attributes.scope(),
            attributes.peer());
    if (prefix.address().family() == IpFamily.IPV4) {
      attributes.broadcast().ifPresent(b -> request.attribute(Rtnetlink.IFA_BROADCAST, b));
      attributes.label().ifPresent(label -> request.attribute(Rtnetlink.IFA_LABEL, label));
    }
    int flags = attributes.flags().stream().mapToInt(LocalAddress::bit).reduce(0, (a, b) -> a | b);
    if (flags != 0) {
      request.attribute32(Rtnetlink.IFA_FLAGS, flags);
    }
    attributes
        .preferredLifetime()
        .ifPresent(
            preferred ->
                request.nested(
                    Rtnetlink.IFA_CACHEINFO,
                    r -> r.int32((int) preferred.toSeconds()).int32(FOR_EVER).int32(0).int32(0)));
    return request;
  }

  /** A request to remove an address; of IPv4 the peer tells it from others. */
  static NetlinkRequest removeAddress(int index, IpPrefix prefix, Optional<IpAddress> peer) {
    return addressRequest(Rtnetlink.RTM_DELADDR, Rtnetlink.NLM_F_ACK, index, prefix, 0, peer);
  }

  private static NetlinkRequest addressRequest(
      int type, int flags, int index, IpPrefix prefix, int scope, Optional<IpAddress> peer) {
    return new NetlinkRequest(type, flags)
        .int8(IpAddresses.number(prefix.address().family()))
        .int8(prefix.length())
        .int8(0)
        .int8(scope)
        .int32(index)
        .attribute(Rtnetlink.IFA_LOCAL, prefix.address())
        .attribute(Rtnetlink.IFA_ADDRESS, peer.orElse(prefix.address()));
  }

  /** Everything of a sort. */
  static NetlinkRequest dumpLinks() {
    return linkRequest(Rtnetlink.RTM_GETLINK, Rtnetlink.NLM_F_DUMP, 0, 0, 0)
        .attribute32(Rtnetlink.IFLA_EXT_MASK, Rtnetlink.RTEXT_FILTER_SKIP_STATS);
  }

  static NetlinkRequest dumpAddresses() {
    return new NetlinkRequest(Rtnetlink.RTM_GETADDR, Rtnetlink.NLM_F_DUMP)
        .int8(0)
        .int8(0)
        .int8(0)
        .int8(0)
        .int32(0);
  }

  static NetlinkRequest linkNamed(String name) {
    return linkRequest(Rtnetlink.RTM_GETLINK, Rtnetlink.NLM_F_ACK, 0, 0, 0)
        .attribute32(Rtnetlink.IFLA_EXT_MASK, Rtnetlink.RTEXT_FILTER_SKIP_STATS)
        .attribute(Rtnetlink.IFLA_IFNAME, name);
  }

  static NetlinkRequest addMacvlan(String name, int parent, MacvlanMode mode, MacAddress mac) {
    return linkRequest(
            Rtnetlink.RTM_NEWLINK,
            Rtnetlink.NLM_F_ACK | Rtnetlink.NLM_F_CREATE | Rtnetlink.NLM_F_EXCL,
            0,
            0,
            0)
        .nested(
            Rtnetlink.IFLA_LINKINFO,
            info ->
                info.attribute(Rtnetlink.IFLA_INFO_KIND, "macvlan")
                    .nested(
                        Rtnetlink.IFLA_INFO_DATA,
                        data -> data.attribute32(Rtnetlink.IFLA_MACVLAN_MODE, mode.number())))
        .attribute32(Rtnetlink.IFLA_LINK, parent)
        .attribute(Rtnetlink.IFLA_IFNAME, name)
        .attribute(Rtnetlink.IFLA_ADDRESS, mac);
  }

  static NetlinkRequest addIpvlan(String name, int parent, VirtualInterface.Mode mode) {
    int flags =
        switch (mode) {
          case BRIDGE -> 0;
          case PRIVATE -> 1;
          case VEPA -> 2;
        };
    return linkRequest(
            Rtnetlink.RTM_NEWLINK,
            Rtnetlink.NLM_F_ACK | Rtnetlink.NLM_F_CREATE | Rtnetlink.NLM_F_EXCL,
            0,
            0,
            0)
        .nested(
            Rtnetlink.IFLA_LINKINFO,
            info ->
                info.attribute(Rtnetlink.IFLA_INFO_KIND, "ipvlan")
                    .nested(
                        Rtnetlink.IFLA_INFO_DATA,
                        data ->
                            data.attribute16(Rtnetlink.IFLA_IPVLAN_MODE, 0)
                                .attribute16(Rtnetlink.IFLA_IPVLAN_FLAGS, flags)))
        .attribute32(Rtnetlink.IFLA_LINK, parent)
        .attribute(Rtnetlink.IFLA_IFNAME, name);
  }

  static NetlinkRequest setIpv4(int index, Ipv4Setting setting, int value) {
    return linkRequest(Rtnetlink.RTM_NEWLINK, Rtnetlink.NLM_F_ACK, index, 0, 0)
        .nested(
            Rtnetlink.IFLA_AF_SPEC,
            families ->
                families.nested(
                    Constants.AF_INET,
                    inet ->
                        inet.nested(
                            Rtnetlink.IFLA_INET_CONF,
                            settings -> settings.attribute32(setting.number(), value))));
  }

  /** What a link is set to; empty if the message does not say. */
  static Optional<Integer> ipv4(NetlinkMessage message, Ipv4Setting setting) {
    return NetlinkAttributes.read(message.body(), LINK_HEADER)
        .nested(Rtnetlink.IFLA_AF_SPEC)
        .flatMap(families -> families.nested(Constants.AF_INET))
        .flatMap(inet -> inet.get(Rtnetlink.IFLA_INET_CONF))
        .filter(array -> array.length() >= 4 * setting.number())
        .map(array -> HostOrder.int32(array, 4 * (setting.number() - 1)));
  }

  static NetlinkRequest generateIpv6Address(int index, boolean generate) {
    return linkRequest(Rtnetlink.RTM_NEWLINK, Rtnetlink.NLM_F_ACK, index, 0, 0)
        .nested(
            Rtnetlink.IFLA_AF_SPEC,
            families ->
                families.nested(
                    Constants.AF_INET6,
                    inet6 ->
                        inet6.attribute8(Rtnetlink.IFLA_INET6_ADDR_GEN_MODE, generate ? 0 : 1)));
  }
}
