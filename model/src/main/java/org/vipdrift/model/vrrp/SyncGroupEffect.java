package org.vipdrift.model.vrrp;

/** What a sync group asks for, in order. */
public sealed interface SyncGroupEffect {
  /** Tell a member, as {@link VrrpEvent.GroupCommanded}. */
  record CommandMember(String member, GroupCommand command) implements SyncGroupEffect {}

  /** The group changed as a whole; its notify script is due, if one is configured. */
  record NotifyGroup(NotifyKind kind) implements SyncGroupEffect {}

  /** A line for the log, in keepalived's wording. */
  record Log(String line) implements SyncGroupEffect {}
}
