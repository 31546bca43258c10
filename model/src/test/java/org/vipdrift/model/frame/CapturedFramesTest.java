package org.vipdrift.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.GroupReport.Change;
import org.vipdrift.model.frame.GroupReport.Membership;

/** Frames captured between keepalived 2.2.7 and Linux; above each, the line that tshark prints. */
class CapturedFramesTest {
  private static final MacAddress TEST2 = MacAddress.parse("06:c6:aa:ad:a4:12").orElseThrow();
  private static final MacAddress TEST3 = MacAddress.parse("ba:1a:90:75:19:7c").orElseThrow();
  private static final IpAddress.V4 TEST2_V4 = v4("20.0.0.20");
  private static final IpAddress.V4 TEST3_V4 = v4("20.0.0.30");

  // 20.0.0.20 -> 224.0.0.18 VRRP 54 Announcement (v2)
  private static final Octets ADVERTISEMENT =
      Octets.ofHex(
          """
          01005e000012 06c6aaada412 0800
          45c0 0028 0001 0000 ff70 c67e 14000014 e0000012
          2133ff01 01016803 14000064 3131313100000000
          """);

  // ARP 42 Gratuitous ARP for 20.0.0.100 (Request)
  private static final Octets GRATUITOUS_ARP =
      Octets.ofHex(
          """
          ffffffffffff 06c6aaada412 0806
          0001 0800 06 04 0001 06c6aaada412 14000064 ffffffffffff 14000064
          """);

  // ARP 42 Who has 20.0.0.30? Tell 20.0.0.20
  private static final Octets ARP_REQUEST =
      Octets.ofHex(
          """
          ffffffffffff 06c6aaada412 0806
          0001 0800 06 04 0001 06c6aaada412 14000014 000000000000 1400001e
          """);

  // ARP 42 20.0.0.30 is at ba:1a:90:75:19:7c
  private static final Octets ARP_REPLY =
      Octets.ofHex(
          """
          06c6aaada412 ba1a9075197c 0806
          0001 0800 06 04 0002 ba1a9075197c 1400001e 06c6aaada412 14000014
          """);

  // 20.0.0.20 -> 20.0.0.30 ICMP 50 Echo (ping) request id=0x1234, seq=1/256, ttl=64
  private static final Octets ECHO_REQUEST =
      Octets.ofHex(
          """
          ba1a9075197c 06c6aaada412 0800
          4500 0024 e363 4000 4001 2f44 14000014 1400001e
          0800 5435 1234 0001 6162636465666768
          """);

  // 20.0.0.30 -> 20.0.0.20 ICMP 50 Echo (ping) reply id=0x1234, seq=1/256, ttl=64
  private static final Octets ECHO_REPLY =
      Octets.ofHex(
          """
          06c6aaada412 ba1a9075197c 0800
          4500 0024 782b 0000 4001 da7c 1400001e 14000014
          0000 5c35 1234 0001 6162636465666768
          """);

  // 20.0.0.30 -> 20.0.0.20 ICMP 71 Destination unreachable (Port unreachable)
  private static final Octets PORT_UNREACHABLE =
      Octets.ofHex(
          """
          06c6aaada412 ba1a9075197c 0800
          45c0 0039 782c 0000 4001 d9a6 1400001e 14000014
          0303 bc61 00000000
          4500 001d 4a14 4000 4011 c88a 14000014 1400001e a03c 0009 0009 284c 78
          """);

  // 20.0.0.20 -> 224.0.0.22 IGMPv3 54 Membership Report / Join group 224.0.0.18 for any sources
  private static final Octets IGMP_JOIN =
      Octets.ofHex(
          """
          01005e000016 06c6aaada412 0800
          46c0 0028 0000 4000 0102 efe5 14000014 e0000016 94040000
          2200 f9eb 0000 0001 04 00 0000 e0000012
          """);

  // 20.0.0.20 -> 224.0.0.22 IGMPv3 54 Membership Report / Leave group 224.0.0.18
  private static final Octets IGMP_LEAVE =
      Octets.ofHex(
          """
          01005e000016 06c6aaada412 0800
          46c0 0028 0000 4000 0102 efe5 14000014 e0000016 94040000
          2200 faeb 0000 0001 03 00 0000 e0000012
          """);

