package org.vipdrift.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** TCP and UDP captured between two Linux 6.1 hosts; above each frame what tshark prints. */
class CapturedSegmentsTest {
  private static final IpAddress CLIENT = IpAddress.of("20.0.0.10");
  private static final IpAddress SERVER = IpAddress.of("20.0.0.20");

  // 20.0.0.10 -> 20.0.0.20 TCP 74 54880 -> 8080 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM
  private static final Octets SYN =
      Octets.ofHex(
          """
          020000000020 020000000010 0800
          4500 003c 1b9d 4000 4006 f701 1400000a 14000014
          d660 1f90 ca515e36 00000000 a002 faf0 cc99 0000
          020405b4 0402 080a dee45af7 00000000 01 03030a
          """);

  // 20.0.0.10 -> 20.0.0.20 TCP 69 54880 -> 8080 [PSH, ACK] Seq=1 Ack=1 Win=64512 Len=3
  private static final Octets DATA =
      Octets.ofHex(
          """
          020000000020 020000000010 0800
          4500 0037 1b9f 4000 4006 f704 1400000a 14000014
          d660 1f90 ca515e37 3abdc8cc 8018 003f 573a 0000
          0101 080a dee45af7 a7cd5828 474554
          """);

  // 20.0.0.20 -> 20.0.0.10 TCP 54 81 -> 55936 [RST, ACK] Seq=1 Ack=1 Win=0 Len=0
  private static final Octets RESET =
      Octets.ofHex(
          """
          020000000010 020000000020 0800
          4500 0028 0000 4000 4006 12b3 14000014 1400000a
          0051 da80 00000000 382b9f84 5014 0000 d531 0000
          """);

  // 2001:db8::20 -> 2001:db8::10 TCP 74 81 -> 52696 [RST, ACK] Seq=1 Ack=1 Win=0 Len=0
  private static final Octets RESET_V6 =
      Octets.ofHex(
          """
          020000000010 020000000020 86dd
          6009bceb 0014 06 40
          20010db8000000000000000000000020 20010db8000000000000000000000010
          0051 cdd8 00000000 af25fd60 5014 0000 d97e 0000
          """);

  // 20.0.0.10 -> 20.0.0.20 UDP 46 36097 -> 53 Len=4
  private static final Octets DATAGRAM =
      Octets.ofHex(
          """
          020000000020 020000000010 0800
          4500 0020 2a74 4000 4011 e83b 1400000a 14000014
          8d01 0035 000c 6bb1 70696e67
          """);

  // 2001:db8::10 -> 2001:db8::20 UDP 66 44070 -> 53 Len=4
  private static final Octets DATAGRAM_V6 =
      Octets.ofHex(
          """
          020000000020 020000000010 86dd
          60010e46 000c 11 40
          20010db8000000000000000000000010 20010db8000000000000000000000020
          ac26 0035 000c 1908 70696e67
          """);

  private static IpPacket packet(Octets frame) {
    return IpPacket.decodeFrame(frame).orElseThrow();
  }

