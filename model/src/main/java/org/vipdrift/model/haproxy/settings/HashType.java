package org.vipdrift.model.haproxy.settings;

import java.util.function.Function;

/** The {@code hash-type} line. */
public record HashType(Method method, Function function, boolean avalanche) {
  public static final HashType DEFAULT = new HashType(Method.MAP_BASED, Function.SDBM, false);

  /** How a hash becomes a server. */
  public enum Method {
    MAP_BASED,
    CONSISTENT
  }

  /** How a text becomes a hash. */
  public enum Function {
    SDBM,
    DJB2,
    WT6,
    CRC32
  }
}
