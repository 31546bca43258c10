package org.vipdrift.model.haproxy.settings;

/** The only target of a proxy with {@code dispatch}. */
public record DispatchAddress(ServerAddress address, int port) {}
