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
