package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.HashType;

/** Reads {@code balance} and {@code hash-type}. */
final class BalanceReader {
  private static final List<String> ALGORITHMS =
      List.of(
          "roundrobin",
          "static-rr",
          "first",
          "leastconn",
          "source",
          "uri",
          "url_param",
          "hash",
          "hdr(NAME)",
          "random",
          "rdp-cookie");

  private final Reading reading;
  private final ProxyDraft proxy;

  BalanceReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void balance(Line line) {
    algorithm(line).ifPresent(b -> proxy.balance = b);
  }

  private Optional<Balance> algorithm(Line line) {
    String name = line.text(1);
    return switch (name) {
      case "", "roundrobin" -> Optional.of(new Balance.RoundRobin());
      case "static-rr" -> Optional.of(new Balance.StaticRoundRobin());
      case "first" -> Optional.of(new Balance.First());
      case "leastconn" -> Optional.of(new Balance.LeastConnections());
      case "source" -> Optional.of(new Balance.Source());
      case "uri" -> uri(line);
      case "url_param" -> parameter(line);
      case "hash" -> hash(line);
      case "random" -> Optional.of(new Balance.Random(2));
      case "rdp-cookie" -> Optional.of(new Balance.RdpCookie("msts"));
      default -> withArgument(line, name);
    };
  }

  private Optional<Balance> withArgument(Line line, String name) {
    if (name.startsWith("hdr(")) {
      return header(line, name);
    }
    if (name.startsWith("random(")) {
      return random(line, name);
    }
    if (name.startsWith("rdp-cookie(")) {
      int close = name.indexOf(')');
      String cookie = close < 0 ? "" : name.substring("rdp-cookie(".length(), close);
      return cookie.isEmpty()
          ? wrong("balance rdp-cookie(NAME) needs the cookie's name", line, 1)
          : Optional.of(new Balance.RdpCookie(cookie));
    }
    reading.log.error(
        "unknown-balance",
        "unknown balancing algorithm \"" + name + "\"",
        line.span(1),
        Suggestions.didYouMean(name, ALGORITHMS));
    return Optional.empty();
  }

  private Optional<Balance> wrong(String message, Line line, int index) {
    reading.log.error("bad-balance", message, line.span(index));
    return Optional.empty();
  }

  private Optional<Balance> uri(Line line) {
    int length = 0;
    int depth = 0;
    boolean whole = false;
    boolean pathOnly = false;
    for (int i = 2; line.has(i); i++) {
      String word = line.text(i);
      switch (word) {
        case "len", "depth" -> {
          int value = Numbers.intPrefix(line.text(i + 1));
          if (value <= 0) {
            return wrong("\"" + word + "\" expects a whole number above 0", line, i + 1);
          }
          length = word.equals("len") ? value : length;
          depth = word.equals("depth") ? value : depth;
          i++;
        }
        case "whole" -> whole = true;
        case "path-only" -> pathOnly = true;
        default -> {
          return wrong("balance uri knows len, depth, whole and path-only", line, i);
        }
      }
    }
    return Optional.of(new Balance.Uri(length, depth, whole, pathOnly));
  }

  private Optional<Balance> parameter(Line line) {
    if (!line.has(2)) {
      return wrong("balance url_param needs the parameter's name", line, 2);
    }
    boolean post = line.is(3, "check_post");
    if (line.has(3) && !post) {
      return wrong("balance url_param knows check_post only", line, 3);
    }
    return Optional.of(new Balance.UrlParameter(line.text(2), post));
  }

  private Optional<Balance> hash(Line line) {
    if (!line.has(2)) {
      return wrong("balance hash needs an expression", line, 2);
    }
    Optional<SampleParser.Parsed> parsed =
        new SampleParser(reading, proxy).words(line, 2, Place.USE_SERVER);
    if (parsed.isPresent() && line.has(parsed.get().nextWord())) {
      return wrong("unexpected word after the expression", line, parsed.get().nextWord());
    }
    return parsed.map(p -> new Balance.Hash(p.expression()));
  }

  private Optional<Balance> header(Line line, String name) {
    int close = name.indexOf(')');
    String header = close < 0 ? "" : name.substring(4, close);
    if (header.isEmpty()) {
      return wrong("balance hdr(NAME) needs the header's name", line, 1);
    }
    boolean domain = line.is(2, "use_domain_only");
    if (line.has(2) && !domain) {
      return wrong("balance hdr knows use_domain_only only", line, 2);
    }
    return Optional.of(new Balance.Header(header, domain));
  }

  private Optional<Balance> random(Line line, String name) {
    String text = name.substring("random(".length());
    int close = text.indexOf(')');
    String draws = close < 0 ? text : text.substring(0, close);
    if (close == 0) {
      return Optional.of(new Balance.Random(2));
    }
    Optional<Integer> number = Numbers.whole(draws, 1, Integer.MAX_VALUE);
    return close < 0 || number.isEmpty() || close != text.length() - 1
        ? wrong("balance random(DRAWS) needs a number above 0", line, 1)
        : Optional.of(new Balance.Random(number.get()));
  }

  void hashType(Line line) {
    HashType.Method method;
    switch (line.text(1)) {
      case "consistent" -> method = HashType.Method.CONSISTENT;
      case "map-based" -> method = HashType.Method.MAP_BASED;
      default -> {
        reading.log.error(
            "unknown-hash-type",
            "hash-type knows consistent and map-based",
            line.span(1),
            Suggestions.didYouMean(line.text(1), List.of("consistent", "map-based")));
        return;
      }
    }
    // The old form without a function: "avalanche" may follow at once.
    boolean old = line.is(2, "avalanche");
    List<String> functions = List.of("sdbm", "djb2", "wt6", "crc32");
    if (line.has(2) && !old && !functions.contains(line.text(2))) {
      reading.log.error(
          "unknown-hash-function",
          "hash-type knows the functions " + String.join(", ", functions),
          line.span(2),
          Suggestions.didYouMean(line.text(2), functions));
      return;
    }
    if (line.has(3) && !line.is(3, "avalanche")) {
      reading.log.error("unknown-keyword", "hash-type knows the modifier avalanche", line.span(3));
      return;
    }
    HashType.Function function =
        line.has(2) && !old
            ? HashType.Function.valueOf(line.text(2).toUpperCase(Locale.ROOT))
            : HashType.Function.SDBM;
    boolean avalanche = old || line.is(3, "avalanche");
    proxy.hashType = new HashType(method, function, avalanche);
  }
}
