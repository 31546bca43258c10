package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.scenario.Segment;

/**
 * The network that two configurations imply.
 *
 * <p>Two interfaces share a segment where instances on them are meant for each other; an interface
 * without such a partner shares one with the other host's interface of its name. Addresses that the
 * files do not tell are made up beside those that they do.
 */
final class PairNetwork {
  private final List<PairHost> hosts;
  private final List<PairSegment> segments = new ArrayList<>();

  /** An interface of one of the hosts. */
  record Attachment(PairHost host, String networkInterface) {
    List<VrrpInstanceBlock> instances() {
      return host.instances().stream()
          .filter(i -> i.interfaceName().equals(networkInterface))
          .toList();
    }
  }

  PairNetwork(PairHost first, PairHost second) {
    this.hosts = List.of(first, second);
    List<Set<Attachment>> wires = new ArrayList<>();
    for (PairHost host : hosts) {
      for (String name : host.interfaceNames()) {
        wires.add(new LinkedHashSet<>(List.of(new Attachment(host, name))));
      }
    }
    for (VrrpInstanceBlock instance : first.instances()) {
      partner(instance, second)
          .ifPresent(
              p ->
                  join(
                      wires,
                      new Attachment(first, instance.interfaceName()),
                      new Attachment(second, p.interfaceName())));
    }
    for (String name : first.interfaceNames()) {
      Attachment here = new Attachment(first, name);
      Attachment there = new Attachment(second, name);
      if (second.interfaceNames().contains(name)
          && wireOf(wires, here).stream().noneMatch(a -> a.host().equals(second))
          && wireOf(wires, there).stream().noneMatch(a -> a.host().equals(first))) {
        join(wires, here, there);
      }
    }
    for (Set<Attachment> wire : wires) {
      segments.add(
          new PairSegment(
              segments.isEmpty() ? "lan" : "lan-" + (segments.size() + 1), List.copyOf(wire)));
    }
  }

  private static Set<Attachment> wireOf(List<Set<Attachment>> wires, Attachment attachment) {
    return wires.stream().filter(w -> w.contains(attachment)).findFirst().orElseThrow();
  }

  private static void join(List<Set<Attachment>> wires, Attachment left, Attachment right) {
    Set<Attachment> kept = wireOf(wires, left);
    Set<Attachment> joined = wireOf(wires, right);
    if (kept != joined) {
      kept.addAll(joined);
      wires.remove(joined);
    }
  }

  /**
   * The instance of the other host that is meant for this one: of the same virtual router, else one
   * that shares an address, else of the same name, else the only one.
   */
  private static Optional<VrrpInstanceBlock> partner(VrrpInstanceBlock instance, PairHost other) {
    List<VrrpInstanceBlock> family =
        other.instances().stream().filter(i -> i.family() == instance.family()).toList();
    return family.stream()
        .filter(i -> i.vrid() == instance.vrid())
        .findFirst()
        .or(
            () ->
                family.stream()
                    .filter(i -> addresses(i).stream().anyMatch(addresses(instance)::contains))
                    .findFirst())
        .or(() -> family.stream().filter(i -> i.name().equals(instance.name())).findFirst())
        .or(() -> family.size() == 1 ? Optional.of(family.getFirst()) : Optional.empty());
  }

  private static List<IpAddress> addresses(VrrpInstanceBlock instance) {
    return instance.addresses().stream().map(ConfiguredAddress::address).toList();
  }

  List<Segment> segments() {
    return segments.stream().map(PairSegment::segment).toList();
  }

  List<HostInterface> interfacesOf(PairHost host) {
    return host.interfaceNames().stream()
        .map(n -> new Attachment(host, n))
        .map(
            a ->
                segments.stream()
                    .filter(s -> s.attachments().contains(a))
                    .findFirst()
                    .orElseThrow()
                    .interfaceOf(a))
        .toList();
  }

  /** A client for the first address of every instance, each address once. */
  List<Client> clients() {
    Map<IpAddress, Client> clients = new LinkedHashMap<>();
    for (PairSegment segment : segments) {
      for (IpAddress vip : segment.pinged()) {
        clients.computeIfAbsent(
            vip,
            v ->
                new Client(
                    clients.isEmpty() ? "client" : "client-" + (clients.size() + 1),
                    segment.segment().name(),
                    segment.clientAddress(v),
                    v,
                    Client.DEFAULT_EVERY,
                    Client.DEFAULT_TIMEOUT));
      }
    }
    return List.copyOf(clients.values());
  }

  /** Whether an address can be asked for by anybody on the segment. */
  static boolean canBePinged(IpAddress address) {
    return !(address.family() == IpFamily.IPV6 && address.isLinkLocal());
  }
}
