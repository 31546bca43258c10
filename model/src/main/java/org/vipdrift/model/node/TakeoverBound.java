package org.vipdrift.model.node;

import java.time.Duration;
import java.util.List;
import org.vipdrift.model.node.NodeConfiguration.Instance;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/** How long an address may be without a holder although everybody does as configured. */
public final class TakeoverBound {
  private static final Duration SLOWEST_START = Duration.ofMillis(120);
  private static final Duration MARGIN = Duration.ofMillis(150);
  private static final int PRIORITIES = 256;
  private static final int GROUP_RETRY_ADVERTS = 3;

  private TakeoverBound() {}

  /**
   * The largest master down interval that any of the instances can have, with the longest advert
   * interval it can learn, the lowest priority that tracking can leave it and, in a sync group, one
   * more wait for the others; and the start-up of a daemon.
   */
  public static Duration slowest(List<NodeConfiguration> nodes) {
    Duration longestInterval = Duration.ZERO;
    for (NodeConfiguration node : nodes) {
      for (Instance instance : node.instances()) {
        longestInterval = max(longestInterval, instance.settings().advertisementInterval());
      }
    }
    Duration slowest = Duration.ZERO;
    for (NodeConfiguration node : nodes) {
      for (Instance instance : node.instances()) {
        slowest = max(slowest, slowest(instance, longestInterval));
      }
    }
    return slowest.plus(SLOWEST_START).plus(MARGIN);
  }

  private static Duration slowest(Instance instance, Duration longestInterval) {
    VirtualRouterSettings settings = instance.settings();
    Duration interval =
        settings.version() == 3 ? longestInterval : settings.advertisementInterval();
    int lowest = settings.basePriority();
    for (Tracked tracked : instance.tracked()) {
      lowest -= Math.abs(tracked.weight());
    }
    lowest = Math.max(1, lowest);
    Duration skewUnit = settings.version() == 3 ? interval : Duration.ofSeconds(1);
    Duration skew = skewUnit.multipliedBy(PRIORITIES - lowest).dividedBy(PRIORITIES);
    Duration bound = interval.multipliedBy(settings.downTimerAdverts()).plus(skew);
    if (settings.syncGroup().isPresent()) {
      bound = bound.plus(interval.multipliedBy(GROUP_RETRY_ADVERTS));
    }
    return bound.plus(settings.startupDelay());
  }

  private static Duration max(Duration left, Duration right) {
    return left.compareTo(right) >= 0 ? left : right;
  }
}
