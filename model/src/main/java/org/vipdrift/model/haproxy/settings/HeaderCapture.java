package org.vipdrift.model.haproxy.settings;

/**
 * A header to log, or a slot of {@code declare capture}.
 *
 * @param name empty for a slot
 * @param length at most so many octets are kept
 */
public record HeaderCapture(String name, int length) {}
