package org.vipdrift.model.haproxy;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.balance.ServerLoad;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.sample.CompiledSample;
import org.vipdrift.model.haproxy.sample.SampleCompiler;
import org.vipdrift.model.haproxy.settings.CookieSettings;
import org.vipdrift.model.haproxy.settings.ServerPort;
import org.vipdrift.model.haproxy.settings.ServerSettings;
import org.vipdrift.model.haproxy.settings.ServerTls;

/** A server of a backend as the data plane knows it. */
final class Server {
  final Backend backend;
  final int index;
  final ServerSettings settings;
  final Optional<IpAddress> address;

  /** What names it in the cookie of its backend. */
  final Optional<String> cookie;

  /** What is asked for in a TLS handshake. */
  final Optional<CompiledSample> serverName;

  final IdleConnections idle;
  final Counter counter = new Counter();
  final ArrayDeque<Waiting> queue = new ArrayDeque<>(0);

  /** In order, so that a shutdown of all is told in the same order everywhere. */
  final Set<Stream> streams = new LinkedHashSet<>();

  Server(Backend backend, int index, ServerSettings settings, Optional<IpAddress> address) {
    this.backend = backend;
    this.index = index;
    this.settings = settings;
    this.address = address;
    this.cookie = settings.cookie().or(() -> dynamicCookie(backend));
    this.serverName = settings.tls().flatMap(ServerTls::sni).map(SampleCompiler::compile);
    this.idle = new IdleConnections(this);
  }

  private Optional<String> dynamicCookie(Backend of) {
    return of.settings
        .cookie()
        .filter(CookieSettings::dynamic)
        .flatMap(CookieSettings::dynamicKey)
        .flatMap(key -> address.map(a -> DynamicCookie.of(key, a, port(0))));
  }

  String name() {
    return settings.name();
  }

  ServerLoad load() {
    return backend.balanced.server(index);
  }

  /** The port to connect to, given the one the client connected to. */
  int port(int clientPort) {
    return switch (settings.port()) {
      case ServerPort.Fixed(int port) -> port;
      case ServerPort.Mapped(int offset) -> clientPort + offset;
      case ServerPort.Absent() -> 0;
    };
  }

  boolean isFull() {
    return !load().hasFreeSlot();
  }

  boolean queueIsFull() {
    return settings.maxqueue() > 0 && queue.size() >= settings.maxqueue();
  }
}
