package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The statistics page.
 *
 * @param uri {@code /haproxy?stats} by default
 * @param credentials {@code user:password}; empty for none
 * @param rules {@code stats http-request} in order
 * @param admin conditions under which servers may be changed on the page
 */
public record StatsSettings(
    boolean enabled,
    String uri,
    Optional<String> realm,
    List<String> credentials,
    boolean hideVersion,
    Optional<Duration> refresh,
    Optional<String> showNode,
    Optional<String> showDescription,
    boolean showLegends,
    boolean showModules,
    List<String> scope,
    List<HttpRule> rules,
    List<Condition> admin) {
  public StatsSettings {
    credentials = List.copyOf(credentials);
    scope = List.copyOf(scope);
    rules = List.copyOf(rules);
    admin = List.copyOf(admin);
  }
}
