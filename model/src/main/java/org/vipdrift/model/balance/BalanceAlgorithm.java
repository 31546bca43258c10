package org.vipdrift.model.balance;

/** What {@code balance} names in haproxy.cfg. */
public sealed interface BalanceAlgorithm {
  /** {@code roundrobin}: fair by weight, and weights may change at any time. */
  record RoundRobin() implements BalanceAlgorithm {}

  /** {@code static-rr}: the order is laid down in a map when the set of servers changes. */
  record StaticRoundRobin() implements BalanceAlgorithm {}

  /** {@code leastconn}. */
  record LeastConnections() implements BalanceAlgorithm {}

  /** {@code first}: the first server, by id, that has a free slot. */
  record First() implements BalanceAlgorithm {}

  /** {@code source}. */
  record Source() implements BalanceAlgorithm {}

  /**
   * {@code uri}.
   *
   * @param length how many characters count; 0 for all
   * @param depth how many directories count; 0 for all
   * @param whole whether the query counts
   * @param pathOnly whether scheme and authority of an absolute URI are left out
   */
  record Uri(int length, int depth, boolean whole, boolean pathOnly) implements BalanceAlgorithm {
    public static final Uri PLAIN = new Uri(0, 0, false, false);
  }

  /** {@code url_param}. */
  record UrlParameter(String name) implements BalanceAlgorithm {}

  /**
   * {@code hdr}.
   *
   * @param domainOnly whether only the part before the last dot counts
   */
  record Header(String name, boolean domainOnly) implements BalanceAlgorithm {}

  /** {@code rdp-cookie}. */
  record RdpCookie(String name) implements BalanceAlgorithm {}

  /**
   * {@code random}.
   *
   * @param draws out of how many the least loaded is taken, at least 1; 2 by default
   */
  record Random(int draws) implements BalanceAlgorithm {}
}
