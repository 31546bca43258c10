package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.actors.port.VirtualInterfaces.Answer;
import org.vipdrift.actors.port.VirtualInterfaces.Outcome;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.vrrp.VirtualInterface;

/** What every {@link VirtualInterfaces} does with macvlans. */
public abstract class VirtualInterfacesContract extends PortContract {
  private static final MacAddress VIRTUAL = MacAddress.ofVirtualRouter(51, IpFamily.IPV4);

  private VirtualInterface.Macvlan macvlan() {
    return new VirtualInterface.Macvlan("vrrp.51", left.networkInterface(), VIRTUAL);
  }

  private Outcome ensure(VirtualInterface wanted) {
    Inbox<Answer> answers = world.inbox();
    left.virtualInterfaces()
        .tell(new VirtualInterfaces.Ensure(left.who(), wanted, answers.ref(), 0));
    settle();
    assertThat(answers.received()).hasSize(1);
    return answers.received().getFirst().outcome();
  }

  private Outcome removeIt() {
    Inbox<Answer> answers = world.inbox();
    left.virtualInterfaces()
        .tell(new VirtualInterfaces.Remove(left.who(), "vrrp.51", answers.ref(), 0));
    settle();
    assertThat(answers.received()).hasSize(1);
    return answers.received().getFirst().outcome();
  }

  private void addTheAddress() {
    Inbox<AddressTable.Answer> answers = world.inbox();
    left.addressTable().tell(new AddressTable.Add(left.who(), "vrrp.51", VIP_32, answers.ref(), 0));
    settle();
  }

  @Test
  public void anAddressOnItAnswersWithItsMacAddress() {
    assertThat(ensure(macvlan())).isEqualTo(Outcome.DONE);
    addTheAddress();
    assertThat(client.reaches(VIP)).isTrue();
    assertThat(client.neighbor(VIP)).contains(VIRTUAL);
    assertThat(client.reaches(left.ipv4())).isTrue();
    assertThat(client.neighbor(left.ipv4())).contains(left.mac());
  }

  @Test
  public void itIsSeenAsAnyOtherInterface() {
    Inbox<Interfaces.InterfaceStatus> seen = world.inbox();
    left.interfaces().tell(new Interfaces.Watch(left.who(), seen.ref()));
    settle();
    ensure(macvlan());
    List<Interfaces.InterfaceStatus> its =
        seen.received().stream().filter(s -> s.name().equals("vrrp.51")).toList();
    assertThat(its).isNotEmpty();
    assertThat(its.getLast().up()).isTrue();
    assertThat(its.getLast().mac()).isEqualTo(VIRTUAL);
  }

  @Test
  public void removedItIsGoneWithItsAddresses() {
    ensure(macvlan());
    addTheAddress();
    assertThat(removeIt()).isEqualTo(Outcome.DONE);
    assertThat(client.reaches(VIP)).isFalse();
    assertThat(removeIt()).isEqualTo(Outcome.NOT_THERE);
  }

  @Test
  public void whatIsThereAlreadyIsTakenOver() {
    ensure(macvlan());
    assertThat(ensure(macvlan())).isEqualTo(Outcome.ALREADY_THERE);
  }

  @Test
  public void anUnknownParentIsSaid() {
    assertThat(ensure(new VirtualInterface.Macvlan("vrrp.51", "nosuch0", VIRTUAL)))
        .isEqualTo(Outcome.NO_SUCH_PARENT);
  }

  @Test
  public void releaseAllRemovesIt() {
    ensure(macvlan());
    left.virtualInterfaces().tell(new VirtualInterfaces.ReleaseAll(left.who(), 0));
    settle();
    assertThat(removeIt()).isEqualTo(Outcome.NOT_THERE);
  }
}
