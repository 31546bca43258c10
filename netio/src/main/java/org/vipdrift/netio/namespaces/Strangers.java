package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.util.Optional;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.Ipv6Packet;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;
import org.vipdrift.model.vrrp.Advertisement;
import org.vipdrift.model.vrrp.AdvertisementCodec;
import org.vipdrift.model.vrrp.Authentication;
import org.vipdrift.model.vrrp.ChecksumMode;

/** Machines that nobody invited: another VRRP speaker, another holder of an address. */
final class Strangers {
  private static final int HOP_LIMIT = 255;
  private static final int PREFIX_V4 = 24;
  private static final int PREFIX_V6 = 64;

  /** As in the simulation. */
  private static final String CARD = "eth0";

  private final Plugging plugging;
  private final SwitchThread thread;
  private final TraceRecorder trace;
  private final Virtual virtual;

  /** A machine that has come. */
  private record Newcomer(String name, RunningHost.Card card, IpPrefix address) {}

  /** Puts a machine on a segment. */
  @FunctionalInterface
  interface Plugging {
    RunningHost.Card plugIn(String name, String segment, IpPrefix address) throws IOException;
  }

  Strangers(Plugging plugging, SwitchThread thread, TraceRecorder trace, Virtual virtual) {
    this.plugging = plugging;
    this.thread = thread;
    this.trace = trace;
    this.virtual = virtual;
  }

  private Newcomer arrive(String name, String segment, IpAddress address, long cause)
      throws IOException {
    boolean ipv4 = address.family() == IpFamily.IPV4;
    IpPrefix prefix = new IpPrefix(address, ipv4 ? PREFIX_V4 : PREFIX_V6);
    RunningHost.Card card = plugging.plugIn(name, segment, prefix);
    if (virtual.isVirtual(address)) {
      trace.emit(name, new VipAdded(CARD, address, prefix.length(), "configuration"), cause);
    }
    return new Newcomer(name, card, prefix);
  }

  private void leave(Newcomer newcomer, long cause) {
    RunningHost.Card card = newcomer.card;
    thread.execute(() -> card.segment().setPlugged(card.port(), false));
    IpPrefix prefix = newcomer.address;
    if (virtual.isVirtual(prefix.address())) {
      trace.emit(
          newcomer.name,
          new VipRemoved(CARD, prefix.address(), prefix.length(), "power-off"),
          cause);
    }
  }

  RealActions.Undo duplicateAddress(String name, Action.DuplicateAddress action, long cause)
      throws IOException {
    Newcomer newcomer = arrive(name, action.segment(), action.address(), cause);
    RunningHost.Card card = newcomer.card;
    Octets frame =
        switch (action.address()) {
          case IpAddress.V4 address ->
              EthernetFrame.encode(
                  MacAddress.BROADCAST, card.mac(), ArpPacket.gratuitous(card.mac(), address));
          case IpAddress.V6 address ->
              EthernetFrame.encode(
                  MacAddress.ofMulticast(NeighborAdvertisement.ALL_NODES),
                  card.mac(),
                  NeighborAdvertisement.unsolicited(address, card.mac(), false)
                      .toPacket(address, NeighborAdvertisement.ALL_NODES, HOP_LIMIT));
        };
    thread.execute(() -> card.segment().forward(card.port(), frame));
    return healed -> leave(newcomer, healed);
  }

  RealActions.Undo rogueSpeaker(String name, Action.RogueSpeaker action, long cause)
      throws IOException {
    Newcomer newcomer = arrive(name, action.segment(), action.address(), cause);
    RunningHost.Card card = newcomer.card;
    IpAddress group =
        action.address().family() == IpFamily.IPV4
            ? IpAddress.VRRP_GROUP_V4
            : IpAddress.VRRP_GROUP_V6;
    Optional<Authentication> password = action.password().map(Authentication.Password::of);
    Octets message =
        AdvertisementCodec.encode(
            new Advertisement(
                action.version(),
                action.address().family(),
                action.vrid(),
                action.priority(),
                action.interval(),
                action.vips(),
                password.orElse(Authentication.NONE)),
            action.address(),
            group,
            ChecksumMode.PSEUDO_HEADER);
    var packet =
        switch (action.address()) {
          case IpAddress.V4 source ->
              Ipv4Packet.of(
                  source, (IpAddress.V4) group, AdvertisementCodec.PROTOCOL, HOP_LIMIT, message);
          case IpAddress.V6 source ->
              Ipv6Packet.of(
                  source, (IpAddress.V6) group, AdvertisementCodec.PROTOCOL, HOP_LIMIT, message);
        };
    Octets frame = EthernetFrame.encode(MacAddress.ofMulticast(group), card.mac(), packet);
    boolean[] over = {false};
    thread.execute(() -> speak(card, frame, action.interval().toNanos(), over));
    return healed -> {
      thread.execute(() -> over[0] = true);
      leave(newcomer, healed);
    };
  }

  private void speak(RunningHost.Card card, Octets frame, long intervalNanos, boolean[] over) {
    if (!over[0]) {
      card.segment().forward(card.port(), frame);
      thread.schedule(
          thread.nowNanos() + intervalNanos, () -> speak(card, frame, intervalNanos, over));
    }
  }
}
