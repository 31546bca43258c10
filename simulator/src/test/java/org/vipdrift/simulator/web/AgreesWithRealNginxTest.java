package org.vipdrift.simulator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.balance.nginx.UpstreamAttempts;
import org.vipdrift.model.balance.nginx.UpstreamBalancer;
import org.vipdrift.model.balance.nginx.UpstreamMethod;
import org.vipdrift.model.balance.nginx.UpstreamServer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.kernel.HostKernel;

/**
 * Feeds the same upstreams and the same script to nginx 1.22 on loopback and to the simulated one:
 * the servers that answer must be the same in the same order.
 */
class AgreesWithRealNginxTest {
  private static final int SERVERS = 5;
  private static final int FIRST_PORT = 28_620;
  private static final int FIRST_BACKEND = 28_700;

  @TempDir Path folder;

  /**
   * An upstream and what is done with it.
   *
   * @param lines of the upstream; {@code @1} stands for the first server's address
   * @param proxy lines of the location
   * @param script digits stop a server, letters a.. start one again, {@code .} is a request, {@code
   *     _} a wait of two and a half seconds
   */
  private record Case(String lines, String proxy, String script) {}

  /** The same script on the real and on the simulated side. */
  private interface Side {
    String request(int number);

    void stop(int server);

    void start(int server);

    void await();
  }

  private static String play(String script, Side side) {
    StringBuilder sequence = new StringBuilder();
    int number = 0;
    for (char step : script.toCharArray()) {
      switch (step) {
        case '.' -> sequence.append(side.request(number++));
        case '_' -> {
          side.await();
          sequence.append('_');
        }
        case 'a', 'b', 'c', 'd', 'e' -> side.start(step - 'a');
        default -> side.stop(step - '1');
      }
    }
    return sequence.toString();
  }

  private static List<Case> fixed() {
    return List.of(
        new Case("server @1 weight=5; server @2; server @3;", "", "......." + "......."),
        new Case("server @1 weight=3; server @2 weight=2; server @3;", "", "............"),
        new Case("server @1; server @2; server @3;", "", "...1........a..._......"),
        new Case(
            "server @1 fail_timeout=1s; server @2 fail_timeout=1s;", "", "...1.....a.._......"),
        new Case(
            "server @1 max_fails=3 fail_timeout=1s; server @2 max_fails=3 fail_timeout=1s;",
            "",
            "..1..........a.._......"),
        new Case("server @1 max_fails=0; server @2;", "", "..1.......a...."),
        new Case("server @1; server @2 backup; server @3 backup;", "", "..1.....2...."),
        new Case("server @1; server @2 down; server @3;", "", "......"),
        new Case("least_conn; server @1 weight=2; server @2; server @3;", "", "........."),
        new Case(
            "ip_hash; server @1; server @2 weight=2; server @3;", "", "........................"),
        new Case("ip_hash; server @1; server @2; server @3;", "", "......1..........."),
        new Case(
            "hash $arg_k; server @1; server @2 weight=3; server @3;", "", "...................."),
        new Case("hash $arg_k; server @1; server @2; server @3;", "", "......2............."),
        new Case("server @1; server @2;", "proxy_next_upstream off;", "...1......"),
        new Case("server @1; server @2; server @3;", "proxy_next_upstream_tries 1;", "..1.2......"),
        new Case("server @1;", "", "..1...a..."),
        new Case("server @1; server @2;", "", "12...ab..._...."));
  }

  private static Case generated(Random random) {
    int servers = 2 + random.nextInt(SERVERS - 1);
    StringBuilder lines = new StringBuilder();
    String method =
        List.of("", "", "", "least_conn; ", "ip_hash; ", "hash $arg_k; ").get(random.nextInt(6));
    lines.append(method);
    boolean backups = method.isEmpty() || method.startsWith("least");
    for (int server = 1; server <= servers; server++) {
      lines.append("server @").append(server);
      if (random.nextBoolean()) {
        lines.append(" weight=").append(1 + random.nextInt(6));
      }
      if (random.nextInt(4) == 0) {
        lines.append(" max_fails=").append(random.nextInt(4));
      }
      if (backups && server > 1 && random.nextInt(6) == 0) {
        lines.append(" backup");
      } else if (server > 1 && random.nextInt(8) == 0) {
        lines.append(" down");
      }
      lines.append("; ");
    }
    StringBuilder script = new StringBuilder(".".repeat(random.nextInt(15)));
    for (int deaths = random.nextInt(3); deaths > 0; deaths--) {
      int server = random.nextInt(servers);
      script.append((char) ('1' + server)).append(".".repeat(random.nextInt(12)));
      if (random.nextBoolean()) {
        script.append((char) ('a' + server)).append(".".repeat(random.nextInt(6)));
      }
    }
    return new Case(lines.toString(), "", script + "....");
  }

