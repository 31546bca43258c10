package org.vipdrift.model.vrrp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Instances that share their fate.
 *
 * @param name of the group
 * @param state of the group as a whole
 * @param members by name, in configured order
 */
public record SyncGroup(String name, VrrpState state, SequencedMap<String, Member> members) {
  public SyncGroup {
    members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
  }

  /**
   * What the group knows of a member.
   *
   * @param state as it last told
   * @param wantsMaster whether its master is silent
   * @param faulted whether it has a fault of its own
   */
  public record Member(VrrpState state, boolean wantsMaster, boolean faulted) {
    static final Member NEW = new Member(VrrpState.INIT, false, false);
  }

  /** A group whose members have told nothing yet. */
  public static SyncGroup of(String name, List<String> members) {
    SequencedMap<String, Member> known = new LinkedHashMap<>();
    for (String member : members) {
      known.put(member, Member.NEW);
    }
    return new SyncGroup(name, VrrpState.INIT, known);
  }

  SyncGroup with(VrrpState newState) {
    return new SyncGroup(name, newState, members);
  }

  SyncGroup with(String memberName, Member member) {
    SequencedMap<String, Member> changed = new LinkedHashMap<>(members);
    changed.put(memberName, member);
    return new SyncGroup(name, state, changed);
  }

  boolean anyFaulted() {
    for (Map.Entry<String, Member> member : members.entrySet()) {
      if (member.getValue().faulted()) {
        return true;
      }
    }
    return false;
  }
}
