package org.vipdrift.model.nginx;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.balance.nginx.UpstreamMethod;
import org.vipdrift.model.balance.nginx.UpstreamServer;
import org.vipdrift.model.frame.IpAddress;

/**
 * An {@code upstream} block.
 *
 * @param hashKey of {@code hash}
 * @param idleConnections {@code keepalive}: how many idle connections are kept; 0 for none
 */
public record Upstream(
    String name,
    List<Member> members,
    UpstreamMethod method,
    Optional<Template> hashKey,
    int idleConnections,
    Duration idleTimeout,
    int idleRequests) {
  public Upstream {
    members = List.copyOf(members);
  }

  /** One address of a {@code server} line. */
  public record Member(IpAddress address, int port, UpstreamServer settings) {}

  /** One that nobody configured: the addresses of a URL. */
  public static Upstream implicit(String name, List<Member> members) {
    return new Upstream(
        name,
        members,
        new UpstreamMethod.RoundRobin(),
        Optional.empty(),
        0,
        Duration.ofSeconds(60),
        1_000);
  }
}
