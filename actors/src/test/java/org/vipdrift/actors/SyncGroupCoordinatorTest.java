package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.node.NodeConfiguration.Group;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.trace.TraceDetail.SyncGroupChanged;
import org.vipdrift.model.vrrp.GroupCommand;
import org.vipdrift.model.vrrp.MemberReport;
import org.vipdrift.model.vrrp.NotifyKind;

class SyncGroupCoordinatorTest {
  private final TestInbox<Object> world = TestInbox.create();
  private final FakeNode node = new FakeNode(world.getRef());
  private final TestInbox<NotifyScripts.Command> notifications = TestInbox.create();
  private final TestInbox<VrrpInstance.Command> inside = TestInbox.create();
  private final TestInbox<VrrpInstance.Command> outside = TestInbox.create();
  private final BehaviorTestKit<SyncGroupCoordinator.Command> kit =
      BehaviorTestKit.create(
          SyncGroupCoordinator.create(
              group("inside", "outside"), node.ports(), notifications.getRef()));

  private static Group group(String... members) {
    return new Group("G", List.of(members), NotifyCommands.NONE);
  }

  @BeforeEach
  void bothJoin() {
    kit.run(new SyncGroupCoordinator.MemberJoined("inside", inside.getRef()));
    kit.run(new SyncGroupCoordinator.MemberJoined("outside", outside.getRef()));
    report("inside", MemberReport.BECAME_BACKUP);
    report("outside", MemberReport.BECAME_BACKUP);
    forget();
  }

  private void report(String member, MemberReport report) {
    kit.run(new SyncGroupCoordinator.MemberReported(member, report, 4));
  }

  private void forget() {
    inside.getAllReceived();
    outside.getAllReceived();
    notifications.getAllReceived();
    world.getAllReceived();
  }

  private static List<GroupCommand> orders(TestInbox<VrrpInstance.Command> member) {
    return member.getAllReceived().stream()
        .map(m -> ((VrrpInstance.GroupOrdered) m).command())
        .toList();
  }

  @Test
  void oneMemberAloneDoesNotBecomeMaster() {
    report("inside", MemberReport.WANTS_MASTER);
    assertThat(orders(inside)).isEmpty();
    assertThat(orders(outside)).isEmpty();
  }

  @Test
  void whenAllWantToAllBecomeMaster() {
    report("inside", MemberReport.WANTS_MASTER);
    report("outside", MemberReport.WANTS_MASTER);
    assertThat(orders(inside)).containsExactly(GroupCommand.BECOME_MASTER);
    assertThat(orders(outside)).containsExactly(GroupCommand.BECOME_MASTER);
  }

  @Test
  void itsChangeIsTracedNotifiedAndTheCauseOfItsOrders() {
    report("inside", MemberReport.WANTS_MASTER);
    report("outside", MemberReport.WANTS_MASTER);
    FakeNode.Traced traced = (FakeNode.Traced) world.getAllReceived().getFirst();
    assertThat(traced.detail())
        .isEqualTo(new SyncGroupChanged("G", "BACKUP", "MASTER", "outside wants master"));
    assertThat(traced.cause()).isEqualTo(4);
    assertThat(((VrrpInstance.GroupOrdered) inside.getAllReceived().getFirst()).cause())
        .isEqualTo(traced.id());
    assertThat(notifications.getAllReceived())
        .singleElement()
        .isInstanceOfSatisfying(
            NotifyScripts.Changed.class,
            c -> {
              assertThat(c.type()).isEqualTo("GROUP");
              assertThat(c.name()).isEqualTo("G");
              assertThat(c.kind()).isEqualTo(NotifyKind.MASTER);
              assertThat(c.priority()).isZero();
            });
  }

  @Test
  void theFaultOfOneIsTheFaultOfAll() {
    report("inside", MemberReport.FAULTED);
    assertThat(orders(outside)).containsExactly(GroupCommand.ENTER_FAULT);
    assertThat(orders(inside)).isEmpty();
    report("inside", MemberReport.RECOVERED);
    assertThat(orders(outside)).containsExactly(GroupCommand.LEAVE_FAULT);
  }

  @Test
  void aReportOfAStrangerIsIgnored() {
    report("stranger", MemberReport.FAULTED);
    assertThat(orders(inside)).isEmpty();
    assertThat(world.getAllReceived()).isEmpty();
  }

  @Test
  void aMemberThatTheConfigurationNoLongerNamesIsNotAsked() {
    kit.run(new SyncGroupCoordinator.Reconfigure(group("inside")));
    forget();
    report("inside", MemberReport.WANTS_MASTER);
    assertThat(orders(inside)).containsExactly(GroupCommand.BECOME_MASTER);
    assertThat(orders(outside)).isEmpty();
  }
}
