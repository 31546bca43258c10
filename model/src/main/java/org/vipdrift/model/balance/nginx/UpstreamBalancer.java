package org.vipdrift.model.balance.nginx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.vipdrift.model.frame.IpAddress;

/**
 * One {@code upstream} block as one nginx worker sees it; servers are known by their place in it.
 *
 * <p>For each request: {@link #begin}; {@link #next} for every server tried; {@link #done} for each
 * of them, which is also where a failure is told.
 */
public final class UpstreamBalancer {
  /** No server is available; nginx answers 502 and logs "no live upstreams". */
  public static final int NONE = -1;

  private static final int MAX_MISSES = 20;

  private final UpstreamMethod method;
  private final List<Peer> peers = new ArrayList<>();
  private final RandomGenerator random;
  private final Optional<HashRing> ring;
  private final boolean single;
  private final boolean hasBackups;
  private final int tries;
  private final int totalWeight;

  /**
   * @param random for {@code random} only
   */
  public UpstreamBalancer(
      UpstreamMethod method, List<UpstreamServer> servers, RandomGenerator random) {
    this.method = method;
    this.random = random;
    servers.forEach(s -> peers.add(new Peer(s)));
    this.ring =
        method instanceof UpstreamMethod.Hash(boolean consistent) && consistent
            ? Optional.of(new HashRing(servers.stream().filter(s -> !s.backup()).toList()))
            : Optional.empty();
    this.single = servers.size() == 1;
    this.hasBackups = servers.stream().anyMatch(UpstreamServer::backup);
    this.tries = (int) servers.stream().filter(s -> !s.down()).count();
    this.totalWeight =
        servers.stream().filter(s -> !s.backup()).mapToInt(UpstreamServer::weight).sum();
  }

  /**
   * A request begins.
   *
   * @param key what {@code hash} makes of the request; empty otherwise
   */
  public UpstreamAttempts begin(IpAddress client, String key) {
    UpstreamAttempts attempts = new UpstreamAttempts(client, key, peers.size(), tries);
    attempts.hash = method instanceof UpstreamMethod.IpHash ? 89 : 0;
    return attempts;
  }

  /**
   * Chooses the server to try next and counts a connection to it.
   *
   * @param nowSeconds the wall clock in whole seconds, as nginx knows time here
   */
  public int next(UpstreamAttempts attempts, long nowSeconds) {
    int chosen =
        single
            ? onlyServer()
            : switch (method) {
              case UpstreamMethod.RoundRobin _ -> roundRobin(attempts, nowSeconds);
              case UpstreamMethod.LeastConnections _ -> leastConnections(attempts, nowSeconds);
              case UpstreamMethod.IpHash _ -> ipHash(attempts, nowSeconds);
              case UpstreamMethod.Hash _ ->
                  ring.isPresent()
                      ? ringHash(attempts, ring.get(), nowSeconds)
                      : keyHash(attempts, nowSeconds);
              case UpstreamMethod.Random(boolean two) -> drawn(attempts, nowSeconds, two);
            };
    if (chosen != NONE) {
      attempts.tried[chosen] = true;
      attempts.current = chosen;
      peers.get(chosen).taken(nowSeconds);
    }
    return chosen;
  }

  /** The server tried last has answered, or failed in a way {@code proxy_next_upstream} names. */
  public void done(UpstreamAttempts attempts, boolean failed, long nowSeconds) {
    if (attempts.current == NONE) {
      throw new IllegalStateException("no server was tried");
    }
    Peer peer = peers.get(attempts.current);
    attempts.current = NONE;
    peer.connections--;
    if (single) {
      attempts.remaining = 0;
      return;
    }
    if (failed) {
      peer.failed(nowSeconds);
    } else {
      peer.succeeded();
    }
    attempts.remaining = Math.max(0, attempts.remaining - 1);
  }

  /** Connections to a server at the moment. */
  public int connections(int server) {
    return peers.get(server).connections;
  }

  /** Failures that count against a server. */
  public int fails(int server) {
    return peers.get(server).fails;
  }

  private int onlyServer() {
    Peer peer = peers.getFirst();
    return peer.settings.down() || peer.full() ? NONE : 0;
  }

  private boolean candidate(UpstreamAttempts attempts, int server, long now) {
    Peer peer = peers.get(server);
    return peer.settings.backup() == attempts.onBackups
        && !attempts.tried[server]
        && peer.available(now);
  }

  private int roundRobin(UpstreamAttempts attempts, long now) {
    int best = NONE;
    int total = 0;
    for (int server = 0; server < peers.size(); server++) {
      if (candidate(attempts, server, now)) {
        total += peers.get(server).gainWeight();
        if (best == NONE || peers.get(server).currentWeight > peers.get(best).currentWeight) {
          best = server;
        }
      }
    }
    return settle(attempts, now, best, total);
  }