  // 2001:db8::100 -> ff02::1 ICMPv6 86 Neighbor Advertisement 2001:db8::100 (ovr)
  //   is at 06:c6:aa:ad:a4:12
  private static final Octets UNSOLICITED_ADVERTISEMENT =
      Octets.ofHex(
          """
          333300000001 06c6aaada412 86dd
          60000000 0020 3a ff 20010db8000000000000000000000100 ff020000000000000000000000000001
          8800 a3a7 20000000 20010db8000000000000000000000100 0201 06c6aaada412
          """);

  // 2001:db8::100 -> ff02::1:ff00:30 ICMPv6 86 Neighbor Solicitation for 2001:db8::30
  //   from 06:c6:aa:ad:a4:12
  private static final Octets SOLICITATION =
      Octets.ofHex(
          """
          3333ff000030 06c6aaada412 86dd
          60000000 0020 3a ff 20010db8000000000000000000000100 ff0200000000000000000001ff000030
          8700 c746 00000000 20010db8000000000000000000000030 0101 06c6aaada412
          """);

  // 2001:db8::30 -> 2001:db8::100 ICMPv6 86 Neighbor Advertisement 2001:db8::30 (sol, ovr)
  //   is at ba:1a:90:75:19:7c
  private static final Octets SOLICITED_ADVERTISEMENT =
      Octets.ofHex(
          """
          06c6aaada412 ba1a9075197c 86dd
          60000000 0020 3a ff 20010db8000000000000000000000030 20010db8000000000000000000000100
          8800 270c 60000000 20010db8000000000000000000000030 0201 ba1a9075197c
          """);

  // 2001:db8::100 -> 2001:db8::30 ICMPv6 70 Echo (ping) request id=0x1234, seq=1, hop limit=64
  private static final Octets ECHO_REQUEST_V6 =
      Octets.ofHex(
          """
          ba1a9075197c 06c6aaada412 86dd
          60065425 0010 3a 40 20010db8000000000000000000000100 20010db8000000000000000000000030
          8000 7f48 1234 0001 6162636465666768
          """);

  // fe80::b81a:90ff:fe75:197c -> ff02::16 ICMPv6 110 Multicast Listener Report Message v2
  private static final Octets MLD_REPORT =
      Octets.ofHex(
          """
          333300000016 ba1a9075197c 86dd
          60000000 0038 00 01 fe80000000000000b81a90fffe75197c ff020000000000000000000000000016
          3a00 0502 0000 0100
          8f00 f3c1 0000 0002
          04000000 ff0200000000000000000001ff75197c
          04000000 ff0200000000000000000001ff000030
          """);

  // fe80::4c6:aaff:fead:a412 -> ff02::12 VRRP 94 Announcement (v3)
  private static final Octets ADVERTISEMENT_V6 =
      Octets.ofHex(
          """
          333300000012 06c6aaada412 86dd
          6c06300f 0028 70 ff fe8000000000000004c6aafffeada412 ff020000000000000000000000000012
          3134ff02 00645076 fe800000000000000000000000000100 20010db8000000000000000000000100
          """);

  private static IpAddress.V4 v4(String text) {
    return (IpAddress.V4) IpAddress.of(text);
  }

  private static IpAddress.V6 v6(String text) {
    return (IpAddress.V6) IpAddress.of(text);
  }

  private static IpPacket packet(Octets frame) {
    return IpPacket.decodeFrame(frame).orElseThrow();
  }

