package org.vipdrift.model.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.balance.NamedServers.Speech;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.HashType;
import org.vipdrift.model.haproxy.settings.SampleExpression;
import org.vipdrift.model.random.SplitRandom;

/** The servers that a real HAProxy 2.6 chooses for generated backends are the ones chosen here. */
class AgreesWithHaproxyTest {
  private static final int POOL = 8;
  private static final long SEED = Long.getLong("vipdrift.seed", 1);

  @TempDir Path folder;

  @BeforeEach
  void haproxyIsThere() throws InterruptedException {
    assumeTrue(RealHaproxy.installed(), "HAProxy 2.6 is not installed here");
  }

  @Test
  void serversOfRequestsOneAtATimeAreTheSameThroughDeathsAndWeights() throws Exception {
    List<Generated> cases = new ArrayList<>();
    for (int number = 0; number < Integer.getInteger("vipdrift.cases", 60); number++) {
      cases.add(Generated.of(number, SplitRandom.ofSeed(SEED).split("case " + number), false));
    }
    try (NamedServers servers = new NamedServers(POOL, Speech.HTTP)) {
      int[] ports = NamedServers.freePorts(cases.size() + 1);
      try (RealHaproxy haproxy =
          RealHaproxy.start(folder, ports[cases.size()], text(cases, servers, ports, "http"))) {
        for (Generated generated : cases) {
          compare(generated, haproxy, ports[generated.number()]);
        }
      }
    }
  }

  @Test
  void serversOfConnectionsThatStayAreTheSameThroughDeathsAndWeights() throws Exception {
    List<Generated> cases = new ArrayList<>();
    for (int number = 0; number < 16; number++) {
      cases.add(Generated.of(number, SplitRandom.ofSeed(SEED).split("held " + number), true));
    }
    try (NamedServers servers = new NamedServers(POOL, Speech.HELD)) {
      int[] ports = NamedServers.freePorts(cases.size() + 1);
      try (RealHaproxy haproxy =
          RealHaproxy.start(folder, ports[cases.size()], text(cases, servers, ports, "tcp"))) {
        for (Generated generated : cases) {
          compareHeld(generated, haproxy, ports[generated.number()]);
        }
      }
    }
  }

  private static void compare(Generated generated, RealHaproxy haproxy, int port)
      throws IOException {
    SplitRandom random = SplitRandom.ofSeed(SEED).split("run " + generated.number());
    Model model = new Model(generated);
    StringBuilder script = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    StringBuilder chosen = new StringBuilder();
    for (int step = 0; step < 80; step++) {
      if (step > 10 && random.chance(20)) {
        String command = model.change(random);
        script.append(command).append(" after ").append(step).append('\n');
        assertThat(haproxy.admin(command)).as(command).isEmpty();
      }
      String source = "127.0.0." + (1 + random.nextInt(250));
      String target =
          List.of("/a/b/c/x", "/index?p=", "/?q=1&p=", "/img/", "/long/path/to/z")
                  .get(random.nextInt(5))
              + random.nextInt(1000);
      String host =
          random.chance(10) ? "" : "h" + random.nextInt(40) + ".dom" + random.nextInt(9) + ".org";
      expected.append(
          RealHaproxy.get(port, source, target, host.isEmpty() ? "" : "Host: " + host + "\r\n"));
      int picked = model.backend.pick(facts(source, target, host), BalancedBackend.NONE);
      chosen.append(picked == BalancedBackend.NONE ? "-" : Integer.toString(picked));
      if (picked != BalancedBackend.NONE) {
        model.backend.open(picked);
        model.backend.close(picked);
      }
    }
    assertThat(chosen.toString())
        .as(
            "seed %d case %d%n%s%n%s%n%s",
            SEED, generated.number(), generated.servers(), generated.backend(), script)
        .isEqualTo(expected.toString());
  }

  /**
   * Servers are killed and restarted under checks; once the checks have seen it, the servers of the
   * next requests are compared.
   */
  @Test
  void serversOfRequestsAreTheSameWhenBackendsDieAndReturn() throws Exception {
    SplitRandom random = SplitRandom.ofSeed(SEED).split("deaths");
    List<Generated> cases = new ArrayList<>();
    for (int number = 0; number < 44; number++) {
      cases.add(Generated.of(number, SplitRandom.ofSeed(SEED).split("dying " + number), false));
    }
    try (NamedServers servers = new NamedServers(POOL, Speech.HTTP)) {
      int[] ports = NamedServers.freePorts(cases.size() + 1);
      String checked =
          text(cases, servers, ports, "http")
              .replace(" id ", " check inter 150ms rise 1 fall 1 id ");
      try (RealHaproxy haproxy = RealHaproxy.start(folder, ports[cases.size()], checked)) {
        List<Model> models = cases.stream().map(Model::new).toList();
        List<Integer> dead = new ArrayList<>();
        awaitStates(haproxy, cases, dead);
        for (int round = 0; round < 6; round++) {
          for (Generated generated : cases) {
            compareAlive(generated, models.get(generated.number()), haproxy, ports, random, dead);
          }
          int server = random.nextInt(POOL);
          if (dead.remove(Integer.valueOf(server))) {
            servers.restart(server);
          } else {
            dead.add(server);
            servers.kill(server);
          }
          awaitStates(haproxy, cases, dead);
          models.forEach(m -> m.live(server, !dead.contains(server)));
        }
      }
    }
  }

