package org.vipdrift.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.Experiment;

/**
 * Health checks against a real HAProxy 2.6 on loopback: the same backends, the same deaths and
 * returns, and then the same lines of the health log, the same time apart.
 *
 * <p>Compared are the lines about the server that dies, word by word but for durations, and the
 * time between two lines of one fault or one recovery: when a fault meets a check is chance.
 */
class HealthChecksAgreeWithHaproxyTest {
  private static final long SEED = Long.getLong("vipdrift.seed", 1);
  private static final int GENERATED = 12;
  private static final double FAILS = 3;
  private static final double RETURNS = 7;
  private static final double ENDS = 13.5;
  private static final int ATTEMPTS = 3;

  @TempDir private Path directory;

  /** A line of the health log, in seconds since the start. */
  private record Line(double at, String text) {}

  /** A web server that can be killed, brought back, and told to fail. */
  private static final class WebServer implements AutoCloseable {
    private final int port;
    private Optional<ServerSocket> socket = Optional.empty();
    private volatile String status = "200 OK";

    WebServer() throws IOException {
      ServerSocket first = listen(0);
      port = first.getLocalPort();
    }

    private ServerSocket listen(int at) throws IOException {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress("127.0.0.1", at), 128);
      socket = Optional.of(listening);
      Thread.ofVirtual().start(() -> serve(listening));
      return listening;
    }

    private void serve(ServerSocket listening) {
      while (!listening.isClosed()) {
        try {
          Socket client = listening.accept();
          Thread.ofVirtual().start(() -> answer(client));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void answer(Socket client) {
      try (client) {
        client.setSoTimeout(2_000);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = reader.readLine();
        while (line != null && !line.isEmpty()) {
          line = reader.readLine();
        }
        if (line != null) {
          client
              .getOutputStream()
              .write(
                  ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                      .getBytes(StandardCharsets.ISO_8859_1));
        }
      } catch (IOException broken) {
        // A check that only connects breaks off.
      }
    }

    @Override
    public void close() throws IOException {
      if (socket.isPresent()) {
        socket.get().close();
      }
    }
  }

  /** The backends: a killed server, or one that answers 500, beside one that lives. */
  private static String backends(Map<String, String> addresses) {
    StringBuilder text = new StringBuilder();
    text.append(backend("golden", false, "inter 1000 fastinter 200 downinter 3000 rise 2 fall 3"));
    text.append(backend("plain", false, "inter 1s"));
    text.append(backend("eager", false, "inter 500ms rise 1 fall 1"));
    text.append(backend("slow-rise", false, "inter 300ms rise 4 fall 2"));
    text.append(backend("pages", true, "inter 400ms"));
    text.append(backend("pages-fast", true, "inter 900ms fastinter 150ms rise 3 fall 4"));
    Random random = new Random(SEED);
    for (int i = 0; i < GENERATED; i++) {
      text.append(
          backend(
              "generated" + i,
              random.nextBoolean(),
              "inter "
                  + (300 + random.nextInt(600))
                  + (random.nextBoolean() ? " fastinter " + (100 + random.nextInt(200)) : "")
                  + (random.nextBoolean() ? " downinter " + (500 + random.nextInt(800)) : "")
                  + " rise "
                  + (1 + random.nextInt(4))
                  + " fall "
                  + (1 + random.nextInt(4))));
    }
    String all = text.toString();
    for (Map.Entry<String, String> each : addresses.entrySet()) {
      all = all.replace(each.getKey(), each.getValue());
    }
    return all;
  }

  private static String backend(String name, boolean pages, String checks) {
    return "backend "
        + name
        + "\n"
        + (pages ? "    option httpchk GET /\n" : "")
        + "    default-server "
        + checks
        + "\n    server s1 "
        + (pages ? "@FAILING" : "@DYING")
        + " check\n    server s2 @LIVING check\n";
  }

  private static String configuration(String log, String bind, Map<String, String> addresses) {
    return """
    global
        log %s local0
    defaults
        mode http
        log global
        option log-health-checks
        timeout connect 5s
        timeout client 5s
        timeout server 5s
        timeout check 200ms
    frontend web
        bind %s
        default_backend golden
    """
            .formatted(log, bind)
        + backends(addresses);
  }

  @Test
  void linesAndTheTimeBetweenThemAreTheSame() throws Exception {
    assumeTrue(isInstalled(), "needs HAProxy 2.6");
    Map<String, List<Line>> simulated = byBackend(simulated());
    assertThat(simulated).hasSize(6 + GENERATED);
    List<String> differences = List.of();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // The real program's own times are late on a busy machine; its words never differ.
      differences = differences(byBackend(real()), simulated);
      if (differences.isEmpty()) {
        return;
      }
    }
    assertThat(differences).as("seed %d", SEED).isEmpty();
  }

  private static boolean isInstalled() throws IOException {
    try {
      Process version = new ProcessBuilder("haproxy", "-v").start();
      return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .startsWith("HAProxy version 2.6");
    } catch (IOException missing) {
      return false;
    }
  }

  private static List<String> differences(
      Map<String, List<Line>> real, Map<String, List<Line>> simulated) {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, List<Line>> each : simulated.entrySet()) {
      List<Line> expected = real.getOrDefault(each.getKey(), List.of());
      List<Line> found = each.getValue();
      List<String> expectedTexts = expected.stream().map(Line::text).toList();
      List<String> texts = found.stream().map(Line::text).toList();
      if (!texts.equals(expectedTexts)) {
        differences.add(each.getKey() + ": HAProxy " + expectedTexts + ", simulated " + texts);
        continue;
      }
      for (int i = 1; i < found.size(); i++) {
        boolean oneFault = found.get(i - 1).at() >= RETURNS == found.get(i).at() >= RETURNS;
        double gap = found.get(i).at() - found.get(i - 1).at();
        double realGap = expected.get(i).at() - expected.get(i - 1).at();
        if (oneFault && Math.abs(gap - realGap) > Math.max(0.06, 0.1 * realGap)) {
          differences.add(
              "%s: %.3f s instead of %.3f s before %s"
                  .formatted(each.getKey(), gap, realGap, found.get(i).text()));
        }
      }
    }
    return differences;
  }

