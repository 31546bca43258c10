package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyncGroupMachineTest {
  private SyncGroup group = SyncGroup.of("G1", List.of("VI_1", "VI_2", "VI_3"));
  private List<SyncGroupEffect> effects = List.of();

  private SyncGroupMachineTest tell(String member, MemberReport report) {
    return on(new SyncGroupEvent.MemberReported(member, report));
  }

  private SyncGroupMachineTest on(SyncGroupEvent event) {
    SyncGroupTransition transition = SyncGroupMachine.on(group, event);
    group = transition.next();
    effects = transition.effects();
    return this;
  }

  private SyncGroupMachineTest all(MemberReport report) {
    return tell("VI_1", report).tell("VI_2", report).tell("VI_3", report);
  }

  private SyncGroupMachineTest master() {
    return all(MemberReport.BECAME_BACKUP)
        .all(MemberReport.WANTS_MASTER)
        .all(MemberReport.BECAME_MASTER);
  }

  private static SyncGroupEffect command(String member, GroupCommand command) {
    return new SyncGroupEffect.CommandMember(member, command);
  }

  private static SyncGroupEffect log(String line) {
    return new SyncGroupEffect.Log(line);
  }

  private static SyncGroupEffect notify(NotifyKind kind) {
    return new SyncGroupEffect.NotifyGroup(kind);
  }

  @Test
  void startsQuietlyAsBackup() {
    tell("VI_1", MemberReport.BECAME_BACKUP);
    assertThat(effects).containsExactly(notify(NotifyKind.BACKUP));
    tell("VI_2", MemberReport.BECAME_BACKUP);
    assertThat(effects).isEmpty();
  }

  @Test
  void becomesMasterWhenTheSlowestWantsToo() {
    all(MemberReport.BECAME_BACKUP).tell("VI_1", MemberReport.WANTS_MASTER);
    assertThat(effects).isEmpty();
    tell("VI_3", MemberReport.WANTS_MASTER);
    assertThat(effects).isEmpty();
    tell("VI_2", MemberReport.WANTS_MASTER);
    assertThat(effects)
        .containsExactly(
            command("VI_2", GroupCommand.BECOME_MASTER),
            log("VRRP_Group(G1) Syncing instances to MASTER state"),
            command("VI_1", GroupCommand.BECOME_MASTER),
            command("VI_3", GroupCommand.BECOME_MASTER),
            notify(NotifyKind.MASTER));
  }

  @Test
  void oneThatHearsItsMasterAgainHoldsAllBack() {
    all(MemberReport.BECAME_BACKUP)
        .tell("VI_1", MemberReport.WANTS_MASTER)
        .tell("VI_1", MemberReport.HEARS_MASTER)
        .tell("VI_2", MemberReport.WANTS_MASTER)
        .tell("VI_3", MemberReport.WANTS_MASTER);
    assertThat(effects).isEmpty();
    tell("VI_1", MemberReport.WANTS_MASTER);
    assertThat(effects).contains(notify(NotifyKind.MASTER));
  }

  @Test
  void oneThatBecomesBackupTakesAllAlong() {
    master().tell("VI_3", MemberReport.BECAME_BACKUP);
    assertThat(effects)
        .containsExactly(
            log("VRRP_Group(G1) Syncing instances to BACKUP state"),
            command("VI_1", GroupCommand.BECOME_BACKUP),
            command("VI_2", GroupCommand.BECOME_BACKUP),
            notify(NotifyKind.BACKUP));
    tell("VI_1", MemberReport.BECAME_BACKUP);
    assertThat(effects).isEmpty();
  }

  @Test
  void oneFaultFaultsAllAndAllLeaveTogether() {
    master().tell("VI_2", MemberReport.FAULTED);
    assertThat(effects)
        .containsExactly(
            log("VRRP_Group(G1) Syncing instances to FAULT state"),
            command("VI_1", GroupCommand.ENTER_FAULT),
            command("VI_3", GroupCommand.ENTER_FAULT),
            notify(NotifyKind.FAULT));
    tell("VI_1", MemberReport.FAULTED).tell("VI_2", MemberReport.RECOVERED);
    assertThat(effects).isEmpty();
    tell("VI_1", MemberReport.RECOVERED);
    assertThat(effects)
        .containsExactly(
            command("VI_1", GroupCommand.LEAVE_FAULT),
            log("VRRP_Group(G1) Syncing instances to BACKUP state"),
            command("VI_2", GroupCommand.LEAVE_FAULT),
            command("VI_3", GroupCommand.LEAVE_FAULT),
            notify(NotifyKind.BACKUP));
  }

  @Test
  void memberThatStartsWhileTheGroupHasAFaultEntersItToo() {
    tell("VI_1", MemberReport.FAULTED).tell("VI_2", MemberReport.BECAME_BACKUP);
    assertThat(effects).containsExactly(command("VI_2", GroupCommand.ENTER_FAULT));
    assertThat(group.state()).isEqualTo(VrrpState.FAULT);
  }

  @Test
  void lowerPriorityHeardByOneIsAnnouncedByTheOthers() {
    master().tell("VI_1", MemberReport.HEARD_LOWER_PRIORITY);
    assertThat(effects)
        .containsExactly(
            command("VI_2", GroupCommand.ANNOUNCE), command("VI_3", GroupCommand.ANNOUNCE));
  }

  @Test
  void memberTakenOutOfTheFileNoLongerCounts() {
    all(MemberReport.BECAME_BACKUP)
        .on(new SyncGroupEvent.MembersChanged(List.of("VI_1", "VI_2")))
        .tell("VI_3", MemberReport.WANTS_MASTER)
        .tell("VI_1", MemberReport.WANTS_MASTER);
    assertThat(effects).isEmpty();
    tell("VI_2", MemberReport.WANTS_MASTER);
    assertThat(effects).contains(command("VI_1", GroupCommand.BECOME_MASTER));
  }

  @Test
  void faultLeavesTheGroupWithTheMemberThatHadIt() {
    master()
        .tell("VI_3", MemberReport.FAULTED)
        .on(new SyncGroupEvent.MembersChanged(List.of("VI_1", "VI_2")));
    assertThat(effects)
        .containsExactly(
            command("VI_1", GroupCommand.LEAVE_FAULT),
            command("VI_2", GroupCommand.LEAVE_FAULT),
            notify(NotifyKind.BACKUP));
  }

  @Test
  void memberThatLeftHoldsTheOthersBackUntilTheFileIsReadAgain() {
    all(MemberReport.BECAME_BACKUP)
        .tell("VI_1", MemberReport.LEFT)
        .tell("VI_2", MemberReport.WANTS_MASTER)
        .tell("VI_3", MemberReport.WANTS_MASTER);
    assertThat(effects).isEmpty();
  }
}