  private static void compareAlive(
      Generated generated,
      Model model,
      RealHaproxy haproxy,
      int[] ports,
      SplitRandom random,
      List<Integer> dead)
      throws IOException {
    StringBuilder expected = new StringBuilder();
    StringBuilder chosen = new StringBuilder();
    for (int step = 0; step < 15; step++) {
      String source = "127.0.0." + (1 + random.nextInt(250));
      String target = "/a/b" + random.nextInt(50) + "?p=" + random.nextInt(1000);
      String host = "h" + random.nextInt(40) + ".org";
      expected.append(
          RealHaproxy.get(ports[generated.number()], source, target, "Host: " + host + "\r\n"));
      int picked = model.backend.pick(facts(source, target, host), BalancedBackend.NONE);
      chosen.append(picked == BalancedBackend.NONE ? "-" : Integer.toString(picked));
      if (picked != BalancedBackend.NONE) {
        model.backend.open(picked);
        model.backend.close(picked);
      }
    }
    assertThat(chosen.toString())
        .as(
            "seed %d dying %d, dead %s%n%s%n%s",
            SEED, generated.number(), dead, generated.servers(), generated.backend())
        .isEqualTo(expected.toString());
  }

  private static void awaitStates(RealHaproxy haproxy, List<Generated> cases, List<Integer> dead)
      throws IOException, InterruptedException {
    int known = 0;
    int wanted = cases.stream().mapToInt(c -> c.servers().size()).sum();
    for (int attempt = 0; attempt < 400 && known < wanted; attempt++) {
      Thread.sleep(20);
      known = 0;
      for (String line : haproxy.admin("show stat").split("\n")) {
        String[] columns = line.split(",");
        if (columns[1].matches("s\\d")
            && columns[36].equals(
                dead.contains(Integer.parseInt(columns[1].substring(1))) ? "L4CON" : "L4OK")) {
          known++;
        }
      }
    }
    if (known < wanted) {
      throw new IOException("only " + known + " of " + wanted + " checks agree with " + dead);
    }
  }

  private static void compareHeld(Generated generated, RealHaproxy haproxy, int port)
      throws IOException, InterruptedException {
    SplitRandom random = SplitRandom.ofSeed(SEED).split("hold " + generated.number());
    Model model = new Model(generated);
    StringBuilder script = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    StringBuilder chosen = new StringBuilder();
    List<Held> held = new ArrayList<>();
    int limit = generated.servers().stream().anyMatch(s -> s.maxConnections() > 0) ? 6 : 30;
    for (int step = 0; step < 70; step++) {
      if (step > 10 && random.chance(15)) {
        String command = model.change(random);
        script.append(command).append(" after ").append(step).append('\n');
        assertThat(haproxy.admin(command)).as(command).isEmpty();
      }
      if (held.size() > limit || !held.isEmpty() && random.chance(35)) {
        Held one = held.remove(random.nextInt(held.size()));
        one.socket().close();
        model.backend.close(one.server());
        awaitServed(haproxy, generated.number(), one.server(), model);
        continue;
      }
      String source = "127.0.0." + (1 + random.nextInt(250));
      if (model.isFull()) {
        continue;
      }
      int picked = model.backend.pick(facts(source, "/", ""), BalancedBackend.NONE);
      if (picked != BalancedBackend.NONE && !model.backend.server(picked).hasFreeSlot()) {
        continue;
      }
      Socket socket = RealHaproxy.connect(port, source);
      int said = socket.getInputStream().read();
      expected.append(said < 0 ? '-' : (char) said);
      chosen.append(picked == BalancedBackend.NONE ? "-" : Integer.toString(picked));
      if (picked == BalancedBackend.NONE || said < 0) {
        socket.close();
      } else {
        model.backend.open(picked);
        held.add(new Held(socket, picked));
      }
      if (!chosen.toString().contentEquals(expected)) {
        break;
      }
    }
    for (Held one : held) {
      one.socket().close();
    }
    assertThat(chosen.toString())
        .as(
            "seed %d held %d%n%s%n%s%n%s",
            SEED, generated.number(), generated.servers(), generated.backend(), script)
        .isEqualTo(expected.toString());
  }

