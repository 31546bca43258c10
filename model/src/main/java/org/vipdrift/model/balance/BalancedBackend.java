package org.vipdrift.model.balance;

import java.util.List;
import java.util.random.RandomGenerator;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.HashType;

/**
 * The servers of one backend with their load, and the algorithm that chooses among them.
 *
 * <p>Servers are known by their place in the configuration, from 0 on. A data plane calls {@link
 * #pick}, then {@link #open} for the server it connects to (the chosen one, or the one a cookie
 * names), and {@link #close} when that connection is given up or done.
 */
public final class BalancedBackend {
  /** What {@link #pick} returns when all servers are down or full. */
  public static final int NONE = Balancer.NONE;

  private final BackendLoad load;
  private final Balancer balancer;
  private final int weightScale;
  private final int weightDivisor;

  /**
   * @param servers in the order of the configuration
   * @param snapshot what is known of them at the start
   * @param random for {@code balance random} only
   */
  public BalancedBackend(
      BalanceSettings settings,
      List<BalancedServer> servers,
      BackendSnapshot snapshot,
      RandomGenerator random) {
    this.load = new BackendLoad(settings);
    boolean map = usesMap(settings);
    this.weightScale = map ? 1 : ServerSnapshot.FULL_RAMP;
    this.weightDivisor = map ? commonDivisor(servers) : 1;
    for (int at = 0; at < servers.size(); at++) {
      ServerLoad server = new ServerLoad(servers.get(at), load, snapshot.servers().get(at));
      server.apply(snapshot.servers().get(at), weightScale, weightDivisor);
      load.add(server);
    }
    load.recount();
    this.balancer = balancerFor(settings, load, random);
  }

  /**
   * Chooses a server for a request.
   *
   * @param avoid a server not to be chosen while there is another one, or {@link #NONE}
   * @return the server, or {@link #NONE}: see {@link #hasUsableServer}
   */
  public int pick(RequestFacts facts, int avoid) {
    return load.totalWeight() == 0 ? NONE : balancer.pick(facts, avoid);
  }

  /** Whether any server may be given new clients; if not, waiting in the queue is of no use. */
  public boolean hasUsableServer() {
    return load.totalWeight() > 0;
  }

  /** How many active servers may be given new clients. */
  public int usableActive() {
    return load.usableActive();
  }

  /** How many backup servers may be given new clients. */
  public int usableBackup() {
    return load.usableBackup();
  }

  /** Takes over what is known now; servers that have not changed keep their place. */
  public void apply(BackendSnapshot snapshot) {
    for (int at = 0; at < load.size(); at++) {
      ServerLoad server = load.server(at);
      ServerSnapshot news = snapshot.servers().get(at);
      if (!news.equals(server.snapshot())) {
        boolean wasUsable = server.usable();
        int oldWeight = server.effectiveWeight();
        server.apply(news, weightScale, weightDivisor);
        if (server.usable() != wasUsable || server.effectiveWeight() != oldWeight) {
          load.recount();
          balancer.serverChanged(at, wasUsable, oldWeight);
        }
      }
    }
  }

  /** A session of this backend began; counts for the connection limits of its servers. */
  public void sessionBegan() {
    load.addConnections(1);
  }

  /** A session of this backend ended. */
  public void sessionEnded() {
    load.addConnections(-1);
  }

  /** Another connection limit of a server, 0 for none. */
  public void limit(int server, int maxConnections) {
    load.server(server).limit(maxConnections);
  }

  /** A connection was given to a server. */
  public void open(int server) {
    changeServed(server, 1);
  }

  /** A connection to a server was given up or is done. */
  public void close(int server) {
    changeServed(server, -1);
  }

  /** A request began to wait for a slot of this very server. */
  public void enqueue(int server) {
    load.server(server).addQueued(1);
    balancer.loadChanged(server);
  }

  /** A request waits no longer for a slot of this very server. */
  public void dequeue(int server) {
    load.server(server).addQueued(-1);
    balancer.loadChanged(server);
  }

  public ServerLoad server(int server) {
    return load.server(server);
  }

  /** How many servers the backend has. */
  public int size() {
    return load.size();
  }

  private void changeServed(int server, int more) {
    load.server(server).addServed(more);
    load.addServed(more);
    balancer.loadChanged(server);
  }

  private static boolean usesMap(BalanceSettings settings) {
    return switch (settings.algorithm()) {
      case Balance.StaticRoundRobin _ -> true;
      case Balance.Source _,
          Balance.Uri _,
          Balance.UrlParameter _,
          Balance.Header _,
          Balance.RdpCookie _,
          Balance.Hash _ ->
          settings.hashType().method() == HashType.Method.MAP_BASED;
      case Balance.RoundRobin _, Balance.LeastConnections _, Balance.First _, Balance.Random _ ->
          false;
    };
  }

  /** A map is as long as the weights' sum divided by this. */
  private static int commonDivisor(List<BalancedServer> servers) {
    int divisor = 0;
    for (BalancedServer server : servers) {
      int weight = server.weight();
      while (weight != 0) {
        int rest = divisor % weight;
        divisor = weight;
        weight = rest;
      }
    }
    return Math.max(1, divisor);
  }

  private static Balancer balancerFor(
      BalanceSettings settings, BackendLoad load, RandomGenerator random) {
    return switch (settings.algorithm()) {
      case Balance.RoundRobin _ -> new RoundRobin(load);
      case Balance.StaticRoundRobin _ -> new StaticRoundRobin(load);
      case Balance.LeastConnections _ -> new LeastConnections(load);
      case Balance.First _ -> new FirstAvailable(load);
      case Balance.Random(int draws) ->
          new RandomDraws(load, settings.hashBalanceFactor(), draws, random);
      case Balance.Source _,
          Balance.Uri _,
          Balance.UrlParameter _,
          Balance.Header _,
          Balance.RdpCookie _,
          Balance.Hash _ ->
          settings.hashType().method() == HashType.Method.CONSISTENT
              ? new HashedRing(load, settings)
              : new HashedMap(load, settings);
    };
  }
}
