package org.vipdrift.model.vrrp;

import java.time.Duration;

/**
 * How often and when addresses are announced (gratuitous ARP or unsolicited NA).
 *
 * @param masterRepeat announcements per address at once on becoming master; {@code
 *     vrrp_garp_master_repeat}
 * @param masterDelay until the second batch of {@code masterRepeat}; zero for none
 * @param lowerPriorityRepeat announcements at once on hearing a lower priority while master
 * @param lowerPriorityDelay until the second batch of {@code lowerPriorityRepeat}; zero for none
 * @param refresh between batches while master; zero for none
 * @param refreshRepeat announcements per refresh batch
 * @param interval pause between two announcements on an interface; zero for none
 */
public record GarpSettings(
    int masterRepeat,
    Duration masterDelay,
    int lowerPriorityRepeat,
    Duration lowerPriorityDelay,
    Duration refresh,
    int refreshRepeat,
    Duration interval) {
  /** keepalived's defaults. */
  public static final GarpSettings DEFAULT =
      new GarpSettings(
          5, Duration.ofSeconds(5), 5, Duration.ofSeconds(5), Duration.ZERO, 1, Duration.ZERO);

  /** What {@code vrrp_strict} leaves: one announcement per occasion, none for lower priorities. */
  public static final GarpSettings STRICT =
      new GarpSettings(1, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

  public GarpSettings {
    if (masterRepeat < 0 || lowerPriorityRepeat < 0 || refreshRepeat < 0) {
      throw new IllegalArgumentException(
          "announcements cannot be repeated a negative number of times");
    }
    if (masterDelay.isNegative()
        || lowerPriorityDelay.isNegative()
        || refresh.isNegative()
        || interval.isNegative()) {
      throw new IllegalArgumentException("a delay cannot be negative");
    }
  }
}
