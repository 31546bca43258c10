package org.vipdrift.model.haproxy.settings;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The half of a proxy that forwards to servers.
 *
 * @param hashBalanceFactor percent over the average load a server may have, 0 for off
 * @param retries after the first attempt, 3 by default
 * @param fullconn the load at which a server's dynamic maxconn reaches its maximum; absent: a tenth
 *     of the maxconn of all frontends that may use this backend
 * @param dispatch {@code dispatch}: forwards there when there is no balancing
 * @param serverRules {@code use-server} in order
 */
public record BackendSettings(
    Balance balance,
    HashType hashType,
    int hashBalanceFactor,
    Optional<CookieSettings> cookie,
    List<ServerSettings> servers,
    List<ServerRule> serverRules,
    List<PersistRule> persistRules,
    List<StickRule> stickRules,
    int retries,
    Set<RetryCondition> retryOn,
    Optional<Integer> fullconn,
    CheckMethod check,
    HttpReuse httpReuse,
    Optional<Integer> maxKeepAliveQueue,
    Optional<DispatchAddress> dispatch,
    Optional<SourceAddress> source,
    Optional<EmailAlert> emailAlert) {
  public BackendSettings {
    servers = List.copyOf(servers);
    serverRules = List.copyOf(serverRules);
    persistRules = List.copyOf(persistRules);
    stickRules = List.copyOf(stickRules);
    EnumSet<RetryCondition> conditions = EnumSet.noneOf(RetryCondition.class);
    conditions.addAll(retryOn);
    retryOn = Collections.unmodifiableSet(conditions);
  }

  public Optional<ServerSettings> server(String name) {
    return servers.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
