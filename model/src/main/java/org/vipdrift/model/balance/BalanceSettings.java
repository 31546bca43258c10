package org.vipdrift.model.balance;

import org.vipdrift.model.haproxy.settings.BackendSettings;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.HashType;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ProxySettings;

/**
 * How a backend balances.
 *
 * @param hashType for the algorithms that hash
 * @param hashBalanceFactor percent of the average load that a server of a ring may have; 0 for any
 * @param allBackups {@code option allbackups}
 * @param fullConnections {@code fullconn}, the connections of the backend at which servers with a
 *     {@code minconn} get their {@code maxconn}; 0 for never scaled
 */
public record BalanceSettings(
    Balance algorithm,
    HashType hashType,
    int hashBalanceFactor,
    boolean allBackups,
    int fullConnections) {
  public static BalanceSettings of(Balance algorithm) {
    return new BalanceSettings(algorithm, HashType.DEFAULT, 0, false, 0);
  }

  /**
   * What a backend is configured with.
   *
   * @param fullConnections for a backend without {@code fullconn}
   * @throws IllegalArgumentException if the proxy is no backend
   */
  public static BalanceSettings of(ProxySettings proxy, int fullConnections) {
    BackendSettings backend =
        proxy
            .backend()
            .orElseThrow(() -> new IllegalArgumentException(proxy.name() + " is no backend"));
    return new BalanceSettings(
        backend.balance(),
        backend.hashType(),
        backend.hashBalanceFactor(),
        proxy.options().has(ProxyOption.ALLBACKUPS),
        backend.fullconn().orElse(fullConnections));
  }

  public BalanceSettings withHashType(HashType newHashType) {
    return new BalanceSettings(
        algorithm, newHashType, hashBalanceFactor, allBackups, fullConnections);
  }

  public BalanceSettings withHashBalanceFactor(int percent) {
    return new BalanceSettings(algorithm, hashType, percent, allBackups, fullConnections);
  }

  public BalanceSettings withAllBackups() {
    return new BalanceSettings(algorithm, hashType, hashBalanceFactor, true, fullConnections);
  }

  public BalanceSettings withFullConnections(int connections) {
    return new BalanceSettings(algorithm, hashType, hashBalanceFactor, allBackups, connections);
  }
}
