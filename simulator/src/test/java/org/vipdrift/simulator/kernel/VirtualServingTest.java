package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.simulator.kernel.SmallNetwork.VIP;
import static org.vipdrift.simulator.kernel.SmallNetwork.VIP_32;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.DirectorTable.StartSync;
import org.vipdrift.actors.port.DirectorTable.SyncRole;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.FrameFacts;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.ipvs.Destination;
import org.vipdrift.model.ipvs.DestinationKey;
import org.vipdrift.model.ipvs.Director;
import org.vipdrift.model.ipvs.ForwardingMethod;
import org.vipdrift.model.ipvs.Persistence;
import org.vipdrift.model.ipvs.SchedulingRule;
import org.vipdrift.model.ipvs.ServiceKey;
import org.vipdrift.model.ipvs.TransportProtocol;
import org.vipdrift.model.ipvs.VirtualService;

class VirtualServingTest {
  private static final ServiceKey KEY = new ServiceKey.Address(TransportProtocol.TCP, VIP, 80);
  private static final IpAddress GROUP = IpAddress.of("224.0.0.81");

  private final SmallNetwork network = new SmallNetwork();
  private final HostKernel client = network.host("client", "20.0.0.10/24");
  private final HostKernel director = network.host("director", "20.0.0.20/24");
  private final Map<HostKernel, List<TcpProgram>> served = new LinkedHashMap<>();
  private final HostKernel one = realServer("one", "20.0.0.51/24");
  private final HostKernel two = realServer("two", "20.0.0.52/24");

  private HostKernel realServer(String name, String address) {
    HostKernel host = network.host(name, address);
    served.put(host, TcpProgram.listen(network, host, 80));
    return host;
  }

  private static void serve(
      HostKernel host, VirtualService service, ForwardingMethod method, String... servers) {
    Director tables = host.virtualServing().director();
    tables.addService(service);
    for (String server : servers) {
      tables.addDestination(service.key(), Destination.of(IpAddress.of(server), 80, method, 1));
    }
  }

  private void serveBoth(ForwardingMethod method) {
    SmallNetwork.takeVip(director);
    serve(director, VirtualService.of(KEY, SchedulingRule.RR), method, "20.0.0.51", "20.0.0.52");
  }

  /** A real server of DR as it should be: the address on lo, and no word about it. */
  private static void hideVip(HostKernel host, String device, boolean quiet) {
    host.addVirtualInterface(device, List.of(VIP_32));
    if (quiet) {
      Map<String, String> sysctls = new LinkedHashMap<>();
      sysctls.put("net.ipv4.conf.all.arp_ignore", "1");
      sysctls.put("net.ipv4.conf.all.arp_announce", "2");
      host.setSysctls(sysctls);
    }
  }

  private TcpProgram connect() {
    TcpProgram program = TcpProgram.connect(network, client, VIP.toString(), 80);
    network.seconds(0.05);
    return program;
  }

