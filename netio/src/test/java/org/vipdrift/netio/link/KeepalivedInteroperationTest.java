package org.vipdrift.netio.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.vrrp.Advertisement;
import org.vipdrift.model.vrrp.AdvertisementCodec;
import org.vipdrift.model.vrrp.ChecksumMode;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.Constants;

/** Our sockets on one end of a cable, keepalived as master of five virtual routers on the other. */
class KeepalivedInteroperationTest {
  private static final String CONFIGURATION =
      """
      vrrp_instance V51 { state MASTER interface eth0 virtual_router_id 51 priority 200 version 2
        authentication { auth_type PASS auth_pass secret }
        virtual_ipaddress { 20.0.0.151/24 } }
      vrrp_instance V52 { state MASTER interface eth0 virtual_router_id 52 priority 200 version 2
        virtual_ipaddress { 20.0.0.152/24 } }
      vrrp_instance V53 { state MASTER interface eth0 virtual_router_id 53 priority 200 version 3
        virtual_ipaddress { 20.0.0.153/24 } }
      vrrp_instance V54 { state MASTER interface eth0 virtual_router_id 54 priority 200 version 3
        virtual_ipaddress { fe80::154/64 } }
      vrrp_instance V55 { state MASTER interface eth0 virtual_router_id 55 priority 200 version 2
        unicast_src_ip 20.0.0.21
        unicast_peer { 20.0.0.22 }
        virtual_ipaddress { 20.0.0.155/24 } }
      """
          .replace("{ ", "{\n")
          .replace(" interface", "\ninterface")
          .replace(" virtual_router_id", "\nvirtual_router_id")
          .replace(" priority", "\npriority")
          .replace(" version", "\nversion")
          .replace(" auth_pass", "\nauth_pass")
          .replace(" }", "\n}");

  private static final IpAddress OWN = IpAddress.of("20.0.0.22");
  private static final IpAddress OWN_IPV6 = IpAddress.of("fe80::5054:ff:fe00:2");
  private static final List<Integer> VRIDS = List.of(51, 52, 53, 54, 55);

  private record Heard(Octets message, IpAddress source, IpAddress destination, int hopLimit) {}

  @TempDir private Path folder;
  private ScratchNamespace theirs;
  private ScratchNamespace ours;
  private Process keepalived;
  private final PacketCounters counters = new PacketCounters();
  private final Map<Integer, Heard> heard = new ConcurrentSkipListMap<>();

