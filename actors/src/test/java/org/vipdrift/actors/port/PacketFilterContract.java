package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PacketFilter} does. */
public abstract class PacketFilterContract extends PortContract {
  @BeforeEach
  public void holdTheVip() {
    add(left, left.who(), VIP_32);
  }

  private void tell(PacketFilter.Command command) {
    left.packetFilter().tell(command);
    settle();
  }

  @Test
  public void aRefusedAddressDoesNotAnswerButIsResolved() {
    tell(new PacketFilter.RefuseTraffic(left.who(), VIP));
    assertThat(client.reaches(VIP)).isFalse();
    assertThat(client.neighbor(VIP)).contains(left.mac());
    assertThat(client.reaches(left.ipv4())).isTrue();
  }

  @Test
  public void anAcceptedAddressAnswersAgain() {
    tell(new PacketFilter.RefuseTraffic(left.who(), VIP));
    tell(new PacketFilter.AcceptTraffic(left.who(), VIP));
    assertThat(client.reaches(VIP)).isTrue();
  }

  @Test
  public void releaseAllEndsEveryRefusal() {
    tell(new PacketFilter.RefuseTraffic(left.who(), VIP));
    tell(new PacketFilter.RefuseTraffic(left.who(), left.ipv4()));
    tell(new PacketFilter.ReleaseAll(left.who()));
    assertThat(client.reaches(VIP)).isTrue();
    assertThat(client.reaches(left.ipv4())).isTrue();
  }

  @Test
  public void aDeadProcessRefusesNothingNew() {
    left.killProcess();
    tell(new PacketFilter.RefuseTraffic(left.who(), VIP));
    assertThat(client.reaches(VIP)).isTrue();
  }
}
