package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/** What every {@link NeighborAnnouncer} does. */
public abstract class NeighborAnnouncerContract extends PortContract {
  private void announce(TestHost host, IpAddress address) {
    host.neighborAnnouncer()
        .tell(new NeighborAnnouncer.Announce(host.who(), host.networkInterface(), address, 0));
    settle();
  }

  /** The client has spoken to the address on the left host; now it is on the right one. */
  private void moveToTheRight(IpPrefix address) {
    add(left, left.who(), address);
    assertThat(client.reaches(address.address())).isTrue();
    assertThat(client.neighbor(address.address())).contains(left.mac());
    remove(left, left.who(), address);
    add(right, right.who(), address);
  }

  @Test
  public void whoKnowsTheAddressElsewhereIsSetRight() {
    moveToTheRight(VIP_32);
    assertThat(client.neighbor(VIP)).contains(left.mac());
    announce(right, VIP);
    assertThat(client.neighbor(VIP)).contains(right.mac());
    assertThat(client.reaches(VIP)).isTrue();
  }

  @Test
  public void anIpv6AddressIsAnnouncedToo() {
    IpAddress address = IpAddress.of("fe80::100");
    moveToTheRight(new IpPrefix(address, 64));
    announce(right, address);
    assertThat(client.neighbor(address)).contains(right.mac());
  }

  @Test
  public void nobodyLearnsAnAddressThatItNeverAskedFor() {
    add(right, right.who(), VIP_32);
    announce(right, VIP);
    assertThat(client.neighbor(VIP)).isEmpty();
  }

  @Test
  public void aDeadProcessAnnouncesNothing() {
    moveToTheRight(VIP_32);
    right.killProcess();
    announce(right, VIP);
    assertThat(client.neighbor(VIP)).contains(left.mac());
  }
}
