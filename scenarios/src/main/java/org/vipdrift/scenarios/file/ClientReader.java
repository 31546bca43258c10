package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.http.Url;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Client.Activity;
import org.vipdrift.model.scenario.Client.Fetches;
import org.vipdrift.model.scenario.Client.Pings;
import org.vipdrift.model.scenario.Client.Start;

/** Reads {@code clients}. */
final class ClientReader {
  /** As many as may be in a crowd, and as many requests as may be outstanding or sent. */
  static final int MOST_USERS = 100_000;

  private static final int MOST_OUTSTANDING = 10_000;
  private static final int MOST_REQUESTS = 100_000_000;
  private static final List<String> OF_REQUESTS =
      List.of("resolve", "method", "headers", "concurrency", "keep-alive", "cookies", "insecure");
  private static final IpAddress STAND_IN = IpAddress.v4(0, 0, 0, 0);

  private final List<String> segments;
  private final AddressBook addresses;
  private final Intervals times;

  ClientReader(List<String> segments, AddressBook addresses, Intervals times) {
    this.segments = segments;
    this.addresses = addresses;
    this.times = times;
  }

  List<Client> read(YamlNode node, List<String> hostNames) {
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
              clients.add(client(name, entry.value()));
            });
    return clients;
  }

  private Client client(String name, YamlNode node) {
    YamlMap map = node.map("client '" + name + "'");
    Optional<String> segment = HostReader.segmentOf(map, segments);
    boolean crowd = map.has("first-address") || map.has("count");
    if (crowd) {
      map.refuse(
          Mistake.CONFLICTING_KEYS,
          "address",
          "a crowd has 'first-address' and 'count', not 'address'",
          "remove 'address', or 'first-address' and 'count'");
    }
    int count =
        crowd
            ? map.required("count")
                .flatMap(v -> v.integer("a number of users", 1, MOST_USERS))
                .orElse(1)
            : 1;
    Optional<IpPrefix> address =
        map.required(crowd ? "first-address" : "address")
            .flatMap(v -> addresses.claim(v, segment, "client '" + name + "'", count));
    Client client =
        new Client(
            name,
            segment.orElse(""),
            address.orElse(new IpPrefix(STAND_IN, 0)),
            count,
            map.optional("gateway").flatMap(YamlNode::address),
            map.optional("start").flatMap(this::start).orElse(Start.AT_ONCE),
            activity(map),
            map.optional("every").flatMap(YamlNode::positiveDuration).orElse(Client.DEFAULT_EVERY),
            map.optional("timeout")
                .flatMap(YamlNode::positiveDuration)
                .orElse(Client.DEFAULT_TIMEOUT),
            map.optional("requests").flatMap(v -> v.integer("a number", 1, MOST_REQUESTS)));
    map.finish();
    return client;
  }

  /** A moment, or two between which each user draws one. */
  private Optional<Start> start(YamlNode node) {
    return times
        .moment(node)
        .map(
            moment -> {
              times.beforeEnd(node, moment.earliest());
              return new Start(moment.earliest(), moment.latest());
            });
  }

  private static Activity activity(YamlMap map) {
    if (!map.has("get")) {
      for (String key : OF_REQUESTS) {
        map.refuse(
            Mistake.CONFLICTING_KEYS,
            key,
            "'" + key + "' is for clients that send HTTP requests",
            "write  get: URL  instead of ping");
      }
      return new Pings(map.required("ping").flatMap(YamlNode::address).orElse(STAND_IN));
    }
    map.refuse(
        Mistake.CONFLICTING_KEYS,
        "ping",
        "a client pings or gets, not both",
        "make two clients of it");
    Optional<YamlNode> node = map.optional("get");
    Optional<Url> url = node.flatMap(ClientReader::url);
    Optional<IpAddress> resolved = map.optional("resolve").flatMap(YamlNode::address);
    if (url.isPresent() && url.get().address().isEmpty() && !map.has("resolve")) {
      node.orElseThrow()
          .error(
              Mistake.MISSING_KEY,
              "there is no name service: which address is '" + url.get().host() + "'?",
              "say it with  resolve: 20.0.0.100");
    }
    return new Fetches(
        node.flatMap(v -> v.text("a URL")).orElse(""),
        resolved.or(() -> url.flatMap(Url::address)).orElse(STAND_IN),
        map.optional("method").flatMap(ClientReader::method).orElse(Fetches.DEFAULT_METHOD),
        map.optional("headers").map(ClientReader::headers).orElse(Collections.emptyMap()),
        map.optional("concurrency")
            .flatMap(v -> v.integer("a number of requests", 1, MOST_OUTSTANDING))
            .orElse(1),
        map.optional("keep-alive").flatMap(YamlNode::flag).orElse(false),
        map.optional("cookies").flatMap(YamlNode::flag).orElse(false),
        map.optional("insecure").flatMap(YamlNode::flag).orElse(false));
  }

  private static Optional<Url> url(YamlNode node) {
    return node.text("a URL such as http://20.0.0.100/")
        .flatMap(
            text ->
                switch (Url.read(text)) {
                  case Url.Reading.Valid(Url url) -> Optional.of(url);
                  case Url.Reading.Invalid(String problem) -> {
                    node.error(Mistake.WRONG_VALUE, problem, "for example http://20.0.0.100/");
                    yield Optional.empty();
                  }
                });
  }

  private static Optional<String> method(YamlNode node) {
    Optional<String> method = node.text("an HTTP method");
    Optional<String> sound = method.filter(m -> m.matches("[A-Z]{1,20}"));
    if (method.isPresent() && sound.isEmpty()) {
      node.error(
          Mistake.WRONG_VALUE,
          "expected an HTTP method such as GET, found " + node.describe(),
          "methods are written in capitals");
    }
    return sound;
  }

  private static Map<String, String> headers(YamlNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    node.map("headers")
        .forEach(
            (name, entry) -> {
              if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                entry
                    .key()
                    .error(
                        Mistake.MALFORMED_NAME,
                        "'" + name + "' cannot be the name of a header",
                        "");
              }
              entry
                  .value()
                  .text("a header's value")
                  .ifPresent(value -> headers.put(name, oneLine(entry.value(), value)));
            });
    return Collections.unmodifiableMap(headers);
  }

  private static String oneLine(YamlNode node, String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      node.error(Mistake.WRONG_VALUE, "a header's value is one line of ASCII", "");
    }
    return value;
  }
}
