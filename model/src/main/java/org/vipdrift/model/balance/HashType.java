package org.vipdrift.model.balance;

/**
 * {@code hash-type}.
 *
 * @param consistent a ring of many nodes per server instead of a map
 * @param function ignored by {@code balance source}, which folds the address
 * @param avalanche whether the bits are mixed once more
 */
public record HashType(boolean consistent, Function function, boolean avalanche) {
  /** {@code map-based}, with sdbm: what a file without {@code hash-type} gets. */
  public static final HashType MAP_BASED = new HashType(false, Function.SDBM, false);

  /** {@code consistent} without a function, which implies avalanche. */
  public static final HashType CONSISTENT = new HashType(true, Function.SDBM, true);

  /** The hash functions of HAProxy 2.6. */
  public enum Function {
    SDBM,
    DJB2,
    WT6,
    CRC32
  }
}
