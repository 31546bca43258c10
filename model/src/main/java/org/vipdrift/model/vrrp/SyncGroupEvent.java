package org.vipdrift.model.vrrp;

import java.util.List;

/** What has happened to a sync group. */
public sealed interface SyncGroupEvent {
  /** A member told something, in the order in which it performed its effects. */
  record MemberReported(String member, MemberReport report) implements SyncGroupEvent {}

  /** The configuration was read (again): the group has these members, in configured order. */
  record MembersChanged(List<String> members) implements SyncGroupEvent {
    public MembersChanged {
      members = List.copyOf(members);
    }
  }
}
