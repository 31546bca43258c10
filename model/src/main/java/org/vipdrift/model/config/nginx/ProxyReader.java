package org.vipdrift.model.config.nginx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.nginx.LocationMatch;
import org.vipdrift.model.nginx.ProxyPass;
import org.vipdrift.model.nginx.ProxyPass.Failure;
import org.vipdrift.model.nginx.Template;

/** Reads {@code proxy_pass} and the proxy directives that hold there. */
final class ProxyReader {
  private static final Duration MINUTE = Duration.ofSeconds(60);

  /** What nginx keeps for itself of an upstream's answer. */
  private static final List<String> HIDDEN =
      List.of(
          "Date",
          "Server",
          "X-Pad",
          "X-Accel-Expires",
          "X-Accel-Redirect",
          "X-Accel-Limit-Rate",
          "X-Accel-Buffering",
          "X-Accel-Charset");

  private final ProblemLog log;
  private final Templates templates;
  private final UpstreamReader upstreams;

  ProxyReader(ProblemLog log, Templates templates, UpstreamReader upstreams) {
    this.log = log;
    this.templates = templates;
    this.upstreams = upstreams;
  }

  /** Where a {@code proxy_pass} leads. */
  private record Target(
      boolean tls,
      String upstream,
      Optional<Template> whole,
      Optional<String> uri,
      String authority) {}

  Optional<ProxyPass> read(NginxStatement line, Scope scope, LocationMatch match) {
    return target(line, match).map(target -> proxy(target, scope, match));
  }

