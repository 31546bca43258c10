package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.DirectorTable.Contents;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.ipvs.Destination;
import org.vipdrift.model.ipvs.ForwardingMethod;
import org.vipdrift.model.ipvs.SchedulingRule;
import org.vipdrift.model.ipvs.ServiceKey;
import org.vipdrift.model.ipvs.TransportProtocol;
import org.vipdrift.model.ipvs.VirtualService;

/** What every {@link DirectorTable} does. */
public abstract class DirectorTableContract extends PortContract {
  private static final ServiceKey KEY = new ServiceKey.Address(TransportProtocol.TCP, VIP, 80);
  private static final VirtualService SERVICE = VirtualService.of(KEY, SchedulingRule.WLC);

  /** The director table of the left host. */
  protected abstract ActorRef<DirectorTable.Command> table();

  private void tell(DirectorTable.Command command) {
    table().tell(command);
    settle();
  }

  private static Destination server(int last, int weight) {
    return Destination.of(
        IpAddress.of("20.0.0." + last), 80, ForwardingMethod.DIRECT_ROUTING, weight);
  }

  private void put(Destination destination) {
    tell(new DirectorTable.PutDestination(left.who(), KEY, destination, 0));
  }

  private Contents contents() {
    Inbox<Contents> answers = world.inbox();
    tell(new DirectorTable.Show(left.who(), answers.ref()));
    return answers.received().getFirst();
  }

  @Test
  public void whatIsPutIsShownTheLastRealServerFirst() {
    tell(new DirectorTable.PutService(left.who(), SERVICE, 0));
    put(server(50, 1));
    put(server(51, 2));

    assertThat(contents())
        .isEqualTo(
            new Contents(
                List.of(new DirectorTable.Entry(SERVICE, List.of(server(51, 2), server(50, 1))))));
  }

  @Test
  public void whatIsPutAgainIsChangedInItsPlace() {
    tell(new DirectorTable.PutService(left.who(), SERVICE, 0));
    put(server(50, 1));
    put(server(51, 2));
    put(server(50, 9));
    VirtualService changed = VirtualService.of(KEY, SchedulingRule.RR);
    tell(new DirectorTable.PutService(left.who(), changed, 0));

    assertThat(contents().services())
        .containsExactly(new DirectorTable.Entry(changed, List.of(server(51, 2), server(50, 9))));
  }

  @Test
  public void whatIsRemovedIsGoneAndRemovingItTwiceDoesNothing() {
    tell(new DirectorTable.PutService(left.who(), SERVICE, 0));
    put(server(50, 1));
    tell(new DirectorTable.RemoveDestination(left.who(), KEY, server(50, 1).key(), 0));
    tell(new DirectorTable.RemoveDestination(left.who(), KEY, server(50, 1).key(), 0));
    assertThat(contents().services()).containsExactly(new DirectorTable.Entry(SERVICE, List.of()));
    tell(new DirectorTable.RemoveService(left.who(), KEY, 0));
    tell(new DirectorTable.RemoveService(left.who(), KEY, 0));
    assertThat(contents().services()).isEmpty();
  }

  @Test
  public void aFlushRemovesEverything() {
    tell(new DirectorTable.PutService(left.who(), SERVICE, 0));
    put(server(50, 1));
    tell(new DirectorTable.Flush(left.who(), 0));

    assertThat(contents().services()).isEmpty();
  }

  @Test
  public void aDeadProcessChangesNothingAndWhatItPutStays() {
    tell(new DirectorTable.PutService(left.who(), SERVICE, 0));
    put(server(50, 1));
    Inbox<Contents> answers = world.inbox();
    left.killProcess();
    tell(new DirectorTable.Flush(left.who(), 0));
    tell(new DirectorTable.Show("operator", answers.ref()));

    assertThat(answers.received().getFirst().services()).hasSize(1);
  }
}
