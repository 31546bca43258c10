package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.RouteTable.Answer;
import org.vipdrift.actors.port.RouteTable.Outcome;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.route.RoutingRule;

/** What every {@link RouteTable} does. */
public abstract class RouteTableContract extends PortContract {
  private static final IpAddress ELSEWHERE = IpAddress.of("10.77.0.1");
  private static final IpPrefix NETWORK = new IpPrefix(IpAddress.of("10.77.0.0"), 24);

  /** To a network that the other host is in, so that an answer shows the way. */
  private Route route() {
    return Route.via(NETWORK, right.ipv4(), left.networkInterface());
  }

  private static RoutingRule rule() {
    return new RoutingRule(
        IpFamily.IPV4,
        false,
        Optional.of(new IpPrefix(IpAddress.of("10.78.0.0"), 24)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        RoutingRule.Action.LOOKUP,
        177,
        0,
        OptionalInt.empty(),
        1777,
        RouteEntry.KEEPALIVED_PROTOCOL);
  }

  private Inbox<Answer> addEntry(String who, RouteEntry entry) {
    Inbox<Answer> answers = world.inbox();
    left.routeTable().tell(new RouteTable.Add(who, entry, answers.ref(), 0));
    settle();
    return answers;
  }

  private Inbox<Answer> removeEntry(String who, RouteEntry entry) {
    Inbox<Answer> answers = world.inbox();
    left.routeTable().tell(new RouteTable.Remove(who, entry, answers.ref(), 0));
    settle();
    return answers;
  }

  private static Outcome outcome(Inbox<Answer> answers) {
    assertThat(answers.received()).hasSize(1);
    return answers.received().getFirst().outcome();
  }

  private void giveRightTheAddress() {
    add(right, right.who(), new IpPrefix(ELSEWHERE, 32));
  }

  @Test
  public void anAddedRouteLeadsThere() {
    giveRightTheAddress();
    assertThat(left.reaches(ELSEWHERE)).isFalse();
    assertThat(outcome(addEntry(left.who(), route()))).isEqualTo(Outcome.DONE);
    assertThat(left.reaches(ELSEWHERE)).isTrue();
  }

  @Test
  public void aRemovedRouteNoLonger() {
    giveRightTheAddress();
    addEntry(left.who(), route());
    assertThat(outcome(removeEntry(left.who(), route()))).isEqualTo(Outcome.DONE);
    assertThat(left.reaches(ELSEWHERE)).isFalse();
  }

  @Test
  public void aBlackholeSwallowsWhatALessSpecificRouteWouldCarry() {
    giveRightTheAddress();
    addEntry(left.who(), route());
    Route blackhole =
        new Route(
            Route.Kind.BLACKHOLE,
            new IpPrefix(ELSEWHERE, 32),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            RouteEntry.MAIN_TABLE,
            OptionalInt.empty(),
            RouteEntry.KEEPALIVED_PROTOCOL,
            0,
            0,
            OptionalInt.empty(),
            false,
            false,
            List.of());
    assertThat(outcome(addEntry(left.who(), blackhole))).isEqualTo(Outcome.DONE);
    assertThat(left.reaches(ELSEWHERE)).isFalse();
    removeEntry(left.who(), blackhole);
    assertThat(left.reaches(ELSEWHERE)).isTrue();
  }

  @Test
  public void addingTwiceAndRemovingWhatIsNotThereAreSaid() {
    assertThat(outcome(removeEntry(left.who(), route()))).isEqualTo(Outcome.NOT_THERE);
    addEntry(left.who(), route());
    assertThat(outcome(addEntry(left.who(), route()))).isEqualTo(Outcome.ALREADY_THERE);
  }

  @Test
  public void rulesAreKeptToo() {
    assertThat(outcome(addEntry(left.who(), rule()))).isEqualTo(Outcome.DONE);
    assertThat(outcome(addEntry(left.who(), rule()))).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(outcome(removeEntry(left.who(), rule()))).isEqualTo(Outcome.DONE);
    assertThat(outcome(removeEntry(left.who(), rule()))).isEqualTo(Outcome.NOT_THERE);
  }

  @Test
  public void anUnknownInterfaceIsSaid() {
    Route nowhere = Route.via(NETWORK, right.ipv4(), "nosuch0");
    assertThat(outcome(addEntry(left.who(), nowhere))).isEqualTo(Outcome.NO_SUCH_INTERFACE);
  }

  @Test
  public void releaseAllTakesWhatThisProcessAddedAndNothingElse() {
    giveRightTheAddress();
    addEntry(left.who(), route());
    addEntry(left.who() + "/part", rule());
    left.routeTable().tell(new RouteTable.ReleaseAll(left.who() + "/part", 0));
    settle();
    assertThat(left.reaches(ELSEWHERE)).isTrue();
    assertThat(outcome(removeEntry(left.who(), rule()))).isEqualTo(Outcome.NOT_THERE);
  }

  @Test
  public void theRoutesOfADeadProcessStayAndItIsNotServed() {
    giveRightTheAddress();
    addEntry(left.who(), route());
    left.killProcess();
    settle();
    assertThat(left.reaches(ELSEWHERE)).isTrue();
    assertThat(addEntry(left.who(), rule()).received()).isEmpty();
  }
}
