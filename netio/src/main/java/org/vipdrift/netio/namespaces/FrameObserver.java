package org.vipdrift.netio.namespaces;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.vipdrift.model.frame.FrameFacts;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.scenario.FrameSink;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.trace.TraceDetail.AddressAnnounced;
import org.vipdrift.model.trace.TraceDetail.AdvertSent;
import org.vipdrift.model.trace.TraceEvent;

/** Tells from the frames of a segment what its machines said. */
final class FrameObserver implements RealTimeSegment.Observer {
  private static final int IP = 14;
  private static final int IPV6_HEADER = 40;

  private final String segment;
  private final TraceRecorder trace;
  private final Virtual virtual;
  private final Causes causes;
  private final Optional<FrameSink> frames;
  private final long threadStart;
  private final long wallClockAtStart;
  private final Map<PortId, Card> cards = new ConcurrentHashMap<>();
  private final Map<Way, MacAddress> nextHops = new ConcurrentHashMap<>();

  /** A machine's card at a port. */
  record Card(String machine, String networkInterface, boolean isClient) {}

  private record Way(String machine, IpAddress target) {}

  /** Knows the last change of state on a host. */
  @FunctionalInterface
  interface Causes {
    long lastChange(String host);
  }

  /**
   * @param threadStart the {@link System#nanoTime} that is zero for the segment
   * @param wallClockAtStart nanoseconds since 1970 then
   */
  FrameObserver(
      String segment,
      TraceRecorder trace,
      Virtual virtual,
      Causes causes,
      Optional<FrameSink> frames,
      long threadStart,
      long wallClockAtStart) {
    this.threadStart = threadStart;
    this.segment = segment;
    this.trace = trace;
    this.virtual = virtual;
    this.causes = causes;
    this.frames = frames;
    this.wallClockAtStart = wallClockAtStart;
  }

  void know(PortId port, Card card) {
    cards.put(port, card);
  }

  /** To which card a client last sent what it had for an address. */
  Optional<MacAddress> nextHop(String client, IpAddress target) {
    return Optional.ofNullable(nextHops.get(new Way(client, target)));
  }

  @Override
  public void frameEntered(long at, Optional<PortId> port, Octets frame) {
    frames.ifPresent(sink -> trace.tell(() -> sink.accept(segment, wallClockAtStart + at, frame)));
    Card card = port.map(cards::get).orElse(null);
    if (card == null || !FrameFacts.hasHeader(frame)) {
      return;
    }
    if (card.isClient) {
      long destination = FrameFacts.destination(frame);
      boolean ip = FrameFacts.isIpv4(frame) || FrameFacts.isIpv6(frame);
      if (ip && !FrameFacts.isGroup(destination)) {
        nextHops.put(
            new Way(card.machine, FrameFacts.ipDestination(frame)), new MacAddress(destination));
      }
    } else if (FrameFacts.ipProtocol(frame) == IpProtocol.VRRP) {
      advert(at, card, frame);
    } else if (FrameFacts.isAnnouncement(frame)) {
      announcement(at, card, frame);
    }
  }

  private void advert(long at, Card card, Octets frame) {
    boolean ipv6 = FrameFacts.isIpv6(frame);
    int message = IP + (ipv6 ? IPV6_HEADER : (frame.unsignedByte(IP) & 0xf) * 4);
    if (frame.length() < message + 8) {
      return;
    }
    int vrid = frame.unsignedByte(message + 1);
    IpFamily family = ipv6 ? IpFamily.IPV6 : IpFamily.IPV4;
    trace.emitMeasured(
        card.machine,
        new AdvertSent(
            virtual.instance(card.machine, card.networkInterface, vrid, family),
            vrid,
            frame.unsignedByte(message) >>> 4,
            frame.unsignedByte(message + 2),
            FrameFacts.ipSource(frame),
            FrameFacts.ipDestination(frame)),
        TraceEvent.NO_CAUSE,
        threadStart + at);
  }

  private void announcement(long at, Card card, Octets frame) {
    boolean arp = FrameFacts.isArp(frame);
    IpAddress address =
        arp
            ? new IpAddress.V4(frame.int32(IP + 14))
            : IpAddress.read(frame, IP + IPV6_HEADER + 8, IpFamily.IPV6);
    MacAddress mac =
        arp ? MacAddress.read(frame, IP + 8) : new MacAddress(FrameFacts.source(frame));
    trace.emitMeasured(
        card.machine,
        new AddressAnnounced(card.networkInterface, address, mac),
        causes.lastChange(card.machine),
        threadStart + at);
  }
}
