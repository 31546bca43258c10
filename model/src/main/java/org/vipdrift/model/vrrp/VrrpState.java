package org.vipdrift.model.vrrp;

/** What a virtual router is, in keepalived's words; RFC 9568 calls MASTER Active. */
public enum VrrpState {
  /** Not started, waiting for the first result of a tracked script, or stopped. */
  INIT,
  /** Listening to a master; holds no virtual address. */
  BACKUP,
  /** Advertising and holding the virtual addresses. */
  MASTER,
  /** Something it depends on is down; neither listens nor advertises. */
  FAULT
}
