package org.vipdrift.model.vrrp;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/**
 * What a packet has to pass to be an advert for a virtual router (RFC 9568 section 7.1), in
 * keepalived's order; the details are keepalived's log lines.
 */
public final class ReceiveChecks {
  private static final int TTL = 255;
  private static final int PASSWORD_TYPE = 1;

  private ReceiveChecks() {}

  /** The verdict on a packet. */
  public sealed interface Checked {
    /**
     * An advert for the machine, as {@link VrrpEvent.AdvertisementReceived}.
     *
     * @param remark what the standard wants logged though the advert counts
     */
    record Accepted(Advertisement advertisement, Optional<String> remark) implements Checked {}

    /**
     * No advert: {@link VrrpEvent.AdvertisementDropped}.
     *
     * @param detail a line for the log: what came and what was expected
     */
    record Dropped(DropReason reason, String detail) implements Checked {}
  }

  /**
   * Checks a packet that came in on the instance's interface.
   *
   * @param state of the instance: the master it knows
   */
  public static Checked check(
      VirtualRouterSettings settings, VrrpRouterState state, ReceivedPacket packet) {
    Octets message = packet.message();
    if (packet.family() != settings.family()) {
      return drop(
          DropReason.FAMILY, "received " + packet.family() + ", expecting " + settings.family());
    }
    if (message.length() < AdvertisementCodec.HEADER_OCTETS) {
      return drop(
          DropReason.TOO_SHORT, "invalid length. Received " + message.length() + ", at least 8");
    }
    if (message.unsignedByte(1) != settings.vrid()) {
      return drop(
          DropReason.VRID,
          "received VRID " + message.unsignedByte(1) + ", expecting " + settings.vrid());
    }
    Optional<Checked.Dropped> header = headerFault(settings, packet);
    if (header.isPresent()) {
      return header.get();
    }
    Optional<Checked.Dropped> body = bodyFault(settings, packet);
    if (body.isPresent()) {
      return body.get();
    }
    Advertisement advert =
        AdvertisementCodec.read(
            message, settings.version(), settings.family(), message.unsignedByte(3));
    return checkMeaning(settings, state, packet, advert);
  }

  private static Checked.Dropped drop(DropReason reason, String detail) {
    return new Checked.Dropped(reason, detail);
  }

  private static Optional<Checked.Dropped> headerFault(
      VirtualRouterSettings settings, ReceivedPacket packet) {
    Octets message = packet.message();
    Authentication expected = settings.authentication();
    boolean expectsHeader = expected instanceof Authentication.AuthenticationHeader;
    if (packet.authenticationHeader() != expectsHeader) {
      return Optional.of(
          drop(
              DropReason.AUTHENTICATION_TYPE,
              expectsHeader
                  ? "No AH header but auth type is AH"
                  : "Received AH header but auth type not AH"));
    }
    boolean mustBe255 = settings.unicast().isEmpty() || settings.dialect().checksTtlOfUnicast();
    if (mustBe255 && packet.ttl() != TTL) {
      return Optional.of(
          drop(DropReason.TTL, "invalid TTL/HL. Received " + packet.ttl() + " and expect " + TTL));
    }
    int version = message.unsignedByte(0) >>> 4;
    if (version != settings.version()) {
      return Optional.of(
          drop(
              DropReason.VERSION,
              "wrong version. Received " + version + " and expect " + settings.version()));
    }
    return version == 2 ? version2Fault(settings, message, expected) : Optional.empty();
  }

  private static Optional<Checked.Dropped> version2Fault(
      VirtualRouterSettings settings, Octets message, Authentication expected) {
    int type = message.unsignedByte(4);
    if (type != expected.type()) {
      return Optional.of(
          drop(
              DropReason.AUTHENTICATION_TYPE,
              "received a " + type + " auth, expecting " + expected.type() + "!"));
    }
    if (expected instanceof Authentication.Password(Octets password)
        && type == PASSWORD_TYPE
        && !endsWith(message, password)) {
      return Optional.of(drop(DropReason.PASSWORD, "received an invalid passwd!"));
    }
    long own = settings.advertisementInterval().toSeconds();
    if (message.unsignedByte(5) != own) {
      return Optional.of(
          drop(
              DropReason.ADVERTISEMENT_INTERVAL,
              "advertisement interval mismatch mine="
                  + own
                  + " sec rcv'd="
                  + message.unsignedByte(5)
                  + " sec"));
    }
    return Optional.empty();
  }

  private static boolean endsWith(Octets message, Octets password) {
    int at = message.length() - AdvertisementCodec.AUTHENTICATION_OCTETS;
    return at >= AdvertisementCodec.HEADER_OCTETS && message.int64(at) == password.int64(0);
  }

