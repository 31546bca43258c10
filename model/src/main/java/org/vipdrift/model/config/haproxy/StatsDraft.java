package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.Condition;
import org.vipdrift.model.haproxy.settings.HttpRule;
import org.vipdrift.model.haproxy.settings.StatsSettings;

/** The statistics page while it is read. */
final class StatsDraft {
  String uri = "/haproxy?stats";
  Optional<String> realm = Optional.empty();
  final List<String> credentials = new ArrayList<>();
  boolean hideVersion;
  Optional<Duration> refresh = Optional.empty();
  Optional<String> showNode = Optional.empty();
  Optional<String> showDescription = Optional.empty();
  boolean showLegends;
  boolean showModules;
  final List<String> scope = new ArrayList<>();
  final List<HttpRule> rules = new ArrayList<>();
  final List<Condition> admin = new ArrayList<>();

  StatsDraft copy() {
    StatsDraft copy = new StatsDraft();
    copy.uri = uri;
    copy.realm = realm;
    copy.credentials.addAll(credentials);
    copy.hideVersion = hideVersion;
    copy.refresh = refresh;
    copy.showNode = showNode;
    copy.showDescription = showDescription;
    copy.showLegends = showLegends;
    copy.showModules = showModules;
    copy.scope.addAll(scope);
    copy.rules.addAll(rules);
    copy.admin.addAll(admin);
    return copy;
  }

  StatsSettings finish() {
    return new StatsSettings(
        true,
        uri,
        realm,
        credentials,
        hideVersion,
        refresh,
        showNode,
        showDescription,
        showLegends,
        showModules,
        scope,
        rules,
        admin);
  }
}
