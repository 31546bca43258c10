package org.vipdrift.model.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;

class DirectorTest {
  private static final IpAddress CLIENT = Tables.client(5);

  @Nested
  class Connections {
    private final Tables tables = Tables.of(SchedulingRule.RR).with(List.of(1, 1));

    @Test
    void packetsOfAConnectionGoWhereItsFirstWent() {
      assertThat(Tables.number(tables.send(CLIENT, 1000, PacketKind.SYN))).isEqualTo(2);
      assertThat(Tables.number(tables.send(CLIENT, 1001, PacketKind.SYN))).isEqualTo(1);
      assertThat(Tables.number(tables.send(CLIENT, 1000, PacketKind.ACK))).isEqualTo(2);
    }

    @Test
    void whatBelongsToNoConnectionAndOpensNonePasses() {
      assertThat(tables.send(CLIENT, 1000, PacketKind.ACK)).isEqualTo(Decision.PASS);
    }

    @Test
    void aPacketForAnotherPortPasses() {
      Flow flow = new Flow(TransportProtocol.TCP, CLIENT, 1, Tables.VIP, 81, 0);
      assertThat(tables.director.fromClient(flow, PacketKind.SYN, 0)).isEqualTo(Decision.PASS);
    }

    @Test
    void anEstablishedOneLivesAQuarterOfAnHourAfterItsLastPacket() {
      tables.send(CLIENT, 1000, PacketKind.SYN);
      tables.reply(2, CLIENT, 1000, PacketKind.SYN);
      tables.send(CLIENT, 1000, PacketKind.ACK);
      assertThat(tables.director.connections(tables.at))
          .extracting(Connection::state)
          .containsExactly(TcpState.ESTABLISHED);

      tables.pass(899);
      assertThat(tables.director.connections(tables.at)).hasSize(1);
      tables.pass(1);
      assertThat(tables.director.connections(tables.at)).isEmpty();
    }

    @Test
    void oneThatWasNeverAnsweredIsForgottenAfterAMinute() {
      tables.send(CLIENT, 1000, PacketKind.SYN);
      tables.pass(60);

      assertThat(tables.send(CLIENT, 1000, PacketKind.ACK)).isEqualTo(Decision.PASS);
    }

    @Test
    void finishedOnesCountAsInactive() {
      tables.send(CLIENT, 1000, PacketKind.SYN);
      tables.send(CLIENT, 1000, PacketKind.ACK);
      RealServer server = tables.director.realServers(Tables.KEY).getFirst();
      assertThat(server.activeConnections()).isEqualTo(1);

      tables.reply(2, CLIENT, 1000, PacketKind.FIN);
      assertThat(server.activeConnections()).isZero();
      assertThat(server.inactiveConnections()).isEqualTo(1);

      tables.send(CLIENT, 1000, PacketKind.FIN);
      tables.pass(120);
      assertThat(tables.director.connections(tables.at)).isEmpty();
      assertThat(server.inactiveConnections()).isZero();
    }

    @Test
    void aClientsPortUsedAgainIsScheduledAnew() {
      tables.send(CLIENT, 1000, PacketKind.SYN);
      tables.send(CLIENT, 1000, PacketKind.RST);
      tables.reply(2, CLIENT, 1000, PacketKind.RST);

      assertThat(Tables.number(tables.send(CLIENT, 1000, PacketKind.SYN))).isEqualTo(1);
    }

    @Test
    void repliesAreFoundByTheRealServersSide() {
      tables.send(CLIENT, 1000, PacketKind.SYN);

      assertThat(tables.reply(2, CLIENT, 1000, PacketKind.SYN)).isPresent();
      assertThat(tables.reply(1, CLIENT, 1000, PacketKind.SYN)).isEmpty();
    }
  }

  @Nested
  class Removal {
    @Test
    void packetsToARemovedServerAreDroppedInSilence() {
      Tables tables = Tables.of(SchedulingRule.RR).with(List.of(1, 1));
      tables.send(CLIENT, 1000, PacketKind.SYN);
      tables.director.removeDestination(Tables.KEY, new DestinationKey(Tables.server(2), 80));

      assertThat(tables.send(CLIENT, 1000, PacketKind.ACK)).isEqualTo(Decision.DROP);
      assertThat(tables.connect()).isEqualTo(1);
    }

