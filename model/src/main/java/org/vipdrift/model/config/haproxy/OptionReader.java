package org.vipdrift.model.config.haproxy;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.haproxy.settings.LogStyle;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ProxyOptions;

/** Reads {@code option} lines. */
final class OptionReader {
  private static final List<String> NEGATABLE_OWN =
      List.of(
          "httpclose",
          "forceclose",
          "http-server-close",
          "http-keep-alive",
          "http-tunnel",
          "redispatch",
          "http-use-htx");

  private final Reading reading;
  private final ProxyDraft proxy;

  OptionReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line, boolean negated, boolean reset) {
    String word = line.text(1);
    if (!line.has(1)) {
      reading.missing(line, 1, "an option's name");
      return;
    }
    Optional<KeywordCatalogue.Keyword> keyword = reading.keywords.find("option", word);
    if (keyword.isEmpty()) {
      reading.log.error(
          "unknown-option",
          "unknown option \"" + word + "\"",
          line.span(1),
          Suggestions.didYouMean(word, reading.keywords.of("option")));
      return;
    }
    reading.noteUnlessModelled("option", word, line.span(1));
    if (!keyword.get().rule().equals("own")) {
      flag(line, keyword.get().rule(), negated, reset);
      return;
    }
    if ((negated || reset) && !NEGATABLE_OWN.contains(word)) {
      reading.log.error(
          "not-negatable", "the option \"" + word + "\" cannot be negated", line.span(1));
      return;
    }
    own(line, negated || reset);
  }

  private void flag(Line line, String rule, boolean negated, boolean reset) {
    String word = line.text(1);
    String halves = rule.split(" ")[0];
    if (!ProxyReader.hasHalf(reading, proxy, halves, word, line.span(1))
        || !reading.atMost(line.from(1), 0)) {
      return;
    }
    ProxyOption option = ProxyOption.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    if (negated || reset) {
      proxy.flags.remove(option);
    } else {
      proxy.flags.add(option);
      if (rule.contains("http")) {
        reading.afterwards(() -> needsHttp(word, line.span(1), option));
      }
    }
  }

  private void needsHttp(String word, SourceSpan span, ProxyOption option) {
    boolean inherits = proxy.kind == ProxyDraft.Kind.DEFAULTS;
    if (!inherits && !proxy.isHttp() && proxy.flags.contains(option)) {
      reading.log.warning(
          "needs-http", "the option \"" + word + "\" is ignored outside of mode http", span);
    }
  }

  private boolean backend(Line line) {
    return ProxyReader.hasHalf(reading, proxy, "B", line.text(1), line.span(1));
  }

  private void own(Line line, boolean negated) {
    switch (line.text(1)) {
      case "httplog", "tcplog", "httpslog" -> logStyle(line);
      case "httpclose", "forceclose" -> mode(line, negated, ProxyOptions.ConnectionMode.CLOSE);
      case "http-server-close" -> mode(line, negated, ProxyOptions.ConnectionMode.SERVER_CLOSE);
      case "http-keep-alive" -> mode(line, negated, ProxyOptions.ConnectionMode.KEEP_ALIVE);
      case "http-tunnel", "http-use-htx" ->
          reading.log.warning(
              "deprecated", "the option \"" + line.text(1) + "\" has no effect", line.span(1));
      case "redispatch" -> {
        if (backend(line)) {
          int interval = line.has(2) ? Numbers.intPrefix(line.text(2)) : -1;
          proxy.redispatch = negated || interval == 0 ? Optional.empty() : Optional.of(interval);
        }
      }
      case "forwardfor" -> forwardFor(line);
      case "originalto" -> originalTo(line);
      case "tcpka" -> {
        if (reading.atMost(line.from(1), 0)) {
          Set<ProxyOption> both = EnumSet.noneOf(ProxyOption.class);
          if (!proxy.isBackend() || proxy.isFrontend()) {
            both.add(ProxyOption.CLITCPKA);
          }
          if (proxy.kind != ProxyDraft.Kind.FRONTEND) {
            both.add(ProxyOption.SRVTCPKA);
          }
          proxy.flags.addAll(both);
        }
      }
      case "http-restrict-req-hdr-names" -> {
        if (!List.of("preserve", "delete", "reject").contains(line.text(2))) {
          reading.log.error("bad-choice", "preserve, delete or reject is expected", line.span(2));
        } else {
          reading.atMost(line.from(1), 1);
        }
      }
      default -> {
        if (backend(line)) {
          new CheckOptionReader(reading, proxy).read(line);
        }
      }
    }
  }

  private void mode(Line line, boolean negated, ProxyOptions.ConnectionMode mode) {
    if (!reading.atMost(line.from(1), 0)) {
      return;
    }
    if (!negated) {
      proxy.connectionMode = mode;
    } else if (proxy.connectionMode == mode) {
      proxy.connectionMode = ProxyOptions.ConnectionMode.KEEP_ALIVE;
    }
  }

  private void logStyle(Line line) {
    String word = line.text(1);
    LogStyle style =
        switch (word) {
          case "tcplog" -> LogStyle.TCP;
          case "httpslog" -> LogStyle.HTTPS;
          default -> line.is(2, "clf") ? LogStyle.CLF : LogStyle.HTTP;
        };
    boolean clf = word.equals("httplog") && line.has(2);
    if (clf && !line.is(2, "clf")) {
      reading.log.error("unknown-keyword", "httplog knows \"clf\" only", line.span(2));
      return;
    }
    if (!reading.atMost(line.from(1), clf ? 1 : 0)) {
      return;
    }
    boolean backendOnly = proxy.kind == ProxyDraft.Kind.BACKEND;
    if (backendOnly && word.equals("httpslog")) {
      ProxyReader.hasHalf(reading, proxy, "F", word, line.span(1));
      return;
    }
    if (proxy.kind == ProxyDraft.Kind.BACKEND) {
      reading.log.warning(
          "wrong-section", "the option \"" + word + "\" is ignored in backends", line.span(1));
      return;
    }
    proxy.logStyle = style;
    proxy.logFormat = Optional.empty();
    proxy.logFormatSpan = Optional.of(line.span());
  }

  private void forwardFor(Line line) {
    Optional<IpPrefix> except = Optional.empty();
    String header = "X-Forwarded-For";
    boolean ifNone = false;
    int i = 2;
    while (line.has(i)) {
      switch (line.text(i)) {
        case "except" -> {
          except = Addresses.network(line.text(i + 1));
          if (except.isEmpty()) {
            reading.log.error("bad-address", "except expects an address or network", line.span(i));
            return;
          }
          i += 2;
        }
        case "header" -> {
          if (!line.has(i + 1)) {
            reading.missing(line, i + 1, "a header's name");
            return;
          }
          header = line.text(i + 1);
          i += 2;
        }
        case "if-none" -> {
          ifNone = true;
          i++;
        }
        default -> {
          reading.log.error(
              "unknown-keyword",
              "forwardfor knows except, header and if-none",
              line.span(i),
              Suggestions.didYouMean(line.text(i), List.of("except", "header", "if-none")));
          return;
        }
      }
    }
    proxy.forwardFor = Optional.of(new ProxyOptions.ForwardFor(except, header, ifNone));
  }

  private void originalTo(Line line) {
    Optional<IpPrefix> except = Optional.empty();
    String header = "X-Original-To";
    for (int i = 2; line.has(i); i += 2) {
      boolean isExcept = line.is(i, "except");
      Optional<IpPrefix> network = Addresses.network(line.text(i + 1));
      if (!isExcept && !line.is(i, "header") || !line.has(i + 1) || isExcept && network.isEmpty()) {
        reading.log.error("bad-argument", "originalto knows except and header", line.span(i));
        return;
      }
      except = isExcept ? network : except;
      header = isExcept ? header : line.text(i + 1);
    }
    proxy.originalTo = Optional.of(new ProxyOptions.ForwardFor(except, header, false));
  }
}
