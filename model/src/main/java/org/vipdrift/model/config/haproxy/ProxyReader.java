package org.vipdrift.model.config.haproxy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.config.SourceSpan;

/** Reads the lines of {@code frontend}, {@code backend}, {@code listen} and {@code defaults}. */
final class ProxyReader {
  private static final List<String> READ_ANYWHERE =
      List.of("bind", "use_backend", "default_backend", "use-server", "dynamic-cookie-key");
  private static final Map<String, String> GONE = gone();

  private final Reading reading;
  private final ProxyDraft proxy;
  private final RuleOrder order;

  ProxyReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
    this.order = new RuleOrder(reading, proxy);
  }

  private static Map<String, String> gone() {
    Map<String, String> gone = new TreeMap<>();
    gone.put("clitimeout", "timeout client");
    gone.put("contimeout", "timeout connect");
    gone.put("srvtimeout", "timeout server");
    gone.put("redisp", "option redispatch");
    gone.put("redispatch", "option redispatch");
    gone.put("block", "http-request deny");
    gone.put("grace", "the global keyword grace");
    gone.put("appsession", "stick-table");
    gone.put("monitor-net", "http-request return status 200 if { src NETWORK }");
    gone.put("reqadd", "http-request add-header");
    gone.put("rspadd", "http-response add-header");
    for (String action :
        List.of(
            "allow", "deny", "del", "rep", "pass", "tarpit", "iallow", "ideny", "idel", "irep",
            "ipass", "itarpit")) {
      gone.put("req" + action, "http-request");
      gone.put("rsp" + action, "http-response");
    }
    return Collections.unmodifiableMap(gone);
  }

  void line(Line original) {
    Line line = original;
    boolean negated = line.is(0, "no");
    boolean reset = line.is(0, "default");
    if (negated || reset) {
      boolean allowed = line.is(1, "option") || negated && line.is(1, "log");
      if (!allowed) {
        reading.log.error(
            "not-negatable",
            "\"" + line.text(0) + "\" is possible only for options and log",
            line.span());
        return;
      }
      line = line.from(1);
    }
    String word = line.text(0);
    Optional<KeywordCatalogue.Keyword> keyword = reading.keywords.find("proxy", word);
    if (GONE.containsKey(word)) {
      reading.log.error(
          "gone",
          "\"" + word + "\" is not supported any more",
          line.span(0),
          Optional.of("use " + GONE.get(word)));
      return;
    }
    if (keyword.isEmpty()) {
      reading.unknown("proxy", "keyword", line, 0);
      return;
    }
    if (!allowed(line, keyword.get().rule())) {
      return;
    }
    reading.noteUnlessModelled("proxy", word, line.span(0));
    if (reset && word.equals("option") && line.has(1)) {
      // HAProxy 2.6 does not skip the word "default" here, and stumbles over the option's name.
      reading.log.error(
          "unexpected-word",
          "\"default option\" is not understood by HAProxy 2.6",
          line.span(),
          Optional.of("use \"no option\""));
      return;
    }
    if (word.equals("option")) {
      new OptionReader(reading, proxy).read(line, negated, reset);
    } else if (negated) {
      noLog(line);
    } else {
      apply(line);
    }
  }

  private void noLog(Line line) {
    if (line.has(1)) {
      reading.log.error("unexpected-word", "\"no log\" takes no arguments", line.span(1));
      return;
    }
    proxy.logTargets.clear();
    proxy.logGlobal = false;
  }

  /** Whether the keyword may stand in this kind of section; reported otherwise. */
  private boolean allowed(Line line, String rule) {
    String[] parts = rule.split(" ");
    if (proxy.kind == ProxyDraft.Kind.DEFAULTS) {
      boolean anonymous = proxy.name.isEmpty();
      if (parts[1].equals("-") || parts[1].equals("N") && anonymous) {
        reading.log.error(
            "not-in-defaults",
            "\""
                + line.text(0)
                + "\" is not allowed in "
                + (parts[1].equals("N") ? "an anonymous" : "a")
                + " defaults section",
            line.span(0));
        return false;
      }
      return true;
    }
    boolean half = hasHalf(reading, proxy, parts[0], line.text(0), line.span(0));
    // HAProxy reads these all the same, and looks up what they name.
    return half || READ_ANYWHERE.contains(line.text(0));
  }

  /** Whether a proxy has the half a keyword belongs to; warned otherwise. */
  static boolean hasHalf(
      Reading reading, ProxyDraft proxy, String halves, String what, SourceSpan span) {
    if (proxy.kind == ProxyDraft.Kind.DEFAULTS) {
      return true;
    }
    boolean right =
        halves.contains("F") && proxy.isFrontend() || halves.contains("B") && proxy.isBackend();
    if (!right) {
      String message =
          "\""
              + what
              + "\" is ignored, because \""
              + proxy.name
              + "\" has no "
              + (halves.equals("F") ? "frontend" : "backend")
              + " capability";
      if (what.equals("httpslog")) {
        reading.log.error("wrong-section", message, span);
      } else {
        reading.log.warning("wrong-section", message, span);
      }
    }
    return right;
  }

  private void apply(Line line) {
    order.check(line);
    switch (line.text(0)) {
      case "bind",
          "maxconn",
          "backlog",
          "monitor",
          "monitor-uri",
          "capture",
          "declare",
          "default_backend",
          "use_backend",
          "rate-limit",
          "unique-id-format",
          "unique-id-header",
          "clitcpka-cnt",
          "clitcpka-idle",
          "clitcpka-intvl" ->
          new FrontendReader(reading, proxy).read(line);
      case "balance",
          "hash-type",
          "hash-balance-factor",
          "cookie",
          "dynamic-cookie-key",
          "fullconn",
          "retries",
          "retry-on",
          "http-reuse",
          "max-keep-alive-queue",
          "dispatch",
          "source",
          "use-server",
          "force-persist",
          "ignore-persist",
          "email-alert",
          "persist",
          "transparent",
          "http-send-name-header",
          "load-server-state-from-file",
          "server-state-file-name",
          "srvtcpka-cnt",
          "srvtcpka-idle",
          "srvtcpka-intvl",
          "use-fcgi-app" ->
          new BackendReader(reading, proxy).read(line);
      case "server", "server-template", "default-server" -> servers(line);
      case "http-request", "http-response", "http-after-response", "redirect" ->
          new HttpRuleReader(reading, proxy).read(line);
      case "tcp-request", "tcp-response" -> new TcpRuleReader(reading, proxy).read(line);
      case "http-check", "tcp-check", "external-check" ->
          new CheckReader(reading, proxy).read(line);
      case "stick", "stick-table" -> new StickReader(reading).read(proxy, line);
      case "stats" -> new StatsReader(reading, proxy).read(line);
      case "errorfile", "errorfiles", "errorloc", "errorloc302", "errorloc303", "http-error" ->
          new ErrorFileReader(reading, proxy).read(line);
      default -> new CommonReader(reading, proxy).read(line);
    }
  }

  private void servers(Line line) {
    boolean defaults = proxy.kind == ProxyDraft.Kind.DEFAULTS;
    if (line.is(0, "default-server")) {
      if (backend(line)) {
        new ServerReader(reading, proxy).defaults(line);
      }
    } else if (defaults) {
      reading.log.error(
          "not-in-defaults",
          "\"" + line.text(0) + "\" is not allowed in a defaults section",
          line.span(0));
    } else if (backend(line)) {
      if (line.is(0, "server")) {
        new ServerReader(reading, proxy).server(line);
      } else {
        new ServerReader(reading, proxy).template(line);
      }
    }
  }

  private boolean backend(Line line) {
    boolean right = proxy.kind == ProxyDraft.Kind.DEFAULTS || proxy.isBackend();
    if (!right) {
      reading.log.error(
          "wrong-section",
          "\""
              + line.text(0)
              + "\" is not allowed, because \""
              + proxy.name
              + "\" has no backend capability",
          line.span(0));
    }
    return right;
  }
}
