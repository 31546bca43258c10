package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small scenario folder in which tests break things. */
record PairFolder(Path path) {
  private static final String SCENARIO =
      """
      title: The master dies
      segments:
        lan: { subnet: 20.0.0.0/24 }
      hosts:
        a:
          interfaces: { eth0: { segment: lan, addresses: [20.0.0.21] } }
          processes: { keepalived: { config: a.conf } }
        b:
          interfaces: { eth0: { segment: lan, addresses: [20.0.0.22] } }
          processes: { keepalived: { config: b.conf } }
      timeline:
        - { at: 10s, stop: { host: a, process: keepalived } }
      until: 20s
      expect:
        - holder: { vip: 20.0.0.100, host: a, from: 5s, to: 10s }
        - holder: { vip: 20.0.0.100, host: b, from: 12s }
      """;

  private static final String CONFIGURATION =
      """
      vrrp_instance VI_1 {
          state BACKUP
          interface eth0
          virtual_router_id 51
          priority PRIORITY
          advert_int 1
          virtual_ipaddress {
              20.0.0.100
          }
      }
      """;

  private static final String TIMEOUTS =
      """
          mode http
          timeout connect 1s
          timeout client 1s
          timeout server 1s
          server web 20.0.0.31:80
      """;

  /** Makes the folder; its expectations hold. */
  static PairFolder make(Path path) throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("scenario.yaml"), SCENARIO);
    Files.writeString(path.resolve("a.conf"), CONFIGURATION.replace("PRIORITY", "150"));
    Files.writeString(path.resolve("b.conf"), CONFIGURATION.replace("PRIORITY", "100"));
    return new PairFolder(path);
  }

  /** Replaces something in a file. */
  PairFolder edit(String file, String there, String instead) throws IOException {
    String text = Files.readString(path.resolve(file));
    if (!text.contains(there)) {
      throw new IllegalArgumentException(file + " has no " + there);
    }
    Files.writeString(path.resolve(file), text.replace(there, instead));
    return this;
  }

  /** Gives it HAProxy and nginx too; all is sound. */
  PairFolder withProxies() throws IOException {
    Files.writeString(
        path.resolve("haproxy.cfg"),
        "listen web\n    bind :80\n    balance roundrobin\n" + TIMEOUTS);
    Files.writeString(
        path.resolve("nginx.conf"),
        "events {}\nhttp { server { listen 80; location / { proxy_pass http://c:81; } } }\n");
    return edit(
        "scenario.yaml",
        "timeline:",
        """
          proxy:
            interfaces: { eth0: { segment: lan, addresses: [20.0.0.30] } }
            processes: { haproxy: { config: haproxy.cfg } }
          web:
            interfaces: { eth0: { segment: lan, addresses: [20.0.0.31] } }
            processes: { nginx: { config: nginx.conf } }
          c:
            interfaces: { eth0: { segment: lan, addresses: [20.0.0.32] } }
            processes: { apache: { listen: 81 } }
        timeline:\
        """);
  }

  String file(String name) {
    return path.resolve(name).toString();
  }

  List<String> configurations() {
    return List.of(file("a.conf"), file("b.conf"));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
