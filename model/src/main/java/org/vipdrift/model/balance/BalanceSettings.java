package org.vipdrift.model.balance;

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
    BalanceAlgorithm algorithm,
    HashType hashType,
    int hashBalanceFactor,
    boolean allBackups,
    int fullConnections) {
  public static BalanceSettings of(BalanceAlgorithm algorithm) {
    return new BalanceSettings(algorithm, HashType.MAP_BASED, 0, false, 0);
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
