package org.vipdrift.model.haproxy.settings;

import java.time.Duration;

/**
 * A {@code cache} section.
 *
 * @param totalMaximumSize mebibytes
 * @param maximumObjectSize octets
 */
public record CacheSettings(
    String name, int totalMaximumSize, long maximumObjectSize, Duration maximumAge) {}