  private Optional<Target> target(NginxStatement line, LocationMatch match) {
    NginxWord word = line.words().get(1);
    String url = word.text();
    Template whole = templates.read(word);
    if (!whole.isPlain()) {
      return Optional.of(
          new Target(
              url.toLowerCase(Locale.ROOT).startsWith("https"),
              "",
              Optional.of(whole),
              Optional.empty(),
              ""));
    }
    String lower = url.toLowerCase(Locale.ROOT);
    boolean tls = lower.startsWith("https://");
    if (!tls && !lower.startsWith("http://")) {
      log.error("invalid-url", "invalid URL prefix", word.span());
      return Optional.empty();
    }
    String rest = url.substring(tls ? 8 : 7);
    int end = 0;
    while (end < rest.length() && "/?".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    boolean unix = rest.startsWith("unix:");
    if (unix) {
      int colon = rest.indexOf(':', 5);
      end = colon < 0 ? rest.length() : colon;
    }
    String authority = rest.substring(0, end);
    Optional<String> uri =
        end == rest.length() ? Optional.empty() : Optional.of(rest.substring(end));
    boolean mayHaveUri =
        switch (match.kind()) {
          case EXACT, PREFIX, PREFIX_FIRST -> true;
          case REGEX, REGEX_CASELESS, NAMED, SERVER, CONDITION -> false;
        };
    if (uri.isPresent() && !mayHaveUri) {
      log.error(
          "uri-not-allowed",
          "\"proxy_pass\" cannot have URI part in location given by regular expression, or inside"
              + " named location, or inside \"if\" statement, or inside \"limit_except\" block",
          word.span());
      return Optional.empty();
    }
    int colon = authority.indexOf(':');
    if (!unix && colon > 0 && upstreams.isDefined(authority.substring(0, colon))) {
      log.error(
          "upstream-with-port",
          "upstream \""
              + authority.substring(0, colon)
              + "\" may not have port "
              + authority.substring(colon + 1),
          word.span());
      return Optional.empty();
    }
    if (!upstreams.isDefined(authority)) {
      upstreams.implicit(authority, word.span(), tls ? 443 : 80);
    }
    boolean defaultPort = authority.endsWith(tls ? ":443" : ":80");
    String name = defaultPort ? authority.substring(0, authority.lastIndexOf(':')) : authority;
    return Optional.of(new Target(tls, authority, Optional.empty(), uri, name));
  }

  private ProxyPass proxy(Target target, Scope scope, LocationMatch match) {
    return new ProxyPass(
        target.tls(),
        target.upstream(),
        target.whole(),
        target.uri(),
        target.authority(),
        headers(scope),
        scope.last("proxy_http_version").map(s -> s.argument(1)).orElse("1.0"),
        time(scope, "proxy_connect_timeout", MINUTE),
        time(scope, "proxy_send_timeout", MINUTE),
        time(scope, "proxy_read_timeout", MINUTE),
        nextUpstream(scope),
        scope
            .last("proxy_next_upstream_tries")
            .flatMap(s -> Values.integer(s.argument(1)))
            .orElse(0),
        time(scope, "proxy_next_upstream_timeout", Duration.ZERO),
        scope.isOn("proxy_ignore_client_abort", false),
        hidden(scope),
        redirects(scope, target, match),
        scope.last("proxy_method").map(s -> templates.read(s.words().get(1))),
        scope.last("proxy_bind").flatMap(s -> IpAddress.parse(s.argument(1))));
  }

  private List<ProxyPass.Header> headers(Scope scope) {
    List<ProxyPass.Header> headers = new ArrayList<>();
    for (NginxStatement line : scope.all("proxy_set_header")) {
      headers.add(new ProxyPass.Header(line.argument(1), templates.read(line.words().get(2))));
    }
    return headers;
  }

  static Duration time(Scope scope, String name, Duration fallback) {
    return scope.last(name).flatMap(s -> Values.time(s.argument(1))).orElse(fallback);
  }

  private Set<Failure> nextUpstream(Scope scope) {
    EnumSet<Failure> failures = EnumSet.noneOf(Failure.class);
    Function<String, Optional<Failure>> named =
        text -> {
          for (Failure failure : Failure.values()) {
            if (failure.keyword().equalsIgnoreCase(text)) {
              return Optional.of(failure);
            }
          }
          return Optional.empty();
        };
    for (NginxStatement line : scope.all("proxy_next_upstream")) {
      line.arguments().forEach(text -> named.apply(text).ifPresent(failures::add));
    }
    if (failures.isEmpty()) {
      failures.add(Failure.ERROR);
      failures.add(Failure.TIMEOUT);
    }
    return Collections.unmodifiableSet(failures);
  }

  private static List<String> hidden(Scope scope) {
    List<String> hidden = new ArrayList<>(HIDDEN);
    scope.all("proxy_hide_header").forEach(line -> hidden.add(line.argument(1)));
    scope
        .all("proxy_pass_header")
        .forEach(line -> hidden.removeIf(h -> h.equalsIgnoreCase(line.argument(1))));
    return hidden;
  }

  private List<ProxyPass.Redirect> redirects(Scope scope, Target target, LocationMatch match) {
    List<ProxyPass.Redirect> redirects = new ArrayList<>();
    List<NginxStatement> lines = scope.all("proxy_redirect");
    for (NginxStatement line : lines) {
      if (line.count() == 2) {
        redirects.add(
            new ProxyPass.Redirect(
                templates.read(line.words().get(1)), templates.read(line.words().get(2))));
      } else if (line.argument(1).equals("default")) {
        if (scope.isBefore("proxy_redirect", "proxy_pass")) {
          log.error(
              "wrong-order",
              "\"proxy_redirect default\" should be placed after the \"proxy_pass\" directive",
              line.span());
        }
        defaultRedirect(target, match).ifPresent(redirects::add);
      } else if (!line.argument(1).equals("off")) {
        log.error(
            "invalid-parameter",
            "invalid parameter \"" + line.argument(1) + "\"",
            line.words().get(1).span());
      }
    }
    if (lines.isEmpty()) {
      defaultRedirect(target, match).ifPresent(redirects::add);
    }
    return redirects;
  }

  /** What leads to the upstream's URL leads to the location's instead. */
  private static Optional<ProxyPass.Redirect> defaultRedirect(Target target, LocationMatch match) {
    if (target.whole().isPresent()) {
      return Optional.empty();
    }
    boolean regex =
        switch (match.kind()) {
          case EXACT, PREFIX, PREFIX_FIRST -> false;
          case REGEX, REGEX_CASELESS, NAMED, SERVER, CONDITION -> true;
        };
    String from = (target.tls() ? "https://" : "http://") + target.upstream();
    return Optional.of(
        new ProxyPass.Redirect(
            Template.of(from + (target.uri().isPresent() && !regex ? target.uri().get() : "/")),
            Template.of(target.uri().isPresent() && !regex ? match.text() : "/")));
  }
}