  private static String client(int number) {
    return "20.0." + (number % 7 * 31) + ".10";
  }

  private static String target(int number) {
    return "/?k=" + number * 7 % 11;
  }

  private static String withAddresses(
      String lines, java.util.function.IntFunction<String> address) {
    String text = lines;
    for (int server = 1; server <= SERVERS; server++) {
      text = text.replace("@" + server, address.apply(server - 1));
    }
    return text;
  }

  /** What the real one does. */
  private List<String> real(List<Case> cases) throws IOException, InterruptedException {
    StringBuilder blocks = new StringBuilder();
    for (int at = 0; at < cases.size(); at++) {
      Case each = cases.get(at);
      blocks
          .append("upstream u")
          .append(at)
          .append(" { ")
          .append(withAddresses(each.lines(), s -> "127.0.0.1:" + (FIRST_BACKEND + s)))
          .append(" } server { listen 127.0.0.1:")
          .append(FIRST_PORT + at)
          .append("; set_real_ip_from 127.0.0.1; real_ip_header X-Client;")
          .append(" location / { proxy_pass http://u")
          .append(at)
          .append("; ")
          .append(each.proxy())
          .append(" } }\n");
    }
    List<RealNginx.Server> servers = new ArrayList<>();
    for (int server = 0; server < SERVERS; server++) {
      servers.add(new RealNginx.Server(FIRST_BACKEND + server, "" + (server + 1)));
    }
    List<String> sequences = new ArrayList<>();
    try (RealNginx nginx =
        RealNginx.start(
            folder, "events {} http { access_log off; " + blocks + " }", FIRST_PORT, servers)) {
      assertThat(nginx).isNotNull();
      for (int at = 0; at < cases.size(); at++) {
        sequences.add(play(cases.get(at).script(), new RealSide(servers, FIRST_PORT + at)));
      }
    }
    return sequences;
  }

  private static final class RealSide implements Side {
    private final List<RealNginx.Server> servers;
    private final int port;
    private final List<Integer> stopped = new ArrayList<>();

    RealSide(List<RealNginx.Server> servers, int port) {
      this.servers = servers;
      this.port = port;
      servers.stream().filter(RealNginx.Server::isStopped).forEach(RealNginx.Server::start);
    }

    @Override
    public String request(int number) {
      return RealNginx.get(port, target(number), "X-Client: " + client(number) + "\r\n");
    }

    @Override
    public void stop(int server) {
      if (!stopped.contains(server)) {
        stopped.add(server);
        servers.get(server).stop();
      }
    }

    @Override
    public void start(int server) {
      if (stopped.remove((Integer) server)) {
        servers.get(server).start();
      }
    }

