package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.balance.BackendSnapshot;
import org.vipdrift.model.balance.BalanceSettings;
import org.vipdrift.model.balance.BalancedBackend;
import org.vipdrift.model.balance.BalancedServer;
import org.vipdrift.model.haproxy.sample.CompiledCondition;
import org.vipdrift.model.haproxy.sample.CompiledFormat;
import org.vipdrift.model.haproxy.settings.BackendSettings;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.haproxy.settings.ServerSettings;

/** The half of a proxy that forwards: its servers, their load, and who waits for them. */
final class Backend {
  final ProxyProcess process;
  final ProxySettings proxy;
  final BackendSettings settings;
  final ProxyRules rules;
  final List<Server> servers;
  final BalancedBackend balanced;
  final Optional<CookiePersistence> cookies;
  final Counter counter = new Counter();
  final List<ServerChoice> serverRules;
  final List<Persist> persistRules;
  final List<Sticking> stickRules;
  final ArrayDeque<Waiting> queue = new ArrayDeque<>(0);
  private final long[] servedFromQueue;
  private long servedFromOwnQueue;
  private int sessions;

  record ServerChoice(CompiledFormat server, CompiledCondition condition) {}

  record Persist(boolean force, CompiledCondition condition) {}

  Backend(
      ProxyProcess process, ProxySettings proxy, BackendSettings settings, int fullConnections) {
    this.process = process;
    this.proxy = proxy;
    this.settings = settings;
    this.rules = process.rulesOf(proxy);
    List<BalancedServer> balancedServers = new ArrayList<>(settings.servers().size());
    List<Server> all = new ArrayList<>(settings.servers().size());
    for (ServerSettings server : settings.servers()) {
      balancedServers.add(BalancedServer.of(server));
      all.add(new Server(this, all.size(), server, process.address(server.address())));
    }
    this.servers = List.copyOf(all);
    BackendSnapshot snapshot = BackendSnapshot.initial(proxy.name(), balancedServers);
    for (int at = 0; at < all.size(); at++) {
      if (settings.servers().get(at).disabled()) {
        snapshot = snapshot.with(at, snapshot.servers().get(at).inMaintenance());
      }
    }
    this.balanced =
        new BalancedBackend(
            BalanceSettings.of(proxy, fullConnections),
            balancedServers,
            snapshot,
            process.environment::random);
    this.cookies = settings.cookie().map(cookie -> new CookiePersistence(cookie, this));
    this.serverRules =
        settings.serverRules().stream()
            .map(
                r ->
                    new ServerChoice(
                        CompiledFormat.of(r.server()), CompiledCondition.of(r.condition())))
            .toList();
    this.persistRules =
        settings.persistRules().stream()
            .map(r -> new Persist(r.force(), CompiledCondition.of(r.condition())))
            .toList();
    this.stickRules = settings.stickRules().stream().map(Sticking::new).toList();
    this.servedFromQueue = new long[all.size()];
  }

  String name() {
    return proxy.name();
  }

  Optional<Server> server(String name) {
    for (Server server : servers) {
      if (server.name().equals(name)) {
        return Optional.of(server);
      }
    }
    return Optional.empty();
  }

  /** The timeout of the queue is that of connecting where there is none. */
  Optional<Duration> queueTimeout() {
    return proxy.timeouts().queue().or(() -> proxy.timeouts().connect());
  }

  int sessions() {
    return sessions;
  }

  void sessionBegan() {
    sessions++;
    balanced.sessionBegan();
    counter.sessionBegan(process.environment.monotonicNanos());
  }

  void sessionEnded() {
    sessions--;
    balanced.sessionEnded();
    counter.sessionEnded();
  }

  /** Takes a slot of a server. */
  void occupy(Server server, Stream stream) {
    balanced.open(server.index);
    server.streams.add(stream);
  }

  /** Gives a slot of a server back, and to the next who waits. */
  void vacate(Server server, Stream stream, long cause) {
    balanced.close(server.index);
    server.streams.remove(stream);
    serveQueues(server, cause);
  }

  // ---- queues ----

  /** Puts a session into the queue of a server, or of the backend. */
  Waiting enqueue(Stream stream, @Nullable Server server) {
    long before = server == null ? servedFromOwnQueue : servedFromQueue[server.index];
    Waiting waiting = new Waiting(stream, server, process.nextSequence(), before);
    if (server == null) {
      queue.add(waiting);
      counter.queueChanged(queued());
    } else {
      server.queue.add(waiting);
      balanced.enqueue(server.index);
      server.counter.queueChanged(server.queue.size());
      counter.queueChanged(queued());
    }
    return waiting;
  }

  /**
   * Takes a session out of its queue.
   *
   * @return its place in the queue when it joined, as far as that is known: 1 for the first
   */
  long leaveQueue(Waiting waiting) {
    Server server = waiting.server;
    if (server == null) {
      queue.remove(waiting);
      counter.queueChanged(queued());
      return servedFromOwnQueue - waiting.servedBefore + 1;
    }
    server.queue.remove(waiting);
    balanced.dequeue(server.index);
    server.counter.queueChanged(server.queue.size());
    counter.queueChanged(queued());
    return servedFromQueue[server.index] - waiting.servedBefore + 1;
  }

  /** All who wait, here and at the servers. */
  int queued() {
    int waiting = queue.size();
    for (Server server : servers) {
      waiting += server.queue.size();
    }
    return waiting;
  }

  /** Gives free slots of a server to those who wait, the longest first. */
  int serveQueues(Server server, long cause) {
    int given = 0;
    while (!(server.queue.isEmpty() && queue.isEmpty()) && hasSlot(server)) {
      Waiting own = server.queue.peekFirst();
      Waiting common = takesFromBackend(server) ? queue.peekFirst() : null;
      Waiting next = own == null || common != null && common.sequence < own.sequence ? common : own;
      if (next == null) {
        break;
      }
      long position = leaveQueue(next);
      if (next.server == null) {
        servedFromOwnQueue++;
      } else {
        servedFromQueue[server.index]++;
      }
      next.stream.slotGiven(server, position, next.server != null, cause);
      given++;
    }
    return given;
  }

  private boolean hasSlot(Server server) {
    return server.load().settings().maxConnections() == 0
        || server.load().served() < server.load().connectionLimit();
  }

  private boolean takesFromBackend(Server server) {
    return server.load().usable() && (!server.settings.backup() || balanced.usableActive() == 0);
  }

  /**
   * A server went down: who waits for it, and may go elsewhere, is balanced anew.
   *
   * @return how many
   */
  int requeue(Server server, long cause) {
    int moved = 0;
    for (Waiting waiting : List.copyOf(server.queue)) {
      if (waiting.stream.mayLeave(server)) {
        leaveQueue(waiting);
        waiting.stream.requeued(cause);
        moved++;
      }
    }
    return moved;
  }
}
