package org.vipdrift.model.segment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.GroupReport;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;

/** A switch with hosts 1, 2, 3 on ports 0, 1, 2, and the frames that they send. */
final class Wire {
  static final Duration LATENCY = Duration.ofNanos(50_000);
  static final Octets ADVERT_OCTETS = Octets.ofHex("2133ff01 01016803 14000064 3131313100000000");

  final LearningSwitch segment;
  final List<PortId> ports = new ArrayList<>();
  final List<LossCause> losses = new ArrayList<>();

  Wire(SegmentSettings settings) {
    segment = new LearningSwitch(settings, SplitRandom.ofSeed(1).split("lan"));
    for (int host = 1; host <= 3; host++) {
      ports.add(segment.addPort("host" + host + ":eth0"));
    }
  }

  static Wire plain() {
    return new Wire(SegmentSettings.ofLatency(LATENCY));
  }

  static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  static MacAddress mac(int host) {
    return new MacAddress(0x0200_0000_0000L | host);
  }

  static IpAddress.V4 address(int host) {
    return (IpAddress.V4) IpAddress.v4(20, 0, 0, host);
  }

  PortId port(int host) {
    return ports.get(host - 1);
  }

  static Octets advert(int host) {
    return multicast(host, IpAddress.VRRP_GROUP_V4);
  }

  static Octets multicast(int host, IpAddress group) {
    return EthernetFrame.encode(
        MacAddress.ofMulticast(group),
        mac(host),
        IpPacket.of(address(host), group, IpProtocol.VRRP, 255, ADVERT_OCTETS));
  }

  static Octets unicast(int from, int to) {
    return EthernetFrame.encode(
        mac(to),
        mac(from),
        IpPacket.of(address(from), address(to), IpProtocol.UDP, 64, ADVERT_OCTETS));
  }

  static Octets arpRequest(int from, int to) {
    return EthernetFrame.encode(
        MacAddress.BROADCAST, mac(from), ArpPacket.request(mac(from), address(from), address(to)));
  }

  static Octets garp(int host) {
    return EthernetFrame.encode(
        MacAddress.BROADCAST, mac(host), ArpPacket.gratuitous(mac(host), address(100)));
  }

  static Octets report(int host, GroupReport.Change change) {
    IpPacket packet = GroupReport.of(IpAddress.VRRP_GROUP_V4, change).toPacket(address(host));
    return EthernetFrame.encode(MacAddress.ofMulticast(packet.destination()), mac(host), packet);
  }

  /** Sends a frame and says which deliveries follow; losses add up in {@link #losses}. */
  List<Delivery> send(int host, Octets frame, double atSeconds) {
    List<Delivery> deliveries = new ArrayList<>();
    segment.forward(port(host), frame, seconds(atSeconds), collect(deliveries));
    return deliveries;
  }

  /** Sends a frame and says which hosts it reaches. */
  List<Integer> reached(int host, Octets frame, double atSeconds) {
    return hosts(send(host, frame, atSeconds));
  }

  /** Lets the switch ask and says which hosts it asks. */
  List<Integer> query(double atSeconds) {
    List<Delivery> deliveries = new ArrayList<>();
    segment.querierTick(seconds(atSeconds), collect(deliveries));
    return hosts(deliveries);
  }

  private static List<Integer> hosts(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.egress().number() + 1).toList();
  }

  private DeliverySink collect(List<Delivery> deliveries) {
    return new DeliverySink() {
      @Override
      public void deliver(PortId egress, Octets frame, long delayNanos) {
        deliveries.add(new Delivery(egress, frame, delayNanos));
      }

      @Override
      public void lost(PortId port, Octets frame, LossCause cause) {
        losses.add(cause);
      }
    };
  }
}
