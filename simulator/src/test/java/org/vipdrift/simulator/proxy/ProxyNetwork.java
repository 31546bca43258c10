package org.vipdrift.simulator.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.SourceFiles;
import org.vipdrift.model.config.haproxy.HaproxyParse;
import org.vipdrift.model.config.haproxy.HaproxyParser;
import org.vipdrift.model.config.haproxy.ParseOptions;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;
import org.vipdrift.simulator.time.VirtualTime;
import org.vipdrift.simulator.web.ProcessTimers;

/** Clients at 20.0.0.10, HAProxy at 20.0.0.20, and servers on ports of 20.0.0.30. */
final class ProxyNetwork {
  static final String PROCESS = "p";

  /** 2026-01-01T00:00:00Z. */
  private static final long START = 1_767_225_600_000_000_000L;

  final VirtualTime time = new VirtualTime();
  final SplitRandom random = SplitRandom.ofSeed(1);
  final SimulatedSegment lan =
      new SimulatedSegment(
          "lan", SegmentSettings.ofLatency(Duration.ofNanos(50_000)), time, random);
  private final Map<String, HostKernel> hosts = new LinkedHashMap<>();
  final HostKernel clients = host("clients", "20.0.0.10/24");
  final HostKernel haproxy = host("haproxy", "20.0.0.20/24");
  final HostKernel servers = host("servers", "20.0.0.30/24");
  final List<String> log = new ArrayList<>();
  final ProcessTimers serverTimers = new ProcessTimers(servers.clock());
  final ProcessTimers proxyTimers = new ProcessTimers(haproxy.clock());
  final Map<Integer, ScriptedServer> scripted = new LinkedHashMap<>();

  private HostKernel host(String name, String address) {
    HostKernel host =
        new HostKernel(name, new HostClock(time, START), (_, _) -> 0, random, _ -> false);
    host.addInterface(
        "eth0",
        new MacAddress(0x5254_0000_0000L | hosts.size() + 1),
        List.of(IpPrefix.parse(address).orElseThrow()),
        lan);
    host.powerOn(0);
    host.openOwner(PROCESS);
    hosts.put(name, host);
    return host;
  }

  SimulatedProxy proxy(HaproxyConfiguration configuration) {
    return new SimulatedProxy(
        configuration,
        new SimulatedProxy.Surroundings() {
          @Override
          public String hostName() {
            return "haproxy";
          }

          @Override
          public String who() {
            return PROCESS;
          }

          @Override
          public int processId() {
            return 1000;
          }

          @Override
          public Optional<IpAddress> resolve(String name) {
            return Optional.empty();
          }

          @Override
          public boolean bindsForeignAddresses() {
            return false;
          }

          @Override
          public void log(String proxy, int level, String line, long cause) {
            log.add(line);
          }
        },
        haproxy.sockets(),
        proxyTimers,
        random.split("proxy"));
  }

