package org.vipdrift.scenarios.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a good scenario, and edits of it whose place a {@code §} marks. */
record SampleFolder(Path path) {
  static final String YAML =
      """
      title: A pair
      about: >
        Two hosts and a client.
      segments:
        lan: { subnet: 20.0.0.0/24, subnet6: "fd00::/64", latency: 50us }
        wan: { subnet: 30.0.0.0/24 }
      hosts:
        a:
          interfaces: { eth0: { segment: lan, addresses: [20.0.0.20, "fd00::20"] } }
          gateway: 20.0.0.254
          processes:
            keepalived: { config: a/keepalived.conf, start: 1s }
            nginx: { listen: 80, body: nginx1 }
          files: { /etc/keepalived/check.sh: check.sh }
          scripts: { /etc/keepalived/alarm.sh: { exit: 0, takes: 20ms } }
        b:
          interfaces:
            eth0: { segment: lan, addresses: [20.0.0.30] }
            eth1: { segment: wan, addresses: [30.0.0.30/24], mac: 02:00:00:00:00:0b }
          processes: { keepalived: { config: b/keepalived.conf } }
        gw: { interfaces: { eth0: { segment: lan, addresses: [20.0.0.254] } }, forward: true }
      clients:
        c: { segment: lan, address: 20.0.0.10, ping: 20.0.0.100, every: 200ms, timeout: 1s }
      timeline:
        - { at: 10s, stop: { host: a, process: nginx } }
        - { at: 20s, for: 9s, name: fw, firewall: { host: b, chain: in, interface: eth0, match: vrrp, action: drop } }
        - { at: 22s, heal: fw }
        - { at: 30s, kill: a }
      until: 45s
      expect:
        - holder: { vip: 20.0.0.100, host: a, from: 5s, to: 10s }
        - no-split-brain: { longer-than: 50ms }
        - split-brain: { vip: 20.0.0.100, from: 13s..14s, to: 19s..20s }
        - outage: { client: c, longest: 5s }
        - state: { host: a, instance: VI_1, state: MASTER, from: 5s, to: 10s }
      """;

  /** The same with a proxy and clients that send HTTP requests. */
  static final String TRAFFIC =
      YAML.replace(
              "processes: { keepalived: { config: b/keepalived.conf } }",
              "processes: { keepalived: { config: b/keepalived.conf }, haproxy: { config:"
                  + " haproxy.cfg } }")
          .replace(
              "{ listen: 80, body: nginx1 }",
              "{ listen: [80, 443], body: nginx1, takes: 5ms, tls: [www.example] }")
          .replace(
              "timeline:\n",
              """
                h: { segment: lan, address: 20.0.0.11, get: "http://20.0.0.100/", keep-alive: true, cookies: true, concurrency: 4, requests: 7, headers: { Host: a.example } }
                s: { segment: lan, address: 20.0.0.12, gateway: 20.0.0.254, start: 5s, get: "https://www.example/", resolve: 20.0.0.100, method: HEAD, insecure: true }
                crowd: { segment: wan, first-address: 30.0.0.100, count: 100, start: 0s..10s, get: "http://20.0.0.100:8080/a?b", every: 1s }
              timeline:
              """);

  static final String KEEPALIVED =
      """
      vrrp_script check_nginx {
          script "/etc/keepalived/check.sh"
      }
      vrrp_instance VI_1 {
          interface eth0
      }
      """;

  static SampleFolder in(Path directory) {
    try {
      Files.createDirectories(directory.resolve("a"));
      Files.createDirectories(directory.resolve("b"));
      Files.writeString(directory.resolve("a/keepalived.conf"), KEEPALIVED);
      Files.writeString(directory.resolve("b/keepalived.conf"), KEEPALIVED);
      Files.writeString(directory.resolve("check.sh"), "#!/bin/sh\nkillall -0 nginx\n");
      Files.writeString(
          directory.resolve("haproxy.cfg"),
          "frontend web\n  bind *:80\n  bind 20.0.0.20:443,:8443 ssl # two\nlisten stats *:9000\n"
              + "backend app\n  server s1 20.0.0.21:80 check\n  server s2 20.0.0.22:80\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new SampleFolder(directory);
  }

  ScenarioLoad load(String yaml) {
    try {
      Files.writeString(path.resolve("scenario.yaml"), yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return ScenarioFolder.load(path);
  }

  /** The good text with one part replaced. */
  static String edited(String part, String by) {
    if (YAML.indexOf(part) < 0 || YAML.indexOf(part) != YAML.lastIndexOf(part)) {
      throw new IllegalArgumentException("not exactly once in the sample: " + part);
    }
    return YAML.replace(part, by);
  }
}
