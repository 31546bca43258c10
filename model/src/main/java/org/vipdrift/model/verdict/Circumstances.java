package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.List;
import org.vipdrift.model.frame.IpAddress;

/**
 * What a judge must know about a run besides its scenario and events.
 *
 * @param seed of the run, for the replay
 * @param slowestTakeover the longest an address may legitimately be without a holder: the largest
 *     master down interval of the configured instances, with start-up, preempt delays and a margin
 * @param vips the virtual addresses that the configurations name: each is expected to be held even
 *     if it never appears in an event
 */
public record Circumstances(long seed, Duration slowestTakeover, List<IpAddress> vips) {
  public Circumstances {
    vips = List.copyOf(vips);
    if (slowestTakeover.isNegative()) {
      throw new IllegalArgumentException("negative slowest takeover " + slowestTakeover);
    }
  }
}
