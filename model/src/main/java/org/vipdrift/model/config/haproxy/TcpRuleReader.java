package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.TcpAction;
import org.vipdrift.model.haproxy.settings.TcpRule;

/** Reads {@code tcp-request} and {@code tcp-response}. */
final class TcpRuleReader {
  private final Reading reading;
  private final ProxyDraft proxy;

  TcpRuleReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    boolean request = line.is(0, "tcp-request");
    if (proxy.kind == ProxyDraft.Kind.FRONTEND && !request && line.has(1)) {
      reading.log.error("wrong-section", "tcp-response is allowed in backends only", line.span());
      return;
    }
    switch (line.text(1)) {
      case "inspect-delay" -> inspect(line, request);
      case "content" ->
          rule(
              line,
              line.text(0) + " content",
              request ? Place.TCP_REQUEST_CONTENT : Place.TCP_RESPONSE,
              request ? proxy.rules.tcpRequestContent : proxy.rules.tcpResponseContent);
      case "connection", "session" -> early(line, request);
      default ->
          reading.log.error(
              "unknown-keyword",
              "\"" + line.text(0) + "\" does not know \"" + line.text(1) + "\"",
              line.span(1),
              Suggestions.didYouMean(
                  line.text(1), List.of("inspect-delay", "connection", "session", "content")));
    }
  }

  private void early(Line line, boolean request) {
    if (!request || proxy.kind == ProxyDraft.Kind.BACKEND) {
      reading.log.error(
          "wrong-section",
          "\"" + line.text(0) + " " + line.text(1) + "\" is allowed in frontends only",
          line.span());
    } else if (line.is(1, "connection")) {
      rule(
          line,
          "tcp-request connection",
          Place.TCP_REQUEST_CONNECTION,
          proxy.rules.tcpRequestConnection);
    } else {
      rule(line, "tcp-request session", Place.TCP_REQUEST_SESSION, proxy.rules.tcpRequestSession);
    }
  }

  private void inspect(Line line, boolean request) {
    if (!line.has(2)) {
      reading.missing(line, 2, "a delay");
      return;
    }
    Optional<Duration> delay = reading.time(line, 2, line.text(0) + " inspect-delay");
    if (request) {
      proxy.rules.requestInspectDelay = delay;
    } else {
      proxy.rules.responseInspectDelay = delay;
    }
  }

  private void rule(Line line, String set, Place place, List<TcpRule> target) {
    Optional<KeywordCatalogue.Keyword> keyword = ActionNames.find(reading, set, line.text(2));
    if (keyword.isEmpty()) {
      reading.log.error(
          "unknown-action",
          "\"" + set + "\" does not know the action \"" + line.text(2) + "\"",
          line.span(2),
          Suggestions.didYouMean(line.text(2), reading.keywords.of(set)));
      return;
    }
    reading.noteUnlessModelled(set, keyword.get().name(), line.span(2));
    Optional<Taken<TcpAction>> taken = action(line, keyword.get().name(), set, place);
    if (taken.isEmpty()) {
      return;
    }
    ConditionParser.Parsed condition =
        new ConditionParser(reading, proxy)
            .optional(line, taken.get().next(), set + " " + line.text(2), place);
    if (condition.right()) {
      target.add(new TcpRule(taken.get().value(), condition.condition(), line.span()));
    }
  }

  private Optional<Taken<TcpAction>> action(Line line, String name, String set, Place place) {
    return switch (name) {
      case "accept" -> Optional.of(new Taken<>(new TcpAction.Accept(), 3));
      case "close" -> Optional.of(new Taken<>(new TcpAction.Close(), 3));
      case "expect-proxy", "expect-netscaler-cip" -> {
        if (!line.is(3, "layer4")) {
          reading.log.error("bad-action", "\"" + name + "\" expects layer4", line.span(3));
          yield Optional.empty();
        }
        yield Optional.of(
            new Taken<>(
                name.equals("expect-proxy")
                    ? new TcpAction.ExpectProxy()
                    : new TcpAction.ExpectNetscalerCip(),
                4));
      }
      case "switch-mode" -> {
        if (!line.is(3, "http") || !proxy.isFrontend() && proxy.kind != ProxyDraft.Kind.DEFAULTS) {
          reading.log.error(
              "bad-action", "\"switch-mode\" expects http, in a frontend", line.span(3));
          yield Optional.empty();
        }
        yield Optional.of(new Taken<>(new TcpAction.SwitchToHttp(), line.is(4, "proto") ? 6 : 4));
      }
      default ->
          new SharedActionReader(reading, proxy, set, place)
              .read(line, 2, name)
              .map(t -> new Taken<>(t.value(), t.next()));
    };
  }
}