  /** The configuration, and whatever it names on the disk. */
  private record WithCertificates(String text) implements SourceFiles {
    @Override
    public Optional<String> read(String path) {
      if (path.equals("haproxy.cfg")) {
        return Optional.of(text);
      }
      try {
        return Optional.of(Files.readString(Path.of(path)));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    @Override
    public List<String> glob(String pattern, String from) {
      return List.of();
    }
  }

  private static HaproxyConfiguration read(String text) {
    HaproxyParse parse =
        HaproxyParser.parse(new WithCertificates(text), "haproxy.cfg", ParseOptions.DEFAULT);
    if (parse.isRefused()) {
      throw new IllegalArgumentException(parse.problems().toString());
    }
    return parse.configuration();
  }

  SimulatedProxy start(String configuration) {
    SimulatedProxy proxy = proxy(read(configuration));
    Optional<String> problem = proxy.listen();
    if (problem.isPresent()) {
      throw new IllegalStateException(problem.get());
    }
    return proxy;
  }

  ScriptedServer server(int port, String name) {
    ScriptedServer server = new ScriptedServer(name);
    servers.sockets().listen(PROCESS, Optional.empty(), port, 4096, server).orElseThrow();
    scripted.put(port, server);
    return server;
  }

  RawClient connect(int port) {
    RawClient client = new RawClient();
    client.connection =
        clients
            .sockets()
            .connect(PROCESS, Optional.empty(), IpAddress.of("20.0.0.20"), port, client, 0);
    return client;
  }

  /** Connects with TLS, and shows the names in the server's certificate first. */
  RawClient connectSecurely(int port, Optional<String> serverName) {
    RawClient client = new RawClient();
    client.connection =
        TlsConnection.connect(
            clients.sockets(),
            PROCESS,
            Optional.empty(),
            IpAddress.of("20.0.0.20"),
            port,
            serverName,
            Runnable::run,
            client,
            0);
    return client;
  }

  void run(Duration duration) {
    long until = time.nowNanos() + duration.toNanos();
    while (time.runNext(until)) {
      continue;
    }
    time.advanceTo(until);
  }

  /** A server that does as its mode says. */
  final class ScriptedServer implements org.vipdrift.simulator.kernel.tcp.Listener.Acceptor {
    final String name;
    String mode = "ok";
    String status = "200 OK";
    String headers = "";
    final List<String> seen = new ArrayList<>();
    int connections;

    ScriptedServer(String name) {
      this.name = name;
    }

    @Override
    public ConnectionHandler accepted(Connection connection, long cause) {
      connections++;
      HttpReader reader = HttpReader.ofRequests();
      return new ConnectionHandler() {
        private boolean begins = true;

        @Override
        public void connected(long c) {}

        @Override
        public void received(Octets data, long c) {
          Preamble preamble =
              begins ? Preamble.of(data.toByteArray()) : new Preamble("", data.toByteArray());
          begins = false;
          if (!preamble.told().isEmpty()) {
            seen.add(preamble.told());
          }
          reader.add(Octets.copyOf(preamble.rest()));
          while (reader.next() instanceof HttpReader.Found.Whole(HttpRequest request)) {
            seen.add(request.toString());
            serve(connection, request, c);
          }
        }

        @Override
        public void finished(long c) {
          connection.close(c);
        }

        @Override
        public void failed(Failure failure, long c) {}
      };
    }

    private void serve(Connection connection, HttpRequest request, long cause) {
      if (mode.equals("hang")) {
        return;
      }
      if (mode.equals("reset")) {
        connection.abort(cause);
      } else if (mode.equals("close")) {
        connection.close(cause);
      } else if (mode.startsWith("slow:")) {
        serverTimers.after(
            Duration.ofMillis(Long.parseLong(mode.substring(5))).toNanos(),
            () -> answer(connection, request, cause));
      } else if (mode.equals("garbage")) {
        send(connection, "hello\r\n\r\n", cause);
        connection.close(cause);
      } else {
        answer(connection, request, cause);
        if (mode.equals("okclose")) {
          connection.close(cause);
        }
      }
    }

    private void answer(Connection connection, HttpRequest request, long cause) {
      send(
          connection,
          "HTTP/1.1 "
              + status
              + "\r\n"
              + headers
              + "Content-Length: "
              + name.length()
              + "\r\n\r\n"
              + (request.method().equals("HEAD") ? "" : name),
          cause);
    }

    private void send(Connection connection, String text, long cause) {
      connection.send(Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1)), cause);
    }
  }

  /** A client that shows what came, octet for octet. */
  final class RawClient implements TlsHandler {
    private final StringBuilder received = new StringBuilder();
    private final List<String> unsent = new ArrayList<>();
    private boolean connected;
    String names = "";
    Connection connection;
    boolean over;
    String end = "";
    long lastAt;

    RawClient send(String text) {
      if (connected) {
        connection.send(Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
      } else {
        unsent.add(text);
      }
      return this;
    }

    /** What has come, without taking it. */
    String peek() {
      return received.toString();
    }

    /** What has come since the last call. */
    String take() {
      String text = received.toString();
      received.setLength(0);
      return text;
    }

    @Override
    public void connected(long cause) {
      connected = true;
      if (connection instanceof TlsConnection tls) {
        names = String.join(" ", tls.certificateNames()) + " ";
      }
      unsent.forEach(this::send);
    }

    @Override
    public void received(Octets data, long cause) {
      lastAt = time.nowNanos();
      received.append(new String(data.toByteArray(), StandardCharsets.ISO_8859_1));
    }

    @Override
    public void finished(long cause) {
      lastAt = time.nowNanos();
      over = true;
      end = "closed";
      connection.close(cause);
    }

    @Override
    public void handshakeFailed(String problem, long cause) {
      lastAt = time.nowNanos();
      over = true;
      end = "handshake failed";
    }

    @Override
    public void failed(Failure failure, long cause) {
      lastAt = time.nowNanos();
      if (!over) {
        over = true;
        end = failure.name();
      }
    }
  }
}