  private static Octets text(String text) {
    return Octets.copyOf(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Octets broken(Octets frame) {
    byte[] bytes = frame.toByteArray();
    bytes[bytes.length - 1] ^= 1;
    return Octets.copyOf(bytes);
  }

  @Nested
  class Tcp {
    @Test
    void aSynTellsItsSegmentSizeAmongOtherOptions() {
      TcpSegment syn = TcpSegment.decode(packet(SYN)).orElseThrow();
      assertThat(syn)
          .isEqualTo(
              new TcpSegment(54880, 8080, 0xca515e36, 0, TcpHeader.SYN, 64240, 1460, Octets.EMPTY));
    }

    @Test
    void dataBeginsBehindTheOptions() {
      TcpSegment data = TcpSegment.decode(packet(DATA)).orElseThrow();
      assertThat(data.data()).isEqualTo(text("GET"));
      assertThat(data.has(TcpHeader.PSH | TcpHeader.ACK)).isTrue();
      assertThat(data.maximumSegmentSize()).isZero();
    }

    @Test
    void aResetIsWrittenAsLinuxWritesIt() {
      for (Octets frame : new Octets[] {RESET, RESET_V6}) {
        IpPacket packet = packet(frame);
        TcpSegment reset = TcpSegment.decode(packet).orElseThrow();
        assertThat(reset.has(TcpHeader.RST | TcpHeader.ACK)).isTrue();
        assertThat(reset.encode(packet.source(), packet.destination())).isEqualTo(packet.payload());
      }
    }

    @Test
    void theFieldsAreReadInPlace() {
      int at = FrameFacts.plainTcp(DATA);
      assertThat(at).isEqualTo(34);
      assertThat(FrameFacts.ipEnd(DATA)).isEqualTo(DATA.length());
      assertThat(FrameFacts.ipSource(DATA)).isEqualTo(CLIENT);
      assertThat(FrameFacts.ipDestination(DATA)).isEqualTo(SERVER);
      assertThat(TcpHeader.destinationPort(DATA, at)).isEqualTo(8080);
      assertThat(TcpHeader.sequence(DATA, at)).isEqualTo(0xca515e37);
      assertThat(TcpHeader.headerLength(DATA, at)).isEqualTo(32);
      assertThat(TcpHeader.checksumIsRight(DATA, at, DATA.length(), CLIENT, SERVER)).isTrue();
      assertThat(FrameFacts.plainTcp(RESET_V6)).isEqualTo(54);
      assertThat(FrameFacts.plainTcp(DATAGRAM)).isEqualTo(-1);
    }

    @Test
    void aWrongChecksumIsMalformed() {
      assertThat(TcpSegment.decode(packet(broken(DATA)))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void itIsDescribedAsASnifferWould() {
      assertThat(FrameDescription.of(SYN))
          .isEqualTo(
              "20.0.0.10 > 20.0.0.20: TCP, port 54880 > 8080, SYN seq 3394330166, win 64240,"
                  + " length 0");
      assertThat(FrameDescription.of(RESET_V6))
          .isEqualTo(
              "2001:db8::20 > 2001:db8::10: TCP, port 81 > 52696, RST ACK seq 0, ack 2938502496,"
                  + " win 0, length 0");
    }
  }

  @Nested
  class Udp {
    @Test
    void aDatagramIsReadAndWrittenAsLinuxWritesIt() {
      for (Octets frame : new Octets[] {DATAGRAM, DATAGRAM_V6}) {
        IpPacket packet = packet(frame);
        UdpDatagram datagram = UdpDatagram.decode(packet).orElseThrow();
        assertThat(datagram.destinationPort()).isEqualTo(53);
        assertThat(datagram.data()).isEqualTo(text("ping"));
        assertThat(datagram.encode(packet.source(), packet.destination()))
            .isEqualTo(packet.payload());
      }
    }

    @Test
    void aWrongChecksumIsMalformed() {
      assertThat(UdpDatagram.decode(packet(broken(DATAGRAM))))
          .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void itIsDescribedAsASnifferWould() {
      assertThat(FrameDescription.of(DATAGRAM))
          .isEqualTo("20.0.0.10 > 20.0.0.20: UDP, port 36097 > 53, length 4");
    }
  }

  @Nested
  class Quotations {
    @Test
    void anIcmpErrorNamesAddressesPortsAndSequence() {
      Octets quoted = IcmpUnreachable.about(packet(SYN), IcmpUnreachable.Reason.PORT).quoted();
      assertThat(QuotedPacket.read(quoted).orElseThrow())
          .isEqualTo(new QuotedPacket(CLIENT, SERVER, IpProtocol.TCP, 54880, 8080, 0xca515e36));
    }

    @Test
    void aShortOneIsMalformed() {
      Octets quoted = packet(SYN).encode().slice(0, 24);
      assertThat(QuotedPacket.read(quoted)).isInstanceOf(Decoded.Malformed.class);
    }
  }

  @Nested
  class Tunnels {
    @Test
    void aPacketComesOutAsItWentIn() {
      for (Octets frame : new Octets[] {SYN, RESET_V6}) {
        IpPacket outer = IpTunnel.encapsulate(packet(frame), CLIENT, SERVER, 64);
        assertThat(IpTunnel.decapsulate(outer).orElseThrow()).isEqualTo(packet(frame));
      }
    }

    @Test
    void bothPacketsAreDescribed() {
      IpPacket outer =
          IpTunnel.encapsulate(packet(DATAGRAM), SERVER, IpAddress.of("20.0.0.30"), 64);
      assertThat(
              FrameDescription.of(
                  EthernetFrame.encode(MacAddress.BROADCAST, MacAddress.ZERO, outer)))
          .isEqualTo(
              "20.0.0.20 > 20.0.0.30: IP in IP, 20.0.0.10 > 20.0.0.20: UDP, port 36097 > 53,"
                  + " length 4");
    }
  }
}
