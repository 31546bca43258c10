package org.vipdrift.model.vrrp;

/** What a sync group tells a member to do. */
public enum GroupCommand {
  /** All members want to: become master now. */
  BECOME_MASTER,
  /** A member became backup. */
  BECOME_BACKUP,
  /** A member has a fault. */
  ENTER_FAULT,
  /** No member has a fault any more. */
  LEAVE_FAULT,
  /** A member heard a lower priority: announce the addresses again. */
  ANNOUNCE
}
