package org.vipdrift.model.vrrp;

/** What a member tells its sync group. */
public enum MemberReport {
  /** Its master is silent; it may become master when all members say so. */
  WANTS_MASTER,
  /** It heard a master after all. */
  HEARS_MASTER,
  BECAME_MASTER,
  BECAME_BACKUP,
  /** It has a fault of its own. */
  FAULTED,
  /** It has no fault of its own any more. */
  RECOVERED,
  /** As master it heard a lower priority. */
  HEARD_LOWER_PRIORITY,
  /** It stopped or was deleted. */
  LEFT
}
