package org.vipdrift.model.haproxy.settings;

/** How a backend chooses a server: the {@code balance} line. */
public sealed interface Balance {
  record RoundRobin() implements Balance {}

  record StaticRoundRobin() implements Balance {}

  record LeastConnections() implements Balance {}

  /** The first server with a free slot, by id. */
  record First() implements Balance {}

  record Source() implements Balance {}

  /**
   * @param length octets of the URI that count, 0 for all
   * @param depth directories of the URI that count, 0 for all
   * @param whole whether the query string counts
   * @param pathOnly whether scheme and host are left out
   */
  record Uri(int length, int depth, boolean whole, boolean pathOnly) implements Balance {}

  /**
   * @param checkPost whether the parameter is looked for in a body too
   */
  record UrlParameter(String name, boolean checkPost) implements Balance {}

  record Header(String name, boolean useDomainOnly) implements Balance {}

  record RdpCookie(String name) implements Balance {}

  /**
   * @param draws how many servers are drawn, the least loaded of which is taken
   */
  record Random(int draws) implements Balance {}

  record Hash(SampleExpression sample) implements Balance {}
}
