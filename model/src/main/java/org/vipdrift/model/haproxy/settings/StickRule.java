package org.vipdrift.model.haproxy.settings;

import java.util.Optional;

/**
 * {@code stick match}, {@code stick on}, {@code stick store-request}, {@code stick store-response}.
 *
 * @param table the proxy whose table is used
 */
public record StickRule(
    boolean match,
    boolean store,
    boolean response,
    SampleExpression sample,
    String table,
    Optional<Condition> condition) {}
