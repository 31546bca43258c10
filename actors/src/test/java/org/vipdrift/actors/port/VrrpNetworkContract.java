package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.actors.port.VrrpNetwork.PacketReceived;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** What every {@link VrrpNetwork} does. */
public abstract class VrrpNetworkContract extends PortContract {
  private static final IpAddress NO_GROUP = IpAddress.of("0.0.0.0");

  private static Octets message(int vrid) {
    return Octets.ofHex("31%02x64010000000014000064".formatted(vrid));
  }

  private Inbox<PacketReceived> join(TestHost host, IpAddress group, int vrid) {
    Inbox<PacketReceived> inbox = world.inbox();
    host.vrrpNetwork()
        .tell(new VrrpNetwork.Join(host.who(), host.networkInterface(), group, vrid, inbox.ref()));
    settle();
    return inbox;
  }

  private void send(
      TestHost host, IpAddress source, IpAddress destination, int ttl, Octets message) {
    host.vrrpNetwork()
        .tell(
            new VrrpNetwork.SendPacket(
                host.who(), host.networkInterface(), source, destination, ttl, message, 0));
    settle();
  }

  private void advertise(TestHost host, int vrid) {
    send(host, host.ipv4(), IpAddress.VRRP_GROUP_V4, 255, message(vrid));
  }

  @Test
  public void whoJoinedReceivesMessageSourceDestinationAndTtl() {
    Inbox<PacketReceived> inbox = join(right, IpAddress.VRRP_GROUP_V4, 51);
    send(left, left.ipv4(), IpAddress.VRRP_GROUP_V4, 254, message(51));
    assertThat(inbox.received()).hasSize(1);
    PacketReceived received = inbox.received().getFirst();
    assertThat(received.message()).isEqualTo(message(51));
    assertThat(received.source()).isEqualTo(left.ipv4());
    assertThat(received.destination()).isEqualTo(IpAddress.VRRP_GROUP_V4);
    assertThat(received.ttl()).isEqualTo(254);
  }

  @Test
  public void eachVirtualRouterHearsItsOwn() {
    Inbox<PacketReceived> first = join(right, IpAddress.VRRP_GROUP_V4, 51);
    Inbox<PacketReceived> second = join(right, IpAddress.VRRP_GROUP_V4, 52);
    advertise(left, 52);
    assertThat(first.received()).isEmpty();
    assertThat(second.received()).hasSize(1);
  }

  @Test
  public void familiesAreToldApart() {
    Inbox<PacketReceived> ipv4 = join(right, IpAddress.VRRP_GROUP_V4, 51);
    Inbox<PacketReceived> ipv6 = join(right, IpAddress.VRRP_GROUP_V6, 51);
    send(left, left.ipv6(), IpAddress.VRRP_GROUP_V6, 255, message(51));
    assertThat(ipv4.received()).isEmpty();
    assertThat(ipv6.received()).hasSize(1);
    assertThat(ipv6.received().getFirst().source()).isEqualTo(left.ipv6());
    assertThat(ipv6.received().getFirst().ttl()).isEqualTo(255);
  }

  @Test
  public void unicastReachesWhoJoinedNoGroup() {
    Inbox<PacketReceived> inbox = join(right, NO_GROUP, 51);
    send(left, left.ipv4(), right.ipv4(), 64, message(51));
    assertThat(inbox.received()).hasSize(1);
    assertThat(inbox.received().getFirst().destination()).isEqualTo(right.ipv4());
    assertThat(inbox.received().getFirst().ttl()).isEqualTo(64);
  }

  @Test
  public void multicastDoesNotReachWhoJoinedNoGroup() {
    Inbox<PacketReceived> inbox = join(right, NO_GROUP, 51);
    advertise(left, 51);
    assertThat(inbox.received()).isEmpty();
  }

  @Test
  public void whoLeftHearsNothing() {
    Inbox<PacketReceived> inbox = join(right, IpAddress.VRRP_GROUP_V4, 51);
    right
        .vrrpNetwork()
        .tell(
            new VrrpNetwork.Leave(
                right.who(), right.networkInterface(), IpAddress.VRRP_GROUP_V4, 51));
    advertise(left, 51);
    assertThat(inbox.received()).isEmpty();
  }

  @Test
  public void nobodyHearsItself() {
    Inbox<PacketReceived> inbox = join(left, IpAddress.VRRP_GROUP_V4, 51);
    advertise(left, 51);
    assertThat(inbox.received()).isEmpty();
  }

  @Test
  public void whatIsSentWhileTheInterfaceIsDownIsLost() {
    Inbox<PacketReceived> inbox = join(right, IpAddress.VRRP_GROUP_V4, 51);
    left.setLink(false);
    advertise(left, 51);
    left.setLink(true);
    settle();
    assertThat(inbox.received()).isEmpty();
    advertise(left, 51);
    assertThat(inbox.received()).hasSize(1);
  }

  @Test
  public void socketsStayOpenWhileTheInterfaceIsDown() {
    Inbox<PacketReceived> inbox = join(right, IpAddress.VRRP_GROUP_V4, 51);
    right.setLink(false);
    advertise(left, 51);
    right.setLink(true);
    settle();
    advertise(left, 51);
    assertThat(inbox.received()).hasSize(1);
  }

  @Test
  public void aDeadProcessNeitherSendsNorReceives() {
    Inbox<PacketReceived> heardLeft = join(left, IpAddress.VRRP_GROUP_V4, 51);
    Inbox<PacketReceived> heardRight = join(right, IpAddress.VRRP_GROUP_V4, 51);
    left.killProcess();
    advertise(left, 51);
    advertise(right, 51);
    assertThat(heardLeft.received()).isEmpty();
    assertThat(heardRight.received()).isEmpty();
  }
}