    @Test
    void withExpireNodestConnTheNextSynGoesElsewhere() {
      Tables tables =
          new Tables(
                  DirectorSettings.DEFAULT.withExpireNodestConn(true),
                  VirtualService.of(Tables.KEY, SchedulingRule.RR))
              .with(List.of(1, 1));
      tables.send(CLIENT, 1000, PacketKind.SYN);
      tables.director.removeDestination(Tables.KEY, new DestinationKey(Tables.server(2), 80));

      assertThat(tables.send(CLIENT, 1000, PacketKind.ACK)).isEqualTo(Decision.PASS);
      assertThat(Tables.number(tables.send(CLIENT, 1000, PacketKind.SYN))).isEqualTo(1);
    }

    @Test
    void aServerThatComesBackHasItsConnectionsAgain() {
      Tables tables = Tables.of(SchedulingRule.RR).with(List.of(1, 1));
      tables.send(CLIENT, 1000, PacketKind.SYN);
      tables.director.removeDestination(Tables.KEY, new DestinationKey(Tables.server(2), 80));
      tables.director.addDestination(
          Tables.KEY, Destination.of(Tables.server(2), 80, ForwardingMethod.NAT, 1));

      assertThat(Tables.number(tables.send(CLIENT, 1000, PacketKind.ACK))).isEqualTo(2);
      assertThat(tables.director.realServers(Tables.KEY).getFirst().activeConnections())
          .isEqualTo(1);
    }

    @Test
    void aServiceWithoutServersRefuses() {
      Tables tables = Tables.of(SchedulingRule.WLC);

      assertThat(tables.send(CLIENT, 1, PacketKind.SYN)).isEqualTo(Decision.REFUSE);
    }
  }

  @Nested
  class Persistent {
    private Tables tables(DirectorSettings settings, String netmask) {
      return new Tables(
              settings,
              VirtualService.of(Tables.KEY, SchedulingRule.RR)
                  .persistent(
                      new Persistence(
                          Duration.ofSeconds(360), IpAddress.parse(netmask).orElseThrow())))
          .with(List.of(1, 1));
    }

    @Test
    void aClientComesBackToItsServer() {
      Tables tables = tables(DirectorSettings.DEFAULT, "255.255.255.255");

      assertThat(tables.connect(CLIENT)).isEqualTo(2);
      assertThat(tables.connect(Tables.client(6))).isEqualTo(1);
      assertThat(tables.connect(CLIENT)).isEqualTo(2);
    }

    @Test
    void aNetworkCountsAsOneClient() {
      Tables tables = tables(DirectorSettings.DEFAULT, "255.255.255.0");

      assertThat(tables.connect(CLIENT)).isEqualTo(2);
      assertThat(tables.connect(Tables.client(6))).isEqualTo(2);
      assertThat(tables.connect(Tables.client(256))).isEqualTo(1);
    }

    @Test
    void aServerOfWeightZeroKeepsItsClients() {
      Tables tables = tables(DirectorSettings.DEFAULT, "255.255.255.255");
      tables.connect(CLIENT);
      tables.weigh(2, 0);

      assertThat(tables.connect(CLIENT)).isEqualTo(2);
      assertThat(tables.connect(Tables.client(6))).isEqualTo(1);
      assertThat(tables.connect(Tables.client(7))).isEqualTo(1);
    }

    @Test
    void unlessQuiescentTemplatesExpire() {
      Tables tables =
          tables(DirectorSettings.DEFAULT.withExpireQuiescentTemplate(true), "255.255.255.255");
      tables.connect(CLIENT);
      tables.weigh(2, 0);

      assertThat(tables.connect(CLIENT)).isEqualTo(1);
    }

    @Test
    void itEndsSixMinutesAfterTheLastNewConnectionAndTheConnectionsBefore() {
      Tables tables = tables(DirectorSettings.DEFAULT, "255.255.255.255");
      tables.connect(CLIENT);
      tables.pass(359);
      assertThat(tables.director.templates(tables.at)).hasSize(1);
      tables.pass(1);
      assertThat(tables.director.templates(tables.at)).isEmpty();
    }

    @Test
    void aTemplateWithConnectionsWaitsForThem() {
      Tables tables = tables(DirectorSettings.DEFAULT, "255.255.255.255");
      tables.send(CLIENT, 1000, PacketKind.SYN);
      tables.send(CLIENT, 1000, PacketKind.ACK);
      tables.pass(361);
      assertThat(tables.connect(CLIENT)).isEqualTo(2);
    }
  }

