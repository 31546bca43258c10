package org.vipdrift.model.vrrp;

/** The timers of one virtual router; setting one replaces its earlier deadline. */
public enum VrrpTimer {
  MASTER_DOWN,
  ADVERTISEMENT,
  GARP_DELAY,
  GARP_REFRESH,
  LOWER_PRIORITY_GARP
}
