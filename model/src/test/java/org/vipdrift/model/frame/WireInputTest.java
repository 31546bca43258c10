package org.vipdrift.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.vipdrift.model.frame.GroupReport.Change;
import org.vipdrift.model.frame.GroupReport.Membership;

/** What comes from the wire never ends in an exception, and what was written is read back. */
class WireInputTest {
  private static final IpAddress V4_A = IpAddress.of("20.0.0.20");
  private static final IpAddress V4_B = IpAddress.of("20.0.0.30");
  private static final IpAddress V6_A = IpAddress.of("fe80::20");
  private static final IpAddress V6_B = IpAddress.of("fe80::30");

  private static void readEverything(Octets frame) {
    assertThat(FrameDescription.of(frame)).isNotEmpty();
    if (FrameFacts.hasHeader(frame)) {
      FrameFacts.isAnnouncement(frame);
      FrameFacts.isTo(frame, new IpPrefix(V6_A, 64));
      FrameFacts.isFrom(frame, new IpPrefix(V4_A, 0));
      assertThat(FrameFacts.ipProtocol(frame)).isBetween(-1, 255);
      int tcp = FrameFacts.plainTcp(frame);
      if (tcp >= 0 && TcpHeader.isWellFormed(frame, tcp, FrameFacts.ipEnd(frame))) {
        assertThat(TcpHeader.maximumSegmentSize(frame, tcp)).isBetween(0, 65535);
      }
    }
    if (IpPacket.decodeFrame(frame) instanceof Decoded.Ok<? extends IpPacket>(var packet)) {
      assertThat(IcmpMessage.decode(packet)).isNotNull();
      assertThat(GroupMessage.decode(packet)).isNotNull();
      assertThat(TcpSegment.decode(packet)).isNotNull();
      assertThat(UdpDatagram.decode(packet)).isNotNull();
      assertThat(IpTunnel.decapsulate(packet)).isNotNull();
      assertThat(QuotedPacket.read(packet.payload())).isNotNull();
    }
  }

  @Property
  void randomBytesAreReadWithoutAnException(
      @ForAll("etherTypes") int etherType, @ForAll @Size(max = 100) byte[] bytes) {
    readEverything(Octets.copyOf(bytes));
    readEverything(
        new EthernetFrame(MacAddress.BROADCAST, MacAddress.ZERO, etherType, Octets.copyOf(bytes))
            .encode());
  }

  @Property
  void randomBodiesUnderRightChecksumsAreReadWithoutAnException(
      @ForAll @IntRange(max = 255) int type,
      @ForAll @IntRange(max = 255) int code,
      @ForAll @Size(max = 80) byte[] body) {
    IcmpOther any = new IcmpOther(type, code, Octets.copyOf(body));
    readEverything(inFrame(any.toPacket(V4_A, V4_B, 255)));
    readEverything(inFrame(any.toPacket(V6_A, V6_B, 255)));
    // An IGMP message differs from an ICMP one by nothing but the protocol number.
    readEverything(inFrame(IpPacket.of(V4_A, V4_B, IpProtocol.IGMP, 1, any.encode(V4_A, V4_B))));
  }

  @Property
  void mutatedFramesAreReadWithoutAnException(
      @ForAll("packets") IpPacket packet,
      @ForAll @IntRange(max = 2000) int bit,
      @ForAll @IntRange(max = 200) int length) {
    byte[] bytes = inFrame(packet).toByteArray();
    bytes[bit / 8 % bytes.length] ^= (byte) (1 << bit % 8);
    readEverything(Octets.copyOf(bytes));
    readEverything(Octets.copyOf(bytes).slice(0, Math.min(length, bytes.length)));
  }

  @Property
  void packetsAreReadAsTheyWereWritten(@ForAll("packets") IpPacket packet) {
    assertThat(IpPacket.decodeFrame(inFrame(packet)).orElseThrow()).isEqualTo(packet);
  }

  @Property
  void icmpMessagesAreReadAsTheyWereWritten(@ForAll("icmpMessages") IcmpMessage message) {
    assertThat(IcmpMessage.decode(message.toPacket(V6_A, V6_B, 255)).orElseThrow())
        .isEqualTo(message);
    if (!(message instanceof NeighborAdvertisement || message instanceof NeighborSolicitation)) {
      assertThat(IcmpMessage.decode(message.toPacket(V4_A, V4_B, 64)).orElseThrow())
          .isEqualTo(message);
    }
  }

  @Property
  void segmentsAndDatagramsAreReadAsTheyWereWritten(
      @ForAll @IntRange(max = 65535) int port,
      @ForAll int sequence,
      @ForAll @IntRange(max = 255) int flags,
      @ForAll @IntRange(max = 65535) int size,
      @ForAll @Size(max = 80) byte[] data,
      @ForAll boolean v6) {
    IpAddress source = v6 ? V6_A : V4_A;
    IpAddress destination = v6 ? V6_B : V4_B;
    TcpSegment segment =
        new TcpSegment(port, 80, sequence, ~sequence, flags, port, size, Octets.copyOf(data));
    assertThat(TcpSegment.decode(segment.toPacket(source, destination, 64)).orElseThrow())
        .isEqualTo(segment);
    UdpDatagram datagram = new UdpDatagram(53, port, Octets.copyOf(data));
    assertThat(UdpDatagram.decode(datagram.toPacket(source, destination, 64)).orElseThrow())
        .isEqualTo(datagram);
  }

