package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.settings.RetryCondition;
import org.vipdrift.model.haproxy.settings.ServerAddress;
import org.vipdrift.model.haproxy.settings.ServerCheck;

/** Applies one option of a server. */
final class ServerOption {
  private final Reading reading;
  private final ProxyDraft proxy;
  private final ServerDraft draft;
  private final Line line;
  private final int at;
  private final String value;

  ServerOption(Reading reading, ProxyDraft proxy, ServerDraft draft, Line line, int at) {
    this.reading = reading;
    this.proxy = proxy;
    this.draft = draft;
    this.line = line;
    this.at = at;
    this.value = line.text(at + 1);
  }

  /** What is wrong, if anything. */
  Optional<String> apply() {
    return flag() ? Optional.empty() : checkOption().or(this::settingOption);
  }

  private boolean flag() {
    switch (line.text(at)) {
      case "check" -> draft.check = true;
      case "no-check" -> draft.check = false;
      case "backup" -> draft.backup = true;
      case "no-backup" -> draft.backup = false;
      case "disabled" -> draft.disabled = true;
      case "enabled" -> draft.disabled = false;
      case "non-stick" -> draft.nonStick = true;
      case "stick" -> draft.nonStick = false;
      case "send-proxy" -> draft.sendProxy = 1;
      case "send-proxy-v2", "send-proxy-v2-ssl", "send-proxy-v2-ssl-cn" -> draft.sendProxy = 2;
      case "no-send-proxy", "no-send-proxy-v2", "no-send-proxy-v2-ssl", "no-send-proxy-v2-ssl-cn" ->
          draft.sendProxy = 0;
      case "ssl" -> draft.ssl = true;
      case "no-ssl" -> draft.ssl = false;
      case "check-ssl" -> draft.checkSsl = true;
      case "no-check-ssl" -> draft.checkSsl = false;
      case "check-send-proxy" -> draft.checkSendProxy = true;
      case "no-check-send-proxy" -> draft.checkSendProxy = false;
      case "agent-check" -> draft.agentCheck = true;
      case "no-agent-check" -> draft.agentCheck = false;
      case "tfo" -> tfo();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void tfo() {
    SourceSpan span = line.span(at);
    reading.afterwards(
        () -> {
          boolean retries =
              proxy.retryOn.contains(RetryCondition.CONN_FAILURE)
                  && proxy.retryOn.contains(RetryCondition.EMPTY_RESPONSE)
                  && proxy.retryOn.contains(RetryCondition.RESPONSE_TIMEOUT);
          if (!retries) {
            reading.log.warning(
                "tfo-without-retry",
                "with tfo a failed connection may not be retried",
                span,
                "add \"retry-on conn-failure empty-response response-timeout\"");
          }
        });
  }

  private Optional<String> duration(Consumer<Duration> target, boolean positive) {
    if (Numbers.isTrailed(value)) {
      reading.log.warning(
          "trailed-time",
          "something follows the unit in \"" + value + "\"",
          line.span(at + 1),
          "use us, ms, s, m, h or d");
    }
    return switch (Numbers.time(value, Duration.ofMillis(1))) {
      case Numbers.Time.Value(Duration d) when positive && d.isZero() ->
          Optional.of("the time must not be zero");
      case Numbers.Time.Value(Duration d) -> {
        target.accept(d);
        yield Optional.empty();
      }
      case Numbers.Time.BadCharacter(char c) -> Optional.of("unexpected character '" + c + "'");
      case Numbers.Time.Over() -> Optional.of("the time is too long, at most about 24.8 days");
    };
  }

  private Optional<String> positive(Consumer<Integer> target) {
    int number = Numbers.intPrefix(value);
    if (number <= 0) {
      return Optional.of("the value has to be above 0");
    }
    target.accept(number);
    return Optional.empty();
  }

  private Optional<String> choice(List<String> choices) {
    return BindChecks.choice(value, choices);
  }

  private Optional<String> checkOption() {
    switch (line.text(at)) {
      case "inter" -> {
        return duration(d -> draft.inter = d, true);
      }
      case "fastinter" -> {
        return duration(d -> draft.fastinter = Optional.of(d), true);
      }
      case "downinter" -> {
        return duration(d -> draft.downinter = Optional.of(d), true);
      }
      case "rise" -> {
        return positive(v -> draft.rise = v);
      }
      case "fall" -> {
        return positive(v -> draft.fall = v);
      }
      case "error-limit" -> {
        return positive(v -> draft.errorLimit = v);
      }
      case "agent-inter" -> {
        return duration(d -> draft.agentInter = d, true);
      }
      case "agent-port" -> draft.agentPort = Numbers.intPrefix(value);
      case "agent-send" -> draft.agentSend = Optional.of(value);
      case "port" -> draft.checkPort = Optional.of(Numbers.intPrefix(value)).filter(p -> p > 0);
      case "addr", "agent-addr" -> {
        return checkAddress();
      }
      case "check-sni" -> draft.checkSni = Optional.of(value);
      case "check-alpn" -> draft.checkAlpn = List.of(value.split(","));
      case "observe" -> {
        Optional<String> problem = choice(List.of("none", "layer4", "layer7"));
        if (problem.isEmpty()) {
          if (value.equals("layer7") && !proxy.isHttp()) {
            reading.log.warning(
                "needs-http", "observing layer7 needs mode http", line.span(at + 1), "use layer4");
          }
          draft.observe = ServerCheck.Observe.valueOf(value.toUpperCase(Locale.ROOT));
        }
        return problem;
      }
      case "on-error" -> {
        Optional<String> problem =
            choice(List.of("fastinter", "fail-check", "sudden-death", "mark-down"));
        if (problem.isEmpty()) {
          draft.onError =
              ServerCheck.OnError.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        return problem;
      }
      case "on-marked-down" -> {
        draft.shutdownOnDown = value.equals("shutdown-sessions");
        return choice(List.of("shutdown-sessions"));
      }
      case "on-marked-up" -> {
        draft.shutdownBackupOnUp = value.equals("shutdown-backup-sessions");
        return choice(List.of("shutdown-backup-sessions"));
      }
      default -> {
        // Another kind of option.
      }
    }
    return Optional.empty();
  }

  private Optional<String> checkAddress() {
    SocketAddress.Result result =
        SocketAddress.parse(value, new SocketAddress.Allowed(false, false, false, false));
    if (result instanceof SocketAddress.Result.Wrong wrong) {
      return Optional.of(wrong.message());
    }
    SocketAddress address = ((SocketAddress.Result.Right) result).address();
    Optional<IpAddress> ip =
        Addresses.literal(address.host()).or(() -> HostNames.address(reading, address.host()));
    if (ip.isEmpty()
        && address.kind() == SocketAddress.Kind.NAME
        && reading.options.hosts().isPresent()) {
      return Optional.of("could not resolve the address \"" + address.host() + "\"");
    }
    Optional<ServerAddress> target =
        Optional.of(
            ip.<ServerAddress>map(ServerAddress.Ip::new)
                .orElseGet(() -> new ServerAddress.Name(address.host())));
    if (line.is(at, "addr")) {
      draft.checkAddress = target;
    } else {
      draft.agentAddress = target;
    }
    return Optional.empty();
  }

  private Optional<String> settingOption() {
    switch (line.text(at)) {
      case "weight" -> {
        int weight = Numbers.intPrefix(value);
        if (weight < 0 || weight > 256) {
          return Optional.of("the weight is not within 0 and 256");
        }
        draft.weight = weight;
      }
      case "cookie" -> draft.cookie = Optional.of(value);
      case "maxconn" -> draft.maxconn = Math.max(0, Numbers.intPrefix(value));
      case "minconn" -> draft.minconn = Math.max(0, Numbers.intPrefix(value));
      case "maxqueue" -> draft.maxqueue = Math.max(0, Numbers.intPrefix(value));
      case "slowstart" -> {
        return duration(
            d -> draft.slowstart = Duration.ofSeconds((d.toMillis() + 999) / 1000), false);
      }
      case "id" -> {
        return positive(v -> draft.id = v);
      }
      case "track" -> draft.track = Optional.of(line.words().get(at + 1));
      case "redir" -> draft.redirect = Optional.of(value);
      case "verifyhost" -> draft.verifyHost = Optional.of(value);
      case "alpn" -> draft.alpn = List.of(value.split(","));
      case "ca-file" -> {
        draft.caFile = true;
        return BindChecks.file(reading, "ca-file", value);
      }
      case "crl-file" -> {
        return BindChecks.file(reading, "crl-file", value);
      }
      case "crt" -> new Certificates(reading).load(value, line.span(at + 1));
      case "verify" -> {
        draft.verify = value.equals("required");
        draft.explicitVerify = true;
        return choice(List.of("none", "required"));
      }
      case "sni" -> sni();
      case "pool-max-conn" -> {
        draft.poolMax = Numbers.intPrefix(value);
        return draft.poolMax < -1 ? Optional.of("the value is below -1") : Optional.empty();
      }
      case "pool-low-conn" -> draft.poolLow = Numbers.intPrefix(value);
      case "pool-purge-delay" -> {
        return duration(d -> draft.poolPurge = d, false);
      }
      case "max-reuse" -> draft.maxReuse = Numbers.intPrefix(value);
      case "resolvers" -> resolvers();
      case "init-addr" -> {
        return initAddress();
      }
      case "resolve-prefer" -> {
        draft.preferIpv4 = value.equals("ipv4");
        return choice(List.of("ipv4", "ipv6"));
      }
      default -> {
        return other();
      }
    }
    return Optional.empty();
  }

  private void sni() {
    new SampleParser(reading, proxy)
        .words(
            new Line(List.of(line.words().get(at + 1)), line.span(at + 1)), 0, Place.SERVER_SOURCE)
        .ifPresent(p -> draft.sni = Optional.of(p.expression()));
  }

  private void resolvers() {
    Word word = line.words().get(at + 1);
    draft.resolvers = Optional.of(word);
    if (proxy.kind == ProxyDraft.Kind.DEFAULTS) {
      return;
    }
    reading.afterwards(
        () -> {
          if (!reading.sections.has("resolvers", word.text())) {
            reading.log.error(
                "unknown-section",
                "there is no resolvers section \"" + word.text() + "\"",
                word.span(),
                Suggestions.didYouMean(word.text(), reading.sections.of("resolvers")));
          }
        });
  }

  private Optional<String> initAddress() {
    List<String> methods = List.of(value.split(","));
    for (String method : methods) {
      if (!List.of("last", "libc", "none").contains(method)
          && Addresses.literal(method).isEmpty()) {
        return Optional.of("unknown method \"" + method + "\": last, libc, none or an address");
      }
    }
    draft.initAddress = methods;
    return Optional.empty();
  }

  private Optional<String> other() {
    return switch (line.text(at)) {
      case "proto" -> {
        draft.fastCgi = value.equals("fcgi");
        yield choice(List.of("h1", "h2", "none", "fcgi"));
      }
      case "check-proto" -> choice(List.of("h1", "h2", "none", "fcgi"));
      case "ws" -> choice(List.of("auto", "h1", "h2"));
      case "log-proto" -> choice(List.of("legacy", "octet-count"));
      case "tcp-ut" ->
          duration(d -> {}, false).map(p -> "a positive delay in milliseconds is expected");
      case "namespace" ->
          value.equals("*")
              ? Optional.empty()
              : Optional.of("there is no network namespace \"" + value + "\" here");
      case "proxy-v2-options" -> proxyOptions();
      case "socks4" ->
          SocketAddress.parse(value, new SocketAddress.Allowed(false, false, true, false))
                  instanceof SocketAddress.Result.Wrong wrong
              ? Optional.of(wrong.message())
              : Optional.empty();
      case "resolve-opts" ->
          Stream.of(value.split(","))
                  .allMatch(
                      o -> List.of("allow-dup-ip", "ignore-weight", "prevent-dup-ip").contains(o))
              ? Optional.empty()
              : Optional.of("unknown resolve-opts \"" + value + "\"");
      case "resolve-net" ->
          Stream.of(value.split(",")).allMatch(n -> Addresses.network(n).isPresent())
              ? Optional.empty()
              : Optional.of("\"" + value + "\" is not a list of networks");
      case "ciphers" ->
          draft.ssl && !value.matches(".*[A-Z!:+@-].*")
              ? Optional.of("\"" + value + "\" is not a list of ciphers")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<String> proxyOptions() {
    for (String option : value.split(",")) {
      if (!List.of(
              "ssl",
              "cert-cn",
              "cert-sig",
              "cert-key",
              "ssl-cipher",
              "authority",
              "unique-id",
              "crc32c")
          .contains(option)) {
        return Optional.of("\"" + option + "\" is not a PROXY option");
      }
    }
    return Optional.empty();
  }
}
