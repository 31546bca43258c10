package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.config.keepalived.UnicastPeer;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.scenarios.file.PairNetwork.Attachment;

/** One segment of a pair, with the addresses that its interfaces and clients get. */
final class PairSegment {
  private static final int FIRST_HOST = 11;
  private static final int FIRST_CLIENT = 50;
  private static final int SHORTEST_V4 = 8;
  private static final int LONGEST_V4 = 28;
  private static final int USUAL_V4 = 24;
  private static final int USUAL_V6 = 64;

  private final String name;
  private final List<Attachment> attachments;
  private final Map<IpFamily, IpPrefix> subnets = new LinkedHashMap<>();
  private final Map<Attachment, List<IpPrefix>> addresses = new LinkedHashMap<>();
  private final List<IpAddress> taken = new ArrayList<>();

  PairSegment(String name, List<Attachment> attachments) {
    this.name = name;
    this.attachments = attachments;
    attachments.forEach(a -> addresses.put(a, new ArrayList<>()));
    vips().map(ConfiguredAddress::address).forEach(taken::add);
    for (IpFamily family : IpFamily.values()) {
      Map<Attachment, IpAddress> known = known(family);
      taken.addAll(known.values());
      subnet(family, List.copyOf(known.values())).ifPresent(s -> number(s, known));
    }
    for (IpAddress vip : pinged()) {
      IpPrefix network = networkOf(vip);
      // Hosts need an address of the network whose clients they are to answer.
      if (!subnets.get(vip.family()).contains(vip)
          && addresses.values().stream().flatMap(List::stream).noneMatch(p -> p.contains(vip))) {
        addresses.values().forEach(own -> own.add(free(network, FIRST_HOST)));
      }
    }
  }

  List<Attachment> attachments() {
    return attachments;
  }

  Segment segment() {
    return new Segment(
        name, List.copyOf(subnets.values()), Segment.DEFAULT_LATENCY, Optional.empty());
  }

  HostInterface interfaceOf(Attachment attachment) {
    return new HostInterface(
        attachment.networkInterface(), name, addresses.get(attachment), Optional.empty());
  }

  /** An address for a client that asks a virtual address. */
  IpPrefix clientAddress(IpAddress vip) {
    IpPrefix subnet = subnets.get(vip.family());
    return free(subnet.contains(vip) ? subnet : networkOf(vip), FIRST_CLIENT);
  }

  /** The first virtual address of each instance that clients can ask. */
  List<IpAddress> pinged() {
    return instances()
        .flatMap(
            i ->
                i.addresses().stream()
                    .filter(v -> v.device().isEmpty() || v.device().get().equals(i.interfaceName()))
                    .map(ConfiguredAddress::address)
                    .filter(PairNetwork::canBePinged)
                    .limit(1))
        .distinct()
        .toList();
  }

  private Stream<VrrpInstanceBlock> instances() {
    return attachments.stream().flatMap(a -> a.instances().stream());
  }

  private Stream<ConfiguredAddress> vips() {
    return instances()
        .flatMap(i -> Stream.concat(i.addresses().stream(), i.excludedAddresses().stream()));
  }

  /** The hosts' own addresses as far as sources and unicast peers tell them. */
  private Map<Attachment, IpAddress> known(IpFamily family) {
    Map<Attachment, IpAddress> known = new LinkedHashMap<>();
    for (Attachment attachment : attachments) {
      attachment.instances().stream()
          .flatMap(i -> i.sourceAddress().stream())
          .filter(a -> a.family() == family)
          .findFirst()
          .ifPresent(a -> known.put(attachment, a));
    }
    for (Attachment attachment : attachments) {
      if (!known.containsKey(attachment)) {
        instances()
            .filter(i -> !attachment.instances().contains(i))
            .flatMap(i -> i.unicast().peers().stream())
            .map(UnicastPeer::address)
            .filter(a -> a.family() == family && !known.containsValue(a))
            .findFirst()
            .ifPresent(a -> known.put(attachment, a));
      }
    }
    return known;
  }

  private Optional<IpPrefix> subnet(IpFamily family, List<IpAddress> known) {
    Optional<IpAddress> sample =
        known.stream()
            .filter(PairNetwork::canBePinged)
            .findFirst()
            .or(() -> pinged().stream().filter(v -> v.family() == family).findFirst())
            .or(() -> bare(family));
    return sample.map(
        s -> {
          IpPrefix network = networkOf(s);
          while (network.length() > SHORTEST_V4 && !containsAll(network, known)) {
            network = network(s, network.length() - 1);
          }
          return network;
        });
  }

  /** For an instance without any address that could tell one. */
  private Optional<IpAddress> bare(IpFamily family) {
    return instances().anyMatch(i -> i.family() == family)
        ? Optional.of(
            family == IpFamily.IPV4 ? IpAddress.of("192.168.0.0") : IpAddress.of("fd00::"))
        : Optional.empty();
  }

  private static boolean containsAll(IpPrefix network, List<IpAddress> known) {
    return known.stream().filter(PairNetwork::canBePinged).allMatch(network::contains);
  }

  private static IpPrefix network(IpAddress member, int length) {
    return new IpPrefix(member.mask(length), length);
  }

  /** The network that a virtual address of the files gives an address, else one of usual size. */
  private IpPrefix networkOf(IpAddress address) {
    int usual = address.family() == IpFamily.IPV4 ? USUAL_V4 : USUAL_V6;
    int longest = address.family() == IpFamily.IPV4 ? LONGEST_V4 : USUAL_V6;
    return vips()
        .map(ConfiguredAddress::prefix)
        .filter(p -> p.length() >= SHORTEST_V4 && p.length() <= longest && p.contains(address))
        .findFirst()
        .map(p -> network(address, p.length()))
        .orElseGet(() -> network(address, usual));
  }

  private void number(IpPrefix subnet, Map<Attachment, IpAddress> known) {
    subnets.put(subnet.address().family(), subnet);
    for (Attachment attachment : attachments) {
      IpAddress own = known.get(attachment);
      addresses
          .get(attachment)
          .add(own == null ? free(subnet, FIRST_HOST) : new IpPrefix(own, subnet.length()));
    }
  }

  private IpPrefix free(IpPrefix network, int first) {
    int size =
        network.address().family() == IpFamily.IPV4
            ? (1 << 32 - network.length()) - 2
            : Integer.MAX_VALUE;
    IpAddress address = plus(network.address(), Math.min(first, size));
    for (int tried = 1; tried < size && taken.contains(address); tried++) {
      address = plus(network.address(), 1 + (first + tried - 1) % size);
    }
    taken.add(address);
    return new IpPrefix(address, network.length());
  }

  private static IpAddress plus(IpAddress network, int number) {
    return switch (network) {
      case IpAddress.V4(int bits) -> new IpAddress.V4(bits + number);
      case IpAddress.V6(long high, long low) -> new IpAddress.V6(high, low + number);
    };
  }
}
