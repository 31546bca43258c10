package org.vipdrift.netio.node;

import java.util.List;
import java.util.Optional;

/**
 * What a node does at a split-brain besides raising the alarm; nothing by default.
 *
 * @param reannounce announce the addresses again, so that the segment follows this node
 * @param yieldByAddress leave the virtual router to the other if its address is the higher one, as
 *     between equal priorities; until the configuration is read again
 * @param told run at the beginning and the end, with {@code SPLIT_BRAIN} or {@code
 *     SPLIT_BRAIN_ENDED}, the instance's name and the other's address
 * @param fence run once at the beginning, with the instance's name and the other's address
 */
public record SplitBrainPolicy(
    boolean reannounce,
    boolean yieldByAddress,
    Optional<List<String>> told,
    Optional<List<String>> fence) {
  public static final SplitBrainPolicy ALARM_ONLY =
      new SplitBrainPolicy(false, false, Optional.empty(), Optional.empty());
}
