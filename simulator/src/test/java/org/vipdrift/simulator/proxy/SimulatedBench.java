package org.vipdrift.simulator.proxy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpResponse;

/** The bench in the simulation. */
final class SimulatedBench implements Bench {
  static final List<String> SERVERS = List.of("s1", "s2", "s3");

  /** The folder of a.pem, for a.example, and b.pem, for b.example and *.w.example. */
  static final Path CERTIFICATES =
      Path.of("src/test/resources/org/vipdrift/simulator/proxy").toAbsolutePath();

  private static final int FIRST_PORT = 8001;

  private final ProxyNetwork network = new ProxyNetwork();
  private final Map<String, ProxyNetwork.ScriptedServer> servers = new LinkedHashMap<>();

  SimulatedBench(String configuration) {
    String text = configuration;
    for (String name : SERVERS) {
      int port = FIRST_PORT + servers.size();
      servers.put(name, network.server(port, name));
      text = text.replace("$" + name, "20.0.0.30:" + port);
    }
    text = text.replace("$dead2", "20.0.0.30:8999").replace("$dead", "20.0.0.30:8998");
    text = text.replace("$inner", "20.0.0.20:81").replace("$certificates", CERTIFICATES.toString());
    network.start(text.replace("$bind", "20.0.0.20:80").replace("$log", "20.0.0.30:514"));
  }

  private Got got(ProxyNetwork.RawClient client, long from) {
    long at = client.lastAt == 0 ? network.time.nowNanos() : client.lastAt;
    return new Got(client.take(), client.over ? client.end : "open", (at - from) / 1_000_000);
  }

  private void await(ProxyNetwork.RawClient client, String method) {
    for (int at = 0; at < 10_000 && !client.over && !isWhole(client, method); at++) {
      network.run(Duration.ofMillis(1));
    }
  }

  private static boolean isWhole(ProxyNetwork.RawClient client, String method) {
    return whole(client.peek(), method);
  }

  static boolean whole(String text, String method) {
    HttpReader reader = HttpReader.ofResponses();
    if (method.equals("HEAD")) {
      reader.expectNoBody();
    }
    reader.add(Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1)));
    return reader.next() instanceof HttpReader.Found.Whole(HttpResponse response)
        && response.status() >= 200
        && (response.headers().has("content-length") || response.isChunked());
  }

  static String methodOf(String request) {
    return request.substring(0, Math.max(0, request.indexOf(' ')));
  }

  @Override
  public Got ask(String request) {
    long from = network.time.nowNanos();
    ProxyNetwork.RawClient client = network.connect(80).send(request);
    await(client, methodOf(request));
    network.run(Duration.ofMillis(20));
    Got got = got(client, from);
    client.connection.close(0);
    network.run(Duration.ofMillis(20));
    return got;
  }

  @Override
  public Got askSecurely(String serverName, String request) {
    long from = network.time.nowNanos();
    ProxyNetwork.RawClient client =
        network
            .connectSecurely(80, Optional.of(serverName).filter(n -> !n.isEmpty()))
            .send(request);
    await(client, methodOf(request));
    network.run(Duration.ofMillis(20));
    Got got = got(client, from);
    client.connection.close(0);
    network.run(Duration.ofMillis(20));
    return new Got(client.names + got.text(), got.end(), got.milliseconds());
  }

  @Override
  public List<Got> converse(List<String> requests) {
    List<Got> got = new ArrayList<>();
    ProxyNetwork.RawClient client = network.connect(80);
    for (String request : requests) {
      long from = network.time.nowNanos();
      client.send(request);
      await(client, methodOf(request));
      network.run(Duration.ofMillis(20));
      got.add(got(client, from));
    }
    client.connection.close(0);
    network.run(Duration.ofMillis(20));
    return got;
  }

  @Override
  public List<Got> together(int apart, List<String> requests) {
    List<ProxyNetwork.RawClient> clients = new ArrayList<>();
    List<Long> from = new ArrayList<>();
    for (String request : requests) {
      from.add(network.time.nowNanos());
      clients.add(network.connect(80).send(request));
      network.run(Duration.ofMillis(apart));
    }
    List<Got> got = new ArrayList<>();
    Got[] all = new Got[requests.size()];
    int left = all.length;
    for (int tick = 0; tick < 10_000 && left > 0; tick++) {
      network.run(Duration.ofMillis(1));
      for (int at = 0; at < all.length; at++) {
        ProxyNetwork.RawClient client = clients.get(at);
        boolean done =
            client.over
                || isWhole(client, methodOf(requests.get(at)))
                    && network.time.nowNanos() - client.lastAt >= 20_000_000;
        if (all[at] == null && done) {
          all[at] = got(client, from.get(at));
          client.connection.close(0);
          left--;
        }
      }
    }
    got.addAll(List.of(all));
    network.run(Duration.ofMillis(20));
    return got;
  }

  @Override
  public void mode(String server, String mode) {
    servers.get(server).mode = mode;
  }

  @Override
  public void answers(String server, String status, String headers) {
    servers.get(server).status = status;
    servers.get(server).headers = headers;
  }

  @Override
  public List<String> seen(String server) {
    List<String> seen = List.copyOf(servers.get(server).seen);
    servers.get(server).seen.clear();
    return seen;
  }

  @Override
  public List<String> log() {
    List<String> lines = List.copyOf(network.log);
    network.log.clear();
    return lines;
  }

  @Override
  public void pause(int milliseconds) {
    network.run(Duration.ofMillis(milliseconds));
  }

  @Override
  public void close() {}
}
