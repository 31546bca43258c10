package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.nginx.Listen;

/** Reads {@code listen} directives. */
final class ListenReader {
  static final IpAddress ANY_V4 = IpAddress.v4(0, 0, 0, 0);
  static final IpAddress ANY_V6 = new IpAddress.V6(0, 0);

  private static final Set<String> HTTP_WORDS =
      new TreeSet<>(List.of("bind", "deferred", "reuseport", "http2", "proxy_protocol", "spdy"));

  private static final Set<String> STREAM_WORDS =
      new TreeSet<>(List.of("bind", "reuseport", "proxy_protocol"));

  private static final Set<String> KEYS =
      new TreeSet<>(
          List.of(
              "setfib",
              "fastopen",
              "rcvbuf",
              "sndbuf",
              "accept_filter",
              "ipv6only",
              "so_keepalive"));

  private final ProblemLog log;
  private final HostNames names;
  private final boolean stream;

  ListenReader(ProblemLog log, HostNames names, boolean stream) {
    this.log = log;
    this.names = names;
    this.stream = stream;
  }

  List<Listen> read(NginxStatement line) {
    String text = line.argument(1);
    if (text.startsWith("unix:")) {
      log.note(
          "accepted-not-modelled",
          "a Unix socket: nobody can reach it in the simulation",
          line.words().get(1).span());
      return List.of();
    }
    boolean defaultServer = false;
    boolean tls = false;
    boolean udp = false;
    int backlog = Listen.DEFAULT_BACKLOG;
    for (int index = 2; index <= line.count(); index++) {
      String parameter = line.argument(index);
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      switch ((stream ? "stream " : "") + (equals < 0 ? key : key + "=")) {
        case "default_server", "default" -> defaultServer = true;
        case "ssl", "stream ssl" -> tls = true;
        case "stream udp" -> udp = true;
        case "backlog=", "stream backlog=" -> {
          Optional<Integer> number =
              Values.integer(parameter.substring(equals + 1)).filter(n -> n > 0);
          backlog = number.orElse(backlog);
          if (number.isEmpty()) {
            error(line, index, "invalid-parameter", "invalid backlog \"" + parameter + "\"");
          }
        }
        default -> {
          boolean known =
              equals < 0 ? (stream ? STREAM_WORDS : HTTP_WORDS).contains(key) : KEYS.contains(key);
          if (!known) {
            error(line, index, "invalid-parameter", "invalid parameter \"" + parameter + "\"");
          }
        }
      }
    }
    List<Listen> listens = new ArrayList<>();
    Optional<Place> place = place(line, text);
    if (place.isPresent()) {
      for (IpAddress address : place.get().addresses()) {
        listens.add(new Listen(address, place.get().port(), defaultServer, tls, backlog, udp));
      }
    }
    return listens;
  }

  private record Place(List<IpAddress> addresses, int port) {}

  private Optional<Place> place(NginxStatement line, String text) {
    int bracket = text.startsWith("[") ? text.indexOf(']') : 0;
    int colon = bracket < 0 ? -1 : text.indexOf(':', bracket);
    boolean portAlone = Values.number(text).isPresent();
    String host = portAlone ? "*" : colon < 0 ? text : text.substring(0, colon);
    String portText = portAlone ? text : colon < 0 ? "80" : text.substring(colon + 1);
    Optional<Integer> port = Values.integer(portText).filter(n -> n >= 1 && n <= 65_535);
    if (stream && !portAlone && colon < 0) {
      log.note(
          "accepted-not-modelled",
          "a port that the kernel chooses: nobody knows it in the simulation",
          line.words().get(1).span());
      return Optional.empty();
    }
    if (port.isEmpty() || host.contains("/")) {
      String what = host.contains("/") ? "invalid host" : "invalid port";
      error(line, 1, "invalid-listen", what + " in \"" + text + "\" of the \"listen\" directive");
      return Optional.empty();
    }
    List<IpAddress> addresses = addresses(host);
    if (addresses.isEmpty()) {
      error(
          line,
          1,
          "host-not-found",
          "host not found in \"" + text + "\" of the \"listen\" directive");
      return Optional.empty();
    }
    return Optional.of(new Place(addresses, port.get()));
  }

  private List<IpAddress> addresses(String host) {
    if (host.equals("*")) {
      return List.of(ANY_V4);
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    Optional<IpAddress> address =
        IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
    return address.isPresent() ? List.of(address.get()) : names.resolve(host);
  }

  private void error(NginxStatement line, int index, String code, String message) {
    log.error(code, message, line.words().get(index).span());
  }
}
