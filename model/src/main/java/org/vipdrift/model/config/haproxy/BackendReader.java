package org.vipdrift.model.config.haproxy;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.Condition;
import org.vipdrift.model.haproxy.settings.DispatchAddress;
import org.vipdrift.model.haproxy.settings.HttpReuse;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.PersistRule;
import org.vipdrift.model.haproxy.settings.RetryCondition;
import org.vipdrift.model.haproxy.settings.ServerAddress;
import org.vipdrift.model.haproxy.settings.ServerRule;

/** Reads what only backends have. */
final class BackendReader {
  private final Reading reading;
  private final ProxyDraft proxy;

  BackendReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    switch (line.text(0)) {
      case "balance" -> new BalanceReader(reading, proxy).balance(line);
      case "hash-type" -> new BalanceReader(reading, proxy).hashType(line);
      case "hash-balance-factor" -> {
        int factor = Numbers.intPrefix(line.text(1));
        if (!line.has(1) || factor != 0 && factor <= 100) {
          reading.log.error(
              "bad-number", "hash-balance-factor must be 0 or above 100", line.span(1));
        } else {
          proxy.hashBalanceFactor = factor;
        }
      }
      case "cookie" -> new CookieReader(reading, proxy).read(line);
      case "dynamic-cookie-key" -> {
        if (one(line, "a key")) {
          proxy.dynamicCookieKey = Optional.of(line.text(1));
        }
      }
      case "fullconn" -> number(line, v -> proxy.fullconn = Optional.of(v).filter(n -> n > 0));
      case "retries" -> number(line, v -> proxy.retries = v);
      case "retry-on" -> retryOn(line);
      case "http-reuse" -> reuse(line);
      case "max-keep-alive-queue" -> {
        Optional<Integer> queue = Numbers.whole(line.text(1), 0, Integer.MAX_VALUE);
        if (queue.isPresent()) {
          proxy.maxKeepAliveQueue = queue;
        } else {
          reading.missing(line, 1, "a whole number");
        }
      }
      case "dispatch" -> dispatch(line);
      case "source" -> source(line);
      case "use-server" -> useServer(line);
      case "force-persist", "ignore-persist" ->
          new ConditionParser(reading, proxy)
              .required(line, 1, line.text(0), Place.USE_SERVER)
              .ifPresent(
                  c -> proxy.persistRules.add(new PersistRule(line.is(0, "force-persist"), c)));
      case "email-alert" -> emailAlert(line);
      default -> new BackendOddities(reading, proxy).read(line);
    }
  }

  private boolean one(Line line, String what) {
    if (!line.has(1)) {
      reading.missing(line, 1, what);
      return false;
    }
    return reading.atMost(line, 1);
  }

  private void number(Line line, Consumer<Integer> target) {
    if (one(line, "a whole number")) {
      target.accept(Numbers.intPrefix(line.text(1)));
    }
  }

  private void retryOn(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "at least one condition");
      return;
    }
    List<String> words = line.texts(1);
    if (words.contains("none") && words.size() > 1) {
      reading.log.error("bad-retry", "\"none\" must stand alone", line.span(1));
      return;
    }
    Set<RetryCondition> conditions = EnumSet.noneOf(RetryCondition.class);
    for (int i = 1; line.has(i); i++) {
      String word = line.text(i);
      if (word.equals("all-retryable-errors")) {
        conditions.addAll(
            EnumSet.of(
                RetryCondition.CONN_FAILURE,
                RetryCondition.EMPTY_RESPONSE,
                RetryCondition.JUNK_RESPONSE,
                RetryCondition.RESPONSE_TIMEOUT,
                RetryCondition.ZERO_RTT_REJECTED,
                RetryCondition.STATUS_500,
                RetryCondition.STATUS_502,
                RetryCondition.STATUS_503,
                RetryCondition.STATUS_504));
        continue;
      }
      Optional<RetryCondition> condition = condition(word);
      if (condition.isEmpty() && !word.equals("none")) {
        reading.log.error(
            "unknown-keyword", "retry-on does not know \"" + word + "\"", line.span(i));
        return;
      }
      condition.ifPresent(conditions::add);
    }
    proxy.retryOn.clear();
    proxy.retryOn.addAll(conditions);
  }

  private static Optional<RetryCondition> condition(String word) {
    String name =
        word.equals("0rtt-rejected")
            ? "ZERO_RTT_REJECTED"
            : word.matches("[0-9]+")
                ? "STATUS_" + word
                : word.toUpperCase(Locale.ROOT).replace('-', '_');
    return Stream.of(RetryCondition.values()).filter(c -> c.name().equals(name)).findFirst();
  }

  private void reuse(Line line) {
    List<String> kinds = List.of("never", "safe", "aggressive", "always");
    if (!kinds.contains(line.text(1))) {
      reading.log.error(
          "bad-choice",
          "http-reuse expects one of " + String.join(", ", kinds),
          line.span(1),
          Suggestions.didYouMean(line.text(1), kinds));
    } else if (reading.atMost(line, 1)) {
      proxy.httpReuse = HttpReuse.valueOf(line.text(1).toUpperCase(Locale.ROOT));
    }
  }

  private void dispatch(Line line) {
    SocketAddress.Result result =
        SocketAddress.parse(line.text(1), new SocketAddress.Allowed(false, false, true, true));
    if (!line.has(1)) {
      reading.missing(line, 1, "an address with a port");
    } else if (result instanceof SocketAddress.Result.Wrong wrong) {
      reading.log.error(wrong.code(), wrong.message(), line.span(1));
    } else if (reading.atMost(line, 1)) {
      SocketAddress address = ((SocketAddress.Result.Right) result).address();
      ServerAddress target =
          Addresses.literal(address.host())
              .<ServerAddress>map(ServerAddress.Ip::new)
              .orElseGet(() -> new ServerAddress.Name(address.host()));
      if (address.kind() == SocketAddress.Kind.NAME) {
        HostNames.check(reading, address.host(), line.span(1));
      }
      proxy.dispatch = Optional.of(new DispatchAddress(target, address.firstPort()));
    }
  }

  private void source(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "an address");
      return;
    }
    SourceReader.Taken taken = new SourceReader(reading).read(line, 1, false);
    if (taken.address().isPresent()) {
      if (line.has(1 + taken.words())) {
        reading.log.error(
            "unexpected-word",
            "source only knows usesrc and interface after the address",
            line.span(1 + taken.words()));
      }
      proxy.source = taken.address();
    }
  }

  private void useServer(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "the name of a server");
      return;
    }
    Optional<Condition> condition =
        new ConditionParser(reading, proxy).required(line, 2, "use-server", Place.USE_SERVER);
    Optional<LogFormat> name =
        new LogFormatParser(reading, proxy, false)
            .parse(line.text(1), line.span(1), Place.HTTP_REQUEST);
    if (condition.isPresent() && name.isPresent()) {
      proxy.serverRules.add(new ServerRule(name.get(), condition, line.span(1)));
    }
  }

  private void mailers(String name, SourceSpan span) {
    boolean whole = proxy.emailAlert.containsKey("from") && proxy.emailAlert.containsKey("to");
    if (whole && !reading.sections.has("mailers", name)) {
      reading.log.error(
          "unknown-section",
          "there is no mailers section \"" + name + "\"",
          span,
          Suggestions.didYouMean(name, reading.sections.of("mailers")));
    }
  }

  private void emailAlert(Line line) {
    List<String> parts = List.of("from", "mailers", "level", "myhostname", "to");
    if (!parts.contains(line.text(1))) {
      reading.log.error(
          "unknown-keyword",
          "email-alert knows " + String.join(", ", parts),
          line.span(1),
          Suggestions.didYouMean(line.text(1), parts));
    } else if (!line.has(2) && !line.is(1, "from")) {
      reading.missing(line, 2, "a value after \"" + line.text(1) + "\"");
    } else if (line.is(1, "level") && !LogReader.LEVELS.contains(line.text(2))) {
      reading.log.error(
          "unknown-level", "unknown log level \"" + line.text(2) + "\"", line.span(2));
    } else if (line.is(1, "from") || reading.atMost(line, 2)) {
      proxy.emailAlert.put(line.text(1), line.text(2));
      if (line.is(1, "mailers")) {
        SourceSpan span = line.span(2);
        reading.afterwards(() -> mailers(line.text(2), span));
      }
    }
  }
}