  @Test
  void everyFrameIsDescribedAsASnifferWould() {
    assertThat(
            List.of(
                    ADVERTISEMENT,
                    ADVERTISEMENT_V6,
                    GRATUITOUS_ARP,
                    ARP_REQUEST,
                    ARP_REPLY,
                    ECHO_REQUEST,
                    ECHO_REPLY,
                    PORT_UNREACHABLE,
                    IGMP_JOIN,
                    IGMP_LEAVE,
                    UNSOLICITED_ADVERTISEMENT,
                    SOLICITATION,
                    SOLICITED_ADVERTISEMENT,
                    ECHO_REQUEST_V6,
                    MLD_REPORT)
                .stream()
                .map(FrameDescription::of))
        .containsExactly(
            "20.0.0.20 > 224.0.0.18: VRRP, ttl 255, length 20",
            "fe80::4c6:aaff:fead:a412 > ff02::12: VRRP, ttl 255, length 40",
            "ARP, gratuitous request, 20.0.0.100 is at 06:c6:aa:ad:a4:12",
            "ARP, who has 20.0.0.30? tell 20.0.0.20",
            "ARP, 20.0.0.30 is at ba:1a:90:75:19:7c",
            "20.0.0.20 > 20.0.0.30: ICMP echo request, id 4660, seq 1",
            "20.0.0.30 > 20.0.0.20: ICMP echo reply, id 4660, seq 1",
            "20.0.0.30 > 20.0.0.20: ICMP unreachable: port",
            "20.0.0.20 > 224.0.0.22: group report: joined 224.0.0.18",
            "20.0.0.20 > 224.0.0.22: group report: left 224.0.0.18",
            "2001:db8::100 > ff02::1: neighbor advertisement override, 2001:db8::100 is at"
                + " 06:c6:aa:ad:a4:12",
            "2001:db8::100 > ff02::1:ff00:30: neighbor solicitation, who has 2001:db8::30",
            "2001:db8::30 > 2001:db8::100: neighbor advertisement solicited override,"
                + " 2001:db8::30 is at ba:1a:90:75:19:7c",
            "2001:db8::100 > 2001:db8::30: ICMP echo request, id 4660, seq 1",
            "fe80::b81a:90ff:fe75:197c > ff02::16: group report: joined ff02::1:ff75:197c, joined"
                + " ff02::1:ff00:30");
  }

  @Nested
  class Arp {
    @Test
    void gratuitousArpIsWrittenAsKeepalivedWritesIt() {
      assertThat(
              EthernetFrame.encode(
                  MacAddress.BROADCAST, TEST2, ArpPacket.gratuitous(TEST2, v4("20.0.0.100"))))
          .isEqualTo(GRATUITOUS_ARP);
    }

    @Test
    void requestAndReplyAreWrittenAsLinuxWritesThem() {
      ArpPacket request = ArpPacket.request(TEST2, TEST2_V4, TEST3_V4);
      assertThat(EthernetFrame.encode(MacAddress.BROADCAST, TEST2, request)).isEqualTo(ARP_REQUEST);
      assertThat(EthernetFrame.encode(TEST2, TEST3, request.reply(TEST3))).isEqualTo(ARP_REPLY);
    }

    @Test
    void captureIsReadAndPaddingAfterItIgnored() {
      byte[] padded = new byte[60];
      ARP_REPLY.copyInto(padded, 0);
      assertThat(ArpPacket.decode(Octets.adopt(padded), 14).orElseThrow())
          .isEqualTo(new ArpPacket(ArpPacket.Operation.REPLY, TEST3, TEST3_V4, TEST2, TEST2_V4));
    }

    @Test
    void onlyAnAnnouncementIsGratuitous() {
      assertThat(ArpPacket.decode(GRATUITOUS_ARP, 14).orElseThrow().isGratuitous()).isTrue();
      assertThat(ArpPacket.decode(ARP_REQUEST, 14).orElseThrow().isGratuitous()).isFalse();
      assertThat(ArpPacket.probe(TEST2, TEST3_V4).isGratuitous()).isFalse();
    }
  }

  @Nested
  class Ip {
    @Test
    void advertisementIsReadFieldByField() {
      Ipv4Packet packet = Ipv4Packet.decode(ADVERTISEMENT, 14).orElseThrow();
      assertThat(packet)
          .isEqualTo(
              Ipv4Packet.of(
                      TEST2_V4,
                      v4("224.0.0.18"),
                      IpProtocol.VRRP,
                      255,
                      Octets.ofHex("2133ff01 01016803 14000064 3131313100000000"))
                  .withTrafficClass(0xc0)
                  .withIdentification(1));
      assertThat(EthernetFrame.encode(MacAddress.ofMulticast(packet.destination()), TEST2, packet))
          .isEqualTo(ADVERTISEMENT);
    }

    @Test
    void everyPacketIsWrittenBackAsItWasRead() {
      for (Octets frame :
          List.of(ECHO_REQUEST, PORT_UNREACHABLE, IGMP_JOIN, MLD_REPORT, ADVERTISEMENT_V6)) {
        EthernetFrame ethernet = EthernetFrame.decode(frame).orElseThrow();
        assertThat(EthernetFrame.encode(ethernet.destination(), ethernet.source(), packet(frame)))
            .isEqualTo(frame);
        assertThat(ethernet.encode()).isEqualTo(frame);
      }
    }

