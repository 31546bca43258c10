package org.vipdrift.simulator.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.balance.nginx.UpstreamAttempts;
import org.vipdrift.model.balance.nginx.UpstreamBalancer;
import org.vipdrift.model.balance.nginx.UpstreamServer;
import org.vipdrift.model.nginx.Upstream;
import org.vipdrift.model.random.SplitRandom;

/** An upstream as one worker uses it: who is next, and which idle connections there are. */
final class UpstreamGroup {
  private final NginxEnvironment environment;
  private final Upstream upstream;
  private final UpstreamBalancer balancer;
  private final NginxWorker.Outgoing outgoing;
  private final List<UpstreamLink> idle = new ArrayList<>();

  UpstreamGroup(
      NginxEnvironment environment,
      Upstream upstream,
      NginxWorker.Outgoing outgoing,
      SplitRandom random) {
    this.outgoing = outgoing;
    this.environment = environment;
    this.upstream = upstream;
    List<UpstreamServer> servers =
        upstream.members().stream().map(Upstream.Member::settings).toList();
    this.balancer = new UpstreamBalancer(upstream.method(), servers, random);
  }

  NginxEnvironment environment() {
    return environment;
  }

  Upstream upstream() {
    return upstream;
  }

  UpstreamBalancer balancer() {
    return balancer;
  }

  Upstream.Member member(int index) {
    return upstream.members().get(index);
  }

  /** The idle connection to a server that was used last. */
  @Nullable UpstreamLink takeIdle(int server, boolean tls) {
    for (int at = idle.size() - 1; at >= 0; at--) {
      UpstreamLink link = idle.get(at);
      if (link.server() == server && link.isTls() == tls) {
        idle.remove(at);
        return link;
      }
    }
    return null;
  }

  /** The server chosen last failed or not; says so when that takes it out for a while. */
  void done(UpstreamAttempts attempts, int server, boolean failed, long cause) {
    balancer.done(attempts, failed, environment.wallSeconds());
    Upstream.Member member = member(server);
    int most = member.settings().maxFails();
    if (failed && most > 0 && balancer.fails(server) == most && upstream.members().size() > 1) {
      environment
          .log()
          .accept(
              "upstream server temporarily disabled, upstream: \""
                  + upstream.name()
                  + "\", server: "
                  + member.address()
                  + ":"
                  + member.port(),
              cause);
    }
  }

  void opened() {
    outgoing.count++;
  }

  void closed() {
    outgoing.count--;
  }

  boolean keepsIdle() {
    return upstream.idleConnections() > 0;
  }

  /** Keeps a connection; the one longest idle makes room. */
  void addIdle(UpstreamLink link, long cause) {
    while (idle.size() >= upstream.idleConnections()) {
      idle.removeFirst().close(cause);
    }
    idle.add(link);
  }

  void removeIdle(UpstreamLink link) {
    idle.remove(link);
  }

  void closeIdle(long cause) {
    for (UpstreamLink link : List.copyOf(idle)) {
      link.close(cause);
    }
    idle.clear();
  }

  Optional<org.vipdrift.model.nginx.Template> hashKey() {
    return upstream.hashKey();
  }
}
