package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A whole HAProxy configuration, resolved. */
public record HaproxyConfiguration(
    GlobalSettings global,
    List<ProxySettings> proxies,
    List<PeersSettings> peers,
    List<ResolversSettings> resolvers,
    List<UserList> userLists,
    List<MailersSettings> mailers,
    List<CacheSettings> caches,
    List<RingSettings> rings,
    List<LogForwardSettings> logForwards) {
  public HaproxyConfiguration {
    proxies = List.copyOf(proxies);
    peers = List.copyOf(peers);
    resolvers = List.copyOf(resolvers);
    userLists = List.copyOf(userLists);
    mailers = List.copyOf(mailers);
    caches = List.copyOf(caches);
    rings = List.copyOf(rings);
    logForwards = List.copyOf(logForwards);
  }

  /** The proxy of this name that accepts connections. */
  public Optional<ProxySettings> frontend(String name) {
    return proxies.stream().filter(p -> p.isFrontend() && p.name().equals(name)).findFirst();
  }

  /** The proxy of this name that forwards to servers. */
  public Optional<ProxySettings> backend(String name) {
    return proxies.stream().filter(p -> p.isBackend() && p.name().equals(name)).findFirst();
  }

  public Optional<UserList> userList(String name) {
    return userLists.stream().filter(u -> u.name().equals(name)).findFirst();
  }

  /** The table a rule names: a proxy's, or one of a peers section. */
  public Optional<StickTableSettings> stickTable(String name) {
    return Stream.concat(
            proxies.stream().flatMap(p -> p.stickTable().stream()),
            peers.stream().flatMap(p -> p.tables().stream()))
        .filter(t -> t.name().equals(name))
        .findFirst();
  }
}
