package org.vipdrift.model.nginx;

import java.util.List;
import java.util.Optional;

/**
 * A whole nginx.conf.
 *
 * @param hosts the {@code server} blocks of {@code http}
 * @param upstreams those of {@code http}, and one for every address that a {@code proxy_pass} names
 * @param maps of {@code http}
 * @param streams the {@code server} blocks of {@code stream}
 * @param streamUpstreams those of {@code stream}
 * @param connections {@code worker_connections} of all workers together
 */
public record NginxConfiguration(
    List<WebHost> hosts,
    List<Upstream> upstreams,
    List<VariableMap> maps,
    List<StreamServer> streams,
    List<Upstream> streamUpstreams,
    int connections) {
  /** {@code worker_connections} of a worker without such a line. */
  public static final int DEFAULT_CONNECTIONS = 512;

  public NginxConfiguration {
    hosts = List.copyOf(hosts);
    upstreams = List.copyOf(upstreams);
    maps = List.copyOf(maps);
    streams = List.copyOf(streams);
    streamUpstreams = List.copyOf(streamUpstreams);
  }

  public Optional<Upstream> upstream(String name) {
    return upstreams.stream().filter(u -> u.name().equals(name)).findFirst();
  }

  public Optional<Upstream> streamUpstream(String name) {
    return streamUpstreams.stream().filter(u -> u.name().equals(name)).findFirst();
  }

  /** The TCP ports it listens on, ascending. */
  public List<Integer> ports() {
    return java.util.stream.Stream.concat(
            hosts.stream().flatMap(h -> h.listens().stream()),
            streams.stream().flatMap(s -> s.listens().stream()))
        .filter(listen -> !listen.udp())
        .map(Listen::port)
        .distinct()
        .sorted()
        .toList();
  }
}