  @Property
  void segmentsWithAnyOptionsAreReadWithoutAnException(
      @ForAll @Size(min = 20, max = 60) byte[] header) {
    header[12] = (byte) (header.length / 4 << 4);
    readEverything(inFrame(IpPacket.of(V4_A, V4_B, IpProtocol.TCP, 64, Octets.copyOf(header))));
  }

  @Property
  void groupReportsAreReadAsTheyWereWritten(
      @ForAll @Size(min = 1, max = 20) List<Change> changes, @ForAll boolean v6) {
    GroupReport report =
        new GroupReport(
            changes.stream()
                .map(
                    change ->
                        new Membership(
                            v6 ? IpAddress.VRRP_GROUP_V6 : IpAddress.VRRP_GROUP_V4, change))
                .toList());
    assertThat(GroupMessage.decode(report.toPacket(v6 ? V6_A : V4_A)).orElseThrow())
        .isEqualTo(report);
  }

  @Property
  void queriesOfAnyIpv4ResponseTimeAreReadAsTheyWereWritten(
      @ForAll @IntRange(max = 127) int tenths) {
    GroupQuery query =
        new GroupQuery(IpFamily.IPV4, Optional.empty(), Duration.ofMillis(tenths * 100L));
    assertThat(GroupMessage.decode(query.toPacket(V4_A)).orElseThrow()).isEqualTo(query);
  }

  @Property
  void arpPacketsAreReadAsTheyWereWritten(
      @ForAll ArpPacket.Operation operation,
      @ForAll("macs") MacAddress sender,
      @ForAll("macs") MacAddress target,
      @ForAll int senderBits,
      @ForAll int targetBits) {
    ArpPacket packet =
        new ArpPacket(
            operation, sender, new IpAddress.V4(senderBits), target, new IpAddress.V4(targetBits));
    assertThat(ArpPacket.decode(packet.encode(), 0).orElseThrow()).isEqualTo(packet);
  }

  private static Octets inFrame(IpPacket packet) {
    return EthernetFrame.encode(MacAddress.BROADCAST, MacAddress.ZERO, packet);
  }

  @Provide
  Arbitrary<Integer> etherTypes() {
    return Arbitraries.of(0x0800, 0x0806, 0x86dd, 0x88cc);
  }

  @Provide
  Arbitrary<MacAddress> macs() {
    return Arbitraries.longs().between(0, (1L << 48) - 1).map(MacAddress::new);
  }

  private static Arbitrary<Octets> octets() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(64).map(Octets::copyOf);
  }

  private static Arbitrary<IpAddress.V6> v6() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
        .as(IpAddress.V6::new)
        .filter(address -> !address.isMulticast());
  }

  @Provide
  Arbitrary<IpPacket> packets() {
    Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
    Arbitrary<Integer> identification = Arbitraries.integers().between(0, 65535);
    Arbitrary<Octets> options = Arbitraries.of(Octets.EMPTY, Ipv4Packet.ROUTER_ALERT);
    Arbitrary<IpAddress.V4> v4 = Arbitraries.integers().map(IpAddress.V4::new);
    Arbitrary<IpPacket> ipv4 =
        Combinators.combine(octet, identification, octet, v4, v4, options, octets())
            .as(
                (small, large, protocol, source, destination, option, payload) ->
                    new Ipv4Packet(
                        small,
                        large,
                        large,
                        small,
                        protocol,
                        source,
                        destination,
                        option,
                        payload));
    Arbitrary<IpPacket> ipv6 =
        Combinators.combine(octet, identification, octet, v6(), v6(), octets())
            .as(
                (small, label, protocol, source, destination, payload) ->
                    new Ipv6Packet(small, label, protocol, small, source, destination, payload));
    return Arbitraries.oneOf(ipv4, ipv6);
  }

  @Provide
  Arbitrary<IcmpMessage> icmpMessages() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 65535);
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<IcmpMessage> echo =
        Combinators.combine(flag, number, number, octets()).as(IcmpEcho::new);
    Arbitrary<IcmpMessage> unreachable =
        Combinators.combine(
                Arbitraries.of(
                    IcmpUnreachable.Reason.NETWORK,
                    IcmpUnreachable.Reason.HOST,
                    IcmpUnreachable.Reason.PORT,
                    IcmpUnreachable.Reason.ADMINISTRATIVELY_PROHIBITED),
                octets())
            .as(IcmpUnreachable::new);
    Arbitrary<IcmpMessage> solicitation =
        Combinators.combine(v6(), macs().optional()).as(NeighborSolicitation::new);
    Arbitrary<IcmpMessage> advertisement =
        Combinators.combine(v6(), flag, flag, flag, macs().optional())
            .as(NeighborAdvertisement::new);
    return Arbitraries.oneOf(echo, unreachable, solicitation, advertisement);
  }
}
