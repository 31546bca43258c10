package org.vipdrift.model.segment;

import java.time.Duration;
import java.util.Optional;

/**
 * What a switch is like.
 *
 * @param latency from interface to interface over an idle port; more than 0
 * @param macAgeing after which an address that was not heard is forgotten; more than 0
 * @param portRate of every port
 */
public record SegmentSettings(
    Duration latency,
    Optional<SnoopingSettings> igmpSnooping,
    Duration macAgeing,
    PortRate portRate) {
  /** 300 s, the default of IEEE 802.1D and of most switches. */
  public static final Duration DEFAULT_MAC_AGEING = Duration.ofSeconds(300);

  public SegmentSettings {
    if (!latency.isPositive() || !macAgeing.isPositive()) {
      throw new IllegalArgumentException(
          "latency " + latency + " and MAC ageing " + macAgeing + " must be positive");
    }
  }

  /** A plain switch: no snooping, 300 s ageing, gigabit ports. */
  public static SegmentSettings ofLatency(Duration latency) {
    return new SegmentSettings(latency, Optional.empty(), DEFAULT_MAC_AGEING, PortRate.GIGABIT);
  }

  public SegmentSettings withIgmpSnooping(SnoopingSettings snooping) {
    return new SegmentSettings(latency, Optional.of(snooping), macAgeing, portRate);
  }

  public SegmentSettings withMacAgeing(Duration newMacAgeing) {
    return new SegmentSettings(latency, igmpSnooping, newMacAgeing, portRate);
  }

  public SegmentSettings withPortRate(PortRate newPortRate) {
    return new SegmentSettings(latency, igmpSnooping, macAgeing, newPortRate);
  }
}
