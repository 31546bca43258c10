package org.vipdrift.simulator.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.nginx.Listen;
import org.vipdrift.model.nginx.NginxConfiguration;
import org.vipdrift.simulator.kernel.tcp.Listener;

/**
 * An nginx that runs: its listening sockets, and the worker that serves them; after a reload the
 * worker before it finishes what it has begun.
 */
public final class NginxServer {
  private final NginxEnvironment environment;
  private final Map<Socket, Listener> listeners = new LinkedHashMap<>();
  private final NginxFaults faults = new NginxFaults();
  private NginxWorker worker;
  private int generation;

  /** Where a socket is bound; empty addresses stand for all. */
  private record Socket(Optional<IpAddress> address, int port, int backlog) {
    boolean isSamePlace(Socket other) {
      return port == other.port && address.equals(other.address);
    }
  }

  private NginxServer(NginxEnvironment environment, NginxConfiguration configuration) {
    this.environment = environment;
    this.worker = new NginxWorker(environment, configuration, faults, generation);
  }

  /**
   * Starts it.
   *
   * @param problems told why sockets could not be opened
   */
  public static NginxServer start(
      NginxEnvironment environment, NginxConfiguration configuration, List<String> problems) {
    NginxServer server = new NginxServer(environment, configuration);
    server.open(configuration, problems);
    return server;
  }

  /** Why bind(2) would refuse an address, as nginx says it. */
  public static Optional<String> bindProblem(
      NginxConfiguration configuration, Predicate<IpAddress> isLocal) {
    for (Socket socket : sockets(configuration)) {
      if (socket.address().isPresent() && !isLocal.test(socket.address().get())) {
        return Optional.of(
            "bind() to "
                + new Listen(socket.address().get(), socket.port(), false, false, 1, false).text()
                + " failed (99: Cannot assign requested address)");
      }
    }
    return Optional.empty();
  }

  /** One for every port that has a wildcard; else one for every address. */
  private static List<Socket> sockets(NginxConfiguration configuration) {
    List<Listen> listens = new ArrayList<>();
    configuration.hosts().forEach(host -> listens.addAll(host.listens()));
    configuration.streams().forEach(stream -> listens.addAll(stream.listens()));
    listens.removeIf(Listen::udp);
    List<Socket> sockets = new ArrayList<>();
    for (Listen listen : listens) {
      boolean any = listens.stream().anyMatch(l -> l.port() == listen.port() && l.isWildcard());
      Socket socket =
          new Socket(
              any ? Optional.empty() : Optional.of(listen.address()),
              listen.port(),
              listen.backlog());
      if (sockets.stream().noneMatch(socket::isSamePlace)) {
        sockets.add(socket);
      }
    }
    return sockets;
  }

  private void open(NginxConfiguration configuration, List<String> problems) {
    List<Socket> wanted = sockets(configuration);
    listeners
        .entrySet()
        .removeIf(
            entry -> {
              boolean stays = wanted.stream().anyMatch(entry.getKey()::isSamePlace);
              if (!stays) {
                entry.getValue().close();
              }
              return !stays;
            });
    for (Socket socket : wanted) {
      if (listeners.keySet().stream().noneMatch(socket::isSamePlace)) {
        Optional<Listener> opened =
            environment
                .sockets()
                .listen(
                    environment.who(),
                    socket.address(),
                    socket.port(),
                    socket.backlog(),
                    (connection, cause) -> worker.accept(connection, cause));
        if (opened.isPresent()) {
          listeners.put(socket, opened.get());
        } else {
          problems.add(
              "bind() to "
                  + socket.address().map(Object::toString).orElse("0.0.0.0")
                  + ":"
                  + socket.port()
                  + " failed (98: Address already in use)");
        }
      }
    }
  }

  /** The ports it listens on. */
  public List<Integer> ports() {
    return listeners.keySet().stream().map(Socket::port).distinct().sorted().toList();
  }

  /** SIGHUP with a configuration that holds: a new worker takes what comes from now on. */
  public void reload(NginxConfiguration configuration, List<String> problems, long cause) {
    NginxWorker old = worker;
    worker = new NginxWorker(environment, configuration, faults, ++generation);
    open(configuration, problems);
    old.drain(cause);
  }

  /** From now on every request waits at least this long; zero ends it. */
  public void slow(Duration atLeast) {
    faults.slowness = atLeast;
  }

  /** From now on a share of the requests is answered with an error; 0 ends it. */
  public void fail(int status, double percent) {
    faults.status = status;
    faults.percent = percent;
  }
}
