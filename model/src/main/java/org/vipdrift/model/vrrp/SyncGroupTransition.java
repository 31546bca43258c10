package org.vipdrift.model.vrrp;

import java.util.List;

/**
 * What follows from an event in a sync group.
 *
 * @param next the group afterwards
 * @param effects to be performed in this order
 */
public record SyncGroupTransition(SyncGroup next, List<SyncGroupEffect> effects) {
  public SyncGroupTransition {
    effects = List.copyOf(effects);
  }
}
