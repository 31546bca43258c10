package org.vipdrift.model.balance.nginx;

/** How an {@code upstream} block chooses. */
public sealed interface UpstreamMethod {
  /** Without a directive: smooth weighted round robin. */
  record RoundRobin() implements UpstreamMethod {}

  /** {@code least_conn}. */
  record LeastConnections() implements UpstreamMethod {}

  /** {@code ip_hash}: by the first three octets of an IPv4 address or the whole IPv6 address. */
  record IpHash() implements UpstreamMethod {}

  /**
   * {@code hash KEY}; the key of a request is handed in.
   *
   * @param consistent by a ring of points, so that a server more or less moves few keys
   */
  record Hash(boolean consistent) implements UpstreamMethod {}

  /**
   * {@code random}.
   *
   * @param two whether the less busy of two is taken
   */
  record Random(boolean two) implements UpstreamMethod {}
}
