package org.vipdrift.simulator.kernel;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.VrrpNetwork.PacketReceived;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.Octets;

/** The raw VRRP sockets of one interface, found by family and VRID in one step. */
final class VrrpSockets {
  private static final int VRIDS = 256;

  private final NetworkInterface networkInterface;
  private @Nullable Subscription @Nullable [] ipv4;
  private @Nullable Subscription @Nullable [] ipv6;

  private static final class Subscription {
    final String who;
    final ProcessOwner owner;
    final SocketBuffer buffer;
    final IpAddress group;
    final PacketListener listener;
    @Nullable Subscription next;

    Subscription(
        String who,
        ProcessOwner owner,
        SocketBuffer buffer,
        IpAddress group,
        PacketListener listener) {
      this.who = who;
      this.owner = owner;
      this.buffer = buffer;
      this.group = group;
      this.listener = listener;
    }
  }

  VrrpSockets(NetworkInterface networkInterface) {
    this.networkInterface = networkInterface;
  }

  void join(String who, ProcessOwner owner, IpAddress group, int vrid, PacketListener listener) {
    leave(who, group, vrid);
    Subscription added =
        new Subscription(
            who, owner, owner.buffer(networkInterface.name(), group.family()), group, listener);
    @Nullable Subscription[] byVrid = table(group.family());
    Subscription last = byVrid[vrid];
    if (last == null) {
      byVrid[vrid] = added;
    } else {
      while (last.next != null) {
        last = last.next;
      }
      last.next = added;
    }
    if (group.isMulticast()) {
      networkInterface.groups().join(group);
    }
  }

  void leave(String who, IpAddress group, int vrid) {
    removeWhere(
        table(group.family()),
        vrid,
        subscription -> subscription.who.equals(who) && subscription.group.equals(group));
  }

  void close(ProcessOwner owner) {
    for (IpFamily family : IpFamily.values()) {
      @Nullable Subscription[] byVrid = existing(family);
      for (int vrid = 0; byVrid != null && vrid < VRIDS; vrid++) {
        removeWhere(byVrid, vrid, subscription -> subscription.owner == owner);
      }
    }
  }

  /** All are closed, silently, as in a power cut. */
  void clear() {
    ipv4 = null;
    ipv6 = null;
  }

  void deliver(IpPacket packet, long cause) {
    Octets message = packet.payload();
    if (message.length() < 2) {
      return;
    }
    @Nullable Subscription[] byVrid = existing(packet.destination().family());
    Subscription subscription = byVrid == null ? null : byVrid[message.unsignedByte(1)];
    if (subscription == null) {
      return;
    }
    PacketReceived received =
        new PacketReceived(
            message, packet.source(), packet.destination(), packet.hopLimit(), 0, cause);
    while (subscription != null) {
      if (!subscription.owner.isFrozen() || subscription.buffer.charge(packet.length())) {
        subscription.listener.packetReceived(received);
      }
      subscription = subscription.next;
    }
  }

  private void removeWhere(
      @Nullable Subscription[] byVrid, int vrid, Predicate<Subscription> unwanted) {
    Subscription previous = null;
    for (Subscription each = byVrid[vrid]; each != null; each = each.next) {
      if (!unwanted.test(each)) {
        previous = each;
        continue;
      }
      if (previous == null) {
        byVrid[vrid] = each.next;
      } else {
        previous.next = each.next;
      }
      if (each.group.isMulticast()) {
        networkInterface.groups().leave(each.group);
      }
    }
  }

  private @Nullable Subscription[] table(IpFamily family) {
    @Nullable Subscription[] byVrid = existing(family);
    if (byVrid == null) {
      byVrid = new @Nullable Subscription[VRIDS];
      switch (family) {
        case IPV4 -> ipv4 = byVrid;
        case IPV6 -> ipv6 = byVrid;
      }
    }
    return byVrid;
  }

  private @Nullable Subscription @Nullable [] existing(IpFamily family) {
    return switch (family) {
      case IPV4 -> ipv4;
      case IPV6 -> ipv6;
    };
  }
}
