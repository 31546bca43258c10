package org.vipdrift.netio.namespaces;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.vipdrift.model.scenario.Host;

/**
 * A declared web server: it answers from here, on sockets of its host; a process there has its name
 * and its life.
 */
final class DeclaredServer implements HostedProcess.Program, HostedProcess.Listener {
  private static final String PLACE = "/usr/local/lib/vipdrift/";
  private static final int BACKLOG = 511;

  private final Host.ServerProcess process;
  private final Machine machine;
  private final MachineFiles files;
  private final byte[] page;
  private final Random random = new Random(1);
  private final ReentrantLock gate = new ReentrantLock();
  private final Condition thawed = gate.newCondition();
  private final List<HttpServer> servers = new ArrayList<>();
  private boolean frozen;
  private volatile Optional<Duration> slow = Optional.empty();
  private volatile Optional<Failing> failing = Optional.empty();

  /** Errors instead of answers, for a share of the requests in percent. */
  record Failing(int status, double percent) {}

  DeclaredServer(String host, Host.ServerProcess process, Machine machine, MachineFiles files) {
    this.process = process;
    this.machine = machine;
    this.files = files;
    this.page = (process.body().orElse(host) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  void slow(Optional<Duration> takes) {
    slow = takes;
  }

  void fail(Optional<Failing> how) {
    failing = how;
  }

  @Override
  public void prepare() throws IOException {
    Path place = files.resolve(PLACE + process.name());
    if (!Files.exists(place)) {
      Files.createDirectories(place.getParent());
      Files.copy(Path.of("/usr/bin/sleep"), place);
    }
    for (int port : process.listens()) {
      HttpServer server = machine.network().call(() -> open(port));
      server.createContext("/", this::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      servers.add(server);
    }
  }

  private HttpServer open(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(port);
    if (!process.isTls(port)) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(Tls.ofServer(process.certificates()));
    return server;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      waitUntilThawed();
      Duration takes = slow.filter(s -> s.compareTo(process.takes()) > 0).orElse(process.takes());
      World.sleep(takes.toMillis());
      exchange.getRequestBody().readAllBytes();
      Optional<Failing> fails = failing;
      boolean error = fails.isPresent() && random.nextDouble() * 100 < fails.get().percent;
      String path = exchange.getRequestURI().getPath();
      Path file = files.resolve("/usr/share/nginx/html" + Path.of("/" + path).normalize());
      boolean front = path.equals("/") || path.equals("/index.html");
      int status = error ? fails.get().status : front || Files.isRegularFile(file) ? 200 : 404;
      byte[] body =
          status != 200
              ? (status + "\n").getBytes(StandardCharsets.UTF_8)
              : front ? page : Files.readAllBytes(file);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void waitUntilThawed() {
    gate.lock();
    try {
      while (frozen) {
        thawed.awaitUninterruptibly();
      }
    } finally {
      gate.unlock();
    }
  }

  @Override
  public List<String> command() {
    return List.of(PLACE + process.name(), "infinity");
  }

  @Override
  public Optional<Integer> reloadSignal() {
    return Optional.empty();
  }

  @Override
  public HostedProcess.Listener listener() {
    return this;
  }

  @Override
  public HostedProcess.Readiness readiness() {
    return HostedProcess.Readiness.AT_ONCE;
  }

  @Override
  public boolean line(String text, long started) {
    return false;
  }

  @Override
  public void stopping(long cause) {
    ended();
  }

  @Override
  public void ended() {
    servers.forEach(server -> server.stop(0));
    servers.clear();
  }

  @Override
  public void frozen(boolean stopped) {
    gate.lock();
    try {
      frozen = stopped;
      thawed.signalAll();
    } finally {
      gate.unlock();
    }
  }
}
