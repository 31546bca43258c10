package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.Interfaces.InterfaceStatus;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.model.frame.IpPrefix;

/** What every {@link Interfaces} does. */
public abstract class InterfacesContract extends PortContract {
  private Inbox<InterfaceStatus> watch() {
    Inbox<InterfaceStatus> inbox = world.inbox();
    left.interfaces().tell(new Interfaces.Watch(left.who(), inbox.ref()));
    settle();
    return inbox;
  }

  private List<InterfaceStatus> received(Inbox<InterfaceStatus> inbox) {
    return inbox.received().stream()
        .filter(status -> status.name().equals(left.networkInterface()))
        .toList();
  }

  @Test
  public void watchingTellsAtOnceHowItIs() {
    List<InterfaceStatus> received = received(watch());
    assertThat(received).hasSize(1);
    assertThat(received.getFirst().up()).isTrue();
    assertThat(received.getFirst().mac()).isEqualTo(left.mac());
    assertThat(received.getFirst().addresses())
        .extracting(IpPrefix::address)
        .contains(left.ipv4(), left.ipv6());
  }

  @Test
  public void downAndUpAreTold() {
    Inbox<InterfaceStatus> inbox = watch();
    left.setLink(false);
    settle();
    assertThat(received(inbox).getLast().up()).isFalse();
    left.setLink(true);
    settle();
    assertThat(received(inbox).getLast().up()).isTrue();
  }

  @Test
  public void downTakesTheIpv6AddressesButNotTheIpv4Ones() {
    Inbox<InterfaceStatus> inbox = watch();
    left.setLink(false);
    settle();
    assertThat(received(inbox).getLast().addresses())
        .extracting(IpPrefix::address)
        .contains(left.ipv4())
        .doesNotContain(left.ipv6());
  }

  @Test
  public void addressesAreToldInTheOrderInWhichTheyCame() {
    Inbox<InterfaceStatus> inbox = watch();
    add(left, left.who(), VIP_32);
    List<IpPrefix> addresses = received(inbox).getLast().addresses();
    assertThat(addresses.getFirst().address()).isEqualTo(left.ipv4());
    assertThat(addresses).contains(VIP_32);
    remove(left, left.who(), VIP_32);
    assertThat(received(inbox).getLast().addresses()).doesNotContain(VIP_32);
  }

  @Test
  public void afterUnwatchNothingIsTold() {
    Inbox<InterfaceStatus> inbox = watch();
    left.interfaces().tell(new Interfaces.Unwatch(left.who()));
    settle();
    int before = inbox.received().size();
    left.setLink(false);
    settle();
    assertThat(inbox.received()).hasSize(before);
  }

  @Test
  public void aDeadProcessIsToldNothing() {
    Inbox<InterfaceStatus> inbox = watch();
    left.killProcess();
    int before = inbox.received().size();
    left.setLink(false);
    settle();
    assertThat(inbox.received()).hasSize(before);
  }
}