    @Test
    void paddingAfterTheTotalLengthIsIgnored() {
      byte[] padded = new byte[80];
      ECHO_REQUEST.copyInto(padded, 0);
      assertThat(packet(Octets.adopt(padded))).isEqualTo(packet(ECHO_REQUEST));
    }

    @Test
    void flippedBitInTheHeaderIsNoticed() {
      byte[] bytes = ADVERTISEMENT.toByteArray();
      bytes[14 + 8] ^= 1;
      assertThat(Ipv4Packet.decode(Octets.adopt(bytes), 14))
          .isEqualTo(Decoded.malformed("wrong IPv4 header checksum"));
    }

    @Test
    void routerTakesOneHopAway() {
      assertThat(packet(ECHO_REQUEST).forwarded().hopLimit()).isEqualTo(63);
      assertThat(packet(ECHO_REQUEST_V6).forwarded().hopLimit()).isEqualTo(63);
    }
  }

  @Nested
  class Icmp {
    private final IcmpEcho echo = new IcmpEcho(true, 0x1234, 1, Octets.ofHex("6162636465666768"));

    @Test
    void echoIsReadInBothFamilies() {
      assertThat(IcmpMessage.decode(packet(ECHO_REQUEST)).orElseThrow()).isEqualTo(echo);
      assertThat(IcmpMessage.decode(packet(ECHO_REQUEST_V6)).orElseThrow()).isEqualTo(echo);
      assertThat(IcmpMessage.decode(packet(ECHO_REPLY)).orElseThrow()).isEqualTo(echo.reply());
    }

    @Test
    void echoIsWrittenInBothFamilies() {
      assertThat(echo.encode(TEST2_V4, TEST3_V4)).isEqualTo(packet(ECHO_REQUEST).payload());
      assertThat(echo.toPacket(v6("2001:db8::100"), v6("2001:db8::30"), 64).payload())
          .isEqualTo(packet(ECHO_REQUEST_V6).payload());
    }

    @Test
    void rejectionQuotesThePacketItIsAbout() {
      IcmpUnreachable unreachable =
          (IcmpUnreachable) IcmpMessage.decode(packet(PORT_UNREACHABLE)).orElseThrow();
      assertThat(unreachable.reason()).isEqualTo(IcmpUnreachable.Reason.PORT);
      assertThat(unreachable.quoted().slice(12, 16)).isEqualTo(Octets.ofHex("14000014"));
      assertThat(unreachable.encode(TEST3_V4, TEST2_V4))
          .isEqualTo(packet(PORT_UNREACHABLE).payload());
      assertThat(IcmpUnreachable.about(packet(ECHO_REQUEST), IcmpUnreachable.Reason.HOST).quoted())
          .isEqualTo(ECHO_REQUEST.slice(14, 14 + 28));
    }

    @Test
    void wrongChecksumIsNoticed() {
      byte[] bytes = ECHO_REQUEST_V6.toByteArray();
      bytes[60] ^= 1;
      assertThat(IcmpMessage.decode(packet(Octets.adopt(bytes))))
          .isEqualTo(Decoded.malformed("wrong checksum"));
    }
  }

  @Nested
  class NeighbourDiscovery {
    @Test
    void announcementOfANewMasterIsWrittenAsKeepalivedWritesIt() {
      IpAddress.V6 vip = v6("2001:db8::100");
      NeighborAdvertisement announcement = NeighborAdvertisement.unsolicited(vip, TEST2, false);
      assertThat(
              EthernetFrame.encode(
                  MacAddress.ofMulticast(NeighborAdvertisement.ALL_NODES),
                  TEST2,
                  announcement.toPacket(vip, NeighborAdvertisement.ALL_NODES, 255)))
          .isEqualTo(UNSOLICITED_ADVERTISEMENT);
    }

