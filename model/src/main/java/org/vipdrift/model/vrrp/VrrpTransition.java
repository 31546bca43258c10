package org.vipdrift.model.vrrp;

import java.util.List;

/**
 * What follows from an event.
 *
 * @param next the state afterwards
 * @param effects to be performed in this order, all of them
 * @param reason why, in a few words, for the trace
 */
public record VrrpTransition(VrrpRouterState next, List<VrrpEffect> effects, String reason) {
  public VrrpTransition {
    effects = List.copyOf(effects);
  }
}