    @Override
    public void await() {
      try {
        TimeUnit.MILLISECONDS.sleep(2_500);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What the simulated one does. */
  private static String simulated(Case each) {
    WebNetwork network = new WebNetwork();
    for (int server = 0; server < SERVERS; server++) {
      network.server("n" + (server + 1), "20.0.0.2" + (server + 1) + "/8", Duration.ZERO);
    }
    network.nginx(
        "web",
        "20.0.0.20/8",
        "events {} http { upstream u { "
            + withAddresses(each.lines(), s -> "20.0.0.2" + (s + 1) + ":80")
            + " } server { location / { proxy_pass http://u; "
            + each.proxy()
            + " } } }");
    Map<String, HostKernel> clients = new LinkedHashMap<>();
    return play(
        each.script(),
        new Side() {
          @Override
          public String request(int number) {
            HostKernel from =
                clients.computeIfAbsent(client(number), a -> network.host("c" + a, a + "/8"));
            // The path of the servers' page; the key is in the query.
            String outcome =
                network
                    .get(from, "http://20.0.0.20" + target(number), "Connection: close")
                    .outcome();
            return outcome.startsWith("n") ? outcome.substring(1) : "(" + outcome + ")";
          }

          @Override
          public void stop(int server) {
            if (network.isRunning("n" + (server + 1))) {
              network.kill("n" + (server + 1));
            }
          }

          @Override
          public void start(int server) {
            if (!network.isRunning("n" + (server + 1))) {
              network.restart("n" + (server + 1));
            }
          }

          @Override
          public void await() {
            network.run(Duration.ofMillis(2_500));
          }
        });
  }

  private static String differences(List<Case> cases, List<String> real) {
    StringBuilder differences = new StringBuilder();
    for (int at = 0; at < cases.size(); at++) {
      String simulated = simulated(cases.get(at));
      if (!simulated.equals(real.get(at))) {
        differences
            .append(cases.get(at))
            .append("\n  real      ")
            .append(real.get(at))
            .append("\n  simulated ")
            .append(simulated)
            .append("\n");
      }
    }
    return differences.toString();
  }

  @Test
  void theSameServersAnswerInTheSameOrder() throws IOException, InterruptedException {
    assumeTrue(RealNginx.isInstalled(), "nginx 1.22 is not installed");
    List<Case> cases = new ArrayList<>(fixed());
    Random random = new Random(7);
    for (int number = 0; number < 30; number++) {
      cases.add(generated(random));
    }
    assertThat(differences(cases, real(cases))).isEmpty();
  }

  /** The ring is made of the servers' addresses, so the same ones go to the balancer itself. */
  @Test
  void aConsistentHashChoosesTheSameServers() throws IOException, InterruptedException {
    assumeTrue(RealNginx.isInstalled(), "nginx 1.22 is not installed");
    List<int[]> weights =
        List.of(new int[] {1, 1, 1}, new int[] {1, 3, 1}, new int[] {5, 1, 2, 1, 1});
    List<String> scripts =
        List.of("...........", "...........2...........", "1....3.........._.......");
    List<Case> cases = new ArrayList<>();
    List<String> modelled = new ArrayList<>();
    for (int[] each : weights) {
      for (String script : scripts) {
        StringBuilder lines = new StringBuilder("hash $arg_k consistent; ");
        List<UpstreamServer> servers = new ArrayList<>();
        for (int server = 1; server <= each.length; server++) {
          lines.append("server @" + server + " weight=" + each[server - 1] + "; ");
          servers.add(
              UpstreamServer.of("127.0.0.1:" + (FIRST_BACKEND + server - 1), each[server - 1]));
        }
        cases.add(new Case(lines.toString(), "", script));
        modelled.add(play(script, new BalancerSide(servers)));
      }
    }
    assertThat(modelled).isEqualTo(real(cases));
  }

  /** The balancer alone. */
  private static final class BalancerSide implements Side {
    private final UpstreamBalancer balancer;
    private final java.util.BitSet stopped = new java.util.BitSet();
    private long nowSeconds = 1_000;

    BalancerSide(List<UpstreamServer> servers) {
      balancer = new UpstreamBalancer(new UpstreamMethod.Hash(true), servers, new Random(1));
    }

    @Override
    public String request(int number) {
      String key = target(number).substring("/?k=".length());
      UpstreamAttempts attempts = balancer.begin(IpAddress.v4(127, 0, 0, 1), key);
      int server = balancer.next(attempts, nowSeconds);
      while (server != UpstreamBalancer.NONE && stopped.get(server)) {
        balancer.done(attempts, true, nowSeconds);
        server = balancer.next(attempts, nowSeconds);
      }
      if (server == UpstreamBalancer.NONE) {
        return "(502)";
      }
      balancer.done(attempts, false, nowSeconds);
      return Integer.toString(server + 1);
    }

    @Override
    public void stop(int server) {
      stopped.set(server);
    }

    @Override
    public void start(int server) {
      stopped.clear(server);
    }

    @Override
    public void await() {
      nowSeconds += 2;
    }
  }

  @Test
  void timeoutsTakeTheSameTime() throws IOException, InterruptedException {
    assumeTrue(RealNginx.isInstalled(), "nginx 1.22 is not installed");
    String lines =
        "proxy_read_timeout 700ms; location / { proxy_pass http://u; } } upstream u { %s; %s; }";
    List<RealNginx.Server> servers =
        List.of(
            new RealNginx.Server(FIRST_BACKEND, "1"), new RealNginx.Server(FIRST_BACKEND + 1, "2"));
    servers.getFirst().slow(3_000);
    List<Double> real = new ArrayList<>();
    try (RealNginx nginx =
        RealNginx.start(
            folder,
            "events {} http { access_log off; server { listen 127.0.0.1:"
                + FIRST_PORT
                + "; "
                + String.format(
                    lines,
                    "server 127.0.0.1:" + FIRST_BACKEND,
                    "server 127.0.0.1:" + (FIRST_BACKEND + 1))
                + " }",
            FIRST_PORT,
            servers)) {
      assertThat(nginx).isNotNull();
      for (int number = 0; number < 3; number++) {
        long start = System.nanoTime();
        assertThat(RealNginx.get(FIRST_PORT, "/", "")).isEqualTo("2");
        real.add((System.nanoTime() - start) / 1e9);
      }
    }
    WebNetwork network = new WebNetwork();
    network.server("n1", "20.0.0.21/8", Duration.ofSeconds(3));
    network.server("n2", "20.0.0.22/8", Duration.ZERO);
    network.nginx(
        "web",
        "20.0.0.20/8",
        "events {} http { server { "
            + String.format(lines, "server 20.0.0.21", "server 20.0.0.22")
            + " }");
    HostKernel client = network.host("client", "20.0.0.10/8");
    for (int number = 0; number < 3; number++) {
      double start = network.seconds();
      WebClient asking = network.get(client, "http://20.0.0.20/");
      assertThat(asking.outcome()).isEqualTo("n2");
      double took = asking.answeredAt.getFirst() / 1e9 - start;
      assertThat(Math.abs(took - real.get(number)))
          .isLessThan(Math.max(0.06, 0.1 * real.get(number)));
    }
  }

  @Test
  void layerFourChoosesTheSameServers() throws IOException, InterruptedException {
    assumeTrue(RealNginx.isInstalled(), "nginx 1.22 is not installed");
    assumeTrue(Files.exists(RealNginx.STREAM_MODULE), "nginx's stream module is not installed");
    String upstream = "upstream u { server @1 weight=2; server @2; server @3 backup; }";
    String script = "......1.....2....";
    List<RealNginx.Server> servers = new ArrayList<>();
    for (int server = 0; server < SERVERS; server++) {
      servers.add(new RealNginx.Server(FIRST_BACKEND + server, "" + (server + 1)));
    }
    String real;
    try (RealNginx nginx =
        RealNginx.start(
            folder,
            "load_module "
                + RealNginx.STREAM_MODULE
                + "; events {} stream { "
                + withAddresses(upstream, s -> "127.0.0.1:" + (FIRST_BACKEND + s))
                + " server { listen 127.0.0.1:28619; return \"\"; } server { listen 127.0.0.1:"
                + FIRST_PORT
                + "; proxy_pass u; } }",
            28_619,
            servers)) {
      assertThat(nginx).isNotNull();
      real = play(script, new RealSide(servers, FIRST_PORT));
    }
    WebNetwork network = new WebNetwork();
    for (int server = 1; server <= SERVERS; server++) {
      network.server("n" + server, "20.0.0.2" + server + "/8", Duration.ZERO);
    }
    network.nginx(
        "web",
        "20.0.0.20/8",
        "events {} stream { "
            + withAddresses(upstream, s -> "20.0.0.2" + (s + 1) + ":80")
            + " server { listen 80; proxy_pass u; } }");
    HostKernel client = network.host("client", "20.0.0.10/8");
    String simulated =
        play(
            script,
            new Side() {
              @Override
              public String request(int number) {
                String outcome = network.get(client, "http://20.0.0.20/").outcome();
                return outcome.startsWith("n") ? outcome.substring(1) : "(" + outcome + ")";
              }

              @Override
              public void stop(int server) {
                network.kill("n" + (server + 1));
              }

              @Override
              public void start(int server) {
                network.restart("n" + (server + 1));
              }

              @Override
              public void await() {
                network.run(Duration.ofMillis(2_500));
              }
            });
    assertThat(simulated).isEqualTo(real);
  }
}
