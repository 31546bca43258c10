package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Client;

/** Reads {@code clients}. */
final class ClientReader {
  private static final IpAddress STAND_IN = IpAddress.v4(0, 0, 0, 0);

  private ClientReader() {}

  static List<Client> read(
      YamlNode node, List<String> segments, List<String> hostNames, AddressBook addresses) {
    List<Client> clients = new ArrayList<>();
    node.map("clients")
        .forEach(
            (name, entry) -> {
              Names.check("client", name, entry.key());
              if (hostNames.contains(name)) {
                entry
                    .key()
                    .error(
                        Mistake.DUPLICATE_NAME, "'" + name + "' is already the name of a host", "");
              }
              clients.add(client(name, entry.value(), segments, addresses));
            });
    return clients;
  }

  private static Client client(
      String name, YamlNode node, List<String> segments, AddressBook addresses) {
    YamlMap map = node.map("client '" + name + "'");
    boolean gets = map.has("get");
    map.refuse(
        Mistake.NOT_IN_THIS_VERSION,
        "get",
        "clients of this version ping: HTTP requests are not known",
        "write  ping: ADDRESS  instead of get");
    for (String key : List.of("first-address", "count", "start")) {
      map.refuse(
          Mistake.NOT_IN_THIS_VERSION,
          key,
          "crowds of clients are not known: '" + key + "'",
          "write single clients");
    }
    Optional<String> segment = HostReader.segmentOf(map, segments);
    Optional<IpPrefix> address =
        map.required("address").flatMap(v -> addresses.claim(v, segment, "client '" + name + "'"));
    Optional<IpAddress> ping =
        (gets ? map.optional("ping") : map.required("ping")).flatMap(YamlNode::address);
    Client client =
        new Client(
            name,
            segment.orElse(""),
            address.orElse(new IpPrefix(STAND_IN, 0)),
            ping.orElse(STAND_IN),
            map.optional("every").flatMap(YamlNode::positiveDuration).orElse(Client.DEFAULT_EVERY),
            map.optional("timeout")
                .flatMap(YamlNode::positiveDuration)
                .orElse(Client.DEFAULT_TIMEOUT));
    map.finish();
    return client;
  }
}
