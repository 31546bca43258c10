package org.vipdrift.model.config.haproxy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a parse depends on besides the files.
 *
 * @param environment variables of the process
 * @param hostName the default name of the local peer
 * @param hosts addresses by name; if empty, no name is called unresolvable
 * @param users the users that exist; if empty, no user is called unknown
 * @param groups the groups that exist; if empty, no group is called unknown
 */
public record ParseOptions(
    Map<String, String> environment,
    String hostName,
    Optional<Map<String, String>> hosts,
    Optional<List<String>> users,
    Optional<List<String>> groups) {
  /** An empty environment on a host named {@code localhost}; names and accounts unknown. */
  public static final ParseOptions DEFAULT =
      new ParseOptions(
          Collections.emptySortedMap(),
          "localhost",
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public ParseOptions {
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    hosts = hosts.map(h -> Collections.unmodifiableMap(new TreeMap<>(h)));
    users = users.map(List::copyOf);
    groups = groups.map(List::copyOf);
  }

  public ParseOptions withEnvironment(Map<String, String> variables) {
    return new ParseOptions(variables, hostName, hosts, users, groups);
  }

  public ParseOptions withHostName(String name) {
    return new ParseOptions(environment, name, hosts, users, groups);
  }

  /** Names that can be resolved; all others are refused. */
  public ParseOptions withHosts(Map<String, String> addresses) {
    return new ParseOptions(environment, hostName, Optional.of(addresses), users, groups);
  }

  /** Users and groups that exist; all others are refused. */
  public ParseOptions withAccounts(List<String> userNames, List<String> groupNames) {
    return new ParseOptions(
        environment, hostName, hosts, Optional.of(userNames), Optional.of(groupNames));
  }
}
