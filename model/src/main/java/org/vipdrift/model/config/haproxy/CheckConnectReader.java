package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.ServerAddress;

/** Reads {@code http-check connect} and {@code tcp-check connect}. */
final class CheckConnectReader {
  private static final List<String> WORDS =
      List.of(
          "default",
          "port",
          "addr",
          "send-proxy",
          "via-socks4",
          "ssl",
          "sni",
          "alpn",
          "linger",
          "proto",
          "comment");

  private final Reading reading;
  private final ProxyDraft proxy;

  CheckConnectReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  Optional<CheckStep> read(Line line) {
    Optional<Integer> port = Optional.empty();
    Optional<ServerAddress> address = Optional.empty();
    Set<String> flags = new TreeSet<>();
    Optional<String> sni = Optional.empty();
    List<String> alpn = List.of();
    Optional<String> comment = Optional.empty();
    for (int i = 2; line.has(i); i++) {
      String word = line.text(i);
      if (!WORDS.contains(word)) {
        reading.log.error(
            "unknown-keyword",
            "\"connect\" does not know \"" + word + "\"",
            line.span(i),
            Suggestions.didYouMean(word, WORDS));
        return Optional.empty();
      }
      if (List.of("default", "send-proxy", "via-socks4", "ssl", "linger").contains(word)) {
        flags.add(word);
        continue;
      }
      if (!line.has(i + 1)) {
        reading.log.error("bad-check", "\"" + word + "\" expects an argument", line.span(i));
        return Optional.empty();
      }
      String value = line.text(++i);
      switch (word) {
        case "sni" -> sni = Optional.of(value);
        case "alpn" -> alpn = List.of(value.split(","));
        case "port" -> {
          port = Numbers.whole(value, 1, 65_535);
          if (port.isEmpty() && !expression(line, i)) {
            return Optional.empty();
          }
        }
        case "addr" -> {
          Optional<SocketAddress> read = socket(value, line.span(i));
          if (read.isEmpty()) {
            return Optional.empty();
          }
          SocketAddress found = read.get();
          address =
              Addresses.literal(found.host())
                  .<ServerAddress>map(ServerAddress.Ip::new)
                  .or(() -> Optional.of(new ServerAddress.Name(found.host())));
          port = found.firstPort() > 0 ? Optional.of(found.firstPort()) : port;
        }
        case "proto" -> {
          if (BindChecks.choice(value, List.of("h1", "h2", "none", "fcgi")).isPresent()) {
            reading.log.error("bad-check", "unknown protocol \"" + value + "\"", line.span(i));
            return Optional.empty();
          }
        }
        case "comment" -> comment = Optional.of(value);
        default -> {
          // The others were seen above.
        }
      }
    }
    return Optional.of(
        new CheckStep.Connect(
            flags.contains("default"),
            port,
            address,
            flags.contains("ssl"),
            flags.contains("send-proxy"),
            flags.contains("linger"),
            sni,
            alpn,
            comment));
  }

  /** An address, empty if it is wrong, which is reported. */
  private Optional<SocketAddress> socket(String text, SourceSpan span) {
    return switch (SocketAddress.parse(
        text, new SocketAddress.Allowed(false, false, false, false))) {
      case SocketAddress.Result.Wrong wrong -> {
        reading.log.error(wrong.code(), wrong.message(), span);
        yield Optional.empty();
      }
      case SocketAddress.Result.Right(SocketAddress found) ->
          found.kind() == SocketAddress.Kind.NAME && !HostNames.check(reading, found.host(), span)
              ? Optional.empty()
              : Optional.of(found);
    };
  }

  private boolean expression(Line line, int index) {
    Line one = new Line(List.of(line.words().get(index)), line.span(index));
    if (Numbers.whole(line.text(index)).isPresent()) {
      reading.log.error("bad-check", "a port from 1 to 65535 is expected", line.span(index));
      return false;
    }
    return new SampleParser(reading, proxy).words(one, 0, Place.CHECK).isPresent();
  }
}