  /** Lines about the first server of each backend from the fault on. */
  private static Map<String, List<Line>> byBackend(List<Line> lines) {
    Map<String, List<Line>> sorted = new TreeMap<>();
    for (Line line : lines) {
      int name = line.text().indexOf("erver ");
      int slash = line.text().indexOf("/s1 ");
      if (line.at() >= FAILS && slash > 0) {
        String text = line.text().replaceAll("check duration: [0-9]+ms", "check duration: ...");
        sorted
            .computeIfAbsent(
                line.text().substring(name + "erver ".length(), slash), _ -> new ArrayList<>())
            .add(new Line(line.at(), text.substring(text.indexOf('/'))));
      }
    }
    return sorted;
  }

  // ---- the real one ----

  private List<Line> real() throws Exception {
    try (WebServer dying = new WebServer();
        WebServer failing = new WebServer();
        WebServer living = new WebServer();
        DatagramSocket log = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      Map<String, String> addresses = new LinkedHashMap<>();
      addresses.put("@DYING", "127.0.0.1:" + dying.port);
      addresses.put("@FAILING", "127.0.0.1:" + failing.port);
      addresses.put("@LIVING", "127.0.0.1:" + living.port);
      String socket = directory.resolve("web.sock").toString();
      Path file = directory.resolve("haproxy.cfg");
      Files.writeString(
          file, configuration("127.0.0.1:" + log.getLocalPort(), "unix@" + socket, addresses));
      Process haproxy =
          new ProcessBuilder("haproxy", "-db", "-f", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("haproxy.log").toFile())
              .start();
      try {
        return listen(log, dying, failing);
      } finally {
        haproxy.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    }
  }

  private static List<Line> listen(DatagramSocket log, WebServer dying, WebServer failing)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    long start = System.nanoTime();
    boolean failed = false;
    boolean returned = false;
    byte[] buffer = new byte[2_048];
    log.setSoTimeout(5);
    for (double now = 0; now < ENDS; now = (System.nanoTime() - start) / 1e9) {
      if (!failed && now >= FAILS) {
        failed = true;
        dying.close();
        failing.status = "500 Internal Server Error";
      }
      if (!returned && now >= RETURNS) {
        returned = true;
        dying.listen(dying.port);
        failing.status = "200 OK";
      }
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        log.receive(packet);
        String text =
            new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1).strip();
        lines.add(
            new Line((System.nanoTime() - start) / 1e9, text.substring(text.indexOf("]: ") + 3)));
      } catch (SocketTimeoutException none) {
        // Time goes on.
      }
    }
    return lines;
  }

  // ---- the simulated one ----

  private static List<Line> simulated() {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("@DYING", "20.0.0.31:80");
    addresses.put("@FAILING", "20.0.0.32:80");
    addresses.put("@LIVING", "20.0.0.33:80");
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("haproxy.cfg", configuration("/dev/log", "*:80", addresses));
    Host.HaproxyProcess haproxy =
        new Host.HaproxyProcess(
            "haproxy", Optional.of(Duration.ofMillis(500)), "haproxy.cfg", texts);
    Duration down = Experiment.duration(RETURNS - FAILS);
    Scenario scenario =
        new Scenario(
            "health",
            "health",
            "",
            List.of(
                new Segment(
                    "lan",
                    List.of(IpPrefix.parse("20.0.0.0/24").orElseThrow()),
                    Segment.DEFAULT_LATENCY,
                    Optional.empty())),
            List.of(
                host("lb", 20, haproxy),
                host("dying", 31, page()),
                host("failing", 32, page()),
                host("living", 33, page())),
            List.of(),
            List.of(
                perform(
                    "death",
                    FAILS,
                    Optional.empty(),
                    new Action.OnProcess(Action.ProcessVerb.KILL, "dying", "nginx")),
                perform(
                    "return",
                    RETURNS,
                    Optional.empty(),
                    new Action.OnProcess(Action.ProcessVerb.START, "dying", "nginx")),
                perform(
                    "errors",
                    FAILS,
                    Optional.of(down),
                    new Action.ServerError("failing", "nginx", 500, 100))),
            Experiment.duration(ENDS),
            List.of());
    List<Line> lines = new ArrayList<>();
    for (TraceEvent event : Experiment.observe(scenario, SEED).events()) {
      if (event.host().equals("lb") && event.detail() instanceof TraceDetail.LogLine line) {
        lines.add(new Line(event.atNanos() / 1e9, line.text()));
      }
    }
    return lines;
  }

  private static TimelineEntry perform(
      String name, double at, Optional<Duration> lasts, Action action) {
    return new TimelineEntry.Perform(Experiment.duration(at), name, lasts, action);
  }

  private static Host.ServerProcess page() {
    return new Host.ServerProcess(
        "nginx", Optional.of(Duration.ZERO), List.of(80), Optional.of("page"));
  }

  private static Host host(String name, int number, Host.ProcessSpecification process) {
    return new Host(
        name,
        List.of(
            new Host.HostInterface(
                "eth0",
                "lan",
                List.of(new IpPrefix(IpAddress.v4(20, 0, 0, number), 24)),
                Optional.empty())),
        Optional.empty(),
        List.of(process),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        false);
  }
}
