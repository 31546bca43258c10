package org.vipdrift.model.haproxy.settings;

import java.util.Optional;

/**
 * Where a redirection leads.
 *
 * @param target the location, prefix or scheme
 * @param status 301, 302, 303, 307 or 308
 * @param setCookie a whole {@code Set-Cookie} value
 */
public record Redirect(
    Kind kind,
    LogFormat target,
    int status,
    boolean dropQuery,
    boolean appendSlash,
    boolean ignoreEmpty,
    Optional<String> setCookie) {
  /** Which part of the location the target is. */
  public enum Kind {
    LOCATION,
    PREFIX,
    SCHEME
  }
}
