package org.vipdrift.model.vrrp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Keeps the members of a sync group together, as keepalived does: a member becomes master only when
 * all want to, so the slowest decides; one that becomes backup takes all along; one fault faults
 * all, and all leave FAULT together.
 *
 * <pre>
 *   all want to be master:  all -> MASTER
 *   one becomes backup:     all -> BACKUP
 *   one has a fault:        all -> FAULT
 *   the last fault clears:  all -> BACKUP
 * </pre>
 */
public final class SyncGroupMachine {
  private SyncGroupMachine() {}

  /** What follows from an event; a report of someone who is no member is ignored. */
  public static SyncGroupTransition on(SyncGroup group, SyncGroupEvent event) {
    return switch (event) {
      case SyncGroupEvent.MemberReported(String name, MemberReport report) ->
          group.members().containsKey(name)
              ? onReport(group, name, report)
              : new SyncGroupTransition(group, List.of());
      case SyncGroupEvent.MembersChanged(List<String> members) -> regroup(group, members);
    };
  }

  private static SyncGroupTransition onReport(SyncGroup group, String name, MemberReport report) {
    return switch (report) {
      case WANTS_MASTER -> wantsMaster(group.with(name, member(VrrpState.BACKUP, true)), name);
      case HEARS_MASTER -> quietly(group.with(name, member(VrrpState.BACKUP, false)));
      case BECAME_MASTER -> quietly(group.with(name, member(VrrpState.MASTER, false)));
      case BECAME_BACKUP -> becameBackup(group, name);
      case FAULTED -> faulted(group, name);
      case RECOVERED -> recovered(group, name);
      case HEARD_LOWER_PRIORITY -> {
        List<SyncGroupEffect> effects = new ArrayList<>();
        commandOthers(group, name, GroupCommand.ANNOUNCE, effects);
        yield new SyncGroupTransition(group, effects);
      }
      case LEFT -> quietly(group.with(name, SyncGroup.Member.NEW));
    };
  }

  private static SyncGroup.Member member(VrrpState state, boolean wantsMaster) {
    return new SyncGroup.Member(state, wantsMaster, false);
  }

  private static SyncGroupTransition quietly(SyncGroup group) {
    return new SyncGroupTransition(group, List.of());
  }

  private static SyncGroupTransition wantsMaster(SyncGroup group, String name) {
    for (SyncGroup.Member member : group.members().values()) {
      if (member.state() != VrrpState.MASTER && !member.wantsMaster()) {
        return quietly(group);
      }
    }
    return together(group, name, VrrpState.MASTER, GroupCommand.BECOME_MASTER, NotifyKind.MASTER);
  }

  private static SyncGroupTransition becameBackup(SyncGroup before, String name) {
    SyncGroup group = before.with(name, member(VrrpState.BACKUP, false));
    if (group.anyFaulted()) {
      return new SyncGroupTransition(
          group, List.of(new SyncGroupEffect.CommandMember(name, GroupCommand.ENTER_FAULT)));
    }
    List<SyncGroupEffect> effects = new ArrayList<>();
    switch (group.state()) {
      case MASTER -> {
        effects.add(syncing(group, VrrpState.BACKUP));
        commandOthers(group, name, GroupCommand.BECOME_BACKUP, effects);
        effects.add(new SyncGroupEffect.NotifyGroup(NotifyKind.BACKUP));
      }
      case INIT, FAULT -> effects.add(new SyncGroupEffect.NotifyGroup(NotifyKind.BACKUP));
      case BACKUP -> {}
    }
    return new SyncGroupTransition(group.with(VrrpState.BACKUP), effects);
  }

  private static SyncGroupTransition faulted(SyncGroup before, String name) {
    SyncGroup group = before.with(name, new SyncGroup.Member(VrrpState.FAULT, false, true));
    if (group.state() == VrrpState.FAULT) {
      return quietly(group);
    }
    List<SyncGroupEffect> effects = new ArrayList<>();
    effects.add(syncing(group, VrrpState.FAULT));
    commandOthers(group, name, GroupCommand.ENTER_FAULT, effects);
    effects.add(new SyncGroupEffect.NotifyGroup(NotifyKind.FAULT));
    return new SyncGroupTransition(group.with(VrrpState.FAULT), effects);
  }

  private static SyncGroupTransition recovered(SyncGroup before, String name) {
    SyncGroup group = before.with(name, member(VrrpState.FAULT, false));
    return group.anyFaulted()
        ? quietly(group)
        : together(group, name, VrrpState.BACKUP, GroupCommand.LEAVE_FAULT, NotifyKind.BACKUP);
  }

  /** The member that tipped the scales goes first, then the others. */
  private static SyncGroupTransition together(
      SyncGroup group, String first, VrrpState state, GroupCommand command, NotifyKind kind) {
    List<SyncGroupEffect> effects = new ArrayList<>();
    effects.add(new SyncGroupEffect.CommandMember(first, command));
    effects.add(syncing(group, state));
    commandOthers(group, first, command, effects);
    if (group.state() != state) {
      effects.add(new SyncGroupEffect.NotifyGroup(kind));
    }
    return new SyncGroupTransition(group.with(state), effects);
  }

  private static SyncGroupEffect syncing(SyncGroup group, VrrpState state) {
    return new SyncGroupEffect.Log(
        "VRRP_Group(" + group.name() + ") Syncing instances to " + state + " state");
  }

  private static void commandOthers(
      SyncGroup group, String name, GroupCommand command, List<SyncGroupEffect> effects) {
    for (String other : group.members().keySet()) {
      if (!other.equals(name)) {
        effects.add(new SyncGroupEffect.CommandMember(other, command));
      }
    }
  }

  private static SyncGroupTransition regroup(SyncGroup group, List<String> names) {
    SequencedMap<String, SyncGroup.Member> members = new LinkedHashMap<>();
    for (String name : names) {
      members.put(name, group.members().getOrDefault(name, SyncGroup.Member.NEW));
    }
    SyncGroup next = new SyncGroup(group.name(), group.state(), members);
    List<SyncGroupEffect> effects = new ArrayList<>();
    if (group.state() != VrrpState.FAULT) {
      return quietly(next);
    }
    if (next.anyFaulted()) {
      for (String name : names) {
        if (!group.members().containsKey(name)) {
          effects.add(new SyncGroupEffect.CommandMember(name, GroupCommand.ENTER_FAULT));
        }
      }
      return new SyncGroupTransition(next, effects);
    }
    for (Map.Entry<String, SyncGroup.Member> member : members.entrySet()) {
      effects.add(new SyncGroupEffect.CommandMember(member.getKey(), GroupCommand.LEAVE_FAULT));
    }
    effects.add(new SyncGroupEffect.NotifyGroup(NotifyKind.BACKUP));
    return new SyncGroupTransition(next.with(VrrpState.BACKUP), effects);
  }
}