  private static Optional<Checked.Dropped> bodyFault(
      VirtualRouterSettings settings, ReceivedPacket packet) {
    Octets message = packet.message();
    int version = settings.version();
    int type = message.unsignedByte(0) & 0x0f;
    if (type != AdvertisementCodec.ADVERTISEMENT_TYPE) {
      return Optional.of(
          drop(
              DropReason.TYPE,
              "Invalid packet type. "
                  + type
                  + " and expect "
                  + AdvertisementCodec.ADVERTISEMENT_TYPE));
    }
    int count = message.unsignedByte(3);
    if (count == 0 && settings.dialect().dropsEmptyAddressLists()) {
      return Optional.of(drop(DropReason.NO_ADDRESSES, "received no addresses"));
    }
    int length = AdvertisementCodec.messageOctets(version, settings.family(), count);
    if (message.length() != length) {
      return Optional.of(
          drop(
              message.length() < length ? DropReason.TOO_SHORT : DropReason.TOO_LONG,
              "invalid length. Received "
                  + message.length()
                  + " and expect "
                  + length
                  + " for "
                  + count
                  + " addresses"));
    }
    Dialect dialect = settings.dialect();
    if (!AdvertisementCodec.checksumHolds(
        message,
        packet.source(),
        packet.destination(),
        dialect.checksumMode(),
        dialect.acceptsEitherChecksum())) {
      return Optional.of(drop(DropReason.CHECKSUM, "Invalid VRRPv" + version + " checksum"));
    }
    if (version == 3 && (message.unsignedShort(4) & 0x0fff) == 0) {
      return Optional.of(drop(DropReason.ZERO_INTERVAL, "received advertisement interval 0"));
    }
    return Optional.empty();
  }

  private static Checked checkMeaning(
      VirtualRouterSettings settings,
      VrrpRouterState state,
      ReceivedPacket packet,
      Advertisement advert) {
    boolean unicast = settings.unicast().isPresent();
    if (packet.destination().isMulticast() == unicast) {
      return drop(
          DropReason.CAST_TYPE,
          unicast
              ? "Expected unicast packet but received multicast packet"
              : "Expected multicast packet but received unicast packet");
    }
    Optional<String> remark = Optional.empty();
    if (!knownMaster(settings, state, packet.source()) && listDiffers(settings, advert)) {
      boolean counted = advert.addresses().size() == settings.virtualAddresses().size();
      String detail = counted ? missing(settings, advert) : wrongCount(settings, advert);
      boolean drops =
          switch (settings.dialect().addressListCheck()) {
            case DROP -> true;
            case DROP_UNLESS_OWNER -> advert.priority() != VirtualRouterSettings.OWNER_PRIORITY;
            case LOG -> false;
          };
      if (drops) {
        return drop(counted ? DropReason.ADDRESS_LIST : DropReason.ADDRESS_COUNT, detail);
      }
      remark = Optional.of(detail);
    }
    if (unicast && settings.checkUnicastSource()) {
      Optional<Checked.Dropped> fault = peerFault(settings.unicast().get(), packet);
      if (fault.isPresent()) {
        return fault.get();
      }
    }
    if (settings.isOwner() && settings.dialect().ownerConflict() == Dialect.OwnerConflict.DROP) {
      return drop(DropReason.OWNER, "the owner of the addresses hears nobody");
    }
    return new Checked.Accepted(advert, remark);
  }

  private static boolean knownMaster(
      VirtualRouterSettings settings, VrrpRouterState state, IpAddress source) {
    return settings.skipCheckAdvertAddresses()
        && state.master().isPresent()
        && state.master().get().address().equals(source);
  }

  private static boolean listDiffers(VirtualRouterSettings settings, Advertisement advert) {
    List<VirtualAddress> own = settings.virtualAddresses();
    List<IpAddress> theirs = advert.addresses();
    if (own.size() != theirs.size()) {
      return true;
    }
    for (int i = 0; i < own.size(); i++) {
      IpAddress address = own.get(i).address();
      if (!theirs.get(i).equals(address) && !theirs.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static String wrongCount(VirtualRouterSettings settings, Advertisement advert) {
    return "received an unexpected ip number count "
        + advert.addresses().size()
        + ", expected "
        + settings.virtualAddresses().size()
        + "!";
  }

  private static String missing(VirtualRouterSettings settings, Advertisement advert) {
    StringBuilder missing = new StringBuilder();
    for (VirtualAddress address : settings.virtualAddresses()) {
      if (!advert.addresses().contains(address.address())) {
        missing.append(missing.isEmpty() ? "" : ", ").append(address.address());
      }
    }
    return "ip address associated with VRID "
        + settings.vrid()
        + " not present in MASTER advert: "
        + missing;
  }

  private static Optional<Checked.Dropped> peerFault(Unicast unicast, ReceivedPacket packet) {
    for (Unicast.Peer peer : unicast.peers()) {
      if (peer.address().equals(packet.source())) {
        int least = peer.minTtl().orElse(0);
        int most = peer.maxTtl().orElse(TTL);
        return packet.ttl() >= least && packet.ttl() <= most
            ? Optional.empty()
            : Optional.of(
                drop(
                    DropReason.TTL,
                    "TTL/HL " + packet.ttl() + " not in range " + least + " - " + most));
      }
    }
    return Optional.of(
        drop(
            DropReason.UNKNOWN_PEER,
            "unicast source address " + packet.source() + " not a unicast peer"));
  }
}