    @Test
    void questionAndAnswerAreReadAndWritten() {
      IpAddress.V6 asked = v6("2001:db8::30");
      NeighborSolicitation question = new NeighborSolicitation(asked, Optional.of(TEST2));
      NeighborAdvertisement answer =
          new NeighborAdvertisement(asked, false, true, true, Optional.of(TEST3));
      assertThat(IcmpMessage.decode(packet(SOLICITATION)).orElseThrow()).isEqualTo(question);
      assertThat(IcmpMessage.decode(packet(SOLICITED_ADVERTISEMENT)).orElseThrow())
          .isEqualTo(answer);
      assertThat(question.toPacket(v6("2001:db8::100"), NeighborSolicitation.groupOf(asked), 255))
          .isEqualTo(packet(SOLICITATION));
      assertThat(answer.toPacket(asked, v6("2001:db8::100"), 255))
          .isEqualTo(packet(SOLICITED_ADVERTISEMENT));
    }

    @Test
    void routedSolicitationIsRefused() {
      assertThat(IcmpMessage.decode(packet(SOLICITATION).forwarded()))
          .isEqualTo(Decoded.malformed("neighbour discovery with hop limit 254, not 255"));
    }
  }

  @Nested
  class GroupMembership {
    @Test
    void igmpReportsAreReadAndWrittenAsLinuxWritesThem() {
      GroupReport join = GroupReport.of(IpAddress.VRRP_GROUP_V4, Change.JOINED);
      GroupReport leave = GroupReport.of(IpAddress.VRRP_GROUP_V4, Change.LEFT);
      assertThat(GroupMessage.decode(packet(IGMP_JOIN)).orElseThrow()).isEqualTo(join);
      assertThat(GroupMessage.decode(packet(IGMP_LEAVE)).orElseThrow()).isEqualTo(leave);
      assertThat(join.toPacket(TEST2_V4)).isEqualTo(packet(IGMP_JOIN));
      assertThat(leave.toPacket(TEST2_V4)).isEqualTo(packet(IGMP_LEAVE));
    }

    @Test
    void mldReportIsReadAndWrittenAsLinuxWritesIt() {
      GroupReport report =
          new GroupReport(
              List.of(
                  new Membership(v6("ff02::1:ff75:197c"), Change.JOINED),
                  new Membership(v6("ff02::1:ff00:30"), Change.JOINED)));
      assertThat(GroupMessage.decode(packet(MLD_REPORT)).orElseThrow()).isEqualTo(report);
      assertThat(report.toPacket(v6("fe80::b81a:90ff:fe75:197c"))).isEqualTo(packet(MLD_REPORT));
    }

    @Test
    void olderVersionsOfIgmpAreRead() {
      assertThat(GroupMessage.decode(igmp("1600 09ed e0000012")).orElseThrow())
          .isEqualTo(GroupReport.of(IpAddress.VRRP_GROUP_V4, Change.MEMBER));
      assertThat(GroupMessage.decode(igmp("1700 08ed e0000012")).orElseThrow())
          .isEqualTo(GroupReport.of(IpAddress.VRRP_GROUP_V4, Change.LEFT));
      assertThat(GroupMessage.decode(igmp("1164 ee9b 00000000")).orElseThrow())
          .isEqualTo(GroupQuery.general(IpFamily.IPV4));
    }

    @Test
    void queriesAreReadAsTheyWereWritten() {
      GroupQuery all = GroupQuery.general(IpFamily.IPV4);
      GroupQuery allV6 = GroupQuery.general(IpFamily.IPV6);
      GroupQuery one =
          new GroupQuery(
              IpFamily.IPV4, Optional.of(IpAddress.VRRP_GROUP_V4), GroupQuery.DEFAULT_MAX_RESPONSE);
      assertThat(GroupMessage.decode(all.toPacket(TEST2_V4)).orElseThrow()).isEqualTo(all);
      assertThat(GroupMessage.decode(one.toPacket(TEST2_V4)).orElseThrow()).isEqualTo(one);
      assertThat(GroupMessage.decode(allV6.toPacket(v6("fe80::1"))).orElseThrow()).isEqualTo(allV6);
      assertThat(all.toPacket(TEST2_V4).destination()).isEqualTo(v4("224.0.0.1"));
      assertThat(one.toPacket(TEST2_V4).destination()).isEqualTo(IpAddress.VRRP_GROUP_V4);
    }

    private static IpPacket igmp(String hex) {
      return Ipv4Packet.of(TEST2_V4, v4("224.0.0.18"), IpProtocol.IGMP, 1, Octets.ofHex(hex));
    }
  }
}
