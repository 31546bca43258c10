package org.vipdrift.model.haproxy.settings;

/** {@code force-persist} or {@code ignore-persist}. */
public record PersistRule(boolean force, Condition condition) {}