  @Nested
  class OtherServices {
    @Test
    void aMarkLeadsToItsServiceWhateverThePort() {
      Director director = new Director(DirectorSettings.DEFAULT);
      ServiceKey key = new ServiceKey.Mark(7, IpFamily.IPV4);
      director.addService(VirtualService.of(key, SchedulingRule.RR));
      director.addDestination(
          key, Destination.of(Tables.server(1), 0, ForwardingMethod.DIRECT_ROUTING, 1));
      Flow flow = new Flow(TransportProtocol.TCP, CLIENT, 1, Tables.VIP, 443, 7);

      assertThat(director.fromClient(flow, PacketKind.SYN, 0))
          .isInstanceOfSatisfying(
              Decision.Forward.class, f -> assertThat(f.connection().port()).isEqualTo(443));
    }

    @Test
    void onePacketSchedulingRemembersNothing() {
      ServiceKey key = new ServiceKey.Address(TransportProtocol.UDP, Tables.VIP, 53);
      Director director = new Director(DirectorSettings.DEFAULT);
      VirtualService service = VirtualService.of(key, SchedulingRule.RR);
      director.addService(
          new VirtualService(key, service.rule(), false, false, true, service.persistence()));
      director.addDestination(key, Destination.of(Tables.server(1), 53, ForwardingMethod.NAT, 1));
      director.addDestination(key, Destination.of(Tables.server(2), 53, ForwardingMethod.NAT, 1));
      Flow flow = new Flow(TransportProtocol.UDP, CLIENT, 9, Tables.VIP, 53, 0);

      assertThat(Tables.number(director.fromClient(flow, PacketKind.OTHER, 0))).isEqualTo(2);
      assertThat(Tables.number(director.fromClient(flow, PacketKind.OTHER, 0))).isEqualTo(1);
      assertThat(director.connections(0)).isEmpty();
    }
  }

  @Nested
  class Backups {
    private final Tables tables = Tables.of(SchedulingRule.RR).with(List.of(1, 1));

    private void talk(int packets) {
      tables.director.setSynchronising(true);
      tables.send(CLIENT, 1000, PacketKind.SYN);
      for (int i = 1; i < packets; i++) {
        tables.send(CLIENT, 1000, PacketKind.ACK);
      }
    }

    @Test
    void hearOfAConnectionInItsThirdPacketAndThenEveryFiftieth() {
      talk(2);
      assertThat(tables.director.hasSynced()).isFalse();
      tables.send(CLIENT, 1000, PacketKind.ACK);
      assertThat(tables.director.takeSynced(40, 0)).hasSize(1);
      for (int i = 4; i < 53; i++) {
        tables.send(CLIENT, 1000, PacketKind.ACK);
        assertThat(tables.director.hasSynced()).isFalse();
      }
      tables.send(CLIENT, 1000, PacketKind.ACK);
      assertThat(tables.director.takeSynced(40, 0)).hasSize(1);
    }

    @Test
    void goOnWithWhatTheyHeardOfAndKnowNothingOfTheRest() {
      talk(3);
      tables.send(CLIENT, 2000, PacketKind.SYN);
      Tables backup = Tables.of(SchedulingRule.RR).with(List.of(1, 1));
      SyncMessage message = new SyncMessage(51, tables.director.takeSynced(40, 0));
      assertThat(SyncMessage.decode(message.encode())).isEqualTo(Decoded.ok(message));
      message.connections().forEach(c -> backup.director.learn(c, 0));

      assertThat(Tables.number(backup.send(CLIENT, 1000, PacketKind.ACK))).isEqualTo(2);
      assertThat(backup.send(CLIENT, 2000, PacketKind.ACK)).isEqualTo(Decision.PASS);
      assertThat(backup.director.realServers(Tables.KEY).getFirst().activeConnections())
          .isEqualTo(1);
    }
  }

  @Property(tries = 300)
  void randomOctetsAreMalformedOrAMessageAndNeverAnException(
      @ForAll @Size(max = 120) List<@IntRange(max = 255) Integer> octets) {
    byte[] bytes = new byte[octets.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = octets.get(i).byteValue();
    }
    if (bytes.length > 8) {
      bytes[2] = 0;
      bytes[3] = (byte) bytes.length;
      bytes[5] = 1;
    }

    assertThat(SyncMessage.decode(Octets.copyOf(bytes))).isNotNull();
  }
}