  private record Held(Socket socket, int server) {}

  private static void awaitServed(RealHaproxy haproxy, int backend, int server, Model model)
      throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 500; attempt++) {
      for (String line : haproxy.admin("show stat").split("\n")) {
        String[] columns = line.split(",");
        if (columns[0].equals("b" + backend)
            && columns[1].equals("s" + server)
            && columns[4].equals(Integer.toString(model.backend.server(server).served()))) {
          return;
        }
      }
      Thread.sleep(2);
    }
    throw new IOException("a connection to b" + backend + "/s" + server + " did not end");
  }

  private static RequestFacts facts(String source, String target, String host) {
    RequestFacts plain = RequestFacts.ofSource(IpAddress.of(source));
    return new TestFacts(plain.source(), target, host);
  }

  private static String text(
      List<Generated> cases, NamedServers servers, int[] ports, String mode) {
    StringBuilder text =
        new StringBuilder(
            "defaults\n mode "
                + mode
                + "\n timeout connect 2s\n timeout client 20s\n timeout server 20s\n");
    for (Generated generated : cases) {
      text.append("frontend f" + generated.number())
          .append("\n bind 127.0.0.1:" + ports[generated.number()])
          .append("\n default_backend b" + generated.number())
          .append("\nbackend b" + generated.number() + "\n")
          .append(generated.backend());
      for (int at = 0; at < generated.servers().size(); at++) {
        BalancedServer server = generated.servers().get(at);
        text.append(" server " + server.name() + " 127.0.0.1:" + servers.port(at))
            .append(" weight " + server.weight())
            .append(" id " + server.id())
            .append(server.backup() ? " backup" : "")
            .append(server.maxConnections() > 0 ? " maxconn " + server.maxConnections() : "")
            .append('\n');
      }
    }
    return text.toString();
  }

  /** A generated backend. */
  private record Generated(
      int number, BalanceSettings settings, String backend, List<BalancedServer> servers) {
    static Generated of(int number, SplitRandom random, boolean held) {
      List<Choice> choices = held ? Choice.HELD : Choice.ALL;
      Choice choice = choices.get(number % choices.size());
      boolean allBackups = random.chance(40);
      StringBuilder text = new StringBuilder(" balance " + choice.text() + "\n");
      BalanceSettings settings = BalanceSettings.of(choice.balance());
      if (allBackups) {
        settings = settings.withAllBackups();
        text.append(" option allbackups\n");
      }
      if (random.chance(60)) {
        int function = random.nextInt(4);
        boolean avalanche = random.chance(50);
        boolean consistent = random.chance(60);
        settings =
            settings.withHashType(
                new HashType(
                    consistent ? HashType.Method.CONSISTENT : HashType.Method.MAP_BASED,
                    HashType.Function.values()[function],
                    avalanche));
        text.append(consistent ? " hash-type consistent " : " hash-type map-based ")
            .append(List.of("sdbm", "djb2", "wt6", "crc32").get(function))
            .append(avalanche ? " avalanche\n" : "\n");
        if (consistent && random.chance(50)) {
          int factor = 101 + random.nextInt(150);
          settings = settings.withHashBalanceFactor(factor);
          text.append(" hash-balance-factor " + factor + "\n");
        }
      }
      return new Generated(number, settings, text.toString(), servers(random, held));
    }

    private static List<BalancedServer> servers(SplitRandom random, boolean held) {
      int count = 2 + random.nextInt(POOL - 2);
      boolean small = random.chance(60);
      boolean limited = held && random.chance(50);
      List<BalancedServer> servers = new ArrayList<>();
      for (int at = 0; at < count; at++) {
        int weight = 1 + random.nextInt(small ? 6 : 256);
        if (random.chance(5)) {
          weight = 0;
        }
        servers.add(
            new BalancedServer(
                "s" + at,
                random.chance(80) ? at + 1 : 100 * (at + 1) + random.nextInt(90),
                weight,
                at > 0 && random.chance(20),
                limited ? 2 + random.nextInt(4) : 0,
                0,
                0));
      }
      return servers;
    }
  }

  /** An algorithm and how it is written. */
  private record Choice(Balance balance, String text) {
    static final List<Choice> HELD =
        List.of(
            new Choice(new Balance.LeastConnections(), "leastconn"),
            new Choice(new Balance.First(), "first"),
            new Choice(new Balance.LeastConnections(), "leastconn"),
            new Choice(new Balance.RoundRobin(), "roundrobin"),
            new Choice(new Balance.StaticRoundRobin(), "static-rr"),
            new Choice(new Balance.Source(), "source"));

    /**
     * Without {@code use_domain_only}, in which HAProxy differs from one of its runs to the next.
     */
    static final List<Choice> ALL =
        List.of(
            new Choice(new Balance.RoundRobin(), "roundrobin"),
            new Choice(new Balance.Source(), "source"),
            new Choice(new Balance.RoundRobin(), "roundrobin"),
            new Choice(new Balance.StaticRoundRobin(), "static-rr"),
            new Choice(new Balance.Uri(0, 0, false, false), "uri"),
            new Choice(new Balance.LeastConnections(), "leastconn"),
            new Choice(new Balance.RoundRobin(), "roundrobin"),
            new Choice(new Balance.Uri(9, 0, false, false), "uri len 9"),
            new Choice(new Balance.Uri(0, 2, false, false), "uri depth 2"),
            new Choice(new Balance.Uri(0, 0, true, false), "uri whole"),
            new Choice(new Balance.UrlParameter("p", false), "url_param p"),
            new Choice(new Balance.Header("Host", false), "hdr(Host)"),
            new Choice(new Balance.First(), "first"));
  }

  /** The same backend here, changed by the same commands. */
  private static final class Model {
    private final Generated generated;
    private final BalancedBackend backend;
    private BackendSnapshot snapshot;

    Model(Generated generated) {
      this.generated = generated;
      this.snapshot = BackendSnapshot.initial("b" + generated.number(), generated.servers());
      this.backend =
          new BalancedBackend(
              generated.settings(), generated.servers(), snapshot, SplitRandom.ofSeed(1));
    }

    /** Whether a connection would have to wait, and the algorithm would be asked in vain. */
    boolean isFull() {
      for (int server = 0; server < backend.size(); server++) {
        ServerLoad load = backend.server(server);
        if (load.usable()
            && load.hasFreeSlot()
            && load.settings().backup() == (backend.usableActive() == 0)) {
          return false;
        }
      }
      return backend.hasUsableServer();
    }

    /** Does something to a server; the command that does the same to HAProxy. */
    String change(SplitRandom random) {
      int server = random.nextInt(generated.servers().size());
      ServerSnapshot now = snapshot.servers().get(server);
      String command = "set server b" + generated.number() + "/s" + server;
      int draw = random.nextInt(10);
      if (draw < 4) {
        return apply(server, ServerSnapshot.running(now.weight()), command + " state ready");
      }
      if (draw < 6) {
        return apply(server, now.inMaintenance(), command + " state maint");
      }
      if (draw < 7) {
        ServerSnapshot draining = ServerSnapshot.running(now.weight()).withDraining(true);
        return apply(server, draining, command + " state drain");
      }
      if (isDynamic()) {
        int weight = random.nextInt(random.chance(50) ? 8 : 257);
        return apply(server, now.withWeight(weight), command + " weight " + weight);
      }
      boolean full = random.chance(60);
      int weight = full ? generated.servers().get(server).weight() : 0;
      return apply(
          server, now.withWeight(weight), command + (full ? " weight 100%" : " weight 0%"));
    }

    /** Its check finds it so. */
    void live(int server, boolean alive) {
      if (server < generated.servers().size()) {
        apply(
            server,
            snapshot
                .servers()
                .get(server)
                .withState(alive ? OperationalState.RUNNING : OperationalState.STOPPED),
            "");
      }
    }

    private boolean isDynamic() {
      Balance balance = generated.settings().algorithm();
      boolean tree =
          balance instanceof Balance.RoundRobin
              || balance instanceof Balance.LeastConnections
              || balance instanceof Balance.First;
      return tree
          || !(balance instanceof Balance.StaticRoundRobin)
              && generated.settings().hashType().method() == HashType.Method.CONSISTENT;
    }

    private String apply(int server, ServerSnapshot news, String command) {
      snapshot = snapshot.with(server, news);
      backend.apply(snapshot);
      return command;
    }
  }

  private record TestFacts(IpAddress source, String uri, String host) implements RequestFacts {
    @Override
    public Optional<String> target() {
      return Optional.of(uri);
    }

    @Override
    public Optional<String> header(String name) {
      return host.isEmpty() ? Optional.empty() : Optional.of(host);
    }

    @Override
    public Optional<String> rdpCookie(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> postedForm() {
      return Optional.empty();
    }

    @Override
    public Optional<Octets> sample(SampleExpression expression) {
      return Optional.empty();
    }
  }
}
