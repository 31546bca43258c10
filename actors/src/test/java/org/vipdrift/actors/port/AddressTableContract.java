package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.actors.port.AddressTable.Outcome.ALREADY_THERE;
import static org.vipdrift.actors.port.AddressTable.Outcome.DONE;
import static org.vipdrift.actors.port.AddressTable.Outcome.NOT_THERE;
import static org.vipdrift.actors.port.AddressTable.Outcome.NO_SUCH_INTERFACE;

import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.AddressTable.Answer;
import org.vipdrift.actors.port.AddressTable.Outcome;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/** What every {@link AddressTable} does. */
public abstract class AddressTableContract extends PortContract {
  private static Outcome outcome(Inbox<Answer> answers) {
    assertThat(answers.received()).hasSize(1);
    return answers.received().getFirst().outcome();
  }

  @Test
  public void anAddedAddressAnswers() {
    Inbox<Answer> answers = add(left, left.who(), VIP_32);
    assertThat(outcome(answers)).isEqualTo(DONE);
    assertThat(answers.received().getFirst().address()).isEqualTo(VIP_32);
    assertThat(answers.received().getFirst().networkInterface()).isEqualTo(left.networkInterface());
    assertThat(client.reaches(VIP)).isTrue();
  }

  @Test
  public void aRemovedAddressDoesNot() {
    add(left, left.who(), VIP_32);
    assertThat(outcome(remove(left, left.who(), VIP_32))).isEqualTo(DONE);
    assertThat(client.reaches(VIP)).isFalse();
  }

  @Test
  public void addingTwiceIsSaid() {
    add(left, left.who(), VIP_32);
    assertThat(outcome(add(left, left.who(), VIP_32))).isEqualTo(ALREADY_THERE);
  }

  @Test
  public void removingWhatIsNotThereIsSaid() {
    assertThat(outcome(remove(left, left.who(), VIP_32))).isEqualTo(NOT_THERE);
  }

  @Test
  public void removingWithAnotherPrefixLengthIsRemovingWhatIsNotThere() {
    add(left, left.who(), VIP_32);
    assertThat(outcome(remove(left, left.who(), new IpPrefix(VIP, 24)))).isEqualTo(NOT_THERE);
  }

  @Test
  public void anUnknownInterfaceIsSaid() {
    Inbox<Answer> answers = world.inbox();
    left.addressTable().tell(new AddressTable.Add(left.who(), "nosuch0", VIP_32, answers.ref(), 0));
    left.addressTable()
        .tell(new AddressTable.Remove(left.who(), "nosuch0", VIP_32, answers.ref(), 0));
    settle();
    assertThat(answers.received())
        .extracting(Answer::outcome)
        .containsExactly(NO_SUCH_INTERFACE, NO_SUCH_INTERFACE);
  }

  @Test
  public void releaseAllTakesWhatThisProcessAddedAndNothingElse() {
    IpPrefix second = new IpPrefix(IpAddress.of("20.0.0.101"), 32);
    add(left, left.who(), VIP_32);
    add(left, left.who() + "/part", second);
    left.addressTable().tell(new AddressTable.ReleaseAll(left.who() + "/part", 0));
    settle();
    assertThat(client.reaches(second.address())).isFalse();
    assertThat(client.reaches(VIP)).isTrue();
    assertThat(client.reaches(left.ipv4())).isTrue();
  }

  @Test
  public void theAddressesOfADeadProcessStay() {
    add(left, left.who(), VIP_32);
    left.killProcess();
    settle();
    assertThat(client.reaches(VIP)).isTrue();
  }

  @Test
  public void aDeadProcessIsNotServed() {
    left.killProcess();
    assertThat(add(left, left.who(), VIP_32).received()).isEmpty();
    assertThat(client.reaches(VIP)).isFalse();
  }
}