  @BeforeEach
  void begin() throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/keepalived")), "needs keepalived to compare with");
    theirs = ScratchNamespace.open();
    ours = ScratchNamespace.open();
    theirs.connect("eth0", ours, "eth0");
    prepare(theirs, "52:54:00:00:00:01", "20.0.0.21/24");
    prepare(ours, "52:54:00:00:00:02", "20.0.0.22/24");
  }

  private static void prepare(ScratchNamespace namespace, String mac, String address) {
    namespace.ip("link set eth0 down");
    namespace.ip("link set eth0 address " + mac);
    namespace.run(List.of("sysctl", "-qw", "net.ipv6.conf.eth0.accept_dad=0"));
    namespace.run(List.of("sysctl", "-qw", "net.ipv6.conf.eth0.dad_transmits=0"));
    namespace.ip("link set eth0 up");
    namespace.ip("address add " + address + " dev eth0");
  }

  @AfterEach
  void end() throws Exception {
    if (keepalived != null) {
      for (ProcessHandle each : keepalived.descendants().toList()) {
        each.destroy();
      }
      keepalived.destroy();
      keepalived.waitFor(5, TimeUnit.SECONDS);
    }
    ours.close();
    theirs.close();
  }

  private void startKeepalived() throws IOException {
    Path file = Files.writeString(folder.resolve("keepalived.conf"), CONFIGURATION);
    keepalived =
        theirs.start(
            List.of(
                "sh",
                "-c",
                "exec keepalived -n -l -D -f %s -p %s -r %s >%s 2>&1"
                    .formatted(
                        file,
                        folder.resolve("parent.pid"),
                        folder.resolve("vrrp.pid"),
                        folder.resolve("log"))));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private VrrpSocket listen(IpAddress group) throws IOException {
    return VrrpSocket.open(
        ours.namespace(),
        "eth0",
        group,
        new VrrpSocket.Receiver() {
          @Override
          public boolean wants(int vrid) {
            return VRIDS.contains(vrid);
          }

          @Override
          public void received(
              int vrid,
              Octets message,
              IpAddress source,
              IpAddress destination,
              int hopLimit,
              long ageNanos) {
            heard.put(vrid, new Heard(message, source, destination, hopLimit));
          }
        },
        counters);
  }

  @Test
  void keepalivedAndOurSocketsHearEachOtherAndTheirPacketsAreAlike() throws Exception {
    try (VrrpSocket _ = listen(IpAddress.VRRP_GROUP_V4);
        VrrpSocket _ = listen(IpAddress.VRRP_GROUP_V6);
        VrrpSocket _ = listen(IpAddress.of("0.0.0.0"));
        FrameTap tap = new FrameTap(theirs, "eth0", Constants.ETH_P_ALL)) {
      startKeepalived();
      for (int i = 0; i < 100 && heard.size() < VRIDS.size(); i++) {
        Thread.sleep(100);
      }
      assertThat(heard.keySet()).as(log()).containsExactlyElementsOf(VRIDS);
      heard.forEach(this::isAsExpected);
      advertiseBetter();
      for (int vrid : VRIDS) {
        assertThat(log()).contains("(V" + vrid + ") Entering BACKUP STATE");
      }
      List<Octets> frames = tap.frames();
      for (int vrid : VRIDS) {
        Octets their = first(frames, vrid, 1);
        Octets our = first(frames, vrid, 2);
        assertThat(masked(our, vrid).toHex()).isEqualTo(masked(their, vrid).toHex());
        if (vrid != 54) {
          assertThat(our.unsignedShort(18)).as("identification").isEqualTo(1);
        }
      }
    }
  }

  private void isAsExpected(int vrid, Heard packet) {
    assertThat(packet.hopLimit()).isEqualTo(255);
    assertThat(packet.source())
        .isEqualTo(IpAddress.of(vrid == 54 ? "fe80::5054:ff:fe00:1" : "20.0.0.21"));
    assertThat(packet.destination())
        .isEqualTo(
            switch (vrid) {
              case 54 -> IpAddress.VRRP_GROUP_V6;
              case 55 -> OWN;
              default -> IpAddress.VRRP_GROUP_V4;
            });
    read(packet);
  }

  private static Advertisement read(Heard packet) {
    return AdvertisementCodec.decode(
                packet.message(),
                packet.source(),
                packet.destination(),
                ChecksumMode.PSEUDO_HEADER,
                false)
            instanceof AdvertisementCodec.Decoded.Wellformed(Advertisement advertisement)
        ? advertisement
        : org.assertj.core.api.Assertions.fail("malformed: " + packet);
  }

  private void advertiseBetter() throws Exception {
    Map<Integer, Heard> before = Map.copyOf(heard);
    try (VrrpSender ipv4 = VrrpSender.open(ours.namespace(), "eth0", IpFamily.IPV4, counters);
        VrrpSender ipv6 = VrrpSender.open(ours.namespace(), "eth0", IpFamily.IPV6, counters)) {
      for (int i = 0; i < 5; i++) {
        for (int vrid : VRIDS) {
          Heard their = before.get(vrid);
          Advertisement advertisement = read(their);
          IpAddress source = vrid == 54 ? OWN_IPV6 : OWN;
          IpAddress destination = vrid == 55 ? their.source() : their.destination();
          Advertisement better =
              new Advertisement(
                  advertisement.version(),
                  advertisement.family(),
                  vrid,
                  250,
                  advertisement.advertisementInterval(),
                  advertisement.addresses(),
                  advertisement.authentication());
          Octets message =
              AdvertisementCodec.encode(better, source, destination, ChecksumMode.PSEUDO_HEADER);
          (vrid == 54 ? ipv6 : ipv4).send(source, destination, 255, message);
        }
        Thread.sleep(100);
      }
    }
    assertThat(counters.get(PacketCount.SENT)).as(counters.toString()).isEqualTo(25);
    assertThat(heard.values()).noneMatch(each -> each.source().equals(OWN));
  }

  private static Octets first(List<Octets> frames, int vrid, int host) {
    int message = vrid == 54 ? 54 : 34;
    return frames.stream()
        .filter(
            frame ->
                frame.length() > message + 1
                    && frame.unsignedByte(vrid == 54 ? 20 : 23) == Constants.IPPROTO_VRRP
                    && frame.unsignedShort(12) == (vrid == 54 ? 0x86dd : 0x0800)
                    && frame.unsignedByte(message + 1) == vrid
                    && frame.unsignedByte(11) == host)
        .findFirst()
        .orElseThrow();
  }

  /** Without addresses of the two hosts, identification, flow label, priority and checksums. */
  private static Octets masked(Octets frame, int vrid) {
    byte[] bytes = frame.toByteArray();
    boolean ipv6 = vrid == 54;
    int message = ipv6 ? 54 : 34;
    blank(bytes, vrid == 55 ? 0 : 6, 12);
    if (ipv6) {
      assertThat(frame.int32(14) & 0xfffff).as("flow label").isNotZero();
      bytes[15] &= (byte) 0xf0;
      blank(bytes, 16, 18);
      blank(bytes, 22, 38);
    } else {
      blank(bytes, 18, 20);
      blank(bytes, 24, vrid == 55 ? 34 : 30);
    }
    blank(bytes, message + 2, message + 3);
    blank(bytes, message + 6, message + 8);
    return Octets.adopt(bytes);
  }

  private static void blank(byte[] bytes, int from, int to) {
    java.util.Arrays.fill(bytes, from, to, (byte) 0);
  }
}
