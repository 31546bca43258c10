package org.vipdrift.simulator.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.FrameFacts;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;
import org.vipdrift.simulator.time.VirtualTime;

/** Hosts on segments in virtual time, without actors; every host lets a process "p" in. */
final class SmallNetwork {
  static final IpAddress VIP = IpAddress.of("20.0.0.100");
  static final IpPrefix VIP_32 = new IpPrefix(VIP, 32);
  static final IpAddress VIP6 = IpAddress.of("2001:db8::100");

  final VirtualTime time = new VirtualTime();
  final SplitRandom random = SplitRandom.ofSeed(1);
  final List<TraceEvent> trace = new ArrayList<>();
  final List<Capture> frames = new ArrayList<>();
  final SimulatedSegment lan = segment("lan");
  private final Map<String, HostKernel> hosts = new LinkedHashMap<>();
  private int interfaces;

  record Capture(long at, PortId port, Octets frame) {}

  SimulatedSegment segment(String name) {
    SimulatedSegment segment =
        new SimulatedSegment(
            name, SegmentSettings.ofLatency(Duration.ofNanos(50_000)), time, random);
    segment.tap((at, port, frame) -> frames.add(new Capture(at, port, frame)));
    return segment;
  }

  /** A running host with eth0 on the lan. */
  HostKernel host(String name, String... addresses) {
    HostKernel host = bareHost(name);
    connect(host, "eth0", lan, addresses);
    host.powerOn(0);
    host.openOwner("p");
    return host;
  }

  HostKernel bareHost(String name) {
    HostKernel host =
        new HostKernel(
            name,
            new HostClock(time, 0),
            (detail, cause) -> {
              trace.add(new TraceEvent(trace.size() + 1L, cause, time.nowNanos(), name, detail));
              return trace.size();
            },
            random,
            address -> address.equals(VIP) || address.equals(VIP6));
    hosts.put(name, host);
    return host;
  }

  NetworkInterface connect(
      HostKernel host, String name, SimulatedSegment segment, String... addresses) {
    return host.addInterface(
        name,
        new MacAddress(0x5254_0000_0000L | ++interfaces),
        List.of(addresses).stream().map(text -> IpPrefix.parse(text).orElseThrow()).toList(),
        segment);
  }

  void run(Duration duration) {
    runTo(time.nowNanos() + duration.toNanos());
  }

  void runTo(long until) {
    while (time.runNext(until)) {
      continue;
    }
    time.advanceTo(until);
  }

  void seconds(double seconds) {
    run(Duration.ofNanos((long) (seconds * 1e9)));
  }

  /** Pings and waits for the end of it. */
  EchoResult ping(HostKernel from, IpAddress target) {
    return ping(from, target, Duration.ofMillis(500));
  }

  EchoResult ping(HostKernel from, IpAddress target, Duration timeout) {
    List<EchoResult> results = new ArrayList<>();
    from.ping(Optional.empty(), target, timeout, (result, _) -> results.add(result), 0);
    while (results.isEmpty() && time.runNext(Long.MAX_VALUE)) {
      continue;
    }
    return results.getFirst();
  }

  /** Who answers: the host's name, or what came instead. */
  String answerer(HostKernel from, IpAddress target) {
    return switch (ping(from, target)) {
      case EchoResult.Answered(MacAddress by, Duration _) -> nameOf(by);
      case EchoResult.TimedOut _ -> "timeout";
      case EchoResult.Unreachable _ -> "unreachable";
    };
  }

  String nameOf(MacAddress mac) {
    for (HostKernel host : hosts.values()) {
      for (NetworkInterface each : host.interfaces()) {
        if (each.mac().equals(mac)) {
          return host.hostName();
        }
      }
    }
    return "nobody";
  }

  static IpPrefix prefix(String text) {
    return IpPrefix.parse(text).orElseThrow();
  }

  static NetworkInterface eth0(HostKernel host) {
    return host.networkInterface("eth0").orElseThrow();
  }

  static MacAddress mac(HostKernel host) {
    return eth0(host).mac();
  }

  static void takeVip(HostKernel host) {
    host.calls().addAddress("p", "eth0", VIP_32, 0);
  }

  static void dropVip(HostKernel host) {
    host.calls().removeAddress("p", "eth0", VIP_32, 0);
  }

  static void announceVip(HostKernel host) {
    host.calls().announce("p", "eth0", VIP, 0);
  }

  /** The ARP packets on the wire since the last call. */
  List<ArpPacket> arpSeen() {
    List<ArpPacket> seen = new ArrayList<>();
    for (Capture capture : frames) {
      if (FrameFacts.isArp(capture.frame())
          && ArpPacket.decode(capture.frame(), EthernetFrame.HEADER_LENGTH)
              instanceof Decoded.Ok<ArpPacket>(ArpPacket packet)) {
        seen.add(packet);
      }
    }
    frames.clear();
    return seen;
  }

  List<TraceDetail> details(String host) {
    return trace.stream()
        .filter(event -> event.host().equals(host))
        .map(TraceEvent::detail)
        .toList();
  }
}
