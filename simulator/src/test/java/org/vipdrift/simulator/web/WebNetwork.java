package org.vipdrift.simulator.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.nginx.NginxParse;
import org.vipdrift.model.config.nginx.NginxParser;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.tls.CpuTime;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;
import org.vipdrift.simulator.time.VirtualTime;

/** Machines on one segment, each with a process "p"; the first client is 20.0.0.10. */
final class WebNetwork {
  static final String PROCESS = "p";

  /** 2026-01-01T00:00:00Z. */
  private static final long START = 1_767_225_600_000_000_000L;

  final VirtualTime time = new VirtualTime();
  final SplitRandom random = SplitRandom.ofSeed(1);
  final SimulatedSegment lan =
      new SimulatedSegment(
          "lan", SegmentSettings.ofLatency(Duration.ofNanos(50_000)), time, random);
  final List<String> log = new ArrayList<>();
  final Map<String, ProcessTimers> timers = new LinkedHashMap<>();
  private final Map<String, HostKernel> hosts = new LinkedHashMap<>();
  private final Map<String, WebServer> servers = new LinkedHashMap<>();

  HostKernel host(String name, String... addresses) {
    HostKernel host =
        new HostKernel(name, new HostClock(time, START), (_, _) -> 0, random, _ -> false);
    host.addInterface(
        "eth0",
        new MacAddress(0x5254_0000_0000L | hosts.size() + 1),
        List.of(addresses).stream().map(text -> IpPrefix.parse(text).orElseThrow()).toList(),
        lan);
    host.powerOn(0);
    host.openOwner(PROCESS);
    hosts.put(name, host);
    timers.put(name, new ProcessTimers(host.clock()));
    return host;
  }

  /** A declared web server on port 80 of a host of its own. */
  WebServer server(String name, String address, Duration takes) {
    return open(name, host(name, address), takes);
  }

  private WebServer open(String name, HostKernel host, Duration takes) {
    WebServer server =
        new WebServer(
            timers.get(name),
            name,
            Optional.of(name),
            path -> host.files().read(path).map(file -> file.text()),
            takes,
            random.split(name));
    if (!server.listen(host.sockets(), PROCESS, 80)) {
      throw new IllegalStateException("port 80 is taken");
    }
    servers.put(name, server);
    return server;
  }

  /** An nginx on a host of its own; its configuration must hold. */
  NginxServer nginx(String name, String address, String configuration) {
    HostKernel host = host(name, address);
    NginxParse parse = NginxParser.parse("nginx.conf", configuration);
    if (parse.isRefused()) {
      throw new IllegalArgumentException(parse.problems().toString());
    }
    List<String> problems = new ArrayList<>();
    NginxServer server =
        NginxServer.start(
            new NginxEnvironment(
                timers.get(name),
                host.sockets(),
                PROCESS,
                name,
                path -> host.files().read(path).map(file -> file.text()),
                folder -> !host.files().pathsUnder(folder + "/").isEmpty(),
                random.split(name),
                (line, _) -> log.add(line)),
            parse.configuration(),
            problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.toString());
    }
    return server;
  }

  /** Kills what runs on a host; its kernel goes on. */
  void kill(String name) {
    timers.get(name).close();
    hosts.get(name).closeOwner(PROCESS);
  }

  boolean isRunning(String name) {
    return hosts.get(name).isOpen(PROCESS);
  }

  /** Starts a declared web server that was killed. */
  void restart(String name) {
    HostKernel host = hosts.get(name);
    host.openOwner(PROCESS);
    timers.put(name, new ProcessTimers(host.clock()));
    open(name, host, Duration.ZERO);
  }

  WebServer server(String name) {
    return servers.get(name);
  }

  HostKernel host(String name) {
    return hosts.get(name);
  }

  WebClient connect(HostKernel from, String address, int port) {
    WebClient client = new WebClient(time);
    client.connection =
        from.sockets().connect(PROCESS, Optional.empty(), IpAddress.of(address), port, client, 0);
    return client;
  }

  WebClient connectTls(HostKernel from, String address, String serverName) {
    WebClient client = new WebClient(time);
    client.connection =
        TlsConnection.connect(
            from.sockets(),
            PROCESS,
            Optional.empty(),
            IpAddress.of(address),
            443,
            Optional.of(serverName),
            CpuTime.NONE,
            client,
            0);
    return client;
  }

  /** Sends a request on a connection of its own and waits at most that long. */
  WebClient get(HostKernel from, String url, String... headers) {
    org.vipdrift.model.http.Url where = org.vipdrift.model.http.Url.of(url);
    WebClient client = connect(from, where.host(), where.port());
    StringBuilder text = new StringBuilder("GET " + where.target() + " HTTP/1.1\r\n");
    if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
      text.append("Host: ").append(where.authority()).append("\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    client.send(text + "\r\n");
    long until = time.nowNanos() + Duration.ofMinutes(3).toNanos();
    while (client.answers.isEmpty() && !client.isOver() && time.runNext(until)) {
      continue;
    }
    return client;
  }

  void run(Duration duration) {
    long until = time.nowNanos() + duration.toNanos();
    while (time.runNext(until)) {
      continue;
    }
    time.advanceTo(until);
  }

  double seconds() {
    return time.nowNanos() / 1e9;
  }
}
