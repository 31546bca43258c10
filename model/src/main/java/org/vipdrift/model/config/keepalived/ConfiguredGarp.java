package org.vipdrift.model.config.keepalived;

import java.time.Duration;

/**
 * How often gratuitous ARPs and unsolicited neighbour advertisements go out.
 *
 * @param masterDelay until the second set after the transition to MASTER; zero means no second set
 * @param masterRepeat messages per set, at least 1
 * @param lowerPriorityDelay until the second set after a lower-priority advert
 * @param lowerPriorityRepeat messages per set after a lower-priority advert; 0 means none
 * @param masterRefresh time between refreshes while MASTER; zero means none
 * @param masterRefreshRepeat messages per refresh, at least 1
 * @param interval pause between two gratuitous ARPs on one interface
 * @param neighborInterval pause between two neighbour advertisements on one interface
 */
public record ConfiguredGarp(
    Duration masterDelay,
    int masterRepeat,
    Duration lowerPriorityDelay,
    int lowerPriorityRepeat,
    Duration masterRefresh,
    int masterRefreshRepeat,
    Duration interval,
    Duration neighborInterval) {}