  private int settle(UpstreamAttempts attempts, long now, int best, int total) {
    if (best != NONE) {
      peers.get(best).currentWeight -= total;
      return best;
    }
    if (!hasBackups || attempts.onBackups) {
      return NONE;
    }
    attempts.onBackups = true;
    return method instanceof UpstreamMethod.LeastConnections
        ? leastConnections(attempts, now)
        : roundRobin(attempts, now);
  }

  /** Those with equally few connections per weight take turns. */
  private int leastConnections(UpstreamAttempts attempts, long now) {
    int best = NONE;
    boolean many = false;
    for (int server = 0; server < peers.size(); server++) {
      if (candidate(attempts, server, now)) {
        int order = best == NONE ? -1 : compareLoad(server, best);
        if (order < 0) {
          best = server;
          many = false;
        } else if (order == 0) {
          many = true;
        }
      }
    }
    int total = 0;
    if (many) {
      int least = best;
      for (int server = least; server < peers.size(); server++) {
        if (candidate(attempts, server, now) && compareLoad(server, least) == 0) {
          total += peers.get(server).gainWeight();
          if (peers.get(server).currentWeight > peers.get(best).currentWeight) {
            best = server;
          }
        }
      }
    }
    return settle(attempts, now, best, total);
  }

  private int compareLoad(int left, int right) {
    Peer one = peers.get(left);
    Peer other = peers.get(right);
    return Long.compare(
        (long) one.connections * other.settings.weight(),
        (long) other.connections * one.settings.weight());
  }

  private int ipHash(UpstreamAttempts attempts, long now) {
    byte[] octets = hashedOctets(attempts.client);
    while (attempts.misses <= MAX_MISSES) {
      for (byte octet : octets) {
        attempts.hash = (attempts.hash * 113 + (octet & 0xff)) % 6271;
      }
      int server = byWeight(attempts.hash % totalWeight);
      if (candidate(attempts, server, now)) {
        return server;
      }
      attempts.misses++;
    }
    return roundRobin(attempts, now);
  }

  private static byte[] hashedOctets(IpAddress client) {
    byte[] octets = new byte[client instanceof IpAddress.V4 ? 4 : 16];
    client.writeTo(octets, 0);
    return octets.length == 4 ? new byte[] {octets[0], octets[1], octets[2]} : octets;
  }

  private int keyHash(UpstreamAttempts attempts, long now) {
    while (attempts.misses <= MAX_MISSES && !attempts.key.isEmpty()) {
      String prefix = attempts.rehash == 0 ? "" : Integer.toString(attempts.rehash);
      CRC32 crc = new CRC32();
      crc.update((prefix + attempts.key).getBytes(StandardCharsets.ISO_8859_1));
      attempts.hash += crc.getValue() >>> 16 & 0x7fff;
      attempts.rehash++;
      int server = byWeight(attempts.hash % totalWeight);
      if (candidate(attempts, server, now)) {
        return server;
      }
      attempts.misses++;
    }
    return roundRobin(attempts, now);
  }

  /** Servers of one name, the addresses of one host, take turns at its points. */
  private int ringHash(UpstreamAttempts attempts, HashRing points, long now) {
    if (attempts.rehash == 0) {
      attempts.rehash = 1;
      attempts.hash = points.place(attempts.key);
    }
    while (attempts.misses <= MAX_MISSES && !attempts.key.isEmpty()) {
      String name = points.server(attempts.hash);
      int best = NONE;
      int total = 0;
      for (int server = 0; server < peers.size(); server++) {
        if (peers.get(server).settings.name().equals(name) && candidate(attempts, server, now)) {
          total += peers.get(server).gainWeight();
          if (best == NONE || peers.get(server).currentWeight > peers.get(best).currentWeight) {
            best = server;
          }
        }
      }
      if (best != NONE) {
        peers.get(best).currentWeight -= total;
        return best;
      }
      attempts.hash++;
      attempts.misses++;
    }
    return roundRobin(attempts, now);
  }

  private int drawn(UpstreamAttempts attempts, long now, boolean two) {
    int first = NONE;
    while (attempts.misses <= MAX_MISSES) {
      int server = byWeight(random.nextInt(totalWeight));
      if (server == first || !candidate(attempts, server, now)) {
        attempts.misses++;
      } else if (!two) {
        return server;
      } else if (first == NONE) {
        first = server;
      } else {
        return compareLoad(first, server) <= 0 ? first : server;
      }
    }
    return roundRobin(attempts, now);
  }

  /** The server to which a number under the sum of the weights belongs. */
  private int byWeight(long number) {
    long rest = number;
    for (int server = 0; server < peers.size(); server++) {
      UpstreamServer settings = peers.get(server).settings;
      if (!settings.backup()) {
        if (rest < settings.weight()) {
          return server;
        }
        rest -= settings.weight();
      }
    }
    throw new IllegalStateException("beyond the sum of the weights: " + number);
  }
}