  /** Who has the connections, in the order in which they were opened. */
  private String servedBy(int connections) {
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < connections; i++) {
      int before = served.get(one).size();
      connect();
      order.append(served.get(one).size() > before ? '1' : '2');
    }
    return order.toString();
  }

  @Nested
  class AddressTranslation {
    @Test
    void repliesComeBackThroughTheDirectorFromTheVirtualAddress() {
      one.setGateway(IpAddress.of("20.0.0.20"));
      HostKernel far = network.bareHost("far");
      var wan = network.segment("wan");
      network.connect(far, "eth0", wan, "30.0.0.10/24");
      network.connect(director, "eth1", wan, "30.0.0.20/24");
      far.setGateway(IpAddress.of("30.0.0.20"));
      far.powerOn(0);
      far.openOwner("p");
      director.setForwarding(true);
      SmallNetwork.takeVip(director);
      serve(director, VirtualService.of(KEY, SchedulingRule.RR), ForwardingMethod.NAT, "20.0.0.51");

      TcpProgram browser = TcpProgram.connect(network, far, VIP.toString(), 80);
      network.seconds(0.1);
      browser.send("hello");
      network.seconds(0.1);
      TcpProgram web = served.get(one).getFirst();
      web.send("world");
      network.seconds(0.1);

      assertThat(web.text()).isEqualTo("hello");
      assertThat(browser.text()).isEqualTo("world");
      assertThat(browser.connection().peerMac())
          .contains(director.networkInterface("eth1").orElseThrow().mac());
    }

    @Test
    void aRealServerThatAnswersTheClientDirectlyIsNotUnderstood() {
      serveBoth(ForwardingMethod.NAT);
      director.setForwarding(true);

      assertThat(connect().heard).isEmpty();
    }
  }

  @Nested
  class DirectRouting {
    @Test
    void onlyTheMacAddressChangesAndRepliesGoStraightToTheClient() {
      hideVip(one, "lo", true);
      hideVip(two, "lo", true);
      serveBoth(ForwardingMethod.DIRECT_ROUTING);

      assertThat(servedBy(4)).isEqualTo("2121");
      TcpProgram browser = connect();
      assertThat(browser.heard).containsExactly("connected");
      assertThat(browser.connection().peerMac()).contains(SmallNetwork.mac(two));
      assertThat(SmallNetwork.eth0(client).neighborMac(VIP)).contains(SmallNetwork.mac(director));
    }

    @Test
    void withoutArpIgnoreARealServerMayTakeTheClientForItself() {
      hideVip(one, "lo", false);
      hideVip(two, "lo", false);
      serveBoth(ForwardingMethod.DIRECT_ROUTING);
      connect();

      assertThat(network.arpSeen())
          .filteredOn(p -> p.senderAddress().equals(VIP))
          .extracting(p -> network.nameOf(p.senderMac()))
          .contains("one", "two", "director");
    }

    @Test
    void withArpIgnoreAloneTheRealServersRequestGivesItAway() {
      Map<String, String> ignore = new LinkedHashMap<>();
      ignore.put("net.ipv4.conf.all.arp_ignore", "1");
      one.addVirtualInterface("lo", List.of(VIP_32));
      one.setSysctls(ignore);
      SmallNetwork.takeVip(director);
      serve(
          director,
          VirtualService.of(KEY, SchedulingRule.RR),
          ForwardingMethod.DIRECT_ROUTING,
          "20.0.0.51");
      connect();

      assertThat(network.arpSeen())
          .anyMatch(
              p -> p.senderAddress().equals(VIP) && network.nameOf(p.senderMac()).equals("one"));
    }
  }

  @Nested
  class Tunnel {
    @Test
    void theRealServerTakesThePacketOutOfItsEnvelope() {
      hideVip(one, "tunl0", true);
      hideVip(two, "tunl0", true);
      serveBoth(ForwardingMethod.TUNNEL);

      assertThat(servedBy(2)).isEqualTo("21");
      assertThat(connect().heard).containsExactly("connected");
      assertThat(network.frames).anyMatch(c -> FrameFacts.ipProtocol(c.frame()) == IpProtocol.IPIP);
    }

    @Test
    void withoutADeviceForItNobodyDoes() {
      hideVip(one, "lo", true);
      hideVip(two, "lo", true);
      serveBoth(ForwardingMethod.TUNNEL);

      assertThat(connect().heard).isEmpty();
    }
  }

  @Nested
  class Tables {
    @Test
    void aServiceWithoutRealServersRefuses() {
      SmallNetwork.takeVip(director);
      serve(director, VirtualService.of(KEY, SchedulingRule.RR), ForwardingMethod.NAT);

      assertThat(connect().heard).containsExactly("REFUSED");
    }

    @Test
    void otherPortsOfTheAddressAreTheHostsOwn() {
      serveBoth(ForwardingMethod.DIRECT_ROUTING);
      List<TcpProgram> own = TcpProgram.listen(network, director, 81);
      TcpProgram.connect(network, client, VIP.toString(), 81);
      network.seconds(0.05);

      assertThat(own).hasSize(1);
    }

    @Test
    void aPersistentClientStaysWhereItIs() {
      hideVip(one, "lo", true);
      hideVip(two, "lo", true);
      SmallNetwork.takeVip(director);
      serve(
          director,
          VirtualService.of(KEY, SchedulingRule.RR)
              .persistent(
                  new Persistence(Duration.ofSeconds(360), IpAddress.of("255.255.255.255"))),
          ForwardingMethod.DIRECT_ROUTING,
          "20.0.0.51",
          "20.0.0.52");

      assertThat(servedBy(5)).isEqualTo("22222");
    }

    @Test
    void theConnectionsOfARemovedRealServerHang() {
      hideVip(one, "lo", true);
      SmallNetwork.takeVip(director);
      serve(
          director,
          VirtualService.of(KEY, SchedulingRule.RR),
          ForwardingMethod.DIRECT_ROUTING,
          "20.0.0.51");
      TcpProgram browser = connect();
      director
          .virtualServing()
          .director()
          .removeDestination(KEY, new DestinationKey(IpAddress.of("20.0.0.51"), 80));
      browser.send("hello");
      network.seconds(3);

      assertThat(browser.heard).containsExactly("connected");
      assertThat(served.get(one).getFirst().heard).isEmpty();
    }

    @Test
    void aMarkLeadsToItsService() {
      hideVip(one, "lo", true);
      SmallNetwork.takeVip(director);
      director.markPackets(new PacketMatch.Port(80), 7);
      serve(
          director,
          VirtualService.of(new ServiceKey.Mark(7, IpFamily.IPV4), SchedulingRule.RR),
          ForwardingMethod.DIRECT_ROUTING,
          "20.0.0.51");

      assertThat(connect().heard).containsExactly("connected");
    }

    @Test
    void aPowerCutEmptiesThem() {
      serveBoth(ForwardingMethod.DIRECT_ROUTING);
      director.powerOff(0);

      assertThat(director.virtualServing().director().services()).isEmpty();
    }
  }

  @Nested
  class Failover {
    private final HostKernel backup = network.host("backup", "20.0.0.30/24");

    private void synchronise(HostKernel host, SyncRole role) {
      host.virtualServing()
          .daemons()
          .start(new StartSync("p", role, "eth0", 51, GROUP, 8848, 1, 0));
    }

    private void takeOver() {
      SmallNetwork.dropVip(director);
      SmallNetwork.takeVip(backup);
      SmallNetwork.announceVip(backup);
      network.seconds(0.01);
    }

    private TcpProgram begin() {
      hideVip(one, "lo", true);
      hideVip(two, "lo", true);
      serveBoth(ForwardingMethod.DIRECT_ROUTING);
      serve(
          backup,
          VirtualService.of(KEY, SchedulingRule.RR),
          ForwardingMethod.DIRECT_ROUTING,
          "20.0.0.51",
          "20.0.0.52");
      synchronise(director, SyncRole.MASTER);
      synchronise(backup, SyncRole.BACKUP);
      return connect();
    }

    @Test
    void aConnectionTheBackupHeardOfGoesOn() {
      TcpProgram browser = begin();
      browser.send("one");
      network.seconds(0.1);
      network.seconds(2.1);
      assertThat(backup.virtualServing().director().connections(network.time.nowNanos()))
          .hasSize(1);
      takeOver();
      browser.send("two");
      network.seconds(0.1);

      assertThat(served.get(two).getFirst().text()).isEqualTo("onetwo");
    }

    @Test
    void oneOfTwoPacketsIsLost() {
      TcpProgram browser = begin();
      network.seconds(3);
      takeOver();
      browser.send("hello");
      network.seconds(0.1);

      assertThat(browser.heard).containsExactly("connected", "RESET");
    }

    @Test
    void anotherSyncIdIsNotListenedTo() {
      TcpProgram browser = begin();
      backup
          .virtualServing()
          .daemons()
          .start(new StartSync("p", SyncRole.BACKUP, "eth0", 52, GROUP, 8848, 1, 0));
      browser.send("one");
      network.seconds(3);

      assertThat(backup.virtualServing().director().connections(network.time.nowNanos())).isEmpty();
    }
  }
}
