package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.segment.SnoopingSettings;

/**
 * A broadcast domain: one switch and its links.
 *
 * @param subnets none, one, or one of each family; they give addresses without a prefix theirs
 * @param latency from interface to interface; more than zero
 */
public record Segment(
    String name,
    List<IpPrefix> subnets,
    Duration latency,
    Optional<SnoopingSettings> igmpSnooping) {
  public static final Duration DEFAULT_LATENCY = Duration.ofNanos(50_000);

  public Segment {
    subnets = List.copyOf(subnets);
    if (latency.isNegative() || latency.isZero()) {
      throw new IllegalArgumentException("latency of segment " + name + " must be positive");
    }
  }
}
