package org.vipdrift.model.frame;

import java.time.Duration;
import java.util.Optional;

/**
 * "Who wants multicast?", asked by a router or a switch that plays one.
 *
 * @param group the group asked about; none asks about all
 * @param maxResponse within which a host answers; 0..12.7 s goes out exactly
 */
public record GroupQuery(IpFamily family, Optional<IpAddress> group, Duration maxResponse)
    implements GroupMessage {
  /** 10 s, the default of RFC 3376 section 8.3. */
  public static final Duration DEFAULT_MAX_RESPONSE = Duration.ofSeconds(10);

  /** 125 s, the default of RFC 3376 section 8.2. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(125);

  public GroupQuery {
    if (group.isPresent() && group.get().family() != family) {
      throw new IllegalArgumentException("a query of " + family + " for " + group.get());
    }
  }

  public static GroupQuery general(IpFamily family) {
    return new GroupQuery(family, Optional.empty(), DEFAULT_MAX_RESPONSE);
  }

  @Override
  public IpPacket toPacket(IpAddress source) {
    return switch (source) {
      case IpAddress.V4 v4 -> IgmpBytes.write(this, v4);
      case IpAddress.V6 v6 -> MldBytes.write(this, v6);
    };
  }
}
