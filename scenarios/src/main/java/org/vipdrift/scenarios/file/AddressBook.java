package org.vipdrift.scenarios.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.scenarios.file.SegmentReader.ReadSegment;
import org.vipdrift.scenarios.file.YamlNode.WrittenAddress;

/** Who has which address on which segment, and which prefix length an address gets. */
final class AddressBook {
  private record Key(String segment, IpAddress address) {}

  private record Owner(String name, int line) {}

  private static final int LINK_LOCAL_V6_LENGTH = 64;
  private static final int LINK_LOCAL_V4_LENGTH = 16;

  private final Map<String, ReadSegment> segments;
  private final Map<Key, Owner> owners = new LinkedHashMap<>();

  AddressBook(Map<String, ReadSegment> segments) {
    this.segments = segments;
  }

  /**
   * Gives an address to a host or a client and reports what is wrong with it.
   *
   * @param segmentName empty where the segment is not known
   */
  Optional<IpPrefix> claim(YamlNode node, Optional<String> segmentName, String owner) {
    Optional<WrittenAddress> written = node.writtenAddress();
    if (written.isEmpty() || segmentName.isEmpty()) {
      return Optional.empty();
    }
    IpAddress address = written.get().address();
    Key key = new Key(segmentName.get(), address);
    Owner first = owners.putIfAbsent(key, new Owner(owner, node.line()));
    if (first != null) {
      node.error(
          Mistake.ADDRESS_TAKEN,
          "the address "
              + address
              + " is already taken on segment '"
              + segmentName.get()
              + "' by "
              + first.name()
              + " in line "
              + first.line(),
          "a second speaker for an address is the action duplicate-address");
    }
    return Optional.ofNullable(segments.get(segmentName.get()))
        .flatMap(s -> withLength(node, s, address, written.get().length()));
  }

  /** The same for consecutive addresses, of which the node names the first. */
  Optional<IpPrefix> claim(YamlNode node, Optional<String> segmentName, String owner, int count) {
    Optional<IpPrefix> first = claim(node, segmentName, owner);
    if (first.isEmpty() || count == 1) {
      return first;
    }
    IpAddress address = first.get().address();
    for (int i = 1; i < count; i++) {
      address = after(address);
      Owner other =
          owners.putIfAbsent(
              new Key(segmentName.orElseThrow(), address), new Owner(owner, node.line()));
      if (other != null) {
        node.error(
            Mistake.ADDRESS_TAKEN,
            "of "
                + count
                + " addresses from here "
                + address
                + " is already taken by "
                + other.name()
                + " in line "
                + other.line(),
            "begin elsewhere or take fewer");
        return Optional.empty();
      }
    }
    Optional<String> reason =
        first.get().contains(address)
            ? unusable(new IpPrefix(address, first.get().length()))
            : Optional.of(address + " is outside the network of " + first.get());
    reason.ifPresent(
        r ->
            node.error(
                Mistake.ADDRESS_OUTSIDE_SUBNET,
                "there is no room for " + count + " addresses: " + r,
                "give a shorter prefix length, such as " + first.get().address() + "/16"));
    return first;
  }

  private static IpAddress after(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> new IpAddress.V4(bits + 1);
      case IpAddress.V6(long high, long low) ->
          new IpAddress.V6(low == -1 ? high + 1 : high, low + 1);
    };
  }

  private static Optional<IpPrefix> withLength(
      YamlNode node, ReadSegment segment, IpAddress address, Optional<Integer> length) {
    Optional<IpPrefix> subnet =
        segment.segment().subnets().stream()
            .filter(s -> s.address().family() == address.family())
            .findFirst();
    Optional<IpPrefix> prefix = length.map(l -> new IpPrefix(address, l));
    if (prefix.isEmpty() && subnet.isPresent() && subnet.get().contains(address)) {
      prefix = Optional.of(new IpPrefix(address, subnet.get().length()));
    }
    if (prefix.isEmpty() && address.isLinkLocal()) {
      prefix =
          Optional.of(
              new IpPrefix(
                  address,
                  address instanceof IpAddress.V6 ? LINK_LOCAL_V6_LENGTH : LINK_LOCAL_V4_LENGTH));
    }
    if (prefix.isEmpty() && segment.subnetsKnown()) {
      String name = segment.segment().name();
      node.error(
          Mistake.ADDRESS_OUTSIDE_SUBNET,
          subnet
              .map(s -> address + " is outside the subnet " + s + " of segment '" + name + "'")
              .orElse("segment '" + name + "' has no subnet that gives " + address + " a length"),
          "give the address its own prefix length, such as "
              + address
              + (address instanceof IpAddress.V4 ? "/24" : "/64"));
    }
    prefix
        .flatMap(AddressBook::unusable)
        .ifPresent(reason -> node.error(Mistake.UNUSABLE_ADDRESS, reason, ""));
    return prefix;
  }

  private static Optional<String> unusable(IpPrefix prefix) {
    IpAddress address = prefix.address();
    if (address.isMulticast()) {
      return Optional.of(address + " is a multicast address");
    }
    if (address instanceof IpAddress.V4(int bits) && prefix.length() < 31) {
      if (address.mask(prefix.length()).equals(address)) {
        return Optional.of(address + " is the address of the network " + prefix);
      }
      if ((bits | -1 >>> prefix.length()) == bits) {
        return Optional.of(address + " is the broadcast address of its network");
      }
    }
    return Optional.empty();
  }
}
