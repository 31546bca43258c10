package org.vipdrift.model.haproxy.settings;

/**
 * {@code capture cookie}: a cookie to log.
 *
 * @param prefix whether names that begin with it count too
 */
public record CookieCapture(String name, boolean prefix, int length) {}
