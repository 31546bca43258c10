package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpPrefix;

/**
 * A broadcast domain: one switch and its links.
 *
 * @param subnets none, one, or one of each family; they give addresses without a prefix theirs
 * @param latency from interface to interface; more than zero
 */
public record Segment(
    String name, List<IpPrefix> subnets, Duration latency, Optional<IgmpSnooping> igmpSnooping) {
  public static final Duration DEFAULT_LATENCY = Duration.ofNanos(50_000);

  public Segment {
    subnets = List.copyOf(subnets);
    if (latency.isNegative() || latency.isZero()) {
      throw new IllegalArgumentException("latency of segment " + name + " must be positive");
    }
  }

  /**
   * A switch that sends multicast only where somebody asked for it.
   *
   * @param querier whether anybody asks hosts to repeat their membership; without, it is forgotten
   *     after 260 s
   * @param linkLocalPruned whether it also prunes 224.0.0.0/24, which it must not (RFC 4541 section
   *     2.1.2)
   */
  public record IgmpSnooping(boolean querier, boolean linkLocalPruned) {}
}
